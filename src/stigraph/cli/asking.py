"""Asking for the fields of an entry, one after the other, on standard error."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import click

from stigraph.cli.options import Settings
from stigraph.display import clean
from stigraph.drafting import Draft, Field
from stigraph.drafting.draft import read_value
from stigraph.entries import Catalogue, Entry
from stigraph.errors import UsageError
from stigraph.terms import Iri, Term
from stigraph.vocab import shorten

__all__ = ["Dialogue"]

_FEW = 15  # ids that are offered at once


class Dialogue:
    """A conversation about one entry.

    Args:
        settings: The reader's language.
        catalogue: The names of the graph, to offer ids by label.
    """

    def __init__(self, settings: Settings, catalogue: Catalogue) -> None:
        self._settings = settings
        self._catalogue = catalogue

    def fill(self, draft: Draft) -> None:
        """Ask for each field that isn't filled in yet; an empty answer goes on to the next."""
        self._say(
            "空の答えで次の欄へ進む。? で候補を示す。* は必須",
            "An empty answer goes on to the next field; ? shows what fits; * is required",
        )
        for field in draft.form.fields:
            if not draft.values.get(field):
                self._ask_for(field, draft)

    def choose(self, options: Sequence[tuple[str, str]]) -> str:
        """Return one of some ids, shown with their labels."""
        while True:
            self._list(options)
            answer = self._read("番号" if self._is_ja else "number")
            if answer.isdecimal() and 1 <= int(answer) <= len(options):
                return options[int(answer) - 1][0]

    def slug(self, suggested: str) -> str:
        """Return the last part of the id, the one suggested on an empty answer."""
        answer = self._read(f"slug [{suggested}]")
        return answer or suggested

    def keeps(self) -> bool:
        """Ask whether to keep what the gate doesn't take, to mend it in an editor."""
        question = (
            "このまま書いて、あとで直すか [y/N]"
            if self._is_ja
            else "keep it all the same, to mend it later? [y/N]"
        )
        return self._read(question).lower() in ("y", "yes", "はい")

    @property
    def _is_ja(self) -> bool:
        return self._settings.lang == "ja"

    def _say(self, ja: str, en: str) -> None:
        click.echo(ja if self._is_ja else en, err=True)

    def _read(self, question: str) -> str:
        # An end of input ends the command: click turns it into an abort.
        answer: str = click.prompt(
            clean(question), default="", show_default=False, err=True, prompt_suffix=": "
        )
        return unicodedata.normalize("NFC", answer).strip()

    def _ask_for(self, field: Field, draft: Draft) -> None:
        label = self._catalogue.label(Iri(field.predicate), self._settings.lang)
        language = f" @{field.language}" if field.language else ""
        star = " *" if field.least else ""
        self._say(f"  {field.ja}", f"  {field.en}")
        while len(draft.values.get(field, ())) < field.most:
            answer = self._read(f"{label}{language}{star}")
            if not answer:
                if len(draft.values.get(field, ())) >= field.least:
                    return
                continue
            if answer == "?":
                self._offer(field, "")
                continue
            try:
                value = self._value(answer, field)
                if value is not None:
                    draft.add(field, value)
            except UsageError as error:
                self._say(error.ja, error.en)

    def _value(self, answer: str, field: Field) -> Term | None:
        """Return what an answer means; where it fits several entries, the one chosen."""
        try:
            return read_value(answer, field, self._catalogue)
        except UsageError:
            fitting = self._catalogue.find(answer, field.kinds) if field.is_link else []
            if not fitting:
                raise
            return self._pick(fitting)

    def _pick(self, fitting: Sequence[Entry]) -> Term | None:
        options = [self._option(entry) for entry in fitting[:_FEW]]
        self._list(options)
        answer = self._read("番号（空ならやめる）" if self._is_ja else "number (empty: none)")
        if answer.isdecimal() and 1 <= int(answer) <= len(options):
            return Iri(options[int(answer) - 1][0])
        return None

    def _offer(self, field: Field, text: str) -> None:
        if not field.is_link:
            self._say(field.ja, field.en)
            return
        found = self._catalogue.find(text, field.kinds)
        self._list([self._option(entry) for entry in found[:_FEW]])
        if len(found) > _FEW:
            more = len(found) - _FEW
            self._say(
                f"ほか{more}件。名前の一部を入れると絞れる", f"{more} more; part of a name narrows"
            )

    def _option(self, entry: Entry) -> tuple[str, str]:
        return entry.iri, entry.label(self._settings.lang)

    def _list(self, options: Sequence[tuple[str, str]]) -> None:
        for number, (iri, label) in enumerate(options, start=1):
            click.echo(f"  {number}. {clean(label)} [{shorten(iri)}]", err=True)
