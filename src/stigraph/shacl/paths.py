"""Property paths (SHACL, section 2.3.1), as values, in SPARQL, and back in RDF."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from stigraph.shacl.graph import ShapesGraph, ill_formed
from stigraph.terms import Blank, Iri, Term
from stigraph.vocab import RDF, SH

__all__ = [
    "Alternative",
    "Inverse",
    "Path",
    "Predicate",
    "Repeat",
    "Sequence",
    "nullable",
    "parse_path",
    "path_predicates",
    "path_triples",
    "sparql",
]


@dataclass(frozen=True, slots=True)
class Predicate:
    """A step along a property (section 2.3.1.1)."""

    iri: str


@dataclass(frozen=True, slots=True)
class Inverse:
    """A path walked backwards (section 2.3.1.4)."""

    path: Path


@dataclass(frozen=True, slots=True)
class Sequence:
    """Paths one after the other (section 2.3.1.2)."""

    steps: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """Any of several paths (section 2.3.1.3)."""

    choices: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A path walked ``*``, ``+`` or ``?`` times (sections 2.3.1.5 to 2.3.1.7)."""

    path: Path
    mark: str


Path = Predicate | Inverse | Sequence | Alternative | Repeat

_MARKS = {SH.zeroOrMorePath: "*", SH.oneOrMorePath: "+", SH.zeroOrOnePath: "?"}
_PROPERTIES = {mark: iri for iri, mark in _MARKS.items()}


def parse_path(graph: ShapesGraph, node: Term, above: frozenset[Term] = frozenset()) -> Path:
    """Return the path that ``node`` stands for.

    Raises:
        ShapesError: It is ill-formed (section 2.3.1).
    """
    if isinstance(node, Iri) and not graph.objects(node, RDF.first):
        return Predicate(node.value)
    if not isinstance(node, Blank) or node in above:
        raise ill_formed(node, "sh:path が正しいパスではない", "is not a well-formed property path")
    above |= {node}
    if graph.objects(node, RDF.first):
        return Sequence(_members(graph, node, above))
    found = [
        (iri, value)
        for iri in (SH.alternativePath, SH.inversePath, *_MARKS)
        for value in graph.objects(node, iri)
    ]
    if len(found) != 1:
        raise ill_formed(node, "sh:path が正しいパスではない", "is not a well-formed property path")
    (iri, value) = found[0]
    if iri == SH.alternativePath:
        return Alternative(_members(graph, value, above))
    inner = parse_path(graph, value, above)
    return Inverse(inner) if iri == SH.inversePath else Repeat(inner, _MARKS[iri])


def _members(graph: ShapesGraph, node: Term, above: frozenset[Term]) -> tuple[Path, ...]:
    members = graph.items(node)
    if len(members) < 2:
        raise ill_formed(
            node, "パスの列には二つ以上の要素が要る", "is a path list with fewer than two members"
        )
    return tuple(parse_path(graph, member, above) for member in members)


def sparql(path: Path) -> str:
    """Return ``path`` in SPARQL 1.1 syntax."""
    match path:
        case Predicate(iri):
            return f"<{iri}>"
        case Inverse(inner):
            return f"^({sparql(inner)})" if not isinstance(inner, Predicate) else f"^<{inner.iri}>"
        case Sequence(steps):
            return "(" + "/".join(map(sparql, steps)) + ")"
        case Alternative(choices):
            return "(" + "|".join(map(sparql, choices)) + ")"
        case Repeat(inner, mark):
            return f"({sparql(inner)}){mark}"


def nullable(path: Path) -> bool:
    """Return whether ``path`` leads from every node to itself."""
    match path:
        case Predicate():
            return False
        case Inverse(inner):
            return nullable(inner)
        case Sequence(steps):
            return all(map(nullable, steps))
        case Alternative(choices):
            return any(map(nullable, choices))
        case Repeat(inner, mark):
            return mark != "+" or nullable(inner)


def path_predicates(path: Path) -> Iterator[str]:
    """Yield the IRIs of the properties that ``path`` walks along."""
    match path:
        case Predicate(iri):
            yield iri
        case Inverse(inner) | Repeat(inner, _):
            yield from path_predicates(inner)
        case Sequence(parts) | Alternative(parts):
            for part in parts:
                yield from path_predicates(part)


def path_triples(path: Path, fresh: Iterator[Blank]) -> tuple[Term, list[tuple[Term, Term, Term]]]:
    """Return the node that stands for ``path`` in a report, and the triples that say so."""
    match path:
        case Predicate(iri):
            return Iri(iri), []
        case Inverse(inner):
            return _wrapped(SH.inversePath, inner, fresh)
        case Repeat(inner, mark):
            return _wrapped(_PROPERTIES[mark], inner, fresh)
        case Sequence(steps):
            return _listed(steps, fresh)
        case Alternative(choices):
            members, triples = _listed(choices, fresh)
            node = next(fresh)
            return node, [(node, Iri(SH.alternativePath), members), *triples]


def fresh_blanks(prefix: str = "p") -> Iterator[Blank]:
    """Yield blank nodes that differ from each other."""
    return (Blank(f"{prefix}{number}") for number in count())


def _wrapped(
    iri: str, inner: Path, fresh: Iterator[Blank]
) -> tuple[Term, list[tuple[Term, Term, Term]]]:
    value, triples = path_triples(inner, fresh)
    node = next(fresh)
    return node, [(node, Iri(iri), value), *triples]


def _listed(
    parts: tuple[Path, ...], fresh: Iterator[Blank]
) -> tuple[Term, list[tuple[Term, Term, Term]]]:
    rest: Term = Iri(RDF.nil)
    triples: list[tuple[Term, Term, Term]] = []
    for part in reversed(parts):
        value, inner = path_triples(part, fresh)
        node = next(fresh)
        triples += [(node, Iri(RDF.first), value), (node, Iri(RDF.rest), rest), *inner]
        rest = node
    return rest, triples
