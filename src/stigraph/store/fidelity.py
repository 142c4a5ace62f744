"""Whether a service gives literals back as it was given them, as far as somebody relies on it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from stigraph.errors import ServiceError
from stigraph.oxigraph import to_oxigraph
from stigraph.store import virtuoso
from stigraph.store.remote import RemoteStore
from stigraph.terms import Iri, Literal, Term
from stigraph.vocab import RDF, XSD

__all__ = ["require"]

_SAMPLES: Final = {
    **dict.fromkeys(("date",), "2025-06-07"),
    **dict.fromkeys(("dateTime", "dateTimeStamp"), "2025-06-07T08:09:10Z"),
    **dict.fromkeys(("duration", "yearMonthDuration"), "P1Y2M"),
    **dict.fromkeys(("decimal", "float"), "1.5"),
    **dict.fromkeys(("negativeInteger", "nonPositiveInteger"), "-5"),
    "dayTimeDuration": "P1DT2H",
    "double": "1.5E0",
    "time": "08:09:10",
    "gYear": "2025",
    "gYearMonth": "2025-06",
    "gMonth": "--06",
    "gDay": "---07",
    "gMonthDay": "--06-07",
    "boolean": "true",
    "hexBinary": "0FB7",
    "base64Binary": "aGk=",
}
"""A value of each datatype of XSD that isn't a text; of the others, 5 is one."""


def require(store: RemoteStore, datatypes: Iterable[str], literals: Iterable[Literal]) -> None:
    """Make sure that a service keeps the datatypes and literals that shapes ask for.

    A shape that asks for ``xsd:byte`` tells nothing of a service that makes ``xsd:integer`` of it.

    Raises:
        ServiceError: It doesn't keep one, which is named.
    """
    samples = {iri: _sample(iri) for iri in datatypes if iri != RDF.langString}
    asked = [*samples.values(), *literals]
    given = dict(zip(asked, _given_back(store, asked), strict=True))
    for literal in samples.values():
        back = given[literal]
        if not isinstance(back, Literal) or back.datatype != literal.datatype:
            raise _unkept(store, f"<{literal.datatype}>", back)
    for literal in literals:
        back = given[literal]
        if back != literal and not _same_but_for_case(back, literal):
            raise _unkept(store, str(to_oxigraph(literal)), back)


def _sample(datatype: str) -> Literal:
    return Literal(_SAMPLES.get(datatype.removeprefix(XSD), "5"), datatype)


def _given_back(store: RemoteStore, literals: list[Literal]) -> list[Term | None]:
    if not literals:
        return []
    if store.is_virtuoso:  # it keeps what stands in a query, but not what it stores
        return [literal if virtuoso.keeps(literal) else None for literal in literals]
    rows = " ".join(f"({n} {to_oxigraph(literal)})" for n, literal in enumerate(literals))
    found = {
        int(n.value): x
        for n, x in store.select(f"SELECT ?n ?x {{ VALUES (?n ?x) {{ {rows} }} }}")
        if isinstance(n, Literal)
    }
    return [found.get(n) for n in range(len(literals))]


def _same_but_for_case(back: Term | None, literal: Literal) -> bool:
    """Return whether only the case of a language tag differs, which means nothing."""
    return (
        isinstance(back, Literal)
        and (back.value, back.datatype) == (literal.value, literal.datatype)
        and (back.language or "").lower() == (literal.language or "").lower()
    )


def _unkept(store: RemoteStore, what: str, back: Term | None) -> ServiceError:
    got = str(to_oxigraph(back)) if isinstance(back, Literal | Iri) else "?"
    return ServiceError(
        f"{store.url} は {what} をそのまま返さない（{got} になる）。シェイプがこれを求めるので、"
        "結果が正しくならない。ファイルを検査する",
        f"{store.url} doesn't keep {what} (it becomes {got}), which the shapes ask for, so that "
        "the report would be wrong; validate the files instead",
    )
