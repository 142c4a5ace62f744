"""Markdown that shows a text as it is, and the little that every page needs."""

from __future__ import annotations

import html
from collections.abc import Iterable

from stigraph.vocab import STI, kind_of, shorten

__all__ = ["anchor", "block", "heading", "japanese", "link", "safe", "table"]


def safe(text: str) -> str:
    """Return ``text`` as Markdown that shows it as it is, in a table cell too."""
    return html.escape(text, quote=False).replace("|", "&#124;").replace("*", "\\*")


def japanese(text: str) -> str:
    """Return Japanese text marked as such, so that it is shown and read out as Japanese."""
    return f'<span lang="ja">{safe(text)}</span>' if text else ""


def table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a Markdown table."""
    head = tuple(header)
    return "".join(map(_row, [head, ["---"] * len(head), *rows]))


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def block(text: str) -> str:
    """Return ``text`` as a block of code."""
    return f"```text\n{text.strip()}\n```\n\n"


def anchor(iri: str) -> str:
    """Return the id of the heading of one of our terms."""
    return shorten(iri).replace(":", "-")


def heading(iri: str) -> str:
    """Return the heading of one of our terms."""
    return f"### {shorten(iri)} {{ #{anchor(iri)} }}\n\n"


def link(iri: str, page: str = "") -> str:
    """Return a link to one of our terms or code lists on ``page``; foreign terms as code."""
    ours = iri.startswith(STI) or kind_of(iri) == "scheme"
    return f"[`{shorten(iri)}`]({page}#{anchor(iri)})" if ours else f"`{shorten(iri)}`"
