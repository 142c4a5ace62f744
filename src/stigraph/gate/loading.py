"""The data of a project in one store, and what a change did to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from stigraph.errors import TurtleSyntaxError
from stigraph.gate.delta import Delta, subjects_in
from stigraph.gate.files import SIZE_LIMIT
from stigraph.gate.inputs import MARK, Input
from stigraph.gate.task import Task
from stigraph.store import LocalStore
from stigraph.store.reading import (
    load_joined,
    load_plain,
    parse_triples,
    sorted_by_plainness,
)
from stigraph.terms import Blank, Iri, Term

TYPE_CHECKING = False
if TYPE_CHECKING:
    from stigraph.gate.changes import Change

__all__ = ["Loaded", "load"]

Triple = tuple[Term, Term, Term]


@dataclass(frozen=True, slots=True)
class Loaded:
    """The data.

    Attributes:
        store: Holds the data but ``others``.
        others: The files with literals that a store would rewrite.
        mine: The files that changed; all of them where no change is followed.
        delta: What the change did.
        doubled: Whether one of them is about a node that another file is about, too.
    """

    store: LocalStore
    others: Sequence[Input]
    mine: Sequence[Input]
    delta: Delta | None
    doubled: bool = False


def load(task: Task) -> Loaded | None:
    """Load the data of a task, or return None where a file has to be looked at more closely.

    It isn't Turtle, is too large, or begins with a byte order mark; what changed has blank nodes.
    """
    inputs = task.inputs
    if any(len(each.content) > SIZE_LIMIT for each in inputs.data):
        return None
    if any(each.content.startswith(MARK) for each in (*inputs.data, *inputs.ontology)):
        return None
    store = LocalStore()
    try:
        for each in (*inputs.data, *inputs.ontology):
            each.content.decode("utf-8")  # Oxigraph doesn't look into comments
        if task.followed is None:
            return Loaded(
                store, load_plain(store.raw, inputs.data, task.known.plain), inputs.data, None
            )
        return _followed(store, task, task.followed)
    except (TurtleSyntaxError, UnicodeDecodeError):
        return None


def _followed(store: LocalStore, task: Task, changes: Sequence[Change]) -> Loaded | None:
    """Load the data, the files that changed last: what others state too is no change."""
    from stigraph.gate.changes import old_triples

    changed = {change.path.resolve().as_uri() for change in changes}
    mine = [each for each in task.inputs.data if each.base in changed]
    unchanged = [each for each in task.inputs.data if each.base not in changed]
    others = _load_unchanged(store, task, unchanged)
    elsewhere = {triple for each in others for triple in _triples(each)}
    before = old_triples(changes)
    after = {triple for each in mine for triple in _triples(each)}
    if any(isinstance(term, Blank) for triple in after for term in triple):
        return None
    differing = {
        triple for triple in before ^ after if triple not in elsewhere and not store.states(triple)
    }
    doubled = any(map(store.mentions, subjects_in(after)))
    others += load_plain(store.raw, mine)
    subjects = subjects_in(differing)
    referring = frozenset(_referring(store, others, subjects))
    delta = Delta(frozenset(after & differing), frozenset(before & differing), referring)
    return Loaded(store, others, mine, delta, doubled)


def _load_unchanged(store: LocalStore, task: Task, files: Sequence[Input]) -> list[Input]:
    """Load the files that didn't change, and return those with literals that are rewritten."""
    if task.since_clean is None:
        return load_plain(store.raw, files, task.known.plain)
    # They were without fault: each is Turtle, declares its prefixes and has no blank node.
    plain, others = sorted_by_plainness(files, task.known.plain)
    load_joined(store.raw, plain)
    return others


def _triples(source: Input) -> list[Triple]:
    return parse_triples(source.content.decode("utf-8"), source.base)


def _referring(
    store: LocalStore, others: Iterable[Input], subjects: Iterable[str]
) -> Iterator[str]:
    """Yield the nodes that refer to one of ``subjects``."""
    wanted = frozenset(subjects)
    for iri in wanted:
        yield from store.referring(iri)
    for each in others:
        for subject, _, value in _triples(each):
            if isinstance(value, Iri) and value.value in wanted:
                yield subject.value
