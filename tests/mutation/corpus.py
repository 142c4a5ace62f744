"""The repository as the gate reads it, once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from stigraph.dataset import graph_name
from stigraph.gate.files import SourceFile, read_file
from stigraph.project import Project
from stigraph.shacl import ShapesDocument, parse_shapes, shape_infos
from stigraph.shacl.results import ShapeInfo
from stigraph.store import LocalStore
from stigraph.terms import Iri, Term
from stigraph.vocab import RDF, RDFS

__all__ = ["Corpus", "Triple"]

Triple = tuple[Term, Term, Term]


@dataclass(frozen=True)
class Corpus:
    """Files of the ontology and of the data, and the shapes with their codes."""

    project: Project
    ontology: tuple[SourceFile, ...] = field(repr=False)
    data: tuple[SourceFile, ...] = field(repr=False)
    shapes: ShapesDocument = field(repr=False)
    infos: Mapping[str, ShapeInfo] = field(repr=False)

    @classmethod
    def read(cls, project: Project) -> Corpus:
        """Read all of ``project``."""
        shapes = _read(project, project.shape_files())
        shapes_store = LocalStore()
        shapes_store.extend_graphs((source.graph, source.quads) for source in shapes)
        return cls(
            project,
            tuple(_read(project, project.ontology_files())),
            tuple(_read(project, project.data_files())),
            parse_shapes(triple for source in shapes for triple in source.triples),
            shape_infos(shapes_store.triples()),
        )

    def files(self) -> Iterator[SourceFile]:
        """Yield the files of the ontology, then those of the data."""
        yield from self.ontology
        yield from self.data

    @cached_property
    def described(self) -> Mapping[str, tuple[Triple, ...]]:
        """What is said of each node."""
        triples: dict[str, list[Triple]] = defaultdict(list)
        for source in self.files():
            for triple in source.triples:
                triples[triple[0].value].append(triple)
        return {node: tuple(said) for node, said in triples.items()}

    @cached_property
    def classes(self) -> tuple[str, ...]:
        """The classes that nodes of the data have."""
        found = {
            o.value for source in self.data for _, p, o in source.triples if p.value == RDF.type
        }
        return tuple(sorted(found))

    def classes_of(self, node: str) -> list[str]:
        """Return the classes that ``node`` is given."""
        return [o.value for _, p, o in self.described.get(node, ()) if p.value == RDF.type]

    @cached_property
    def _above(self) -> Mapping[str, tuple[str, ...]]:
        above: dict[str, list[str]] = defaultdict(list)
        for said in self.described.values():
            for subject, predicate, value in said:
                if predicate.value == RDFS.subClassOf and isinstance(value, Iri):
                    above[subject.value].append(value.value)
        return {cls: tuple(found) for cls, found in above.items()}

    def superclasses(self, classes: Iterable[str]) -> set[str]:
        """Return ``classes`` and all classes above them."""
        found: set[str] = set()
        todo = list(classes)
        while todo:
            cls = todo.pop()
            if cls not in found:
                found.add(cls)
                todo += self._above.get(cls, ())
        return found


def _read(project: Project, paths: Iterable[Path]) -> list[SourceFile]:
    files = []
    for path in paths:
        name = path.relative_to(project.root).as_posix()
        source, _ = read_file(path, name, graph_name(project, path))
        if source is None:
            raise ValueError(name)
        files.append(source)
    return files
