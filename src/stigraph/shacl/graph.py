"""The shapes graph, indexed for reading shapes out of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stigraph.errors import ShapesError
from stigraph.terms import Iri, Literal, Term
from stigraph.vocab import RDF, RDFS, XSD

__all__ = ["IllFormedError", "ShapesGraph", "Triple", "ill_formed"]

Triple = tuple[Term, Term, Term]


class ShapesGraph:
    """An RDF graph in memory: objects by subject and property, in the order they were given."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._objects: dict[Term, dict[str, list[Term]]] = {}
        self._subjects: dict[tuple[str, Term], list[Term]] = {}
        seen: set[Triple] = set()
        for triple in map(_lowered, triples):
            if triple in seen:
                continue
            seen.add(triple)
            subject, predicate, value = triple
            assert isinstance(predicate, Iri)  # noqa: S101 (RDF 1.1, section 3.1)
            self._objects.setdefault(subject, {}).setdefault(predicate.value, []).append(value)
            self._subjects.setdefault((predicate.value, value), []).append(subject)
        self.triples = tuple(seen)

    @classmethod
    def of(cls, triples: Iterable[Triple] | ShapesGraph) -> ShapesGraph:
        """Return the graph of ``triples``, which may be one already."""
        return triples if isinstance(triples, cls) else cls(triples)

    def __iter__(self) -> Iterator[Triple]:
        return iter(self.triples)

    def objects(self, subject: Term, predicate: str) -> list[Term]:
        """Return the values of a property of ``subject``."""
        return self._objects.get(subject, {}).get(predicate, [])

    def subjects(self, predicate: str, value: Term) -> list[Term]:
        """Return the nodes that have ``value`` for a property."""
        return self._subjects.get((predicate, value), [])

    def properties(self, subject: Term) -> dict[str, list[Term]]:
        """Return all properties of ``subject`` with their values."""
        return self._objects.get(subject, {})

    def nodes(self) -> Iterator[Term]:
        """Yield every subject."""
        yield from self._objects

    def one(self, subject: Term, predicate: str) -> Term | None:
        """Return the value of a property that has at most one.

        Raises:
            ShapesError: It has more.
        """
        values = self.objects(subject, predicate)
        if len(values) > 1:
            raise ill_formed(
                subject, f"{predicate} の値が複数ある", f"has more than one value of {predicate}"
            )
        return values[0] if values else None

    def boolean(self, subject: Term, predicate: str) -> bool:
        """Return the value of a property that is ``true``, ``false`` or missing.

        Raises:
            ShapesError: It is something else.
        """
        value = self.one(subject, predicate)
        if value is None:
            return False
        if isinstance(value, Literal) and value.datatype == XSD.boolean:
            if value.value in ("true", "1"):
                return True
            if value.value in ("false", "0"):
                return False
        raise ill_formed(
            subject, f"{predicate} の値は true か false", f"needs true or false for {predicate}"
        )

    def items(self, node: Term) -> tuple[Term, ...]:
        """Return the members of an RDF list (SHACL, section 1.4).

        Raises:
            ShapesError: It isn't a list, or runs in a circle.
        """
        members: list[Term] = []
        met: set[Term] = set()
        nil = Iri(RDF.nil)
        place = node
        while place != nil:
            first, rest = self.objects(place, RDF.first), self.objects(place, RDF.rest)
            if place in met or len(first) != 1 or len(rest) != 1:
                raise ill_formed(node, "正しい RDF リストではない", "is not a well-formed list")
            met.add(place)
            members.append(first[0])
            place = rest[0]
        return tuple(members)

    def is_instance(self, node: Term, cls: str) -> bool:
        """Return whether ``node`` is a SHACL instance of ``cls`` in this graph (section 1.1)."""
        return any(kind in self.subclasses(cls) for kind in self.objects(node, RDF.type))

    def instances(self, cls: str) -> Iterator[Term]:
        """Yield the SHACL instances of ``cls`` in this graph."""
        seen: set[Term] = set()
        for kind in self.subclasses(cls):
            for node in self.subjects(RDF.type, kind):
                if node not in seen:
                    seen.add(node)
                    yield node

    def subclasses(self, cls: str) -> dict[Term, None]:
        """Return ``cls`` and everything below it by ``rdfs:subClassOf``."""
        found: dict[Term, None] = {Iri(cls): None}
        todo: list[Term] = [Iri(cls)]
        while todo:
            for below in self.subjects(RDFS.subClassOf, todo.pop()):
                if below not in found:
                    found[below] = None
                    todo.append(below)
        return found


def _lowered(triple: Triple) -> Triple:
    """Return a triple with its language tag in lower case, as stores keep it."""
    subject, predicate, value = triple
    if isinstance(value, Literal) and value.language and not value.language.islower():
        return subject, predicate, Literal.tagged(value.value, value.language.lower())
    return triple


class IllFormedError(ShapesError):
    """A shape that isn't well-formed. ``node`` is what stands for it in the shapes graph."""

    def __init__(self, node: Term, ja: str, en: str) -> None:
        super().__init__(ja, en)
        self.node = node


def ill_formed(node: Term, ja: str, en: str) -> IllFormedError:
    """Return the error that says what is wrong with a node of the shapes graph."""
    name = f"<{node.value}>" if isinstance(node, Iri) else str(node)
    return IllFormedError(node, f"シェイプを実行できない：{name}：{ja}", f"{name} {en}")
