"""What a change did to the data: triples added and removed, and who refers to their subjects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

from stigraph.filestore.uris import file_uris
from stigraph.gate.files import SourceFile
from stigraph.terms import Iri, Term

TYPE_CHECKING = False
if TYPE_CHECKING:
    from stigraph.gate.changes import Change

__all__ = ["Delta", "delta_of", "subjects_in"]

Triple = tuple[Term, Term, Term]


@dataclass(frozen=True, slots=True)
class Delta:
    """What a change did to the data.

    Attributes:
        added: The triples that are new to the graph.
        removed: The triples that are gone from it.
        referring: The IRIs of the nodes that refer to a subject of these triples.
    """

    added: frozenset[Triple]
    removed: frozenset[Triple]
    referring: frozenset[str]

    @property
    def changed(self) -> frozenset[Triple]:
        """The triples that are on one side only."""
        return self.added | self.removed

    @property
    def subjects(self) -> frozenset[str]:
        """The IRIs of the subjects of these triples."""
        return subjects_in(self.changed)

    @property
    def predicates(self) -> frozenset[str]:
        """The IRIs of the predicates of these triples."""
        return frozenset(predicate.value for _, predicate, _ in self.changed)


def subjects_in(triples: Iterable[Triple]) -> frozenset[str]:
    """Return the IRIs of the subjects of ``triples``."""
    return frozenset(subject.value for subject, _, _ in triples if isinstance(subject, Iri))


def delta_of(changes: Sequence[Change], files: Sequence[SourceFile]) -> Delta:
    """Return what ``changes`` did to the graph of ``files``, as these are now."""
    from stigraph.gate.changes import changed_triples

    changed = {change.path.resolve().as_uri() for change in changes}
    uris = [uri for _, uri in file_uris(source.path for source in files)]
    mine = [source for source, uri in zip(files, uris, strict=True) if uri in changed]
    others = (source for source, uri in zip(files, uris, strict=True) if uri not in changed)
    now = [triple for source in mine for triple in source.triples]
    unchanged = (triple for source in others for triple in source.triples)
    added, removed = changed_triples(changes, now, unchanged)
    subjects = subjects_in(added | removed)
    return Delta(frozenset(added), frozenset(removed), frozenset(_referring(subjects, files)))


def _referring(subjects: Set[str], files: Iterable[SourceFile]) -> Iterator[str]:
    """Yield the nodes that refer to one of ``subjects``."""
    for source in files:
        for subject, _, value in source.triples:
            if isinstance(value, Iri) and value.value in subjects:
                yield subject.value
