"""What a code means: said where it is checked, explained beside it, with a bad and a good example.

``ontology/explanations/<CODE>.md`` says why a fault matters, in Japanese and English, and shows
an example of it and how it should be::

    why.ja: …
    why.en: …

    ```turtle bad
    …
    ```

    ```turtle good
    …
    ```

What is wrong is the message of the shape, the header of the rule, or :data:`CODES`; for the
last, whose messages have gaps to fill, the file has a ``title.ja`` and ``title.en`` too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from stigraph.errors import UnreadableError
from stigraph.gate.codes import CODES
from stigraph.gate.finding import Message, Severity
from stigraph.gate.rules import read_rule
from stigraph.project import Project
from stigraph.shacl import shape_infos
from stigraph.store.reading import parse_triples
from stigraph.vocab import SH

__all__ = [
    "VISIBLE",
    "Example",
    "Explanation",
    "Sample",
    "explanation_file",
    "read_explanations",
    "shows_invisible",
]

VISIBLE: Final = {
    "␍": Message("CR（復帰）", "CR (carriage return)"),
    "␉": Message("タブ", "tab"),
    "␠": Message("行末の空白", "blank at the end of a line"),
    "⏎": Message("改行のない終わり", "end without a line feed"),
    "⟨": Message("バイト、または省いた量", "a byte, or so much left out"),
}
"""What examples show of characters that can't be seen."""

_FIELD: Final = re.compile(r"(\w+)\.(ja|en):\s*(.+)")
_FENCE: Final = re.compile(r"^```(\w+) (bad|good)(?: (\S+))?\n(.*?)^```$", re.M | re.S)


@dataclass(frozen=True, slots=True)
class Sample:
    """A piece of an example: a whole file if it names one, else statements of the graph."""

    text: str
    language: str = "turtle"
    file: str | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A fault, and the same without it."""

    bad: tuple[Sample, ...] = ()
    good: tuple[Sample, ...] = ()


def shows_invisible(example: Example) -> list[str]:
    """Return the signs in an example that stand for what can't be seen."""
    texts = "".join(sample.text for sample in (*example.bad, *example.good))
    return [sign for sign in VISIBLE if sign in texts]


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that is said of a code.

    Attributes:
        code: The code.
        severity: How much its findings weigh.
        source: The file that checks it, relative to the project; empty for the gate's own.
        title: What is wrong, in one sentence.
        problem: What is wrong at more length, where more is said.
        remedy: What to do about it, where it is said apart.
        why: Why it matters; None where nobody has written it yet.
        example: The examples; empty where nobody has written them yet.
    """

    code: str
    severity: Severity
    source: str
    title: Message
    problem: Message | None = None
    remedy: Message | None = None
    why: Message | None = None
    example: Example = Example()


def explanation_file(project: Project, code: str) -> Path:
    """Return the file that explains ``code``, whether it is there or not."""
    return project.ontology / "explanations" / f"{code}.md"


def read_explanations(project: Project) -> dict[str, Explanation]:
    """Return what is said of every code of the gate, the shapes and the rules, in their order."""
    found = {each.code: each for each in (*_of_gate(), *_of_shapes(project), *_of_rules(project))}
    return {code: _completed(project, found[code]) for code in sorted(found)}


def _of_gate() -> Iterator[Explanation]:
    for name, code in CODES.items():
        yield Explanation(name, code.severity, "", Message(code.ja, code.en))


_SEVERITIES: Final = {SH.Info: Severity.INFO, SH.Warning: Severity.WARNING}


def _of_shapes(project: Project) -> Iterator[Explanation]:
    for path in project.shape_files():
        triples = parse_triples(path)
        severities = {s.value: o.value for s, p, o in triples if p.value == SH.severity}
        for shape, info in shape_infos(triples).items():
            if info.code is not None:
                yield Explanation(
                    info.code,
                    _SEVERITIES.get(severities.get(shape, ""), Severity.VIOLATION),
                    path.relative_to(project.root).as_posix(),
                    Message(info.messages.get("ja", ""), info.messages.get("en", "")),
                )


def _of_rules(project: Project) -> Iterator[Explanation]:
    for path in project.rule_files():
        rule = read_rule(path)
        said = {
            part: Message(rule.header[f"{part}.ja"], rule.header[f"{part}.en"])
            for part in ("title", "problem", "fix")
        }
        source = path.relative_to(project.root).as_posix()
        yield Explanation(
            rule.code, rule.severity, source, said["title"], said["problem"], said["fix"]
        )


def _completed(project: Project, known: Explanation) -> Explanation:
    path = explanation_file(project, known.code)
    if not path.is_file():
        return known
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableError(
            f"{path} を読めない：{error}", f"can't read {path}: {error}"
        ) from error
    fields = _fields(text)
    return Explanation(
        known.code,
        known.severity,
        known.source,
        fields.get("title", known.title),
        fields.get("problem", known.problem),
        fields.get("remedy", known.remedy),
        fields.get("why"),
        _example(text),
    )


def _fields(text: str) -> Mapping[str, Message]:
    said: dict[str, dict[str, str]] = {}
    for line in text.partition("```")[0].splitlines():
        match = _FIELD.match(line)
        if match:
            said.setdefault(match[1], {})[match[2]] = match[3].strip()
    return {name: Message(each.get("ja", ""), each.get("en", "")) for name, each in said.items()}


def _example(text: str) -> Example:
    parts: dict[str, list[Sample]] = {"bad": [], "good": []}
    for language, role, file, body in _FENCE.findall(text):
        parts[role].append(Sample(body, language, file or None))
    return Example(tuple(parts["bad"]), tuple(parts["good"]))
