"""The page of coverage: how much the graph knows, by kind, by field and by year."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from docs.making.markdown import safe
from docs.making.sparql import load, rows, texts

from stigraph.project import Project
from stigraph.store import LocalStore
from stigraph.vocab import ID, STI, kind_of

__all__ = ["coverage_page"]

# From a fact to what it is about, as far as the thing that has a field.
_TOWARDS = "|".join(
    f"sti:{name}"
    for name in (
        "forInitiative",
        "forPart",
        "about",
        "participationIn",
        "countOf",
        "periodOf",
        "resultOf",
        "nameOf",
        "toCall",
        "partOfInitiative",
        "pursuesGoal",
        "forGoal",
    )
)
_FIELDS = f"""
SELECT DISTINCT ?fact ?field WHERE {{
  ?fact sti:statedIn ?source .
  ?fact ({_TOWARDS})*/sti:inField ?field .
}}
"""
_SOURCES = "SELECT ?fact ?class WHERE { ?fact sti:statedIn ?source . ?source a ?class }"
_YEARS = "SELECT ?fact ?day WHERE { ?fact sti:statedIn ?source . ?source dcterms:date ?day }"


def coverage_page(project: Project) -> str:
    """Return the page of coverage."""
    store = load(project, project.data_files())
    return (
        "# Coverage\n\nHow many facts the graph holds. A fact is a node that says where it is "
        "stated: by a passage of one of the two documents, by a web page, or by both.\n\n"
        + _by_kind(store)
        + _by_field(store)
        + _by_year(store)
        + _left_out(project)
    ).rstrip("\n") + "\n"


def _by_kind(store: LocalStore) -> str:
    stated: dict[str, set[str]] = defaultdict(set)
    for fact, cls in rows(store, _SOURCES):
        stated[fact].add("page" if cls == STI.WebSource else "passage")
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for fact, kinds in stated.items():
        counts[kind_of(fact) or ""]["both" if len(kinds) > 1 else next(iter(kinds))] += 1
    total: Counter[str] = sum(counts.values(), Counter())
    lines = [
        (kind, *(c[name] for name in ("passage", "page", "both")), c.total())
        for kind, c in [*sorted(counts.items()), ("**all**", total)]
    ]
    return "## By kind\n\n" + _table(("kind", "documents", "web pages", "both", "facts"), lines)


def _by_field(store: LocalStore) -> str:
    names = {
        field: found
        for field, found in texts(store, "skos:prefLabel").items()
        if kind_of(field) == "field"
    }
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for fact, field in rows(store, _FIELDS):
        if fact.startswith(ID):
            counts[field][kind_of(fact) or ""] += 1
    total: Counter[str] = sum(counts.values(), Counter())
    kinds = [kind for kind, _ in sorted(total.items(), key=lambda pair: (-pair[1], pair[0]))]
    shown, rest = kinds[:9], kinds[9:]
    lines = [
        (
            f"{names[field].get('ja', '')} {names[field].get('en', '')}",
            *(counts[field][kind] for kind in shown),
            sum(counts[field][kind] for kind in rest),
            counts[field].total(),
        )
        for field in sorted(names, key=lambda field: names[field].get("en", ""))
    ]
    return (
        "## By field\n\nFacts about each priority field, directly or through the programme, "
        "event or goal that they belong to. A fact may count for several fields.\n\n"
        + _table(("field", *shown, "others", "facts"), lines)
    )


def _by_year(store: LocalStore) -> str:
    facts: dict[str, set[str]] = defaultdict(set)
    for fact, day in rows(store, _YEARS):
        facts[day[:4]].add(fact)
    lines = [(year, len(found)) for year, found in sorted(facts.items())]
    return (
        "## By year of the source\n\nFacts by the year that their web pages state, where one is "
        "known.\n\n" + _table(("year", "facts"), lines)
    )


def _left_out(project: Project) -> str:
    path = project.root / "data" / "left-out.csv"
    if not path.is_file():
        return ""
    with path.open(encoding="utf-8", newline="") as stream:
        lines = [
            (line["file"], line["row"], safe(line["reason"])) for line in csv.DictReader(stream)
        ]
    return (
        f"## Left out\n\n{len(lines)} usable rows of the tables of public facts are not in the "
        "graph.\n\n" + _table(("table", "row", "why"), lines)
    )


def _table(head: Sequence[str], lines: Sequence[Sequence[object]]) -> str:
    return "".join(_lines(head, lines)) + "\n"


def _lines(head: Sequence[str], lines: Sequence[Sequence[object]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |\n"
    yield f"|{' --- |' * len(head)}\n"
    for row in lines:
        yield f"| {' | '.join(str(cell) for cell in row)} |\n"
