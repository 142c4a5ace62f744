"""Rules that other packages bring; see :mod:`stigraph.plugins`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import cast

from stigraph.entries import Catalogue
from stigraph.errors import UsageError
from stigraph.gate.finding import Finding
from stigraph.plugins import RULE_GROUP, load_plugin, plugin_names
from stigraph.store import Store

__all__ = ["Check", "rule_plugin"]

Check = Callable[[Store, Catalogue], Iterable[Finding]]
"""A rule: it takes the graph and the names in it, and yields what it finds."""


def rule_plugin(name: str) -> Check:
    """Return the rule that the entry point ``name`` of ``stigraph.rules`` points at.

    Raises:
        UsageError: There is none, or it is no function; the message has the nearest names.
    """
    found = load_plugin(RULE_GROUP, name)
    if callable(found):
        return cast("Check", found)
    near = get_close_matches(name, plugin_names(RULE_GROUP), n=3, cutoff=0.4)
    ja, en = "、".join(near) or "なし", ", ".join(near) or "none"
    raise UsageError(
        f"{name} という規則のプラグインはない。近いもの：{ja}",
        f"there is no rule plug-in {name}; nearest: {en}",
    )
