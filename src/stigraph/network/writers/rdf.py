"""The triples behind a lens or a query, in the forms of RDF.

N-Triples, N-Quads and TriG are written here, line by line; the store writes the
others. All begin with the statement that goes with every copy of the graph, as
a comment where the form has comments; its triples are there in any form.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stigraph.errors import UsageError
from stigraph.network.lenses import DERIVED, Lens
from stigraph.network.selection import Selection
from stigraph.release import Release
from stigraph.store import Answer, Statements
from stigraph.terms import Blank, Iri, Literal, Term
from stigraph.vocab import DATASET, DERIVED_GRAPH, RDF, XSD

__all__ = ["write"]

_SKIPPED = ", ".join(f"<{name}>" for name in DERIVED)
_ESCAPES = str.maketrans(
    {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
)


def write(selection: Selection, form: str) -> Iterator[bytes]:
    """Yield what the files say of the entries behind a lens and of the graph, or an answer.

    Raises:
        UsageError: The answer has no triples.
    """
    if isinstance(selection.subject, Lens):
        yield from _write_lens(selection, form)
    else:
        yield from _write_answer(selection.subject, selection.release, form)


def _write_lens(selection: Selection, form: str) -> Iterator[bytes]:
    store, release = selection.store, selection.release
    names = " ".join(f"<{name}>" for name in (*selection.network.behind, DATASET))
    pattern = f"VALUES ?node {{ {names} }}"
    if form in ("nquads", "trig"):
        rows = store.select(
            f"SELECT DISTINCT ?g ?node ?p ?o WHERE {{ {pattern} GRAPH ?g {{ ?node ?p ?o }} "
            f"FILTER(?g != <{DERIVED_GRAPH}>) }} ORDER BY ?g ?node ?p ?o"
        )
        quads = ((_nt(g), (s, p, o)) for g, s, p, o in rows if g and s and p and o)
        yield from _encoded(_by_graph(quads, release, form))
        return
    # A sorted subquery: the order of the triples, and so the file, is always the same.
    answer = store.query(
        f"CONSTRUCT {{ ?node ?p ?o }} WHERE {{ SELECT DISTINCT ?node ?p ?o WHERE {{ {pattern} "
        f"?node ?p ?o FILTER(?p NOT IN ({_SKIPPED})) }} ORDER BY ?node ?p ?o }}"
    )
    yield from _write_answer(answer, release, form)


def _write_answer(answer: Answer, release: Release, form: str) -> Iterator[bytes]:
    """Yield the triples of a CONSTRUCT or DESCRIBE query.

    Raises:
        UsageError: It is another query.
    """
    if not isinstance(answer, Statements):
        raise UsageError(
            f"{form} には CONSTRUCT か DESCRIBE を渡す",
            f"{form} takes a CONSTRUCT or DESCRIBE query",
        )
    if form in ("ntriples", "nquads", "trig"):
        yield from _encoded(_comments(release, "# ", "\n"))
        yield from _encoded(f"{_statement(triple)} .\n" for triple in answer)
        return
    content = answer.write(form)
    if form == "turtle":
        yield from _encoded(_comments(release, "# ", "\n"))
    elif form == "rdfxml":
        head, _, content = content.partition(b"?>")  # nothing may precede the XML declaration
        yield head + b"?>\n"
        yield from _encoded(_comments(release, "<!-- ", " -->\n"))
    yield content


def _by_graph(
    quads: Iterable[tuple[str, tuple[Term, Term, Term]]], release: Release, form: str
) -> Iterator[str]:
    yield from _comments(release, "# ", "\n")
    opened = ""
    for graph, triple in quads:
        if form == "nquads":
            yield f"{_statement(triple)} {graph} .\n"
            continue
        if graph != opened:
            yield f"}}\n{graph} {{\n" if opened else f"{graph} {{\n"
            opened = graph
        yield f"  {_statement(triple)} .\n"
    if opened:
        yield "}\n"


def _comments(release: Release, before: str, after: str) -> Iterator[str]:
    for lang in ("en", "ja"):
        for line in release.lines(lang):
            # "--" can't stand in a comment of XML.
            yield f"{before}{' '.join(line.split()).replace('--', '–')}{after}"


def _statement(triple: tuple[Term, Term, Term]) -> str:
    return " ".join(map(_nt, triple))


def _nt(term: Term) -> str:
    """Return a term in N-Triples (RDF 1.1 N-Triples, section 2)."""
    match term:
        case Iri(value):
            return f"<{value}>"
        case Blank(value):
            return f"_:{value}"
        case Literal(value, RDF.langString, language):
            return f'"{value.translate(_ESCAPES)}"@{language}'
        case Literal(value, datatype, _):
            kind = "" if datatype == XSD.string else f"^^<{datatype}>"
            return f'"{value.translate(_ESCAPES)}"{kind}'


def _encoded(lines: Iterable[str]) -> Iterator[bytes]:
    for line in lines:
        yield line.encode()
