"""What occurs in the data, taken from texts and store at once: whether names have any fault.

Going through every triple is needed only to tell where a fault is. Here each predicate, each
value and each node is looked at once, however often it occurs, by the same checks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Final

from stigraph.gate.inputs import Input
from stigraph.gate.names import (
    check_classes,
    check_file_name,
    check_predicate,
    check_value,
    homeless_events,
    subjects,
)
from stigraph.gate.vocabulary import Vocabulary
from stigraph.store import LocalStore
from stigraph.terms import Iri, Term
from stigraph.vocab import RDF, RDFS, XSD

__all__ = ["Census", "subjects_of"]

_PREDICATES: Final = "SELECT DISTINCT ?p WHERE { ?s ?p ?o }"
_VALUES: Final = f"""
SELECT DISTINCT ?o WHERE {{
  ?s ?p ?o
  FILTER(?p != <{RDF.type}> && (!ISLITERAL(?o) || DATATYPE(?o) NOT IN (
    <{XSD.string}>, <{RDF.langString}>)))
}}
"""
_CLASSES: Final = f"SELECT ?s ?class WHERE {{ ?s <{RDF.type}> ?class }}"
_OTHER: Final = RDFS.seeAlso  # any predicate but rdf:type
_LINE: Final = re.compile(
    rb"^(?:@prefix ([^:\s]*): <([^>]*)>|(?:([^\s@#:<]*):(\S+)|<([^>]*)>)\s)", re.M
)
_ESCAPE: Final = re.compile(rb"\\(.)")


@dataclass(frozen=True, slots=True)
class Census:
    """The names in a graph of data.

    Attributes:
        classes: The subjects that have a class, with their classes.
        predicates: The predicates.
        values: The objects of predicates other than ``rdf:type``; of literals, those with a
            datatype other than text.
    """

    classes: Mapping[str, list[str]]
    predicates: tuple[Term, ...]
    values: tuple[Term, ...]

    @classmethod
    def of(cls, store: LocalStore) -> Census:
        """Return the names in ``store``, which holds the data and nothing else."""
        classes: dict[str, list[str]] = {}
        for node, found in store.select(_CLASSES):
            if node is not None and found is not None:
                classes.setdefault(node.value, []).append(found.value)
        predicates = tuple(term for (term,) in store.select(_PREDICATES) if term is not None)
        values = tuple(term for (term,) in store.select(_VALUES) if term is not None)
        return cls(classes, predicates, values)

    def has_faults(self, files: Iterable[Input], store: LocalStore) -> bool:
        """Return whether names or terms in the data have a fault.

        Args:
            files: The files of the data; they must be in canonical form.
            store: The whole graph, with the ontology.
        """
        vocabulary = Vocabulary.of(store)
        events = homeless_events(store)
        homes = {each.path: subjects_of(each.content) for each in files}
        nodes = [node for found in homes.values() for node in found]
        return (
            len(set(nodes)) < len(nodes)
            or self.classes.keys() != set(nodes)
            or any(any(check_file_name("", path, homes[path], events)) for path in homes)
            or any(check_classes("", self.classes, vocabulary))
            or self._has_wrong_terms(subjects(store), vocabulary)
        )

    def _has_wrong_terms(self, known: frozenset[str], vocabulary: Vocabulary) -> bool:
        classes = {cls for found in self.classes.values() for cls in found}
        predicates = (check_predicate("", None, term.value, vocabulary) for term in self.predicates)
        types = (check_value("", None, RDF.type, Iri(cls), known, vocabulary) for cls in classes)
        values = (check_value("", None, _OTHER, value, known, vocabulary) for value in self.values)
        return any(any(found) for found in chain(predicates, types, values))


def subjects_of(text: bytes) -> frozenset[str]:
    """Return the subjects of a Turtle file in canonical form: each begins a line.

    A line within a string may be taken for one, too.
    """
    return frozenset(_subjects(text))


def _subjects(text: bytes) -> Iterator[str]:
    prefixes: dict[bytes, bytes] = {}
    for name, space, prefix, local, whole in _LINE.findall(text):
        if space:
            prefixes[name] = space
        elif whole:
            yield whole.decode("utf-8", "replace")
        else:
            yield (prefixes.get(prefix, b"") + _ESCAPE.sub(rb"\1", local)).decode(
                "utf-8", "replace"
            )
