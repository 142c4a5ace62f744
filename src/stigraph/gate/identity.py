"""One entry a thing: likely doubles among organisations and persons, and identifiers that lie.

Two entries are likely doubles if they share an identifier of ROR or Wikidata or a
corporate number, a Japanese name (after NFKC and without the legal forms that don't tell
organisations apart), or nearly an English name. Two that only seem alike are told apart
by ``owl:differentFrom``.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Final

from stigraph.gate.codes import finding
from stigraph.gate.finding import Finding
from stigraph.store import LocalStore
from stigraph.terms import Iri, Literal, Term
from stigraph.vocab import ID, OWL, SKOS, STI, kind_of, shorten

__all__ = [
    "IDENTITY_FROM",
    "check_identity",
    "is_corporate_number",
    "is_ror_id",
    "near",
    "read_legal_forms",
]

IDENTITY_FROM: Final = frozenset(
    {SKOS.prefLabel, SKOS.altLabel, SKOS.exactMatch, STI.corporateNumber, OWL.differentFrom}
)
"""Predicates by whose values things are told apart."""

_KINDS: Final = ("organisation", "person", "hub")
_ROR: Final = "https://ror.org/"
_BASE32: Final = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's, as ROR uses it
_ROR_ID: Final = re.compile(rf"0([{_BASE32}]{{6}})([0-9]{{2}})")
_WORD: Final = re.compile(r"[^\W_]+")
_SMALL_WORDS: Final = frozenset({"the", "of", "for", "and", "in", "on", "a"})
_SPELLINGS: Final = {"organisation": "organization", "centre": "center", "programme": "program"}
_LONG: Final = 6

Named = tuple[str, str, Term]


def read_legal_forms(path: Path) -> tuple[str, ...]:
    """Return the legal forms listed in a CSV file, none where it is missing; longest first."""
    if not path.is_file():
        return ()
    with path.open(encoding="utf-8", newline="") as stream:
        forms = [_plain(line["form"]) for line in csv.DictReader(stream)]
    return tuple(sorted(forms, key=len, reverse=True))


def check_identity(store: LocalStore, forms: Sequence[str]) -> Iterator[Finding]:
    """Yield likely doubles, and identifiers whose check digits don't hold.

    Args:
        store: The whole graph.
        forms: Legal forms that don't tell organisations apart.
    """
    apart = _told_apart(store)
    yield from _same_identifier(store, apart)
    yield from _same_name(store, forms, apart)
    yield from _near_names(store, apart)
    yield from _wrong_digits(store)


def _told_apart(store: LocalStore) -> frozenset[frozenset[str]]:
    rows = store.select(f"SELECT ?a ?b WHERE {{ ?a <{OWL.differentFrom}> ?b }}")
    return frozenset(frozenset((a.value, b.value)) for a, b in rows if a and b)


def _same_identifier(store: LocalStore, apart: frozenset[frozenset[str]]) -> Iterator[Finding]:
    for path in (SKOS.exactMatch, STI.corporateNumber):
        rows = store.select(f"SELECT ?s ?id WHERE {{ ?s <{path}> ?id }}")
        holders: dict[Term, list[Named]] = defaultdict(list)
        for subject, value in rows:
            if subject is not None and value is not None and subject.value.startswith(ID):
                holders[value].append((subject.value, path, value))
        for found in holders.values():
            yield from _doubles("STI800", found, apart)


def _same_name(
    store: LocalStore, forms: Sequence[str], apart: frozenset[frozenset[str]]
) -> Iterator[Finding]:
    holders: dict[tuple[str, str], list[Named]] = defaultdict(list)
    for subject, path, value in _names(store, "ja"):
        name = bare_name(value.value, forms)
        if name and not name.isascii():  # abbreviations are shared by unlike bodies
            holders[kind_of(subject) or "", name].append((subject, path, value))
    for found in holders.values():
        yield from _doubles("STI801", found, apart)


def _near_names(store: LocalStore, apart: frozenset[frozenset[str]]) -> Iterator[Finding]:
    kinds: dict[str | None, list[tuple[Named, tuple[str, ...]]]] = defaultdict(list)
    for name in _names(store, "en"):
        if name[1] == SKOS.prefLabel:
            kinds[kind_of(name[0])].append((name, _words(name[2].value)))
    for names in kinds.values():
        for (one, left), (two, right) in combinations(names, 2):
            if len(left) == len(right) and near(left, right):
                yield from _doubles("STI802", [one, two], apart)


def _names(store: LocalStore, language: str) -> Iterator[Named]:
    kinds = " ".join(f'"{ID}{kind}/"' for kind in _KINDS)
    rows = store.select(
        f"SELECT ?s ?path ?name WHERE {{ VALUES ?path {{ <{SKOS.prefLabel}> <{SKOS.altLabel}> }} "
        f"VALUES ?kind {{ {kinds} }} ?s ?path ?name "
        f'FILTER(LANG(?name) = "{language}" && STRSTARTS(STR(?s), ?kind)) }} ORDER BY ?s ?path'
    )
    for subject, path, name in rows:
        if isinstance(subject, Iri) and isinstance(path, Iri) and isinstance(name, Literal):
            yield subject.value, path.value, name


def _doubles(
    code: str, found: Iterable[Named], apart: frozenset[frozenset[str]]
) -> Iterator[Finding]:
    """Yield a finding for each entry that another one, named before it, seems to be."""
    first: dict[str, Named] = {}
    for subject, path, value in sorted(found, key=lambda named: named[0]):
        for other in first:
            if other != subject and frozenset((other, subject)) not in apart:
                yield finding(
                    code,
                    None,
                    focus=subject,
                    path=path,
                    value=value,
                    other=shorten(other),
                    shared=value.value,
                )
                break
        first.setdefault(subject, (subject, path, value))


def bare_name(name: str, forms: Sequence[str]) -> str:
    """Return a Japanese name in NFKC, without blanks and without the legal form at its ends."""
    found = re.sub(r"\s+", "", _plain(name))
    for form in forms:
        found = found.removeprefix(form).removesuffix(form)
    return found


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _words(name: str) -> tuple[str, ...]:
    """Return the words of an English name that tell it apart, in order of the alphabet."""
    words = (_SPELLINGS.get(word, word) for word in _WORD.findall(_plain(name)))
    return tuple(sorted(word for word in words if word not in _SMALL_WORDS))


def near(left: Sequence[str], right: Sequence[str]) -> bool:
    """Whether two names, as their words in order of the alphabet, are nearly the same.

    They are if they have the same words, or if one long word differs by one letter.
    """
    if left == right:
        return bool(left)
    if len(left) != len(right):
        return False
    mine, theirs = list(left), list(right)
    for word in left:
        if word in theirs:
            theirs.remove(word)
            mine.remove(word)
    if len(mine) != 1 or min(len(mine[0]), len(theirs[0])) < _LONG:
        return False
    return _one_letter_apart(mine[0], theirs[0])


def _one_letter_apart(left: str, right: str) -> bool:
    short, long = sorted((left, right), key=len)
    if len(long) - len(short) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), None)
    if start is None:
        return True
    same_length = len(short) == len(long)
    return short[start + same_length :] == long[start + 1 :]


def _wrong_digits(store: LocalStore) -> Iterator[Finding]:
    rules: Mapping[str, str] = {STI.corporateNumber: "STI803", SKOS.exactMatch: "STI804"}
    for path, code in rules.items():
        for subject, value in store.select(f"SELECT ?s ?id WHERE {{ ?s <{path}> ?id }}"):
            if subject is None or value is None or _holds(code, value.value):
                continue
            yield finding(
                code, None, focus=subject.value, path=path, value=value, number=value.value
            )


def _holds(code: str, text: str) -> bool:
    if code == "STI803":
        return is_corporate_number(text)
    return not text.startswith(_ROR) or is_ror_id(text.removeprefix(_ROR))


def is_corporate_number(text: str) -> bool:
    """Whether a text is a corporate number (法人番号): a check digit and twelve others.

    The check digit is 9 less the remainder by 9 of the sum of the other digits, those in
    even places counted from the right twice (法人番号の指定等に関する省令, article 2).
    """
    if not re.fullmatch(r"[1-9][0-9]{12}", text):
        return False
    digits = [int(digit) for digit in reversed(text[1:])]
    total = sum(digit * (2 if place % 2 else 1) for place, digit in enumerate(digits))
    return int(text[0]) == 9 - total % 9


def is_ror_id(text: str) -> bool:
    """Whether a text is an id of ROR: a zero, six signs of base 32 and two check digits.

    The check is that of ISO/IEC 7064, MOD 97-10, over the number that the six signs write.
    """
    match = _ROR_ID.fullmatch(text)
    if match is None:
        return False
    number = 0
    for sign in match[1]:
        number = number * 32 + _BASE32.index(sign)
    return int(match[2]) == 98 - number * 100 % 97
