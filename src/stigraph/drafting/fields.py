"""The fields of an entry, as the shapes of its class ask for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from stigraph.dataset import graph_name, read_turtle
from stigraph.project import Project
from stigraph.shacl.graph import ShapesGraph
from stigraph.store.local import triples_of
from stigraph.terms import Iri, Literal, Term
from stigraph.turtle.order import predicate_rank
from stigraph.vocab import OWL, RDF, RDFS, SH, SKOS, STI, XSD, expand, shorten

__all__ = ["Field", "Form", "Model"]

_LANGUAGES: Final = ("ja", "en")
_ALL: Final = 10**6
_HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Field:
    """One property of an entry.

    Attributes:
        predicate: The IRI of the property.
        language: The language of its texts, None where they have none.
        least: How many values there must be.
        most: How many there may be.
        is_asked_for: Whether one is missed, though not required.
        datatypes: The datatypes that a value may have.
        kinds: The kinds of entries that a value may be; empty where it is no link.
        is_link: Whether the values are entries.
        ja: What the shapes say of it, in Japanese.
        en: The same in English.
    """

    predicate: str
    language: str | None = None
    least: int = 0
    most: int = _ALL
    is_asked_for: bool = False
    datatypes: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    is_link: bool = False
    ja: str = ""
    en: str = ""

    @property
    def name(self) -> str:
        """The name on the command line: ``under-pillar``, ``label-ja``."""
        local = _HUMP.sub("-", shorten(self.predicate).rpartition(":")[2]).lower()
        short = "label" if self.predicate == SKOS.prefLabel else local
        return f"{short}-{self.language}" if self.language else short

    def text(self, lang: str) -> str:
        """Return what the shapes say of the field."""
        return self.ja if lang == "ja" else self.en


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a class, in the order of the canonical form."""

    kind: str
    cls: str
    fields: tuple[Field, ...]

    def field(self, name: str) -> Field | None:
        """Return the field of a name: ``under-pillar``, ``underPillar``, ``sti:underPillar``."""
        wanted = {name, expand(name), _HUMP.sub("-", name).lower()}
        return next((f for f in self.fields if f.name in wanted or f.predicate in wanted), None)


class Model:
    """The ontology and the shapes of a project, read for what an entry may hold."""

    def __init__(self, project: Project) -> None:
        paths = [*project.ontology_files(), *project.shape_files()]
        self._graph = ShapesGraph(
            triple
            for path in paths
            for triple in triples_of(read_turtle(path, graph_name(project, path)))
        )

    def kinds(self) -> dict[str, list[str]]:
        """Return the classes of each kind of entry."""
        found: dict[str, list[str]] = {}
        for cls in self._graph.nodes():
            for kind in self._graph.objects(cls, STI.kind):
                if isinstance(cls, Iri) and Literal("true", XSD.boolean) not in self._graph.objects(
                    cls, OWL.deprecated
                ):
                    found.setdefault(kind.value, []).append(cls.value)
        return {kind: sorted(classes) for kind, classes in sorted(found.items())}

    def form(self, kind: str, cls: str) -> Form:
        """Return the form for entries of a class."""
        merged: dict[tuple[str, str | None], Field] = {}
        for shape in self._shapes(cls):
            for field in self._fields(shape, required=True):
                key = (field.predicate, field.language)
                merged[key] = _merged(merged[key], field) if key in merged else field
        fields = sorted(
            merged.values(),
            key=lambda f: (predicate_rank(f.predicate), shorten(f.predicate), f.language != "ja"),
        )
        return Form(kind, cls, tuple(fields))

    def _shapes(self, cls: str) -> Iterator[Term]:
        """Yield the node shapes whose targets the instances of a class are."""
        for above in self._above(cls):
            yield from self._graph.subjects(SH.targetClass, above)

    def _above(self, cls: str) -> list[Term]:
        found: list[Term] = [Iri(cls)]
        for node in found:
            found += [c for c in self._graph.objects(node, RDFS.subClassOf) if c not in found]
        return found

    def _fields(self, shape: Term, *, required: bool) -> Iterator[Field]:
        graph = self._graph
        for part in graph.objects(shape, SH.property):
            yield from self._field(part, required=required)
        for part in graph.objects(shape, SH.node):
            yield from self._fields(part, required=required)
        for word, still in ((SH["and"], required), (SH["or"], False), (SH.xone, False)):
            for members in graph.objects(shape, word):
                for part in graph.items(members):
                    yield from self._fields(part, required=still)

    def _field(self, shape: Term, *, required: bool) -> Iterator[Field]:
        graph = self._graph
        path = graph.one(shape, SH.path)
        if not isinstance(path, Iri) or path.value in (RDF.type, OWL.deprecated):
            return
        least = self._number(shape, SH.minCount, 0)
        is_fault = Iri(SH.Info) not in graph.objects(shape, SH.severity)
        datatypes, kinds, is_link = self._range(shape)
        field = Field(
            path.value,
            None,
            least if required and is_fault else 0,
            self._number(shape, SH.maxCount, _ALL),
            least > 0,
            tuple(datatypes),
            tuple(sorted(kinds)),
            is_link,
            *self._messages(shape),
        )
        languages = self._languages(shape)
        wanted = self._number(shape, SH.qualifiedMinCount, 0) if required and is_fault else 0
        most = 1 if graph.boolean(shape, SH.uniqueLang) else field.most
        for language in languages:
            yield replace(field, language=language, least=max(field.least, wanted), most=most)
        if not languages:
            yield field

    def _languages(self, shape: Term) -> list[str]:
        """Return the languages of the texts that a shape asks for."""
        graph = self._graph
        given = [m for node in graph.objects(shape, SH.languageIn) for m in graph.items(node)]
        for node in graph.objects(shape, SH.qualifiedValueShape):
            given += [m for n in graph.objects(node, SH.languageIn) for m in graph.items(n)]
        return [tag.value for tag in given if tag.value in _LANGUAGES]

    def _range(self, shape: Term) -> tuple[list[str], set[str], bool]:
        """Return the datatypes and the kinds of entries that a shape takes."""
        graph = self._graph
        datatypes = [node.value for node in graph.objects(shape, SH.datatype)]
        kinds: set[str] = set()
        is_link = Iri(SH.IRI) in graph.objects(shape, SH.nodeKind)
        for cls in graph.objects(shape, SH["class"]):
            is_link = True
            kinds |= {
                k.value for c in graph.subclasses(cls.value) for k in graph.objects(c, STI.kind)
            }
        members = [*graph.objects(shape, SH.node)]
        for word in (SH["or"], SH.xone, SH["and"]):
            members += [m for node in graph.objects(shape, word) for m in graph.items(node)]
        for member in members:
            more, others, links = self._range(member)
            datatypes += more
            kinds |= others | self._scheme(member)
            is_link = is_link or links or bool(self._scheme(member))
        return datatypes, kinds, is_link

    def _scheme(self, shape: Term) -> set[str]:
        """Return the code list that a node shape wants its nodes to stand in."""
        return {
            scheme.value.rpartition("/")[2]
            for part in self._graph.objects(shape, SH.property)
            if self._graph.one(part, SH.path) == Iri(SKOS.inScheme)
            for scheme in self._graph.objects(part, SH.hasValue)
        }

    def _number(self, shape: Term, predicate: str, default: int) -> int:
        value = self._graph.one(shape, predicate)
        return int(value.value) if isinstance(value, Literal) else default

    def _messages(self, shape: Term) -> tuple[str, str]:
        texts = {
            message.language: message.value
            for message in self._graph.objects(shape, SH.message)
            if isinstance(message, Literal)
        }
        return texts.get("ja", ""), texts.get("en", "")


def _merged(left: Field, right: Field) -> Field:
    """Return one field for two shapes of the same property."""
    is_stricter = right.least > left.least or (not left.datatypes and bool(right.datatypes))
    first, second = (right, left) if is_stricter else (left, right)
    kinds = tuple(_common(left.kinds, right.kinds))
    return replace(
        first,
        least=max(left.least, right.least),
        most=min(left.most, right.most),
        is_asked_for=left.is_asked_for or right.is_asked_for,
        datatypes=first.datatypes or second.datatypes,
        kinds=kinds,
        is_link=left.is_link or right.is_link,
        ja=first.ja or second.ja,
        en=first.en or second.en,
    )


def _common(left: Iterable[str], right: Iterable[str]) -> list[str]:
    one, other = sorted(left), sorted(right)
    return [kind for kind in one if kind in other] if one and other else one or other
