"""From two states to the changes between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from stigraph.comparison.model import Action, Change, Kind
from stigraph.comparison.snapshot import Node, Snapshot
from stigraph.terms import Iri, Literal, Term
from stigraph.vocab import DCTERMS, OWL, RDFS, SCHEMA, SKOS, STI, XSD, kind_of

__all__ = ["compare"]

_LABELS: Final = frozenset({SKOS.prefLabel, SKOS.altLabel, RDFS.label})
_AMOUNTS: Final = frozenset({SCHEMA.value, STI.countValue, STI.targetValue})
_DATES: Final = frozenset({XSD.date, XSD.gYear, XSD.gYearMonth, XSD.dateTime})
_DATE_KINDS: Final = frozenset({"fiscal-year", "interval"})


def compare(before: Snapshot, after: Snapshot) -> list[Change]:
    """Return what leads from one state to another, in the order of a report."""
    found = [*_moves(before, after), *_nodes(before, after)]
    return sorted(found, key=lambda change: change.sort_key)


def _nodes(before: Snapshot, after: Snapshot) -> Iterator[Change]:
    # What is inside brackets belongs to what holds it, and is told with it.
    inner = before.inner | after.inner
    for name in (before.nodes.keys() | after.nodes.keys()) - inner:
        old, new = before.nodes.get(name), after.nodes.get(name)
        if old is None and new is not None:
            kind = Kind.ALIGNMENT if _aligns(new) else Kind.ADDED
            yield Change(kind, Action.ADDED, name, after.owner(name), file=new.file)
        elif new is None and old is not None:
            kind = Kind.ALIGNMENT if _aligns(old) else Kind.REMOVED
            yield Change(kind, Action.REMOVED, name, before.owner(name), file=old.file)
        elif old is not None and new is not None and old.facts != new.facts:
            yield from _properties(name, after.owner(name), old, new)


def _moves(before: Snapshot, after: Snapshot) -> Iterator[Change]:
    """Yield one change for each file whose nodes stand in another file now."""
    moved: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name in before.nodes.keys() & after.nodes.keys():
        places = before.nodes[name].file, after.nodes[name].file
        if places[0] != places[1]:
            moved[places].append(name)
    for (old, new), names in moved.items():
        owners = {after.owner(name) for name in names}
        for name in sorted(name for name in names if name in owners):
            yield Change(Kind.MOVED, Action.CHANGED, name, name, file=new, old_file=old)
        if owners.isdisjoint(names):  # parts of another entry that have gone over to this one
            for name in sorted(names):
                about = after.owner(name)
                yield Change(Kind.MOVED, Action.CHANGED, name, about, file=new, old_file=old)


def _aligns(node: Node) -> bool:
    return STI.MeasureAlignment in node.classes


def _properties(name: str, about: str, old: Node, new: Node) -> Iterator[Change]:
    removed, added = _by_property(old.facts - new.facts), _by_property(new.facts - old.facts)
    given_up = _deprecated(new) and not _deprecated(old)
    if given_up:
        yield Change(
            Kind.DEPRECATED,
            Action.ADDED,
            name,
            about,
            OWL.deprecated,
            new=new.value(DCTERMS.isReplacedBy),
            file=new.file,
        )
    if removed[SCHEMA.currency] and added[SCHEMA.currency]:
        # An amount in another currency is another amount, be the figure the same or not.
        del removed[SCHEMA.currency], added[SCHEMA.currency]
        removed[SCHEMA.value] = old.values(SCHEMA.value)
        added[SCHEMA.value] = new.values(SCHEMA.value)
    for predicate in sorted(removed.keys() | added.keys()):
        if given_up and predicate in (OWL.deprecated, DCTERMS.isReplacedBy):
            continue
        for left, right in _pairs(removed[predicate], added[predicate]):
            kind = Kind.ALIGNMENT if _aligns(new) else _kind(predicate, right or left)
            yield Change(kind, _action(left, right), name, about, predicate, left, right, new.file)


def _by_property(facts: frozenset[tuple[str, Term]]) -> dict[str, list[Term]]:
    found: dict[str, list[Term]] = defaultdict(list)
    for predicate, value in sorted(facts, key=repr):
        found[predicate].append(value)
    return found


def _deprecated(node: Node) -> bool:
    return Literal("true", XSD.boolean) in node.values(OWL.deprecated)


def _pairs(removed: list[Term], added: list[Term]) -> Iterator[tuple[Term | None, Term | None]]:
    """Yield the values before and after: of one language each, or the only ones there are."""
    old, new = list(removed), list(added)
    for left in removed:
        tag = left.language if isinstance(left, Literal) else None
        fitting = [right for right in new if isinstance(right, Literal) and right.language == tag]
        alone = len(old) == len(new) == 1
        if (tag and len(fitting) == 1) or alone:
            right = new[0] if alone else fitting[0]
            yield left, right
            old.remove(left)
            new.remove(right)
    yield from ((left, None) for left in old)
    yield from ((None, right) for right in new)


def _action(left: Term | None, right: Term | None) -> Action:
    if left is None:
        return Action.ADDED
    return Action.REMOVED if right is None else Action.CHANGED


def _kind(predicate: str, value: Term | None) -> Kind:
    if predicate == OWL.deprecated:
        return Kind.DEPRECATED
    if predicate in _LABELS:
        return Kind.LABEL
    if predicate in _AMOUNTS:
        return Kind.AMOUNT
    if isinstance(value, Iri):
        return Kind.DATE if kind_of(value.value) in _DATE_KINDS else Kind.LINK
    if isinstance(value, Literal):
        return Kind.DATE if value.datatype in _DATES else Kind.VALUE
    return Kind.LINK
