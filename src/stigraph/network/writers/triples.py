"""The triples behind a selection, in an order that is always the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Final

from stigraph.errors import UsageError
from stigraph.network.lenses import DERIVED, Lens
from stigraph.network.selection import Selection
from stigraph.store import Statements
from stigraph.terms import Blank, Iri, Literal, Term
from stigraph.vocab import DATASET, PREFIXES, STI

__all__ = ["Triple", "by_subject", "evidence_of", "prefixes_of", "triples_behind", "triples_of"]

Triple = tuple[Iri | Blank, Iri, Term]

_SKIPPED: Final = ", ".join(f"<{name}>" for name in DERIVED)


def triples_of(selection: Selection, form: str) -> Iterator[Triple]:
    """Yield what RDF formats hold: what is behind a lens, or the triples of an answer.

    Raises:
        UsageError: The answer has no triples.
    """
    if isinstance(selection.subject, Lens):
        return triples_behind(selection)
    if not isinstance(selection.subject, Statements):
        raise UsageError(
            f"{form} には CONSTRUCT か DESCRIBE を渡す",
            f"{form} takes a CONSTRUCT or DESCRIBE query",
        )
    return iter(sorted(_triples(selection.subject), key=repr))


def triples_behind(selection: Selection) -> Iterator[Triple]:
    """Yield what the files say of the entries behind the network, and of the graph itself."""
    names = " ".join(f"<{name}>" for name in (*selection.network.behind, DATASET))
    rows = selection.store.select(
        f"SELECT DISTINCT ?node ?p ?o WHERE {{ VALUES ?node {{ {names} }} ?node ?p ?o "
        f"FILTER(?p NOT IN ({_SKIPPED})) }} ORDER BY ?node ?p ?o"
    )
    return _triples(rows)


def _triples(rows: Iterable[tuple[Term | None, ...]]) -> Iterator[Triple]:
    for subject, predicate, value in rows:
        if isinstance(subject, (Iri, Blank)) and isinstance(predicate, Iri) and value is not None:
            yield subject, predicate, value


def by_subject(triples: Iterable[Triple]) -> Iterator[tuple[Iri | Blank, list[Triple]]]:
    """Yield each subject of sorted ``triples`` with its own."""
    for subject, group in groupby(triples, key=lambda triple: triple[0]):
        yield subject, list(group)


def evidence_of(selection: Selection) -> dict[str, list[Iri]]:
    """Return for each entry of the graph the passages and web sources that state it."""
    found: dict[str, list[Iri]] = {}
    for node, source in selection.store.select(
        f"SELECT ?node ?source WHERE {{ ?node <{STI.statedIn}> ?source }} ORDER BY ?node ?source"
    ):
        if isinstance(node, Iri) and isinstance(source, Iri):
            found.setdefault(node.value, []).append(source)
    return found


def prefixes_of(triples: Iterable[Triple]) -> Mapping[str, str]:
    """Return the prefixes that shorten an IRI in ``triples``, by name."""
    used = {
        str(term).partition(":")[0]
        for triple in triples
        for term in _named(triple)
        if str(term) != term.value
    }
    return {name: PREFIXES[name] for name in sorted(used)}


def _named(triple: Triple) -> Iterator[Iri]:
    for term in triple:
        if isinstance(term, Iri):
            yield term
        elif isinstance(term, Literal):
            yield Iri(term.datatype)
