"""What is found in a graph without the shapes: by rules, and in phrases and texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from functools import lru_cache, partial

from stigraph.entries import Catalogue
from stigraph.gate.finding import Finding
from stigraph.gate.identity import check_identity, read_legal_forms
from stigraph.gate.phrases import check_figures, read_nodes
from stigraph.gate.rules import Rule, check_rules, read_rules
from stigraph.project import Project
from stigraph.store import LocalStore

TYPE_CHECKING = False
if TYPE_CHECKING:
    from stigraph.gate.evidence import SourceText

__all__ = ["Rules", "check_phrases"]


def check_phrases(
    store: LocalStore, texts: Sequence[SourceText] | None, only: Set[str] | None = None
) -> list[Finding]:
    """Return what is wrong with phrases.

    Args:
        store: The graph.
        texts: The source texts to compare them with; None compares them with values only.
        only: The nodes whose phrases are looked at; None: all.
    """
    nodes = read_nodes(store, only)
    found = [*check_figures(store, nodes)]
    if texts is not None:
        from stigraph.gate.evidence import check_texts

        found += check_texts(store, nodes, texts)
    return found


class Rules:
    """The rules of a project, and what is found of identities.

    Args:
        project: The project.
        store: The graph in whose words findings are told.
    """

    def __init__(self, project: Project, store: LocalStore) -> None:
        self.rules = read_rules(project.rule_files())
        self._catalogue = lru_cache(maxsize=1)(partial(Catalogue.of, store))
        self._forms = read_legal_forms(project.legal_forms_file())

    @property
    def ask_graphs(self) -> bool:
        """Whether a rule may look into named graphs."""
        return any(rule.asks_graphs for rule in self.rules)

    def __call__(self, graph: LocalStore) -> Iterator[Finding]:
        """Yield all that is found in a graph, the derived one included."""
        yield from self.check(graph, self.rules)
        yield from self.check_identity(graph)

    def check(self, graph: LocalStore, rules: Iterable[Rule]) -> Iterator[Finding]:
        """Yield what some of the rules find."""
        yield from check_rules(rules, graph, self._catalogue)

    def check_identity(self, graph: LocalStore) -> Iterator[Finding]:
        """Yield likely doubles, and identifiers that lie."""
        yield from check_identity(graph, self._forms)
