"""``stigraph export``: a lens, or what a query selects, in a form that other tools open."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from stigraph.api import Graph
from stigraph.cli.graph import open_graph
from stigraph.cli.options import Choice, Command, Settings, Whole, option
from stigraph.cli.output import write, write_folder, write_json, write_text
from stigraph.cli.progress import shown
from stigraph.cli.query import query_text
from stigraph.cli.stores import store_option
from stigraph.dates import Bounds, parse_bounds
from stigraph.errors import UsageError
from stigraph.network.export import export, export_files
from stigraph.network.filters import Filters
from stigraph.network.formats import FORMATS, format_named, format_of_path
from stigraph.network.lenses import LENSES, Lens, lens
from stigraph.network.selection import Selection
from stigraph.store import Answer
from stigraph.vocab import KINDS

__all__ = ["command"]

_KINDS = Choice((*KINDS, "passage"))
_DOCUMENTS = ("annual-strategy", "basic-plan", "document", "field-strategy", "law")


def _filters(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return ``function`` with the options that leave something out."""
    several: dict[str, Any] = {"multiple": True}
    for decorate in reversed(
        (
            option(
                "--kind",
                "kinds",
                type=_KINDS,
                metavar="KIND",
                **several,
                ja="この種別の項目だけ（くり返せる）",
                en="only entries of this kind (may be repeated)",
            ),
            option(
                "--pillar",
                "pillars",
                metavar="PILLAR",
                **several,
                ja="この柱の下のものと、それにつながるものだけ",
                en="only what is under this pillar, and what is joined to that",
            ),
            option(
                "--field",
                "fields",
                metavar="FIELD",
                **several,
                ja="この分野のものと、それにつながるものだけ",
                en="only what is in this field, and what is joined to that",
            ),
            option(
                "--document",
                "documents",
                metavar="DOCUMENT",
                **several,
                ja="この文書が述べるものと、それにつながるものだけ",
                en="only what this document states, and what is joined to that",
            ),
            option(
                "--date",
                metavar="DATE[/DATE]",
                ja="この日・月・年、または期間に重ならないものを除く",
                en="leave out what can't hold on this day, month, year or span",
            ),
            option(
                "--entry",
                metavar="ENTRY",
                ja="この項目と、そこから --depth 本の辺で届くものだけ",
                en="only this entry and what is at most --depth edges away",
            ),
            option(
                "--depth",
                type=Whole(0, 100),
                metavar="N",
                ja="--entry からの辺の数（省くと 1）",
                en="how many edges from --entry (default: 1)",
            ),
            option(
                "--largest-component",
                is_flag=True,
                ja="つながった部分のうち最大のものだけ",
                en="only the largest part that hangs together",
            ),
            option(
                "--project",
                type=_KINDS,
                metavar="KIND",
                ja="この種別の項目どうしを、共有する相手の数で結ぶ",
                en="join entries of this kind by how many neighbours they share",
            ),
            option(
                "--keep-nary",
                is_flag=True,
                ja="配分額・出来事・対応付けを辺にせず、節点のまま残す",
                en="keep allocations, events and alignments as nodes",
            ),
        )
    ):
        function = decorate(function)
    return function


@click.command(
    "export",
    cls=Command,
    examples=(
        "stigraph export --list",
        "stigraph export strategy -o strategy.html",
        "stigraph export money --format gexf -o money.gexf",
        "stigraph export everything --entry sbir --depth 2 --format graphml",
        "stigraph export institutions --project organisation --format png -o bodies.png",
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
    ja="書き出すファイルかフォルダー（- または省くと標準出力）",
    en="file or folder to write (- or nothing: standard output)",
)
@option(
    "--query",
    metavar="TEXT|FILE|-",
    ja="レンズの代わりに、CONSTRUCT か辺を選ぶ SELECT（?source ?target）",
    en="instead of a lens: a CONSTRUCT, or a SELECT of edges (?source ?target)",
)
@_filters
@store_option
@option("--list", "listing", is_flag=True, ja="形式の一覧を示す", en="list the formats")
@click.pass_obj
def command(
    settings: Settings,
    /,
    name: str | None,
    form: str | None,
    output: str | None,
    query: str | None,
    store: str | None,
    listing: bool,
    **wanted: Any,
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
    view = lens(name) if name is not None else None
    graph = open_graph(settings, store)
    if store is not None:
        graph = graph.local()  # a network is read in many small queries
    subject = view or _answer(graph, query or "")
    filters = _filters_of(graph, **wanted)
    selection = Selection(
        graph.store, graph.catalogue, graph.release, subject, settings.lang, filters
    )
    _write(selection, chosen, output, settings)
    if output not in (None, "-"):
        settings.say(f"{output} に書き出した", f"wrote {output}")
    return 0


def _write(selection: Selection, form: str, output: str | None, settings: Settings) -> None:
    if output is None or output == "-":
        write(shown(export(selection, form), settings), None)
    elif format_named(form).folder or output.endswith(os.sep) or Path(output).is_dir():
        write_folder(export_files(selection, form), output)
    else:
        write(shown(export(selection, form), settings), output)


def _format(form: str | None, output: str | None) -> str:
    found = form or (format_of_path(output) if output else None)
    if found is None:
        raise UsageError(
            "--format がいる。stigraph export --list で一覧を見る",
            "--format is needed; stigraph export --list shows the formats",
        )
    format_named(found)
    return found


def _filters_of(
    graph: Graph,
    *,
    kinds: tuple[str, ...],
    pillars: tuple[str, ...],
    fields: tuple[str, ...],
    documents: tuple[str, ...],
    date: str | None,
    entry: str | None,
    depth: int | None,
    **flags: Any,
) -> Filters:
    if depth is not None and entry is None:
        raise UsageError("--depth は --entry と使う", "--depth goes with --entry")

    def named(texts: tuple[str, ...], of: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(graph.catalogue.resolve(text, of).iri for text in texts)

    return Filters(
        kinds=kinds,
        pillars=named(pillars, ("pillar",)),
        fields=named(fields, ("field",)),
        documents=named(documents, _DOCUMENTS),
        date=_span(date) if date is not None else None,
        entry=graph.catalogue.resolve(entry) if entry is not None else None,
        depth=1 if depth is None else depth,
        **flags,
    )


def _span(text: str) -> Bounds:
    """Return the days of a date, or of a span as ISO 8601 writes it: ``2021/2023-03``."""
    first, slash, last = text.partition("/")
    ends = [parse_bounds(end) for end in ((first, last) if slash else (first,))]
    start, end = ends[0], ends[-1]
    if start is None or end is None or start.earliest > end.latest:
        raise UsageError(
            f"--date は 2025、2025-06、2025-06-06 か、2021/2025 のような期間：{text}",
            f"--date takes 2025, 2025-06, 2025-06-06 or a span such as 2021/2025, not {text}",
        )
    return Bounds(start.earliest, end.latest)


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
