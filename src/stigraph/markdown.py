"""Text in Markdown that stays text: it makes no link, mention, HTML or mark-up."""

from __future__ import annotations

import re
from typing import Final

from stigraph.display import clean

__all__ = ["code", "longest_run", "safe"]

_WORD_JOINER: Final = "\u2060"
_PUNCTUATION: Final = re.compile(r"([\\`*_\[\]|~#$!{}])")
# What GitHub and GitLab turn into links by themselves: mentions, addresses, numbers of issues
# and merge requests, milestones.
_LIVE: Final = re.compile(
    r"@|:(?=//)|\b(?:www|ftp)(?=\.)|\bGH(?=-\d)|[#!%&](?=\d)|\b(?:xmpp|mailto)(?=:)",
    re.IGNORECASE,
)
_COMMIT: Final = re.compile(r"(?=\d*[a-f])[0-9a-f]{7,}", re.IGNORECASE)


def safe(text: str) -> str:
    """Return Markdown that shows ``text`` as it is, on one line."""
    dead = _LIVE.sub(rf"\g<0>{_WORD_JOINER}", _COMMIT.sub(_cut, clean(text)))
    escaped = _PUNCTUATION.sub(r"\\\1", dead)
    return escaped.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _cut(match: re.Match[str]) -> str:
    return _WORD_JOINER.join(re.findall(".{1,6}", match[0]))


def code(text: str) -> str:
    """Return ``text`` as a code span, on one line."""
    text = clean(text)
    ticks = "`" * (longest_run(text) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{ticks}{pad}{text}{pad}{ticks}"


def longest_run(text: str) -> int:
    """Return how many backticks follow each other at most: a fence needs more."""
    return max((len(run) for run in re.findall("`+", text)), default=0)
