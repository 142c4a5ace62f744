"""The triples behind a selection, in the forms of RDF 1.1.

N-Triples, N-Quads and TriG are written here, line by line; the store writes
Turtle and RDF/XML. All begin with the statement that goes with every copy of
the graph, as a comment; its triples are there too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stigraph.errors import UsageError
from stigraph.network.lenses import DERIVED, Lens
from stigraph.network.selection import Selection
from stigraph.network.writers.spelling import in_ntriples
from stigraph.network.writers.triples import triples_of
from stigraph.release import Release
from stigraph.store import Statements
from stigraph.terms import Term
from stigraph.vocab import DATASET, DERIVED_GRAPH

__all__ = ["comments", "write"]

_SKIPPED = ", ".join(f"<{name}>" for name in DERIVED)
_Quad = tuple[Term, Term, Term, Term]


def write(selection: Selection, form: str) -> Iterator[str | bytes]:
    """Yield what the files say of the entries behind a lens and of the graph, or an answer.

    Raises:
        UsageError: The answer has no triples.
    """
    release = selection.release
    if form in ("turtle", "rdfxml"):
        yield from _by_store(_statements(selection, form), release, form)
        return
    yield from comments(release)
    if form != "ntriples" and isinstance(selection.subject, Lens):
        yield from _by_graph(_quads(selection), form)
    else:
        yield from (f"{_line(triple)} .\n" for triple in triples_of(selection, form))


def comments(release: Release, before: str = "# ", after: str = "\n") -> Iterator[str]:
    """Yield the release as comments, in both languages."""
    for lang in ("en", "ja"):
        for line in release.lines(lang):
            # "--" can't stand in a comment of XML.
            yield f"{before}{' '.join(line.split()).replace('--', '–')}{after}"


def _names(selection: Selection) -> str:
    return " ".join(f"<{name}>" for name in (*selection.network.behind, DATASET))


def _statements(selection: Selection, form: str) -> Statements:
    if isinstance(selection.subject, Lens):
        # A sorted subquery: the order of the triples, and so the file, is always the same.
        answer = selection.store.query(
            "CONSTRUCT { ?node ?p ?o } WHERE { SELECT DISTINCT ?node ?p ?o WHERE { "
            f"VALUES ?node {{ {_names(selection)} }} ?node ?p ?o FILTER(?p NOT IN ({_SKIPPED})) "
            "} ORDER BY ?node ?p ?o }"
        )
    else:
        answer = selection.subject
    if not isinstance(answer, Statements):
        raise UsageError(
            f"{form} には CONSTRUCT か DESCRIBE を渡す",
            f"{form} takes a CONSTRUCT or DESCRIBE query",
        )
    return answer


def _by_store(answer: Statements, release: Release, form: str) -> Iterator[str | bytes]:
    content = answer.write(form)
    if form == "rdfxml":
        head, _, content = content.partition(b"?>")  # nothing may precede the XML declaration
        yield head + b"?>\n"
        yield from comments(release, "<!-- ", " -->\n")
    else:
        yield from comments(release)
    yield content


def _quads(selection: Selection) -> Iterator[_Quad]:
    rows = selection.store.select(
        f"SELECT DISTINCT ?g ?node ?p ?o WHERE {{ VALUES ?node {{ {_names(selection)} }} "
        f"GRAPH ?g {{ ?node ?p ?o }} FILTER(?g != <{DERIVED_GRAPH}>) }} ORDER BY ?g ?node ?p ?o"
    )
    for g, s, p, o in rows:
        if g and s and p and o:
            yield g, s, p, o


def _by_graph(quads: Iterable[_Quad], form: str) -> Iterator[str]:
    opened = ""
    for graph, *triple in quads:
        name = in_ntriples(graph)
        if form == "nquads":
            yield f"{_line(triple)} {name} .\n"
            continue
        if name != opened:
            yield f"}}\n{name} {{\n" if opened else f"{name} {{\n"
            opened = name
        yield f"  {_line(triple)} .\n"
    if opened:
        yield "}\n"


def _line(triple: Iterable[Term]) -> str:
    return " ".join(map(in_ntriples, triple))
