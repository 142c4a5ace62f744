"""The entries that are there: which file holds a node, and what it says."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from stigraph.dataset import graph_name, read_turtle
from stigraph.project import Project
from stigraph.store import triples_of
from stigraph.terms import Iri, Literal, Term
from stigraph.vocab import DCTERMS, ID, SH, SKOS, STI, kind_of

__all__ = ["Present", "Uniqueness", "read_present"]

_TELLING: Final = frozenset(
    SH[name] for name in ("datatype", "node", "class", "or", "nodeKind", "in", "pattern")
)


@dataclass(frozen=True, slots=True)
class Uniqueness:
    """The properties of which a node has one value, in all or in each language."""

    once: frozenset[str]
    once_a_language: frozenset[str]

    def rival(self, predicate: str, new: Term, old: Term) -> bool:
        """Whether a node can't have both values."""
        if new == old:
            return False
        if predicate in self.once_a_language:
            return _language(new) == _language(old)
        return predicate in self.once


@dataclass(frozen=True, slots=True)
class Present:
    """A project's entries: the file of each node, its values by property, sources by URL."""

    project: Project
    files: dict[Iri, Path]
    values: dict[Iri, dict[Iri, list[Term]]]
    sources: dict[str, str]
    uniqueness: Uniqueness

    def file_of(self, node: Iri, owner: Iri) -> Path:
        """Return the file that holds a node, or will hold it as a part of ``owner``."""
        found = self.files.get(node) or self.files.get(owner)
        return found or self.project.data / f"{owner.value.removeprefix(ID)}.ttl"

    def of(self, node: Iri, predicate: Iri) -> list[Term]:
        """Return the values that a node has now."""
        return self.values.get(node, {}).get(predicate, [])


def read_present(project: Project) -> Present:
    """Read the entries of a project.

    Raises:
        TurtleSyntaxError: A file of the project isn't Turtle.
    """
    files: dict[Iri, Path] = {}
    values: dict[Iri, dict[Iri, list[Term]]] = {}
    sources: dict[str, str] = {}
    for path in project.data_files():
        for subject, predicate, value in triples_of(
            tuple(read_turtle(path, graph_name(project, path)))
        ):
            if not isinstance(subject, Iri) or not isinstance(predicate, Iri):
                continue
            files.setdefault(subject, path)
            values.setdefault(subject, defaultdict(list))[predicate].append(value)
            if predicate.value == STI.url and isinstance(value, Literal):
                sources[value.value] = subject.value
    sources = {url: iri for url, iri in sources.items() if kind_of(iri) == "source"}
    return Present(project, files, values, sources, _uniqueness(project))


def _uniqueness(project: Project) -> Uniqueness:
    """Read from the shapes which properties a node has once: every shape of theirs says so.

    A shape that only asks for a value (``sh:minCount``) says nothing of how many.
    """
    limits: dict[str, list[bool]] = defaultdict(list)
    for path in project.shape_files():
        triples = list(triples_of(tuple(read_turtle(path, graph_name(project, path)))))
        single = {s for s, p, o in triples if p.value == SH.maxCount and o.value == "1"}
        telling = single | {s for s, p, _ in triples if p.value in _TELLING}
        for subject, predicate, value in triples:
            if predicate.value == SH.path and subject in telling:
                limits[value.value].append(subject in single)
    once = frozenset(path for path, singles in limits.items() if all(singles))
    return Uniqueness(once, frozenset({SKOS.prefLabel, DCTERMS.description}))


def _language(term: Term) -> str | None:
    return term.language if isinstance(term, Literal) else None
