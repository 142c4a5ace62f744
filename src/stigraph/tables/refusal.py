"""A refusal: what of a table can't become an entry, where it stands and why."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["ConversionError", "Refusal"]


@dataclass(frozen=True, slots=True, order=True)
class Refusal:
    """A cell, or a row, that isn't taken.

    ``number`` is the row's line in the file (the header is line 1); ``row`` is the name of
    the row, its key where the mapping names a key column; ``column`` is empty where the
    whole row is meant; ``code`` is that of the gate where the gate refused it.
    """

    file: str
    number: int
    row: str
    column: str
    ja: str
    en: str
    code: str = ""

    def text(self, lang: str) -> str:
        """Return the refusal as one line in ``lang``."""
        place = f"{self.file}:{self.number}"
        code = f" {self.code}" if self.code else ""
        if lang == "ja":
            column = f"、列 {self.column}" if self.column else ""
            return f"{place}:{code} 行 {self.row}{column}：{self.ja}"
        column = f", column {self.column}" if self.column else ""
        return f"{place}:{code} row {self.row}{column}: {self.en}"


class ConversionError(ValueError):
    """A text that a converter can't turn into a value, with the reason in both languages."""

    def __init__(self, ja: str, en: str) -> None:
        super().__init__(en)
        self.ja = ja
        self.en = en
