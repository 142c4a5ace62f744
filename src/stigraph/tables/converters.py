"""Text of a cell to a value: the converters that a mapping's templates name.

A converter takes one text and its argument and gives one value, a text or an RDF
term. What it can't read it refuses with a reason; it never guesses.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import Final

from stigraph.dates import parse_bounds
from stigraph.tables.refusal import ConversionError
from stigraph.tables.workbook import FORMULA
from stigraph.terms import Iri, Literal
from stigraph.vocab import ID, PREFIXES, XSD, expand

__all__ = ["CONVERTERS", "Value", "fiscal_years", "to_iri"]

Value = str | Iri | Literal

_INTEGER: Final = re.compile(r"-?[0-9]+|-?[0-9]{1,3}(,[0-9]{3})+")
_DECIMAL: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_DATE_FORMS: Final = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}
_SPAN: Final = re.compile(r"(?:FY)?(\d{4})(?: supp\.)?(?:(-)(?:FY)?(\d{4})?(?: supp\.)?)?")
_NAME: Final = re.compile(r"[a-z][a-z0-9-]*:[A-Za-z0-9_][A-Za-z0-9_./-]*")
_WEB: Final = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_SLUG: Final = re.compile(r"[^a-z0-9]+")


def _integer(text: str, _: str) -> Value:
    if not _INTEGER.fullmatch(text):
        raise ConversionError(
            f"「{text}」は整数でない。数字だけで書き、概数などは別の列に書く",
            f"“{text}” is not a whole number; write digits only and say “about” in another column",
        )
    return Literal(str(int(text.replace(",", ""))), XSD.integer)


def _decimal(text: str, _: str) -> Value:
    if not _DECIMAL.fullmatch(text):
        raise ConversionError(
            f"「{text}」は数でない。1234.5 のように書く",
            f"“{text}” is not a number; write it like 1234.5",
        )
    return Literal(text if "." in text else f"{text}.0", XSD.decimal)


def _boolean(text: str, _: str) -> Value:
    if text.lower() not in {"true", "false"}:
        raise ConversionError(
            f"「{text}」は true でも false でもない", f"“{text}” is neither true nor false"
        )
    return Literal(text.lower(), XSD.boolean)


def _date(text: str, _: str) -> Value:
    form = _DATE_FORMS.get(len(text))
    if form is None or parse_bounds(text) is None:
        raise ConversionError(
            f"「{text}」という日付はない。2025-06-06、2025-06、2025 のどれかの形で書く",
            f"there is no date “{text}”; write it as 2025-06-06, 2025-06 or 2025",
        )
    return Literal(text, form)


def _year(text: str, _: str) -> Value:
    if not re.fullmatch(r"\d{4}", text):
        raise ConversionError(
            f"「{text}」は西暦4桁の年でない", f"“{text}” is not a year of four digits"
        )
    return Literal(text, XSD.gYear)


def fiscal_years(text: str) -> tuple[int, int | None]:
    """Return the first and last fiscal year of a text; the last is None where it is open.

    Raises:
        ConversionError: It names no fiscal year, or its years run backwards.
    """
    years: list[int | None] = []
    for part in (piece.strip() for piece in text.split(";")):
        match = _SPAN.fullmatch(part)
        if match is None:
            raise ConversionError(
                f"「{text}」は年度でない。2024、2023;2024、2026-2030、2024 supp. の形で書く",
                f"“{text}” names no fiscal year; write 2024, 2023;2024, 2026-2030 or 2024 supp.",
            )
        first, dash, last = match.groups()
        years += [int(first), int(last) if last else None if dash else int(first)]
    known = [year for year in years if year is not None]
    if known != sorted(known):
        raise ConversionError(
            f"「{text}」の年度が逆に並んでいる", f"the fiscal years of “{text}” run backwards"
        )
    return known[0], None if years[-1] is None else known[-1]


def _first_year(text: str, _: str) -> Value:
    return Iri(f"{PREFIXES['fiscal-year']}{fiscal_years(text)[0]}")


def _last_year(text: str, _: str) -> Value:
    last = fiscal_years(text)[1]
    return "" if last is None else Iri(f"{PREFIXES['fiscal-year']}{last}")


def _stage(text: str, _: str) -> Value:
    """Return ``supplementary`` where every year of the text is a supplementary budget."""
    parts = [part.strip() for piece in text.split(";") for part in piece.split("-")]
    supplementary = [part.endswith("supp.") for part in parts]
    return "supplementary" if all(supplementary) else "both" if any(supplementary) else ""


def to_iri(text: str) -> Iri:
    """Return the IRI of a prefixed name.

    Raises:
        ConversionError: It isn't one, or there is no such kind.
    """
    kind, _, _ = text.partition(":")
    if not _NAME.fullmatch(text):
        raise ConversionError(
            f"「{text}」は項目の名前でない。programme:sbir のように、種類とスラッグで書く",
            f"“{text}” names no entry; write a kind and a slug, like programme:sbir",
        )
    if kind not in PREFIXES:
        near = get_close_matches(kind, PREFIXES, n=3, cutoff=0.5)
        raise ConversionError(
            f"「{kind}」という種類はない" + (f"。近いもの：{'、'.join(near)}" if near else ""),
            f"there is no kind “{kind}”" + (f"; nearest: {', '.join(near)}" if near else ""),
        )
    return Iri(expand(text))


def _iri(text: str, _: str) -> Value:
    if not _WEB.fullmatch(text) or text.startswith(ID):
        raise ConversionError(f"「{text}」は IRI でない", f"“{text}” is not an IRI")
    return Iri(text)


def _uri(text: str, _: str) -> Value:
    if not _WEB.fullmatch(text):
        raise ConversionError(
            f"「{text}」は http:// か https:// で始まる URL でない",
            f"“{text}” is not a URL that begins with http:// or https://",
        )
    return Literal(text, XSD.anyURI)


def _side(index: int) -> Callable[[str, str], Value]:
    def side(text: str, _: str) -> Value:
        parts = [part.strip() for part in text.split("/")]
        if len(parts) != 2:
            raise ConversionError(
                f"「{text}」は「始め/終わり」の形でない", f"“{text}” is not a span “from/to”"
            )
        return parts[index]

    return side


def _slug(text: str, _: str) -> Value:
    found = _SLUG.sub("-", unicodedata.normalize("NFKC", text).lower()).strip("-")
    if not found:
        raise ConversionError(
            f"「{text}」からスラッグを作れない。英数字の名前を書く",
            f"“{text}” gives no slug; give a name in ASCII letters",
        )
    return found


CONVERTERS: Final[dict[str, Callable[[str, str], Value]]] = {
    "boolean": _boolean,
    "date": _date,
    "decimal": _decimal,
    "first-fiscal-year": _first_year,
    "from": _side(0),
    "id": lambda text, _: to_iri(text),
    "integer": _integer,
    "iri": _iri,
    "last-fiscal-year": _last_year,
    "nfkc": lambda text, _: unicodedata.normalize("NFKC", text),
    "slug": _slug,
    "stage": _stage,
    "text": lambda text, _: text,
    "to": _side(1),
    "uri": _uri,
    "year": _year,
}
"""Name → what it does with a text and its argument. ``lookup``, ``split`` and ``else`` stand
in :mod:`stigraph.tables.template`: they need more than one text."""


def refuse_formula(texts: Iterable[str]) -> None:
    """Raise ConversionError if a text is a formula of a spreadsheet."""
    for text in texts:
        if text.startswith(FORMULA):
            raise ConversionError(
                f"「{text[:40]}」は式である。式は計算しないので、値を書く",
                f"“{text[:40]}” is a formula; formulas are not worked out, write the value",
            )
