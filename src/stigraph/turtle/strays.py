"""What to say of text that is no token of Turtle at all."""

from __future__ import annotations

import re
import unicodedata

from stigraph.errors import TurtleSyntaxError
from stigraph.turtle.faults import Place, fault, quoted, shown
from stigraph.turtle.scanner import IRI_BODY

__all__ = ["stray", "unknown_word"]

_IRI_BODY = re.compile(IRI_BODY)

_RDF12 = (
    "RDF 1.2 の書き方は Turtle 1.1 では読めない",
    "this is RDF 1.2 syntax, which Turtle 1.1 doesn't have",
)
_TRIG = (
    "波括弧は Turtle には書けない（TriG か JSON-LD のファイルではないか）",
    "braces can't stand in Turtle; is this TriG or JSON-LD?",
)
_XML = (
    "Turtle でなく XML のファイルである（RDF/XML か）",
    "this is XML, not Turtle; is it RDF/XML?",
)
_KNOWN = {
    "{": _TRIG,
    "}": _TRIG,
    "~": _RDF12,
    "|": _RDF12,
    "_": (
        "空白ノードには「_:」の後に名前が必要",
        "a blank node needs a name after its _:",
    ),
    "\ufeff": (
        "BOM（U+FEFF）は要らない。BOM なしの UTF-8 で保存する",
        "a byte order mark (U+FEFF) stands here; save as UTF-8 without one",
    ),
    "^": (
        "データ型の前には「^^」が必要",
        "a datatype follows ^^",
    ),
    "@": (
        "「@」の後には言語タグ、prefix か base が必要",
        "a language tag, prefix or base follows @",
    ),
    "\\": (
        "名前の中でこの文字は「\\」で書けない。IRI を < > で囲んで書く",
        "a name can't have this escape; write the IRI in full within < >",
    ),
    "%": (
        "名前の中の「%」の後には 16 進数 2 桁が必要",
        "two hexadecimal digits follow % in a name",
    ),
}


def stray(place: Place, token: str) -> TurtleSyntaxError:
    """Return the error of a token that the scanner could make nothing of."""
    first = token[0]
    start = place.lines.text(place.start, place.start + 2)
    is_direction = start == "--" and place.lines.text(place.start - 1, place.start).isalnum()
    if is_direction or start in {"{|", "|}"}:
        return fault(place, *_RDF12)
    if first in "\"'":
        return _open_string(place, token)
    if first == "<":
        return _broken_iri(place)
    if first in _KNOWN and (first != "_" or start == "_:"):
        return fault(place, *_KNOWN[first])
    plain = unicodedata.normalize("NFKC", first)
    if first != plain and plain in {" ", ".", ",", ";", ":", "(", ")", "[", "]", "<", ">", '"'}:
        return fault(
            place,
            f"全角の「{first}」でなく半角の「{plain}」が必要"
            if plain != " "
            else f"ここに使えない空白（U+{ord(first):04X}）がある。半角の空白にする",
            f"U+{ord(first):04X} stands here instead of an ASCII {plain!r}",
            plain,
        )
    name = first if first.isprintable() else f"U+{ord(first):04X}"
    return fault(
        place,
        f"文字「{name}」はここに書けない",
        f"the character {quoted(name)} can't stand here",
    )


def _open_string(place: Place, quote: str) -> TurtleSyntaxError:
    """Return the error of a string without an end, at its opening quote."""
    long = quote[0] * 3
    if len(quote) == 1 and quote in place.lines.text(place.end, place.end + 10_000):
        hint_ja = f"。何行にもわたる文字列は {long} で囲む"
        hint_en = f" on its line; text over several lines stands in {long}"
    else:
        hint_ja = hint_en = ""
    return fault(
        place,
        f"文字列が {quote} で閉じていない{hint_ja}",
        f"the string isn't closed with {quote}{hint_en}",
        quote,
    )


def _broken_iri(place: Place) -> TurtleSyntaxError:
    """Return the error of an IRI that can't go on, at the character that stops it."""
    if place.lines.text(place.start, place.start + 2) == "<<":
        return fault(Place(place.lines, place.start, place.start + 2), *_RDF12)
    if place.lines.text(place.start, place.start + 5) == "<?xml":
        return fault(Place(place.lines, place.start, place.start + 5), *_XML)
    rest = place.lines.text(place.start + 1, place.start + 1 + 10_000)
    match = _IRI_BODY.match(rest)
    length = match.end() if match else 0
    stop = place.start + 1 + length
    character = rest[length : length + 1]
    if character in {"", "\n", "\r", "<"}:
        at = Place(place.lines, place.start, place.start + 1)
        return fault(at, "IRI が「>」で閉じていない", "the IRI isn't closed with >", ">")
    name = character if character.isprintable() else f"U+{ord(character):04X}"
    return fault(
        Place(place.lines, stop, stop + 1),
        f"IRI の中に「{name}」は書けない",
        f"an IRI can't hold {quoted(name)}",
        ">",
    )


def unknown_word(place: Place, word: str) -> TurtleSyntaxError:
    """Return the error of a word that is neither a keyword nor a name."""
    if word.lower() in {"true", "false"}:
        return fault(
            place,
            f"真偽値は小文字で「{word.lower()}」と書く",
            f"write {word.lower()} in lower case",
            word.lower(),
        )
    if word.upper() == "GRAPH":
        return fault(place, *_TRIG)
    if word.upper() == "VERSION":
        return fault(place, *_RDF12)
    return fault(
        place,
        f"「{shown(word)}」は名前でない。名前には接頭辞が要り（ex:{shown(word)}）、文字列は引用符で囲む",
        f"{quoted(word)} is no name: names have a prefix (ex:{shown(word)}), texts stand in quotes",
    )
