"""Phrases against values: a node and the words that bear it say the same figures."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import cached_property

from stigraph.gate.codes import finding
from stigraph.gate.figures import Figure, Reading, digits_in, read_figures
from stigraph.gate.finding import Finding
from stigraph.oxigraph import to_oxigraph
from stigraph.store import LocalStore
from stigraph.terms import Iri, Literal, Term
from stigraph.vocab import SCHEMA, SKOS, STI, XSD, kind_of

__all__ = ["Node", "check_figures", "read_nodes"]

_KINDS = {
    SCHEMA.value: "amount",
    STI.ordinal: "ordinal",
    STI.durationYears: "duration",
    STI.yearOfPlan: "year-of",
}
_DATES = {XSD.date: "date", XSD.gYearMonth: "month", XSD.gYear: "year"}
_NOT_READ = frozenset({STI.order})
"""Numbers of our own that no text bears; a rule checks that they run from 1 without gaps."""
_INEXACT = ("規模", "約", "超", "以上", "以下", "程度", "前後", "ほぼ", "近く", "弱", "強の")
_YEAR = re.compile(r"(?:19|20)\d\d")
_QUALIFIED = frozenset({"amount", "count"})


@dataclass(frozen=True)
class Node:
    """A node with phrases: what it says and where it is stated."""

    iri: str
    values: tuple[tuple[str, Term], ...]
    intervals: Mapping[str, str] = field(repr=False)
    editions: Mapping[str, str] = field(repr=False)

    def objects(self, predicate: str) -> list[Term]:
        """Return the objects of ``predicate``."""
        return [value for name, value in self.values if name == predicate]

    @cached_property
    def phrases(self) -> list[str]:
        """The phrases of the node."""
        return [term.value for term in self.objects(STI.phrase)]

    @cached_property
    def readings(self) -> dict[str, Reading]:
        """What each phrase bears."""
        return {phrase: read_figures(phrase) for phrase in self.phrases}

    def figures(self) -> Iterator[tuple[Figure, str, Term]]:
        """Yield the node's own figures with their predicate and object."""
        for predicate, value in self.values:
            figure = self._figure(predicate, value)
            if figure is not None and predicate not in _NOT_READ:
                yield figure, predicate, value

    def _figure(self, predicate: str, value: Term) -> Figure | None:
        match value:
            case Iri(iri) if kind_of(iri) == "fiscal-year":
                return Figure("fiscal-year", iri.rpartition("/")[2])
            case Iri(iri) if iri in self.intervals and predicate == STI.targetPeriod:
                return Figure("interval", self.intervals[iri])
            case Literal(lexical, datatype, _) if datatype in _DATES:
                return Figure(_DATES[datatype], lexical)
            case Literal(lexical, datatype, _) if datatype in (XSD.integer, XSD.decimal):
                return Figure(_KINDS.get(predicate, "count"), _canonical(lexical))
        return None


def _canonical(lexical: str) -> str:
    sign = "-" if lexical.startswith("-") else ""
    digits = lexical.lstrip("+-")
    return sign + (digits.lstrip("0") or "0") if "." not in digits else lexical


def read_nodes(store: LocalStore, only: Set[str] | None = None) -> list[Node]:
    """Return the nodes of ``store`` that carry phrases; of ``only`` these, if they are given."""
    intervals = _intervals(store)
    editions = _editions(store)
    values: dict[str, list[tuple[str, Term]]] = defaultdict(list)
    some = "" if only is None else f"VALUES ?s {{ {' '.join(map(str, map(_named, only)))} }} "
    rows = store.select(f"SELECT ?s ?p ?o WHERE {{ {some}?s <{STI.phrase}> ?any . ?s ?p ?o }}")
    derived = {STI.earliest, STI.latest, STI.knownFrom}
    for subject, predicate, value in rows:
        if isinstance(subject, Iri) and isinstance(predicate, Iri) and value is not None:
            pair = (predicate.value, value)
            if predicate.value not in derived and pair not in values[subject.value]:
                values[subject.value].append(pair)
    return [Node(iri, tuple(pairs), intervals, editions) for iri, pairs in sorted(values.items())]


def _named(iri: str) -> object:
    return to_oxigraph(Iri(iri))


def _editions(store: LocalStore) -> dict[str, str]:
    rows = store.select(f"SELECT ?d ?year WHERE {{ ?d <{STI.editionYear}> ?year }}")
    return {d.value: y.value for d, y in rows if isinstance(d, Iri) and y is not None}


def _intervals(store: LocalStore) -> dict[str, str]:
    rows = store.select(
        f"SELECT ?i ?a ?b WHERE {{ ?i <{STI.firstYear}> ?a ; <{STI.lastYear}> ?b }}"
    )
    return {
        i.value: f"{a.value}-{b.value}"
        for i, a, b in rows
        if isinstance(i, Iri) and isinstance(a, Literal) and isinstance(b, Literal)
    }


def check_figures(store: LocalStore, nodes: Iterable[Node]) -> Iterator[Finding]:
    """Yield where phrases and values of a node don't say the same figures."""
    for node in nodes:
        yield from _against_values(node)
        yield from _against_phrases(node)
        yield from _years_in_names(node)
        yield from _qualifiers(node)
        yield from _labels(node)
    yield from _wordings(store)


def _against_values(node: Node) -> Iterator[Finding]:
    own = {figure for figure, _, _ in node.figures()}
    for phrase, reading in node.readings.items():
        for figure in sorted(reading.figures - own):
            yield finding(
                "STI610",
                None,
                focus=node.iri,
                path=STI.phrase,
                value=Literal(phrase),
                figure_ja=_show(figure, "ja"),
                figure_en=_show(figure, "en"),
            )


def _against_phrases(node: Node) -> Iterator[Finding]:
    read = {figure for reading in node.readings.values() for figure in reading.figures}
    loose = {number for reading in node.readings.values() for number in reading.loose}
    for figure, predicate, value in node.figures():
        if figure not in read and figure.value not in loose:
            yield finding(
                "STI611",
                None,
                focus=node.iri,
                path=predicate,
                value=value,
                figure_ja=_show(figure, "ja"),
                figure_en=_show(figure, "en"),
            )


def _years_in_names(node: Node) -> Iterator[Finding]:
    """Yield where a year in a name (戦略2022) is neither the node's nor its document's."""
    own = {figure.value for figure, _, _ in node.figures()}
    own |= {node.editions[term.value] for _, term in node.values if term.value in node.editions}
    for phrase, reading in node.readings.items():
        for year in sorted(number for number in reading.loose - own if _YEAR.fullmatch(number)):
            yield finding(
                "STI615", None, focus=node.iri, path=STI.phrase, value=Literal(phrase), year=year
            )


def _qualifiers(node: Node) -> Iterator[Finding]:
    own = {figure for figure, _, _ in node.figures()}
    if node.objects(STI.qualifier):
        return
    for phrase, reading in node.readings.items():
        numbers = {figure for figure in reading.figures & own if figure.kind in _QUALIFIED}
        if numbers and any(word in phrase for word in _INEXACT):
            yield finding(
                "STI613",
                None,
                focus=node.iri,
                path=STI.phrase,
                value=Literal(phrase),
                phrase=phrase,
            )


def _labels(node: Node) -> Iterator[Finding]:
    """Yield where a label names a number that neither phrases nor values bear."""
    borne = {number for phrase in node.phrases for number in digits_in(phrase)}
    for figure, _, value in node.figures():
        borne |= digits_in(value.value) | digits_in(figure.value)
        borne |= {_scaled(figure.value, unit) for unit in (10**12, 10**9, 10**8, 10**6, 10**4)}
        borne |= {str(int(number)) for number in digits_in(value.value) if number.isdigit()}
    # Dates in words (February 2025) need no digits; months in figures do (2025-02 bears 2).
    borne |= {number.lstrip("0") for number in borne}
    for label in node.objects(SKOS.prefLabel):
        for number in sorted(digits_in(label.value) - borne):
            yield finding(
                "STI614",
                None,
                focus=node.iri,
                path=SKOS.prefLabel,
                value=label,
                digits=number,
            )


def _scaled(value: str, unit: int) -> str:
    if not value.isdigit():
        return value
    whole, rest = divmod(int(value), unit)
    return str(whole) if rest == 0 else str(int(value) / unit)


def _wordings(store: LocalStore) -> Iterator[Finding]:
    rows = store.select(
        f"SELECT ?i ?a ?b ?w WHERE {{ ?i <{STI.firstYear}> ?a ; <{STI.lastYear}> ?b ;"
        f" <{STI.wording}> ?w }}"
    )
    for interval, first, last, wording in rows:
        if interval is None or first is None or last is None or wording is None:
            continue
        own = Figure("interval", f"{first.value}-{last.value}")
        if own not in read_figures(wording.value).figures:
            yield finding(
                "STI612",
                None,
                focus=interval.value,
                path=STI.wording,
                value=wording,
                wording=wording.value,
            )


_NAMES = {
    "amount": ("{0}円", "{0} yen"),
    "fiscal-year": ("{0}年度", "fiscal year {0}"),
    "date": ("{0}", "{0}"),
    "month": ("{0}", "{0}"),
    "year": ("{0}年", "{0}"),
    "interval": ("{0}年", "the years {0}"),
    "count": ("{0}", "{0}"),
    "duration": ("{0}か年", "{0} years"),
    "year-of": ("{0}年目", "year {0}"),
    "ordinal": ("第{0}", "number {0}"),
}


def _show(figure: Figure, lang: str) -> str:
    form = _NAMES[figure.kind][0 if lang == "ja" else 1]
    value = f"{int(figure.value):,}" if figure.kind == "amount" else figure.value
    return form.format(value)
