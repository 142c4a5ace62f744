"""``stigraph export``: a lens, or what a query selects, in a form that other tools open."""

from __future__ import annotations

from collections.abc import Mapping

import click

from stigraph.api import Graph
from stigraph.cli.graph import open_graph
from stigraph.cli.options import Choice, Command, Settings, option
from stigraph.cli.output import write, write_json, write_text
from stigraph.cli.query import query_text
from stigraph.errors import UsageError
from stigraph.network.export import export
from stigraph.network.formats import FORMATS, format_named, format_of_path
from stigraph.network.lenses import LENSES, Lens, lens
from stigraph.network.selection import Selection
from stigraph.store import Answer

__all__ = ["command"]


@click.command(
    "export",
    cls=Command,
    examples=(
        "stigraph export --list",
        "stigraph export everything -o stigraph.graphml",
        "stigraph export everything --format turtle | head",
        "stigraph export --query edges.rq --format cytoscape -o edges.cyjs",
    ),
)
@click.argument("name", metavar="[LENS]", required=False)
@option(
    "--format",
    "form",
    metavar="FORMAT",
    ja="形式（--list で一覧。省くと PATH の拡張子から決める）",
    en="format (--list shows them; default: by the extension of PATH)",
)
@option(
    "-o",
    "--output",
    metavar="PATH",
    ja="書き出すファイル（- または省くと標準出力）",
    en="file to write (- or nothing: standard output)",
)
@option(
    "--query",
    metavar="TEXT|FILE|-",
    ja="レンズの代わりに、CONSTRUCT か辺を選ぶ SELECT（?source ?target）",
    en="instead of a lens: a CONSTRUCT, or a SELECT of edges (?source ?target)",
)
@option("--list", "listing", is_flag=True, ja="形式の一覧を示す", en="list the formats")
@click.pass_obj
def command(
    settings: Settings,
    name: str | None,
    form: str | None,
    output: str | None,
    query: str | None,
    listing: bool,
) -> int:
    """Write a lens or the answer to a query."""
    if listing:
        _list(settings, form or "text", output)
        return 0
    if (name is None) == (query is None):
        names = list(LENSES)
        raise UsageError(
            f"レンズ（{'、'.join(names)}）か --query のどちらか一つを渡す",
            f"give either a lens ({', '.join(names)}) or --query",
        )
    chosen = _format(form, output)
    wanted = lens(name) if name is not None else None
    graph = open_graph(settings)
    subject = wanted or _answer(graph, query or "")
    selection = Selection(graph.store, graph.catalogue, graph.release, subject, settings.lang)
    write(export(selection, chosen), output)
    if output not in (None, "-"):
        settings.say(f"{output} に書き出した", f"wrote {output}")
    return 0


def _format(form: str | None, output: str | None) -> str:
    found = form or (format_of_path(output) if output else None)
    if found is None:
        raise UsageError(
            "--format がいる。stigraph export --list で一覧を見る",
            "--format is needed; stigraph export --list shows the formats",
        )
    format_named(found)
    return found


def _answer(graph: Graph, query: str) -> Answer:
    return graph.answer(query_text(query, graph.questions))


def _list(settings: Settings, form: str, output: str | None) -> None:
    Choice(("text", "json")).convert(form, None, None)
    if form == "json":
        write_json(
            {"version": 1, "formats": _formats_json(), "lenses": _lenses_json(LENSES)}, output
        )
        return
    lines = [
        f"{name}\t{known.extension}\t{known.ja if settings.lang == 'ja' else known.en}\n"
        for name, known in FORMATS.items()
    ]
    write_text("".join(lines), output)


def _formats_json() -> list[dict[str, object]]:
    return [
        {"name": name, "extension": known.extension, "for": {"ja": known.ja, "en": known.en}}
        for name, known in FORMATS.items()
    ]


def _lenses_json(lenses: Mapping[str, Lens]) -> list[dict[str, object]]:
    return [
        {"name": name, "for": {"ja": known.ja, "en": known.en}} for name, known in lenses.items()
    ]
