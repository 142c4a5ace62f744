"""``stigraph find``: entries by what people call them."""

from __future__ import annotations

import click

from stigraph.cli.graph import entry_json, open_graph
from stigraph.cli.options import Choice, Command, Settings, option
from stigraph.cli.output import write_json, write_text
from stigraph.cli.render import text_table
from stigraph.cli.stores import store_option
from stigraph.entries import Entry
from stigraph.errors import UsageError
from stigraph.vocab import KINDS, SCHEMES, shorten

__all__ = ["command"]


@click.command(
    "find",
    cls=Command,
    examples=("stigraph find 量子", "stigraph find startup --kind programme --kind measure"),
)
@click.argument("text", required=False, default="")
@option(
    "--kind",
    "kinds",
    type=Choice((*KINDS, "passage", *SCHEMES)),
    metavar="KIND",
    multiple=True,
    ja="この種別だけを探す（繰り返してよい）",
    en="only entries of this kind (may be repeated)",
)
@option(
    "--format",
    "form",
    type=Choice(("table", "json")),
    default="table",
    ja="結果の形（省くと table）",
    en="form of the result (default: table)",
)
@store_option
@click.pass_obj
def command(
    settings: Settings, text: str, kinds: tuple[str, ...], form: str, store: str | None
) -> int:
    """List the entries with a text in a label, another name or the id."""
    if not text and not kinds:
        raise UsageError("探す語か --kind を渡す", "give a text to look for, or --kind")
    found = open_graph(settings, store).catalogue.find(text, kinds)
    if form == "json":
        write_json({"version": 1, "text": text, "entries": [entry_json(e) for e in found]})
    elif found:
        write_text(_table(found, settings))
    else:
        settings.say(f"「{text}」に当たる項目はない", f"nothing is called “{text}”")
    return 0


def _table(found: list[Entry], settings: Settings) -> str:
    langs = ("ja", "en") if settings.lang == "ja" else ("en", "ja")
    names = {"ja": "日本語", "en": "English"}
    header = ["ID", *(names[lang] for lang in langs)]
    rows = [[shorten(entry.iri), *(entry.label(lang) for lang in langs)] for entry in found]
    return text_table(header, rows, settings, whole=1)
