"""The page of each code: what is wrong, why it matters, a bad and a good example."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docs.making.markdown import safe

from stigraph.gate.explanations import (
    VISIBLE,
    Explanation,
    Sample,
    read_explanations,
    shows_invisible,
)
from stigraph.project import Project

__all__ = ["code_pages"]

_PARTS = {
    "ja": ("日本語", "何が誤りか", "なぜ大切か", "直し方"),
    "en": ("English", "What is wrong", "Why it matters", "What to do"),
}


def code_pages(project: Project) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of the page of every code."""
    for code, each in read_explanations(project).items():
        yield f"{code}.md", "".join(_page(each))


def _page(each: Explanation) -> Iterator[str]:
    source = f", checked by `{each.source}`" if each.source else ""
    yield f"# {each.code}\n\n*{each.severity}*{source}\n\n"
    for lang in ("en", "ja"):
        yield from _said(each, lang)
    yield "## Examples / 例\n\n"
    yield from _samples("Bad / 悪い例", each.example.bad)
    yield from _samples("Good / 良い例", each.example.good)
    for sign in shows_invisible(each.example):
        yield f"`{sign}`: {VISIBLE[sign].en} / {VISIBLE[sign].ja}\n\n"
    yield f"[All checks](../shapes.md#{each.code})\n"


def _said(each: Explanation, lang: str) -> Iterator[str]:
    name, *headings = _PARTS[lang]
    yield f"## {name}\n\n"
    parts = ((each.title, each.problem), (each.why,), (each.remedy,))
    for heading, messages in zip(headings, parts, strict=True):
        text = " ".join(safe(message.text(lang)) for message in messages if message)
        if text:
            yield f'<p lang="{lang}"><strong>{heading}</strong>: {text}</p>\n\n'


def _samples(heading: str, samples: Sequence[Sample]) -> Iterator[str]:
    for sample in samples:
        name = f", `{sample.file}`" if sample.file else ""
        yield f"**{heading}**{name}\n\n```{sample.language}\n{sample.text}```\n\n"
