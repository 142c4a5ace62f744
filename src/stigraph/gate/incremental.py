"""What a change to data without fault can have spoilt, besides what the shapes say.

Of the rules only those are asked again whose footprint the change meets; of the nodes with
phrases only those that changed; of the files those that changed. Where names can be wrong
elsewhere, too, that is said, and all of them are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from stigraph.derive import BOUNDS_FROM, KNOWN_FROM
from stigraph.digests import Digests
from stigraph.gate.aside import check_phrases
from stigraph.gate.delta import Delta
from stigraph.gate.finding import Finding
from stigraph.gate.footprint import footprint
from stigraph.gate.identity import IDENTITY_FROM
from stigraph.gate.loading import Loaded
from stigraph.gate.names import check_names
from stigraph.gate.reading import read_files
from stigraph.gate.rules import Rule
from stigraph.gate.task import Task
from stigraph.gate.vocabulary import DECLARED_BY, Vocabulary
from stigraph.store import LocalStore
from stigraph.terms import Iri
from stigraph.vocab import OWL, RDF, RDFS, STI

__all__ = ["Asked", "are_misnamed_since", "phrases_since"]

_FOR_MANY = frozenset({STI.firstYear, STI.lastYear, STI.editionYear, STI.wording})
"""Predicates by whose values the phrases of other nodes are read."""


def phrases_since(task: Task, store: LocalStore, delta: Delta) -> list[Finding]:
    """Return what may be wrong with phrases after a change."""
    everything = task.texts is not None or delta.predicates & _FOR_MANY
    return check_phrases(store, task.texts, None if everything else delta.subjects)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be asked again after a change.

    Attributes:
        stated: The rules that only look at what is stated.
        derived: Those that look at derived triples, too, or into named graphs.
        identity: Whether identities are looked at.
    """

    stated: tuple[Rule, ...]
    derived: tuple[Rule, ...]
    identity: bool

    @classmethod
    def of(cls, rules: Iterable[Rule], delta: Delta, closed: Digests) -> Asked:
        """Return which of ``rules`` a change can be seen by.

        Args:
            rules: All rules.
            delta: What the change did.
            closed: Queries that are known to name all predicates that they look at.
        """
        changed = _with_derived(delta.predicates)
        asked = [rule for rule in rules if _can_see(rule, changed, closed)]
        derived = tuple(rule for rule in asked if _needs_more(rule, closed))
        closed.save()
        stated = tuple(rule for rule in asked if rule not in derived)
        return cls(stated, derived, bool(changed & IDENTITY_FROM))


_DERIVED = frozenset({STI.earliest, STI.latest, STI.knownFrom})


def _needs_more(rule: Rule, closed: Digests) -> bool:
    """Return whether a rule looks at more than what is stated in all files together."""
    if rule.asks_graphs:
        return True
    return not rule.only_stated and _can_see(rule, _DERIVED, closed)


def _with_derived(predicates: frozenset[str]) -> frozenset[str]:
    """Return predicates that changed, with those of derived triples that may have."""
    found = set(predicates)
    if predicates & BOUNDS_FROM:
        found |= {STI.earliest, STI.latest}
    if predicates & KNOWN_FROM:
        found.add(STI.knownFrom)
    return frozenset(found)


def _can_see(rule: Rule, predicates: frozenset[str], closed: Digests) -> bool:
    """Return whether a rule looks at one of some predicates."""
    query = rule.query
    content = query.encode()
    # To take a query apart takes longer than to look for the names in its text.
    if content in closed and not any(_is_named(iri, query) for iri in predicates):
        return False
    looked_at = footprint(query)
    if looked_at is None:
        return True
    if all(_is_named(iri, query) for iri in looked_at):
        closed.add(content)
    return bool(looked_at & predicates)


def _is_named(iri: str, query: str) -> bool:
    """Return whether a query may name a predicate: its name stands in the text, or is ``a``."""
    return iri == RDF.type or re.split("[/#]", iri)[-1] in query


def are_misnamed_since(loaded: Loaded, store: LocalStore, delta: Delta) -> bool:
    """Return whether names may be wrong after a change: in its files, or for others that refer."""
    if loaded.doubled or _redeclares(delta):
        return True
    gone = (s.value for s, p, _ in delta.removed if p.value == RDF.type and isinstance(s, Iri))
    if any(any(store.referring(node)) for node in gone if not store.mentions(node)):
        return True
    files = read_files(loaded.mine)
    mentioned = {o.value for file in files for _, _, o in file.triples if isinstance(o, Iri)}
    known = frozenset(filter(store.is_typed, mentioned))
    return any(check_names(files, store, Vocabulary.of(store), known))


def _redeclares(delta: Delta) -> bool:
    """Whether a change tells what terms there are, or which are given up."""
    return bool(delta.predicates & DECLARED_BY) or any(
        predicate.value == RDF.type and value.value.startswith((OWL, RDF, RDFS))
        for _, predicate, value in delta.changed
    )
