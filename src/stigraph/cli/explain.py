"""``stigraph explain``: what a code of a finding means, why it matters, and how it should be."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from textwrap import indent

import click

from stigraph.cli.options import Choice, Command, Settings, option
from stigraph.cli.output import write_json, write_text
from stigraph.errors import UsageError
from stigraph.gate.explanations import (
    VISIBLE,
    Explanation,
    Sample,
    read_explanations,
    shows_invisible,
)
from stigraph.gate.finding import Message
from stigraph.gate.reporters.view import page_url
from stigraph.project import project_or_shipped

__all__ = ["command"]

_HEADINGS = {
    "ja": {"why": "なぜ大切か", "remedy": "直し方", "bad": "悪い例", "good": "良い例"},
    "en": {"why": "Why it matters", "remedy": "What to do", "bad": "Bad", "good": "Good"},
}


@click.command(
    "explain",
    cls=Command,
    examples=("stigraph explain STI031", "stigraph explain", "stigraph explain STI557 --lang ja"),
)
@click.argument("code", required=False)
@option(
    "--format",
    "form",
    type=Choice(("text", "json")),
    default="text",
    ja="出力の形",
    en="form of the output",
)
@click.pass_obj
def command(settings: Settings, code: str | None, form: str) -> int:
    """Explain one code, or list all."""
    known = read_explanations(project_or_shipped(Path.cwd()))
    chosen = list(known.values()) if code is None else [_find(code, known)]
    if form == "json":
        write_json({"version": 1, "codes": [_as_json(each) for each in chosen]})
    elif code is None:
        lines = (f"{each.code}  {each.title.text(settings.lang)}\n" for each in chosen)
        write_text("".join(lines))
    else:
        write_text("\n".join(_paragraphs(chosen[0], settings.lang)))
    return 0


def _find(code: str, known: dict[str, Explanation]) -> Explanation:
    wanted = code.strip().upper()
    if wanted in known:
        return known[wanted]
    near = get_close_matches(wanted, known, n=3, cutoff=0.5)
    ja = f"近いもの：{'、'.join(near)}" if near else "「stigraph explain」で一覧を見る"
    en = f"nearest: {', '.join(near)}" if near else "stigraph explain lists them"
    raise UsageError(f"{code} というコードはない。{ja}", f"there is no code {code}; {en}")


def _paragraphs(each: Explanation, lang: str) -> Iterator[str]:
    headings = _HEADINGS[lang]
    source = f" ({each.source})" if each.source else ""
    yield f"{each.code} {each.severity}{source}\n{each.title.text(lang)}\n"
    if each.problem:
        yield f"{each.problem.text(lang)}\n"
    for part, message in (("why", each.why), ("remedy", each.remedy)):
        if message:
            yield f"{headings[part]}: {message.text(lang)}\n"
    for part, samples in (("bad", each.example.bad), ("good", each.example.good)):
        for sample in samples:
            name = f" ({sample.file})" if sample.file else ""
            yield f"{headings[part]}{name}:\n{indent(sample.text, '    ')}"
    signs = shows_invisible(each.example)
    if signs:
        yield "".join(f"{sign}: {VISIBLE[sign].text(lang)}\n" for sign in signs)
    yield f"{page_url(each.code)}\n"


def _as_json(each: Explanation) -> dict[str, object]:
    return {
        "code": each.code,
        "severity": str(each.severity),
        "source": each.source or None,
        "title": _message(each.title),
        "problem": _message(each.problem),
        "why": _message(each.why),
        "remedy": _message(each.remedy),
        "bad": [_sample(sample) for sample in each.example.bad],
        "good": [_sample(sample) for sample in each.example.good],
        "url": page_url(each.code),
    }


def _message(message: Message | None) -> dict[str, str] | None:
    return {"ja": message.ja, "en": message.en} if message else None


def _sample(sample: Sample) -> dict[str, str | None]:
    return {"file": sample.file, "language": sample.language, "text": sample.text}
