"""For whom a report is: the language, the colour, the texts that it quotes from."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from stigraph.gate.finding import Finding, Message
from stigraph.vocab import shorten

TYPE_CHECKING = False
if TYPE_CHECKING:
    from stigraph.gate.explanations import Explanation

__all__ = ["View", "first_place", "named", "page_url"]

_PAGES = "https://w3id.org/stigraph/docs/reference/codes/"
_LINE_END = re.compile(r"\r\n?|\n")


def page_url(code: str) -> str:
    """Return the address of the page that explains ``code``."""
    return f"{_PAGES}{code}.html"


@dataclass(frozen=True)
class View:
    """What a reporter needs to know besides the report.

    Attributes:
        lang: The reader's language, ``ja`` or ``en``.
        color: Whether to colour text.
        here: The folder that file names are relative to.
        texts: The texts of files that differ from what is on the disk, by name in the report.
        changed: The lines that a change touched, by name in the report; None if not asked for.
    """

    lang: str = "en"
    color: bool = False
    here: Path = field(default_factory=Path.cwd)
    texts: Mapping[str, str] = field(default_factory=dict)
    changed: Mapping[str, Set[int]] | None = None

    def say(self, message: Message) -> str:
        """Return a message in the reader's language."""
        return message.text(self.lang)

    def pick(self, ja: str, en: str) -> str:
        """Return one of two texts by the reader's language."""
        return ja if self.lang == "ja" else en

    @cached_property
    def _lines(self) -> dict[str, list[str]]:
        return {}

    def line(self, file: str | None, number: int) -> str | None:
        """Return a line of a file, None where there is none or the file can't be read."""
        if file is None:
            return None
        if file not in self._lines:
            text = self._text(file)
            self._lines[file] = _LINE_END.split(text) if text is not None else []
        lines = self._lines[file]
        return lines[number - 1] if 0 < number <= len(lines) else None

    def _text(self, file: str) -> str | None:
        if file in self.texts:
            return self.texts[file]
        try:
            return (self.here / file).read_bytes().decode("utf-8", "replace")
        except OSError:
            return None

    @cached_property
    def explanations(self) -> Mapping[str, Explanation]:
        """What the codes of the project at hand mean; outside one, those of the shipped graph."""
        from stigraph.gate.explanations import read_explanations
        from stigraph.project import project_or_shipped

        return read_explanations(project_or_shipped(self.here))

    @cached_property
    def root(self) -> Path:
        """The root of the sources: the repository's, else the folder of the names."""
        here = self.here.resolve()
        return next((f for f in (here, *here.parents) if (f / ".git").exists()), here)


def first_place(found: Finding) -> tuple[int, int]:
    """Return the line and column at which a finding begins; the file's start where unknown."""
    return (found.place.line, found.place.column) if found.place else (1, 1)


def named(found: Finding, view: View) -> str:
    """Return what people call the focus node: its label, else its name; empty without one."""
    if found.focus is None:
        return ""
    return view.say(found.label) if found.label else shorten(found.focus)
