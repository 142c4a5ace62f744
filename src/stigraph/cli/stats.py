"""``stigraph stats``: what is in the graph, in numbers."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from stigraph.api import load
from stigraph.cli.options import Choice, Command, Settings, option
from stigraph.cli.output import write_json, write_text
from stigraph.cli.stores import store_option
from stigraph.gate import Statistics, measure_statistics

__all__ = ["command"]


@click.command("stats", cls=Command, examples=("stigraph stats", "stigraph stats --format json"))
@option(
    "--format",
    "form",
    type=Choice(("text", "json")),
    default="text",
    ja="出力の形",
    en="form of the report",
)
@store_option
@click.pass_obj
def command(settings: Settings, form: str, store: str | None) -> int:
    """Print the numbers."""
    graph = load(Path.cwd(), store=store)
    counted = measure_statistics(graph.project, graph.store)
    if form == "json":
        document = {"version": 1, **asdict(counted)}
        write_json(document)
    else:
        lines = [*graph.release.lines(settings.lang), *_lines(counted, settings.lang)]
        write_text("\n".join(lines) + "\n")
    return 0


def _lines(counted: Statistics, lang: str) -> list[str]:
    names = (
        ("事実", "出典のある事実", "二文書の外の出典をもつ事実", "入れなかった行", "項目")
        if lang == "ja"
        else (
            "facts",
            "facts with a source",
            "facts beyond the two documents",
            "rows left out",
            "entries",
        )
    )
    numbers = (
        counted.facts,
        counted.facts_with_source,
        counted.facts_beyond_documents,
        len(counted.rows_left_out),
        sum(counted.entries.values()),
    )
    lines = [f"{name}: {number:,}" for name, number in zip(names, numbers, strict=True)]
    return [*lines, *(f"  {kind:<18} {n:>5}" for kind, n in counted.entries.items())]
