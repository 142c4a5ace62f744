"""Entries as people know them: by label, other name or id, in Japanese and English."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from stigraph.errors import UsageError
from stigraph.store import Store
from stigraph.terms import Blank, Iri, Literal, Term
from stigraph.vocab import ID, ONTOLOGY, RDF, RDFS, SKOS, STI, expand, kind_of, shorten

__all__ = ["Catalogue", "Entry", "Fact", "in_language", "normalise"]

_NAMES = f"""
SELECT ?entry ?property ?name WHERE {{
  VALUES ?property {{ <{SKOS.prefLabel}> <{RDFS.label}> <{SKOS.altLabel}> }}
  ?entry ?property ?name
  FILTER(isIRI(?entry))
}}
"""


def normalise(text: str) -> str:
    """Return ``text`` as it is compared: NFKC, without case, with single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


@dataclass(frozen=True, slots=True)
class Entry:
    """A node with its names. ``labels`` maps a language to the preferred label."""

    iri: str
    labels: Mapping[str, str]
    others: tuple[str, ...] = ()

    def label(self, lang: str) -> str:
        """Return the label in ``lang``, else in another language, else the short IRI."""
        return self.labels.get(lang) or next(iter(self.labels.values()), shorten(self.iri))

    @property
    def kind(self) -> str | None:
        """The kind in the IRI (``programme``), None for terms of the ontology."""
        return kind_of(self.iri)

    def names(self) -> Iterator[str]:
        """Yield every name and the id."""
        yield from self.labels.values()
        yield from self.others
        yield shorten(self.iri)


@dataclass(frozen=True, slots=True)
class Fact:
    """One triple about an entry; ``inverse`` says that the entry is its object."""

    predicate: str
    value: Term
    inverse: bool = False


@dataclass(frozen=True)
class Catalogue:
    """The names of everything in a store, read once; indexes of them are made when needed."""

    entries: Mapping[str, Entry]

    @classmethod
    def of(cls, store: Store) -> Catalogue:
        """Read the names of all nodes of ``store``."""
        labels: dict[str, dict[str, str]] = defaultdict(dict)
        others: dict[str, list[str]] = defaultdict(list)
        for node, property_, name in store.select(_NAMES):
            if not isinstance(node, Iri) or not isinstance(name, Literal):
                continue
            if property_ == Iri(SKOS.altLabel):
                others[node.value].append(name.value)
            else:
                labels[node.value].setdefault(name.language or "", name.value)
        entries = {
            iri: Entry(iri, labels.get(iri, {}), tuple(sorted(set(others.get(iri, ())))))
            for iri in sorted({*labels, *others})
        }
        return cls(entries)

    @cached_property
    def _by_name(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, set[str]] = defaultdict(set)
        for entry in self.entries.values():
            for name in entry.names():
                found[normalise(name)].add(entry.iri)
        return _sorted(found)

    @cached_property
    def _by_slug(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, set[str]] = defaultdict(set)
        for entry in self.entries.values():
            found[normalise(entry.iri.rpartition("/")[2])].add(entry.iri)
        return _sorted(found)

    def label(self, term: Term, lang: str) -> str:
        """Return what a reader of ``lang`` calls ``term``."""
        match term:
            case Iri(value):
                entry = self.entries.get(value)
                return entry.label(lang) if entry else shorten(value)
            case Literal(value):
                return value
            case Blank(value):
                return f"_:{value}"

    def find(self, text: str, kinds: tuple[str, ...] = ()) -> list[Entry]:
        """Return the entries with ``text`` in a name or id, exact names first.

        Passages and terms of the ontology come last: people look for things.
        """
        wanted = normalise(text)
        ranked = []
        for entry in self.entries.values():
            if not entry.iri.startswith((ID, ONTOLOGY)) or (kinds and entry.kind not in kinds):
                continue
            ranks = [_rank(wanted, normalise(name)) for name in entry.names()]
            best = min(ranks)
            if best < _MISS:
                late = entry.kind in (None, "passage")
                ranked.append((late, best, entry.iri, entry))
        return [entry for *_, entry in sorted(ranked, key=lambda item: item[:3])]

    def resolve(self, text: str, kinds: tuple[str, ...] = ()) -> Entry:
        """Return the one entry that ``text`` names: an IRI, an id, a slug or a label.

        Raises:
            UsageError: None or several; the message lists the nearest or the candidates.
        """
        entry = self.entries.get(expand(text.strip("<>")))
        if entry is not None:
            return _checked(entry, kinds)
        wanted = normalise(text)
        found = (
            self._of_kind(self._by_name.get(wanted, ()), kinds)
            or self._of_kind(self._by_slug.get(wanted, ()), kinds)
            or self.find(text, kinds)
        )
        if len(found) == 1:
            return found[0]
        if found:
            raise _ambiguous(text, found)
        raise self._unknown(text, kinds)

    def _of_kind(self, iris: tuple[str, ...], kinds: tuple[str, ...]) -> list[Entry]:
        entries = [self.entries[iri] for iri in iris]
        if kinds:
            return [entry for entry in entries if entry.kind in kinds]
        # An event or amount named like its programme isn't what a person means by the name.
        main = [e for e in entries if e.iri.startswith(ID) and e.kind != "passage"]
        return main or entries

    def _unknown(self, text: str, kinds: tuple[str, ...]) -> UsageError:
        pool = [
            name
            for name, iris in {**self._by_slug, **self._by_name}.items()
            if not kinds or any(kind_of(iri) in kinds for iri in iris)
        ]
        near = get_close_matches(normalise(text), pool, n=5, cutoff=0.5)
        hint_ja = f"近いもの：{'、'.join(near)}" if near else "stigraph find で探す"
        hint_en = f"nearest: {', '.join(near)}" if near else "look for it with stigraph find"
        return UsageError(
            f"「{text}」という項目はない。{hint_ja}", f"there is no entry “{text}”; {hint_en}"
        )


_MISS = 9


def _rank(wanted: str, name: str) -> int:
    if name == wanted:
        return 0
    if name.startswith(wanted):
        return 1
    return 2 if wanted in name else _MISS


def _sorted(names: Mapping[str, set[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(sorted(iris)) for name, iris in names.items()}


def _checked(entry: Entry, kinds: tuple[str, ...]) -> Entry:
    if not kinds or entry.kind in kinds:
        return entry
    name = shorten(entry.iri)
    raise UsageError(
        f"{name} は種別が違う。ここに渡せるもの：{'、'.join(kinds)}",
        f"{name} is of another kind; what fits here: {', '.join(kinds)}",
    )


def _ambiguous(text: str, found: list[Entry]) -> UsageError:
    shown = found[:10]
    ja = "、".join(f"{shorten(e.iri)}（{e.label('ja')}）" for e in shown)
    en = ", ".join(f"{shorten(e.iri)} ({e.label('en')})" for e in shown)
    more = len(found) - len(shown)
    tail_ja, tail_en = (f" ほか{more}件", f" and {more} more") if more else ("", "")
    return UsageError(
        f"「{text}」に当たる項目がいくつもある。一つを選ぶ：{ja}{tail_ja}",
        f"“{text}” fits several entries; choose one: {en}{tail_en}",
    )


def in_language(cell: tuple[Term, ...], lang: str) -> tuple[Term, ...]:
    """Return ``cell`` without the texts in other languages where there is one in ``lang``."""
    tags = {term.language for term in cell if isinstance(term, Literal)}
    if lang not in tags:
        return cell
    return tuple(
        term for term in cell if not isinstance(term, Literal) or term.language in (None, lang)
    )


def facts_of(store: Store, iri: str) -> list[Fact]:
    """Return what the store says of ``iri``, then what points at it."""
    out = store.select(f"SELECT ?p ?o WHERE {{ <{iri}> ?p ?o }} ORDER BY ?p ?o")
    inward = store.select(
        f"SELECT ?s ?p WHERE {{ ?s ?p <{iri}> FILTER(?p NOT IN (<{RDF.type}>, <{STI.statedIn}>)) }}"
        " ORDER BY ?p ?s"
    )
    facts = [Fact(p.value, o) for p, o in out if isinstance(p, Iri) and o is not None]
    facts += [
        Fact(p.value, s, inverse=True) for s, p in inward if isinstance(p, Iri) and s is not None
    ]
    return facts
