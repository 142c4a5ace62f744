"""Which findings of a project belong to a change: those of the nodes that it can affect."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass

from stigraph.filestore.uris import file_uris
from stigraph.gate.changes import Change, changed_triples
from stigraph.gate.files import SourceFile
from stigraph.gate.finding import Finding
from stigraph.oxigraph import from_oxigraph
from stigraph.shacl import Affected, Validation
from stigraph.shacl.model import Shape
from stigraph.store.data import DataGraph
from stigraph.store.exact import RawTerm
from stigraph.terms import Iri, Term

__all__ = ["Only", "Scope", "scope_of"]

Triple = tuple[Term, Term, Term]
Only = Callable[[Shape], Set[RawTerm] | None]


@dataclass(frozen=True, slots=True)
class Scope:
    """What a change can affect.

    Attributes:
        nodes: IRIs of the focus nodes; None for all (the ontology or the shapes changed).
        added: The triples that are new to the graph.
        removed: The triples that are gone from it.
    """

    nodes: frozenset[str] | None
    added: frozenset[Triple]
    removed: frozenset[Triple]

    def holds(self, found: Finding) -> bool:
        """Whether a finding belongs to the change."""
        return self.nodes is None or found.focus in self.nodes


def scope_of(
    changes: Sequence[Change],
    files: Sequence[SourceFile],
    data: DataGraph,
    validation: Validation,
    *,
    model_changed: bool,
) -> tuple[Scope, Only]:
    """Return the scope of ``changes`` in the graph ``data``, which holds ``files``.

    And, for the engine, which focus nodes of a shape to look at, None for all.
    """
    changed = {change.path.resolve().as_uri() for change in changes}
    uris = [uri for _, uri in file_uris(source.path for source in files)]
    mine = [source for source, uri in zip(files, uris, strict=True) if uri in changed]
    others = (source for source, uri in zip(files, uris, strict=True) if uri not in changed)
    now = [triple for source in mine for triple in source.triples]
    added, removed = changed_triples(changes, now, (t for s in others for t in s.triples))
    if model_changed:
        return Scope(None, frozenset(added), frozenset(removed)), lambda _: None
    affected = Affected(data, [*added, *removed])
    nodes = _affected_iris(affected, validation) | _touched(added | removed, files)
    return Scope(frozenset(nodes), frozenset(added), frozenset(removed)), affected


def _affected_iris(affected: Affected, validation: Validation) -> set[str]:
    found: set[str] = set()
    for shape in validation.document.targeted():
        some = affected(shape)
        raw = validation.focus_of(shape) if some is None else some
        terms = map(from_oxigraph, raw)
        found |= {term.value for term in terms if isinstance(term, Iri)}
    return found


def _touched(changed: Iterable[Triple], files: Iterable[SourceFile]) -> set[str]:
    """Return the subjects that changed, and the nodes that refer to them."""
    subjects = {subject.value for subject, _, _ in changed if isinstance(subject, Iri)}
    referring = {
        subject.value
        for source in files
        for subject, _, value in source.triples
        if isinstance(value, Iri) and value.value in subjects
    }
    return subjects | referring
