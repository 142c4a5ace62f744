"""What is found in the whole graph without the shapes: by rules, and in phrases and texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial

from stigraph.entries import Catalogue
from stigraph.gate.evidence import SourceText, check_texts
from stigraph.gate.finding import Finding
from stigraph.gate.identity import check_identity, read_legal_forms
from stigraph.gate.phrases import check_figures, read_nodes
from stigraph.gate.rules import check_rules, read_rules
from stigraph.project import Project
from stigraph.store import LocalStore

__all__ = ["check_phrases", "rules_of"]


def check_phrases(store: LocalStore, texts: Sequence[SourceText] | None) -> list[Finding]:
    """Return what is wrong with phrases: against values, and against the source texts if given."""
    nodes = read_nodes(store)
    found = [*check_figures(store, nodes)]
    if texts is not None:
        found += check_texts(store, nodes, texts)
    return found


def rules_of(project: Project, store: LocalStore) -> Callable[[LocalStore], Iterator[Finding]]:
    """Return what tells the findings of rules in a graph, in the words of ``store``."""
    rules = read_rules(project.rule_files())
    catalogue = lru_cache(maxsize=1)(partial(Catalogue.of, store))
    forms = read_legal_forms(project.legal_forms_file())

    def tell(graph: LocalStore) -> Iterator[Finding]:
        yield from check_rules(rules, graph, catalogue)
        yield from check_identity(graph, forms)

    return tell
