"""Nanopublications (nanopub.net guidelines, 2015) in TriG: one an entry.

The *assertion* is what the entry states. The *provenance* says where that is
stated: the passages, web pages and phrases, which the assertion is derived
from; an entry without evidence of its own (a passage, a code list's concept)
comes from its document or from the graph. The *publication info* is that of the
graph: date, version, licence. Assertions and provenances together hold all
triples behind the selection.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import quote

from stigraph.network.selection import Selection
from stigraph.network.writers.rdf import comments
from stigraph.network.writers.spelling import in_turtle
from stigraph.network.writers.triples import Triple, by_subject, prefixes_of, triples_of
from stigraph.release import Release
from stigraph.terms import Blank, Iri, Literal, Term
from stigraph.vocab import BASE, DATASET, DCAT, DCTERMS, NANOPUB, NP, PREFIXES, PROV, RDF, STI, XSD

__all__ = ["write"]

_EVIDENCE: Final = frozenset({STI.statedIn, STI.phrase, STI.basis})
"""What an entry says of where it is stated: provenance, not assertion."""

_SOURCES: Final = (STI.statedIn, STI.ofDocument)
_OWN: Final = ("dcat", "dcterms", "prov", "xsd")


def write(selection: Selection, form: str) -> Iterator[str]:
    """Yield a nanopublication for each entry behind the selection.

    Raises:
        UsageError: The answer has no triples.
    """
    triples = list(triples_of(selection, form))
    used = {**prefixes_of(triples), **{name: PREFIXES[name] for name in _OWN}, "np": NP}
    yield from comments(selection.release)
    for prefix, namespace in sorted(used.items()):
        yield f"@prefix {prefix}: <{namespace}> .\n"
    for subject, own in by_subject(triples):
        yield from _nanopub(subject, own, selection.release)


def _nanopub(subject: Iri | Blank, own: Sequence[Triple], release: Release) -> Iterator[str]:
    name = _name(subject)
    this = Iri(name)
    parts = {part: Iri(f"{name}#{part}") for part in ("Head", "assertion", "provenance", "pubinfo")}
    yield from _graph(
        parts["Head"],
        [
            (this, Iri(RDF.type), Iri(f"{NP}Nanopublication")),
            (this, Iri(f"{NP}hasAssertion"), parts["assertion"]),
            (this, Iri(f"{NP}hasProvenance"), parts["provenance"]),
            (this, Iri(f"{NP}hasPublicationInfo"), parts["pubinfo"]),
        ],
    )
    asserted = [triple for triple in own if triple[1].value not in _EVIDENCE] or list(own)
    yield from _graph(parts["assertion"], asserted)
    about = [triple for triple in own if triple not in asserted]
    yield from _graph(
        parts["provenance"],
        [*((parts["assertion"], Iri(PROV.wasDerivedFrom), s) for s in _sources(own)), *about],
    )
    yield from _graph(parts["pubinfo"], list(_published(this, release)))


def _name(subject: Iri | Blank) -> str:
    if isinstance(subject, Iri) and subject.value.startswith(BASE):
        return NANOPUB[subject.value.removeprefix(BASE).removeprefix("id/").replace("#", "/")]
    return NANOPUB[f"other/{quote(str(subject.value), safe='')}"]


def _sources(own: Sequence[Triple]) -> list[Term]:
    for predicate in _SOURCES:
        found: list[Term] = [o for _, p, o in own if p.value == predicate and isinstance(o, Iri)]
        if found:
            return found
    return [Iri(DATASET)]


def _published(this: Iri, release: Release) -> Iterator[Triple]:
    yield this, Iri(PROV.wasDerivedFrom), Iri(DATASET)
    if release.issued:
        yield this, Iri(DCTERMS.created), Literal(release.issued, XSD.date)
    if release.version:
        yield this, Iri(DCAT.version), Literal(release.version)
    if release.licence:
        yield this, Iri(DCTERMS.license), Iri(release.licence)
    for language, text in (("ja", release.attribution_ja), ("en", release.attribution_en)):
        if text:
            yield this, Iri(DCTERMS.rights), Literal.tagged(text, language)


def _graph(name: Iri, triples: Sequence[Triple]) -> Iterator[str]:
    yield f"\n<{name.value}> {{\n"
    for subject, predicate, value in triples:
        said = "a" if predicate.value == RDF.type else _spelt(predicate)
        yield f"    {_spelt(subject)} {said} {_spelt(value)} .\n"
    yield "}\n"


def _spelt(term: Term) -> str:
    if isinstance(term, Iri) and term.value.startswith(NP):
        return f"np:{term.value.removeprefix(NP)}"
    return in_turtle(term)
