"""Text of the data where something else could be read into it."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

__all__ = ["one_line", "safe"]

_CONTROL: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_WORD_JOINER: Final = "\u2060"
_MARKED: Final = re.compile(r"([\\`*_\[\]|~#$!{}])")
# What GitHub and GitLab turn into links by themselves: mentions, addresses, numbers of issues
# and merge requests, milestones, commits.
_LIVE: Final = re.compile(
    r"(@|:(?=//)|\b(?:www|ftp)(?=\.)|\bGH(?=-\d)|[#!%&](?=\d)|\b(?:xmpp|mailto)(?=:)"
    r"|[0-9a-f]{6}(?=[0-9a-f]))",
    re.IGNORECASE,
)


def one_line(text: str) -> str:
    """Return a text on one line and without what could steer a terminal."""
    kept = (" " if unicodedata.category(sign) in _CONTROL else sign for sign in text)
    return " ".join("".join(kept).split())


def safe(text: str) -> str:
    """Return Markdown that shows a text as it is: no link, mention, HTML or mark-up."""
    live = _LIVE.sub(rf"\1{_WORD_JOINER}", one_line(text))
    marked = _MARKED.sub(r"\\\1", live)
    return marked.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
