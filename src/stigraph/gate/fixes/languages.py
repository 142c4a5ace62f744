"""Texts without a language tag."""

from __future__ import annotations

import re
from typing import Final

from stigraph.gate.finding import Finding, Fix, Message, Place
from stigraph.gate.fixes.bench import Bench, Source
from stigraph.terms import Iri, Literal
from stigraph.vocab import SH, XSD

__all__ = ["untagged"]

_JAPANESE: Final = re.compile(r"[\u3041-\u30ff\u3400-\u9fff々〆]")
_LATIN: Final = re.compile(r"[A-Za-z]")
_COMPONENTS: Final = (SH.LanguageInConstraintComponent, SH.DatatypeConstraintComponent)


def untagged(found: Finding, bench: Bench) -> Fix | None:
    """Propose the tag of the language that a text is in, told by its script.

    Kana and kanji make it Japanese. Latin letters alone may be a name in any language: they are
    taken for the one that the node lacks, English if it lacks both.
    """
    source = bench.source(found.file)
    value = found.value
    if (
        source is None
        or found.place is None
        or found.component not in _COMPONENTS
        or not isinstance(value, Literal)
        or value.datatype != XSD.string
    ):
        return None
    allowed = bench.expected(found.source_shape).languages
    language = _language(value.value, _there(found, source))
    if language not in allowed:
        return None
    end = Place(
        found.place.end_line, found.place.end_column, found.place.end_line, found.place.end_column
    )
    start = source.offset(end.line, end.column)
    return Fix(
        Message(f"言語タグ @{language} を付ける", f"tag it @{language}"),
        (source.edit(start, start, f"@{language}"),),
        safe=True,
    )


def _there(found: Finding, source: Source) -> set[str | None]:
    """Return the languages in which the node has a text for the same property."""
    if source.map is None or found.focus is None or found.path is None:
        return set()
    texts = (t.object.term for t in source.map.triples(Iri(found.focus), Iri(found.path)))
    return {text.language for text in texts if isinstance(text, Literal)}


def _language(text: str, there: set[str | None]) -> str:
    if _JAPANESE.search(text):
        return "ja"
    if not _LATIN.search(text):
        return ""
    return "ja" if "en" in there and "ja" not in there else "en"
