"""``stigraph query``: any SPARQL query, given as text, as a file, on standard input or by name."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from time import perf_counter

import click

from stigraph.cli.graph import open_graph
from stigraph.cli.options import Choice, Command, Settings, option
from stigraph.cli.output import write, write_text
from stigraph.cli.render import text_table
from stigraph.cli.stores import store_option
from stigraph.errors import UnreadableError, UsageError
from stigraph.questions import Question
from stigraph.store import Answer, Boolean, Solutions, Statements
from stigraph.store.reading import read_bytes

__all__ = ["command", "query_text"]

_ROWS = ("table", "csv", "tsv", "json", "xml")
_TRIPLES = ("turtle", "ntriples", "jsonld", "rdfxml")


@click.command(
    "query",
    cls=Command,
    examples=(
        "stigraph query 'SELECT ?p ?label WHERE { ?p a sti:Programme ; skos:prefLabel ?label }'",
        "stigraph query ontology/questions/programme-money.rq --format csv",
        "stigraph query - < query.rq",
        "stigraph query --store http://localhost:7878/query 'SELECT * { ?s ?p ?o } LIMIT 9'",
    ),
)
@click.argument("query", metavar="TEXT|FILE|-")
@option(
    "--format",
    "form",
    type=Choice((*_ROWS, *_TRIPLES)),
    ja="結果の形（省くと表、CONSTRUCT では turtle）",
    en="form of the result (default: a table, turtle for CONSTRUCT)",
)
@store_option
@click.pass_obj
def command(settings: Settings, query: str, form: str | None, store: str | None) -> int:
    """Answer one query."""
    graph = open_graph(settings, store)
    text = query_text(query, graph.questions)
    started = perf_counter()
    answer = graph.answer(text)
    _write(answer, form, settings)
    seconds = perf_counter() - started
    settings.detail(f"{seconds:.2f} 秒で答えた", f"answered in {seconds:.2f} s")
    return 0


def query_text(given: str, questions: Mapping[str, Question]) -> str:
    """Return the query that ``given`` stands for: ``-``, a file, a question's name, or itself.

    Raises:
        UnreadableError: The file or standard input can't be read as UTF-8.
        UsageError: It looks like a name, but nothing has that name.
    """
    if given == "-":
        if sys.stdin is None:
            raise UnreadableError("標準入力が閉じている", "standard input is closed")
        return _decoded(sys.stdin.buffer.read(), "-")
    if _is_file(given):
        return _decoded(read_bytes(Path(given)), given)
    if given in questions:
        return questions[given].query
    if not any(character.isspace() or character in "{}" for character in given):
        raise _nothing_named(given, questions)
    return given


def _is_file(given: str) -> bool:
    try:
        return Path(given).is_file()
    except (OSError, ValueError):  # a query is too long for a name, or has a null character
        return False


def _decoded(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError(
            f"{name} は UTF-8 ではない（{error.start + 1}バイト目）。UTF-8 で保存し直す",
            f"{name} is not UTF-8 (byte {error.start + 1}); save it as UTF-8",
        ) from error


def _nothing_named(given: str, questions: Mapping[str, Question]) -> UsageError:
    near = get_close_matches(given, questions, n=3, cutoff=0.5)
    return UsageError(
        f"「{given}」というファイルも質問もない。"
        + (f"近い質問：{'、'.join(near)}" if near else "SPARQL の文か、ファイルか、- を渡す"),
        f"there is no file or question “{given}”; "
        + (f"nearest questions: {', '.join(near)}" if near else "give SPARQL text, a file or -"),
    )


def _write(answer: Answer, form: str | None, settings: Settings) -> None:
    match answer:
        case Statements():
            write([answer.write(_fitting(form or "turtle", _TRIPLES, "CONSTRUCT, DESCRIBE"))])
        case Solutions() if (form or "table") == "table":
            rows = [["" if term is None else str(term) for term in row] for row in answer]
            write_text(text_table(answer.variables, rows, settings))
            settings.detail(f"{len(rows):,} 行", f"rows: {len(rows):,}")
        case Boolean(value) if (form or "table") == "table":
            write_text(f"{str(value).lower()}\n")
        case Solutions() | Boolean():
            written = answer.write(_fitting(form or "json", _ROWS, "SELECT, ASK"))
            write([_versioned(written) if form == "json" else written])


def _fitting(form: str, forms: tuple[str, ...], queries: str) -> str:
    if form in forms:
        return form
    raise UsageError(
        f"{form} は {queries} の結果には使えない。使えるもの：{'、'.join(forms)}",
        f"{form} can't hold the result of {queries}; choose from {', '.join(forms)}",
    )


def _versioned(results: bytes) -> bytes:
    """Return SPARQL results in JSON with the version of our contract as one more member.

    Readers of SPARQL 1.1 Query Results JSON look at ``head``, ``results`` and ``boolean`` only.
    """
    return b'{"version":1,' + results.removeprefix(b"{") + b"\n"
