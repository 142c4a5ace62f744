"""Constraints that look at one value node at a time (SHACL, sections 4.1, 4.3, 4.4 and 4.8.3)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from operator import ge, gt, le, lt
from typing import ClassVar, Final

from stigraph.shacl.constraints.base import ValueCheck
from stigraph.shacl.lexical import number, well_formed
from stigraph.store.data import DataGraph
from stigraph.terms import Blank, Iri, Literal, Term
from stigraph.vocab import RDF, SH, XSD, shorten

__all__ = ["Datatype", "In", "LanguageIn", "Length", "NodeKind", "Pattern", "Range"]

_KIND_TESTS = {
    SH.IRI: "isIRI({0})",
    SH.BlankNode: "isBlank({0})",
    SH.Literal: "isLiteral({0})",
    SH.BlankNodeOrIRI: "!isLiteral({0})",
    SH.BlankNodeOrLiteral: "!isIRI({0})",
    SH.IRIOrLiteral: "!isBlank({0})",
}
NODE_KINDS = frozenset(_KIND_TESTS)

_NUMERIC = frozenset({XSD.integer, XSD.decimal, XSD.double, XSD.float})
_CASTABLE = frozenset({XSD.boolean, XSD.date, XSD.dateTime, XSD.time})
_FREE = frozenset({XSD.string, RDF.langString, XSD.anyURI})


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class NodeKind(ValueCheck):
    """``sh:nodeKind`` (section 4.1.3)."""

    component: ClassVar[str] = SH.NodeKindConstraintComponent
    kind: str

    def broken(self, data: DataGraph, var: str) -> str:  # noqa: ARG002, D102
        return f"!({_KIND_TESTS[self.kind].format(var)})"

    def details(self) -> Mapping[str, str]:  # noqa: D102
        return {"kind": shorten(self.kind)}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Datatype(ValueCheck):
    """``sh:datatype``, lexical form included (section 4.1.2)."""

    component: ClassVar[str] = SH.DatatypeConstraintComponent
    datatype: str

    def broken(self, data: DataGraph, var: str) -> str:  # noqa: D102
        test = f"!COALESCE(DATATYPE({var}) = <{self.datatype}>, false)"
        if self.datatype in _FREE:
            return test
        if self.datatype in _NUMERIC:
            return f"{test} || !isNumeric({var})"
        if self.datatype in _CASTABLE:
            return f"{test} || !COALESCE(isLiteral(<{self.datatype}>(STR({var}))), false)"
        if not self.datatype.startswith(XSD):
            return test
        # Without a quick test, every value of the datatype is looked at in `breaks`.
        return "true" if data.exact else test

    def breaks(self, data: DataGraph, value: Term) -> bool:  # noqa: ARG002, D102
        return not (
            isinstance(value, Literal) and value.datatype == self.datatype and well_formed(value)
        )

    def details(self) -> Mapping[str, str]:  # noqa: D102
        return {"datatype": shorten(self.datatype)}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Range(ValueCheck):
    """``sh:minExclusive``, ``sh:minInclusive`` and their opposites (section 4.3)."""

    parameter: str
    operator: str
    limit: Literal

    def name(self) -> str:  # noqa: D102
        return f"{SH}{self.parameter[0].upper()}{self.parameter[1:]}ConstraintComponent"

    def broken(self, data: DataGraph, var: str) -> str:  # noqa: D102
        return f"!COALESCE({var} {self.operator} {data.value_text(self.limit)}, false)"

    def breaks(self, data: DataGraph, value: Term) -> bool:  # noqa: D102
        return not compares(data, value, self.operator, self.limit)

    def details(self) -> Mapping[str, str]:  # noqa: D102
        return {"operator": self.operator, "limit": self.limit.value}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Length(ValueCheck):
    """``sh:minLength`` and ``sh:maxLength`` (sections 4.4.1 and 4.4.2)."""

    parameter: str
    limit: int

    def name(self) -> str:  # noqa: D102
        return f"{SH}{self.parameter[0].upper()}{self.parameter[1:]}ConstraintComponent"

    def broken(self, data: DataGraph, var: str) -> str:  # noqa: ARG002, D102
        operator = ">=" if self.parameter == "minLength" else "<="
        test = f"!COALESCE(STRLEN(STR({var})) {operator} {self.limit}, false)"
        return f"isBlank({var}) || {test}"

    def details(self) -> Mapping[str, str]:  # noqa: D102
        return {"limit": str(self.limit)}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Pattern(ValueCheck):
    """``sh:pattern`` with ``sh:flags`` (section 4.4.3)."""

    component: ClassVar[str] = SH.PatternConstraintComponent
    pattern: str
    flags: str

    def broken(self, data: DataGraph, var: str) -> str:  # noqa: D102
        pattern, flags = (data.value_text(Literal(text)) for text in (self.pattern, self.flags))
        return f"isBlank({var}) || !COALESCE(REGEX(STR({var}), {pattern}, {flags}), false)"

    def details(self) -> Mapping[str, str]:  # noqa: D102
        return {"pattern": self.pattern}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class LanguageIn(ValueCheck):
    """``sh:languageIn`` (section 4.4.4)."""

    component: ClassVar[str] = SH.LanguageInConstraintComponent
    ranges: tuple[str, ...]

    def broken(self, data: DataGraph, var: str) -> str:  # noqa: D102
        tests = [f"LANGMATCHES(LANG({var}), {data.value_text(Literal(r))})" for r in self.ranges]
        return f"!COALESCE({' || '.join(tests) or 'false'}, false)"

    def details(self) -> Mapping[str, str]:  # noqa: D102
        return {"languages": ", ".join(self.ranges)}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class In(ValueCheck):
    """``sh:in`` (section 4.8.3)."""

    component: ClassVar[str] = SH.InConstraintComponent
    members: tuple[Term, ...]

    def broken(self, data: DataGraph, var: str) -> str:  # noqa: D102
        named = [term for term in self.members if not isinstance(term, Blank)]
        if len(named) > 256:
            return "true"
        iris = ", ".join(data.text(term) for term in named if isinstance(term, Iri))
        tests = [f"sameTerm({var}, {data.text(t)})" for t in named if isinstance(t, Literal)]
        if iris:
            tests.append(f"COALESCE({var} IN ({iris}), false)")
        return f"!({' || '.join(tests) or 'false'})"

    def breaks(self, data: DataGraph, value: Term) -> bool:  # noqa: ARG002, D102
        return value not in self.members

    def details(self) -> Mapping[str, str]:  # noqa: D102
        return {"members": ", ".join(map(str, self.members))}


def compares(data: DataGraph, left: Term, operator: str, right: Term) -> bool:
    """Return whether ``left operator right`` is true, where a query said that it isn't.

    The query is right but for literals that the store doesn't keep by value: numbers are
    compared exactly here, others asked for again in their own form.
    """
    if not (isinstance(left, Literal) and isinstance(right, Literal)):
        return False
    first, second = number(left), number(right)
    if first is not None and second is not None:
        return _OPERATORS[operator](first, second)
    if data.is_sealed(left) or data.is_sealed(right):
        return data.ask(f"{data.value_text(left)} {operator} {data.value_text(right)}")
    return False


_OPERATORS: Final[dict[str, Callable[[Decimal, Decimal], bool]]] = {
    "<": lt,
    "<=": le,
    ">": gt,
    ">=": ge,
}
