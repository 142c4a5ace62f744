"""Changes as text, Markdown and JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from stigraph.comparison.model import Change, Kind
from stigraph.comparison.names import Names, whole_number
from stigraph.comparison.snapshot import Node, Snapshot
from stigraph.comparison.states import WORKING_TREE
from stigraph.comparison.wording import sentence
from stigraph.display import clean
from stigraph.entries import Catalogue
from stigraph.markdown import safe
from stigraph.terms import Blank, Iri, Literal, Term
from stigraph.vocab import SCHEMA, STI, kind_of, shorten

__all__ = ["REPORTS", "Comparison"]

_LIMIT: Final = 900_000
"""Bytes: GitHub takes job summaries of up to 1 MiB."""


@dataclass(frozen=True)
class Comparison:
    """Two states and what lies between them.

    Attributes:
        before: The earlier state.
        after: The later state.
        changes: The changes, in order.
        context: The names of the graph around, for states that are parts of one.
    """

    before: Snapshot
    after: Snapshot
    changes: tuple[Change, ...]
    context: Catalogue | None = None

    def names(self, lang: str, show: Callable[[str], str]) -> Names:
        """Return the names for a reader and a place."""
        return Names(self.before, self.after, self.context, lang, show)


def _text(comparison: Comparison, lang: str) -> str:
    names = comparison.names(lang, clean)
    colon = "：" if lang == "ja" else ": "
    return "".join(
        f"{names.short(change.about)}{colon}{sentence(change, names)} "
        f"[{clean(shorten(change.entry))}]\n"
        for change in comparison.changes
    )


def _markdown(comparison: Comparison, lang: str) -> str:
    names = comparison.names(lang, safe)
    states = (comparison.before.name, comparison.after.name)
    ends = " → ".join(
        safe("作業ツリー" if lang == "ja" and name == WORKING_TREE else name) for name in states
    )
    number = len(comparison.changes)
    if lang == "ja":
        title, total = "グラフの変更", f"{number}件の変更" if number else "変更なし"
    else:
        plural = "" if number == 1 else "s"
        title, total = "Changes to the graph", f"{number} change{plural}" if number else "no change"
    head = f"### {title}\n\n{ends}{'：' if lang == 'ja' else ': '}{total}\n"
    return head + "".join(_within_limit(_sections(comparison, names), number, lang))


def _sections(comparison: Comparison, names: Names) -> Iterator[tuple[str, int]]:
    """Yield pieces of Markdown, and how many changes each tells."""
    for about, changes in groupby(comparison.changes, key=lambda change: change.about):
        yield f"\n**{names.short(about)}** ({safe(shorten(about))})\n\n", 0
        for change in changes:
            yield f"- {sentence(change, names)}\n", 1


def _within_limit(pieces: Iterable[tuple[str, int]], number: int, lang: str) -> Iterator[str]:
    size = told = 0
    for piece, counts in pieces:
        size += len(piece.encode())
        if size > _LIMIT:
            rest = number - told
            yield f"\nほかに{rest}件。\n" if lang == "ja" else f"\n{rest} more.\n"
            return
        told += counts
        yield piece


def _json(comparison: Comparison, lang: str) -> str:
    del lang  # both are in it
    document = {
        "version": 1,
        "from": comparison.before.name,
        "to": comparison.after.name,
        "changes": [_change_json(change, comparison) for change in comparison.changes],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _change_json(change: Change, comparison: Comparison) -> dict[str, Any]:
    readers = {lang: comparison.names(lang, clean) for lang in ("ja", "en")}
    names = readers["en"]
    old, new = names.node(change.entry, earlier=True), names.node(change.entry)
    ends = {
        "old": _value(change.old, change.predicate, old, names),
        "new": _value(change.new, change.predicate, new, names),
    }
    if change.predicate is None and change.kind in (Kind.ADDED, Kind.REMOVED):
        side = "new" if change.kind is Kind.ADDED else "old"
        ends[side] = _principal(new if change.kind is Kind.ADDED else old, names)
    return {
        "kind": change.kind.value,
        "action": change.action.value,
        "entry": _node_json(change.entry, names),
        "about": _node_json(change.about, names),
        "property": _node_json(change.predicate, names) if change.predicate else None,
        **ends,
        "file": change.file,
        "old_file": change.old_file,
        "text": {lang: sentence(change, reader) for lang, reader in readers.items()},
    }


def _node_json(name: str, names: Names) -> dict[str, Any]:
    return {
        "iri": None if name.startswith("_:") else name,
        "id": shorten(name),
        "kind": kind_of(name),
        "label": names.both(name),
    }


def _principal(node: Node | None, names: Names) -> Any:
    """Return the figure of a node that was added or removed, where it has one."""
    for predicate in (SCHEMA.value, STI.countValue, STI.targetValue):
        if node is not None and node.value(predicate) is not None:
            return _value(node.value(predicate), predicate, node, names)
    return None


def _value(term: Term | None, predicate: str | None, holder: Node | None, names: Names) -> Any:
    number = whole_number(term)
    if number is not None and predicate == SCHEMA.value and holder is not None:
        return {"value": number, "currency": holder.text(SCHEMA.currency)}
    match term:
        case None:
            return None
        case Iri(iri):
            return _node_json(iri, names)
        case Blank():
            return {"blank": names.value(term)}
        case Literal(value, datatype, language):
            plain = value if number is None else number
            return {"value": plain, "datatype": datatype, "language": language}


REPORTS: Final[dict[str, Callable[[Comparison, str], str]]] = {
    "text": _text,
    "markdown": _markdown,
    "json": _json,
}
"""The forms of a comparison by name: each makes text for a reader of a language."""
