"""``stigraph diff``: what a change of the graph means."""

from __future__ import annotations

from pathlib import Path

import click

from stigraph.cli.options import Choice, Command, Settings, option
from stigraph.cli.output import write_text
from stigraph.comparison import REPORTS, Comparison, compare, read_states
from stigraph.dataset import load_project
from stigraph.entries import Catalogue
from stigraph.errors import StigraphError
from stigraph.project import project_or_shipped

__all__ = ["command"]


@click.command(
    "diff",
    cls=Command,
    examples=(
        "stigraph diff main",
        "stigraph diff v0.1.0 HEAD --format markdown",
        "stigraph diff HEAD data/ttl/programme/sbir.ttl",
        "stigraph diff old/ new/ --lang ja",
    ),
)
@click.argument("a")
@click.argument("b", required=False)
@option(
    "--format",
    "form",
    type=Choice(REPORTS),
    default="text",
    ja="出力の形（省くと text）",
    en="form of the report (default: text)",
)
@click.pass_obj
def command(settings: Settings, a: str, b: str | None, form: str) -> int:
    """Print the changes from A to B, or to the working tree."""
    before, after = read_states(a, b, Path.cwd())
    changes = tuple(compare(before, after))
    whole = before.is_whole and after.is_whole
    context = None if whole or not changes else _context(settings)
    write_text(REPORTS[form](Comparison(before, after, changes, context), settings.lang))
    plural = "" if len(changes) == 1 else "s"
    settings.say(
        f"変更{len(changes)}件" if changes else "違いはない",
        f"{len(changes)} change{plural}" if changes else "no difference",
    )
    return 0


def _context(settings: Settings) -> Catalogue | None:
    """Return the names of the graph around; without them, ids stand in."""
    try:
        return Catalogue.of(load_project(project_or_shipped(Path.cwd())))
    except StigraphError as error:  # a file of it is broken: no reason not to compare
        settings.detail(error.ja, error.en)
        return None
