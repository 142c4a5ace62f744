"""``stigraph show``: one entry with its facts, the sources that state them, and the phrases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import click

from stigraph.api import Graph
from stigraph.cli.graph import entry_json, label_json, open_graph, term_json
from stigraph.cli.options import Choice, Command, Settings, option
from stigraph.cli.output import write_json, write_text
from stigraph.cli.stores import store_option
from stigraph.display import clean
from stigraph.entries import Catalogue, Entry, Fact
from stigraph.questions import in_language, show_amount
from stigraph.sources import Source, sources_of, stated_by
from stigraph.terms import Iri, Literal, Term
from stigraph.vocab import RDF, RDFS, SCHEMA, SKOS, STI, shorten

__all__ = ["command"]

# Shown in a place of their own, or computed for comparisons.
_ELSEWHERE = frozenset(
    {
        RDF.type,
        RDFS.label,
        SKOS.prefLabel,
        SKOS.altLabel,
        STI.statedIn,
        STI.phrase,
        STI.earliest,
        STI.latest,
        STI.knownFrom,
    }
)
_MOST = 20  # values of one property; -v shows all

_HEADINGS = {
    "ja": {
        "type": "種類",
        "others": "別名",
        "sources": "出典",
        "phrases": "語句",
        "stated": "ここで述べられる事柄",
        "inward": "この項目を指すもの",
        "colon": "：",
        "more": "ほか{}件（-v ですべて示す）",
        "lines": "{}–{}行",
        "line": "{}行",
    },
    "en": {
        "type": "kind",
        "others": "other names",
        "sources": "sources",
        "phrases": "phrases",
        "stated": "what is stated here",
        "inward": "what points at it",
        "colon": ": ",
        "more": "{} more (-v shows all)",
        "lines": "lines {}–{}",
        "line": "line {}",
    },
}


@click.command(
    "show",
    cls=Command,
    examples=("stigraph show SBIR制度", "stigraph show programme:sbir --format json"),
)
@click.argument("entry")
@option(
    "--format",
    "form",
    type=Choice(("text", "json")),
    default="text",
    ja="結果の形（省くと text）",
    en="form of the result (default: text)",
)
@store_option
@click.pass_obj
def command(settings: Settings, entry: str, form: str, store: str | None) -> int:
    """Show the entry that an id, a label or another name stands for."""
    graph = open_graph(settings, store)
    record = graph.entry(entry)
    found, facts = record.entry, record.facts
    if form == "json":
        write_json(_json(graph, found, facts))
    else:
        write_text("".join(f"{line}\n" for line in _lines(graph, found, facts, settings)))
    return 0


def _lines(graph: Graph, entry: Entry, facts: Sequence[Fact], settings: Settings) -> Iterator[str]:
    lang, catalogue = settings.lang, graph.catalogue
    headings = _HEADINGS[lang]
    most = len(facts) if settings.verbose else _MOST
    names = dict.fromkeys([entry.label(lang), entry.label("en" if lang == "ja" else "ja")])
    title = clean(" / ".join(names))
    yield f"\x1b[1m{title}\x1b[0m" if settings.colored() else title
    yield f"{shorten(entry.iri)}  <{entry.iri}>"
    types = [fact.value for fact in facts if fact.predicate == RDF.type and not fact.inverse]
    rows = [(headings["type"], [catalogue.label(term, lang) for term in types])]
    rows += [(headings["others"], list(entry.others))] if entry.others else []
    rows += _grouped(catalogue, [fact for fact in facts if not fact.inverse], lang)
    yield from _listed(rows, most, headings)
    phrases = [(headings["phrases"], _phrases(facts))]
    inward = _grouped(catalogue, [fact for fact in facts if fact.inverse], lang)
    stated = [_named(catalogue, iri, lang) for iri in stated_by(graph.store, entry.iri)]
    if phrases[0][1]:
        yield from ("", *_listed(phrases, most, headings))
    sources = sources_of(graph.store, entry.iri)
    if sources:
        yield from ("", f"{headings['sources']}{headings['colon'].rstrip()}")
        yield from (f"  {_source(catalogue, source, lang)}" for source in sources)
    if stated:
        yield from ("", *_listed([(headings["stated"], stated)], most, headings))
    if inward:
        yield from ("", f"{headings['inward']}{headings['colon'].rstrip()}")
        yield from (f"  {line}" for line in _listed(inward, most, headings))


def _grouped(catalogue: Catalogue, facts: Sequence[Fact], lang: str) -> list[tuple[str, list[str]]]:
    """Return the facts as property and values, as the reader calls them."""
    groups: dict[str, list[Term]] = {}
    for fact in facts:
        if fact.predicate not in _ELSEWHERE:
            groups.setdefault(fact.predicate, []).append(fact.value)
    yen = Literal("JPY") in groups.get(SCHEMA.currency, [])
    return [
        (
            catalogue.label(Iri(predicate), lang),
            [
                _value(catalogue, term, lang, yen=yen and predicate == SCHEMA.value)
                for term in in_language(tuple(terms), lang)
            ],
        )
        for predicate, terms in groups.items()
    ]


def _value(catalogue: Catalogue, term: Term, lang: str, *, yen: bool) -> str:
    match term:
        case Iri(value):
            return _named(catalogue, value, lang)
        case Literal(value) if yen and value.lstrip("-").isdigit():
            return show_amount(int(value), lang)
        case Literal(value, _, str() as tag) if tag != lang:
            return f"{value} ({tag})"
    return str(term)


def _named(catalogue: Catalogue, iri: str, lang: str) -> str:
    label, name = catalogue.label(Iri(iri), lang), shorten(iri)
    return label if label == name else f"{label} [{name}]"


def _listed(
    rows: Sequence[tuple[str, Sequence[str]]], most: int, headings: dict[str, str]
) -> Iterator[str]:
    for name, values in rows:
        shown = [clean(value) for value in values[:most]]
        if len(values) > most:
            shown.append(headings["more"].format(len(values) - most))
        if len(shown) == 1:
            yield f"{name}{headings['colon']}{shown[0]}"
        else:
            yield f"{name}{headings['colon'].rstrip()}"
            yield from (f"  {value}" for value in shown)


def _phrases(facts: Sequence[Fact]) -> list[str]:
    return [str(fact.value) for fact in facts if fact.predicate == STI.phrase]


def _source(catalogue: Catalogue, source: Source, lang: str) -> str:
    """Return one source: document, section and lines, or publisher, page and dates."""
    if source.url is not None:
        dates = source.date or source.read or ""
        return " · ".join(
            filter(
                None, (catalogue.label(Iri(source.iri), lang), source.publisher, dates, source.url)
            )
        )
    headings = _HEADINGS[lang]
    lines = headings["line" if source.first_line == source.last_line else "lines"]
    return " · ".join(
        filter(
            None,
            (
                catalogue.label(Iri(source.document), lang) if source.document else "",
                source.section.get(lang, ""),
                lines.format(source.first_line, source.last_line),
                shorten(source.iri),
            ),
        )
    )


def _json(graph: Graph, entry: Entry, facts: Sequence[Fact]) -> dict[str, Any]:
    catalogue = graph.catalogue
    return {
        "version": 1,
        "entry": entry_json(entry),
        "facts": [
            {
                "predicate": {
                    "iri": fact.predicate,
                    "label": label_json(catalogue.entries.get(fact.predicate), fact.predicate),
                },
                "inverse": fact.inverse,
                "value": term_json(fact.value, catalogue),
            }
            for fact in facts
        ],
        "sources": [_source_json(catalogue, s) for s in sources_of(graph.store, entry.iri)],
        "phrases": _phrases(facts),
        "states": [
            {"iri": iri, "label": label_json(catalogue.entries.get(iri), iri)}
            for iri in stated_by(graph.store, entry.iri)
        ],
    }


def _source_json(catalogue: Catalogue, source: Source) -> dict[str, Any]:
    document = source.document
    return {
        "iri": source.iri,
        "id": shorten(source.iri),
        "label": label_json(catalogue.entries.get(source.iri), source.iri),
        "document": document
        and {"iri": document, "label": label_json(catalogue.entries.get(document), document)},
        "section": dict(source.section),
        "first_line": source.first_line,
        "last_line": source.last_line,
        "url": source.url,
        "publisher": source.publisher,
        "title": source.title,
        "date": source.date,
        "date_read": source.read,
    }
