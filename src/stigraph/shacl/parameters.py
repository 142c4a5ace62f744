"""The constraint components of SHACL Core: how each is read from its parameters (section 4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final, Protocol

from stigraph.errors import ShapesError
from stigraph.shacl.constraints.base import Constraint
from stigraph.shacl.constraints.counts import Class, HasValue, MaxCount, MinCount, UniqueLang
from stigraph.shacl.constraints.pairs import Disjoint, Equals, LessThan, LessThanOrEquals
from stigraph.shacl.constraints.shapes import And, Closed, Node, Not, Or, Property, Qualified, Xone
from stigraph.shacl.constraints.values import (
    NODE_KINDS,
    Datatype,
    In,
    LanguageIn,
    Length,
    NodeKind,
    Pattern,
    Range,
)
from stigraph.shacl.graph import ShapesGraph, ill_formed
from stigraph.shacl.lexical import well_formed
from stigraph.shacl.model import Shape
from stigraph.store.data import is_regex
from stigraph.terms import Iri, Literal, Term
from stigraph.vocab import SH, XSD

__all__ = ["ON_PROPERTIES_ONLY", "READERS", "SINGLE", "Maker"]


class Maker(Protocol):
    """What a reader needs of the parser."""

    graph: ShapesGraph

    def shape(self, node: Term) -> Shape:
        """Return the shape that ``node`` stands for."""
        ...


Reader = Callable[[Maker, Term, Term], Iterator[Constraint]]
"""Given the parser, the shape's node and a value of the parameter, yields constraints."""


def _bad(node: Term, name: str, ja: str, en: str) -> ShapesError:
    return ill_formed(node, f"sh:{name} の値は{ja}", f"needs {en} for sh:{name}")


def _iri(node: Term, value: Term, name: str) -> str:
    if not isinstance(value, Iri):
        raise _bad(node, name, " IRI", "an IRI")
    return value.value


def _whole(node: Term, value: Term, name: str) -> int:
    if isinstance(value, Literal) and value.datatype == XSD.integer and well_formed(value):
        return int(value.value)
    raise _bad(node, name, "整数（xsd:integer）", "a whole number (xsd:integer)")


def _string(node: Term, value: Term, name: str) -> str:
    if isinstance(value, Literal) and value.datatype == XSD.string:
        return value.value
    raise _bad(node, name, "文字列", "a string")


def _class(_: Maker, node: Term, value: Term) -> Iterator[Constraint]:
    yield Class(_iri(node, value, "class"))


def _datatype(_: Maker, node: Term, value: Term) -> Iterator[Constraint]:
    yield Datatype(_iri(node, value, "datatype"))


def _node_kind(_: Maker, node: Term, value: Term) -> Iterator[Constraint]:
    kind = _iri(node, value, "nodeKind")
    if kind not in NODE_KINDS:
        raise _bad(node, "nodeKind", "六つの種類の一つ", "one of the six kinds of node")
    yield NodeKind(kind)


def _count(name: str, maker: Maker, node: Term, value: Term) -> Iterator[Constraint]:  # noqa: ARG001
    limit = _whole(node, value, name)
    yield MinCount(limit) if name == "minCount" else MaxCount(limit)


def _range(
    name: str,
    operator: str,
    maker: Maker,  # noqa: ARG001
    node: Term,
    value: Term,
) -> Iterator[Constraint]:
    if not isinstance(value, Literal):
        raise _bad(node, name, "リテラル", "a literal")
    yield Range(name, operator, value)


def _length(name: str, maker: Maker, node: Term, value: Term) -> Iterator[Constraint]:  # noqa: ARG001
    yield Length(name, _whole(node, value, name))


def _pattern(maker: Maker, node: Term, value: Term) -> Iterator[Constraint]:
    pattern = _string(node, value, "pattern")
    flags = maker.graph.one(node, SH.flags)
    marks = "" if flags is None else _string(node, flags, "flags")
    if not is_regex(pattern, marks):
        raise _bad(node, "pattern", "正規表現", "a regular expression")
    yield Pattern(pattern, marks)


def _language_in(maker: Maker, node: Term, value: Term) -> Iterator[Constraint]:
    members = maker.graph.items(value)
    yield LanguageIn(tuple(_string(node, member, "languageIn") for member in members))


def _unique_lang(maker: Maker, node: Term, value: Term) -> Iterator[Constraint]:
    maker.graph.boolean(node, SH.uniqueLang)
    # Only the literal `true` asks for it, not "1" (section 4.4.5).
    if value == Literal("true", XSD.boolean):
        yield UniqueLang()


def _pair(
    kind: Callable[[str], Constraint],
    name: str,
    maker: Maker,  # noqa: ARG001
    node: Term,
    value: Term,
) -> Iterator[Constraint]:
    yield kind(_iri(node, value, name))


def _listed(
    kind: Callable[[tuple[Shape, ...]], Constraint], maker: Maker, _: Term, value: Term
) -> Iterator[Constraint]:
    yield kind(tuple(maker.shape(member) for member in maker.graph.items(value)))


def _single(
    kind: Callable[[tuple[Shape, ...]], Constraint], maker: Maker, _: Term, value: Term
) -> Iterator[Constraint]:
    yield kind((maker.shape(value),))


def _property(maker: Maker, node: Term, value: Term) -> Iterator[Constraint]:
    shape = maker.shape(value)
    if shape.path is None:
        raise _bad(node, "property", "プロパティ・シェイプ", "a property shape")
    yield Property((shape,))


def _qualified(maker: Maker, node: Term, value: Term) -> Iterator[Constraint]:
    graph = maker.graph
    shape = maker.shape(value)
    siblings: dict[Term, None] = {}
    if graph.boolean(node, SH.qualifiedValueShapesDisjoint):
        # The sibling shapes (section 4.7.3): of all properties of all parents, but for this one.
        for parent in graph.subjects(SH.property, node):
            for sibling in graph.objects(parent, SH.property):
                for other in graph.objects(sibling, SH.qualifiedValueShape):
                    if other != value:
                        siblings[other] = None
    others = tuple(maker.shape(other) for other in siblings)
    for at_least, name in ((True, "qualifiedMinCount"), (False, "qualifiedMaxCount")):
        limit = graph.one(node, SH[name])
        if limit is not None:
            yield Qualified(shape, others, _whole(node, limit, name), at_least)


def _closed(maker: Maker, node: Term, _: Term) -> Iterator[Constraint]:
    graph = maker.graph
    if not graph.boolean(node, SH.closed):
        return
    allowed = {
        path.value
        for shape in graph.objects(node, SH.property)
        for path in graph.objects(shape, SH.path)
        if isinstance(path, Iri)
    }
    ignored = graph.one(node, SH.ignoredProperties)
    if ignored is not None:
        allowed |= {_iri(node, item, "ignoredProperties") for item in graph.items(ignored)}
    yield Closed(frozenset(allowed))


def _has_value(_: Maker, __: Term, value: Term) -> Iterator[Constraint]:
    yield HasValue(value)


def _in(maker: Maker, _: Term, value: Term) -> Iterator[Constraint]:
    yield In(maker.graph.items(value))


READERS: Final[dict[str, Reader]] = {
    SH["class"]: _class,
    SH.datatype: _datatype,
    SH.nodeKind: _node_kind,
    SH.minCount: partial(_count, "minCount"),
    SH.maxCount: partial(_count, "maxCount"),
    SH.minExclusive: partial(_range, "minExclusive", ">"),
    SH.minInclusive: partial(_range, "minInclusive", ">="),
    SH.maxExclusive: partial(_range, "maxExclusive", "<"),
    SH.maxInclusive: partial(_range, "maxInclusive", "<="),
    SH.minLength: partial(_length, "minLength"),
    SH.maxLength: partial(_length, "maxLength"),
    SH.pattern: _pattern,
    SH.languageIn: _language_in,
    SH.uniqueLang: _unique_lang,
    SH.equals: partial(_pair, Equals, "equals"),
    SH.disjoint: partial(_pair, Disjoint, "disjoint"),
    SH.lessThan: partial(_pair, LessThan, "lessThan"),
    SH.lessThanOrEquals: partial(_pair, LessThanOrEquals, "lessThanOrEquals"),
    SH["not"]: partial(_single, Not),
    SH["and"]: partial(_listed, And),
    SH["or"]: partial(_listed, Or),
    SH.xone: partial(_listed, Xone),
    SH.node: partial(_single, Node),
    SH.property: _property,
    SH.qualifiedValueShape: _qualified,
    SH.closed: _closed,
    SH.hasValue: _has_value,
    SH["in"]: _in,
}
"""How each parameter that makes a constraint by itself is read."""

SINGLE: Final = frozenset(
    SH[name]
    for name in (
        "closed",
        "datatype",
        "flags",
        "in",
        "languageIn",
        "maxCount",
        "maxExclusive",
        "maxInclusive",
        "maxLength",
        "minCount",
        "minExclusive",
        "minInclusive",
        "minLength",
        "nodeKind",
        "uniqueLang",
    )
)
"""Parameters of which a shape has at most one value."""

ON_PROPERTIES_ONLY: Final = frozenset(
    SH[name]
    for name in (
        "lessThan",
        "lessThanOrEquals",
        "maxCount",
        "minCount",
        "qualifiedValueShape",
        "uniqueLang",
    )
)
"""Parameters that only property shapes may have."""
