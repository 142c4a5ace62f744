"""What every command has in common: its settings, its options' help in two languages.

A command is written like this; :class:`Settings` is what the reader chose::

    @click.command("find", cls=Command, examples=("stigraph find 量子",))
    @click.argument("text")
    @option("--kind", metavar="KIND", ja="この種別だけ", en="only entries of this kind")
    @click.pass_obj
    def command(settings: Settings, text: str, kind: str | None) -> int: ...

It returns its exit code. ``--lang``, ``--color``, ``-q`` and ``-v`` are added
to each command when it is loaded, so that they may stand on either side of its
name.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import IO, TYPE_CHECKING, Any, TypeVar

import click

from stigraph.cli.commands import COMMANDS
from stigraph.errors import UsageError

__all__ = ["Choice", "Command", "Option", "Settings", "Whole", "option", "with_common_options"]

_Function = TypeVar("_Function", bound=Callable[..., Any])

if TYPE_CHECKING:
    _Name = click.ParamType[str]
    _Number = click.ParamType[int]
else:  # only the newest click has the parameter
    _Name = _Number = click.ParamType


@dataclass(frozen=True, slots=True)
class Settings:
    """What the reader chose for every command."""

    lang: str = "en"
    color: str = "auto"
    quiet: bool = False
    verbose: bool = False

    def say(self, ja: str, en: str) -> None:
        """Tell the reader something on standard error, unless asked to be quiet."""
        if not self.quiet and sys.stderr is not None:
            print(ja if self.lang == "ja" else en, file=sys.stderr)

    def detail(self, ja: str, en: str) -> None:
        """Tell the reader something that only ``--verbose`` asks for."""
        if self.verbose:
            self.say(ja, en)

    def colored(self, stream: IO[str] | None = None) -> bool:
        """Return whether to colour what goes to ``stream`` (default: standard output)."""
        if self.color != "auto":
            return self.color == "always"
        out = stream or sys.stdout
        # https://no-color.org: any value that isn't empty.
        dull = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
        return not dull and out is not None and out.isatty()


class Choice(_Name):
    """One of some names; a wrong one is told with the nearest."""

    name = "choice"

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(names)

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        """Return the names as the help shows them."""
        del param, ctx
        return "|".join(self.names)

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return ``value`` if it is one of the names.

        Raises:
            UsageError: It isn't; the message has the nearest names, or all.
        """
        del ctx
        if value in self.names:
            return value
        from difflib import get_close_matches

        near = get_close_matches(value, self.names, n=3, cutoff=0.5)
        what = param.opts[0] if param is not None else ""
        raise UsageError(
            f"{what} に「{value}」はない。"
            + (f"近いもの：{'、'.join(near)}" if near else f"使えるもの：{'、'.join(self.names)}"),
            f"{what} can't be “{value}”; "
            + (f"nearest: {', '.join(near)}" if near else f"choose from {', '.join(self.names)}"),
        )


class Whole(_Number):
    """A whole number in a range."""

    name = "number"

    def __init__(self, least: int, most: int) -> None:
        self.least, self.most = least, most

    def convert(
        self, value: str | int, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """Return the number.

        Raises:
            UsageError: It isn't one, or is out of the range.
        """
        del ctx
        text = str(value)
        if text.isdecimal() and self.least <= int(text) <= self.most:
            return int(text)
        what = param.opts[0] if param is not None else ""
        raise UsageError(
            f"{what} は {self.least} から {self.most} までの整数：{text}",
            f"{what} takes a whole number from {self.least} to {self.most}, not {text}",
        )


class Option(click.Option):
    """An option whose help is written in both languages."""

    def __init__(self, *args: Any, ja: str = "", en: str = "", **attributes: Any) -> None:
        super().__init__(*args, **{"help": en, **attributes})
        self.texts = {"ja": ja, "en": en}

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the option's names and its help in the reader's language."""
        record = super().get_help_record(ctx)
        return record and (record[0], self.texts[_lang(ctx)])


def option(*names: str, ja: str, en: str, **attributes: Any) -> Callable[[_Function], _Function]:
    """Return :func:`click.option` with help in both languages."""
    return click.option(*names, cls=Option, ja=ja, en=en, **attributes)


_HEADINGS = {
    "ja": {
        "usage": "使い方：",
        "usage_options": "[オプション]",
        "options": "オプション",
        "common": "どのコマンドでも",
        "examples": "例",
    },
    "en": {
        "usage": "Usage: ",
        "usage_options": "[OPTIONS]",
        "options": "Options",
        "common": "Everywhere",
        "examples": "Examples",
    },
}


class Command(click.Command):
    """A command whose help is in the reader's language: summary, options, examples."""

    def __init__(
        self,
        *args: Any,
        examples: Sequence[str] = (),
        summary: tuple[str, str] | None = None,
        **attributes: Any,
    ) -> None:
        attributes.setdefault("context_settings", {"help_option_names": ["-h", "--help"]})
        super().__init__(*args, **attributes)
        self.examples = examples
        self.summary = summary

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return ``--help`` with its help in the reader's language."""
        found = super().get_help_option(ctx)
        if found is not None:
            found.help = "この説明を示す" if _lang(ctx) == "ja" else "show this text"
        return found

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help page."""
        headings = _HEADINGS[_lang(ctx)]
        pieces = " ".join(self.collect_usage_pieces(ctx)).replace(
            "[OPTIONS]", headings["usage_options"]
        )
        formatter.write_usage(ctx.command_path, pieces, prefix=headings["usage"])
        formatter.write_paragraph()
        formatter.write_text(self._summary(_lang(ctx)))
        self._write_options(ctx, formatter)
        if self.examples:
            with formatter.section(headings["examples"]):
                for example in self.examples:
                    # Written as it is: a command line must not be wrapped.
                    formatter.write(f"  {example}\n")

    def _summary(self, lang: str) -> str:
        ja, en = self.summary or COMMANDS.get(self.name or "", ("", "", ""))[1:]
        return ja if lang == "ja" else en

    def _write_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        own: list[tuple[str, str]] = []
        common: list[tuple[str, str]] = []
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record is not None and not isinstance(parameter, click.Argument):
                (common if _is_common(parameter) else own).append(record)
        headings = _HEADINGS[_lang(ctx)]
        for heading, records in (("options", own), ("common", common)):
            if records:
                with formatter.section(headings[heading]):
                    formatter.write_dl(records)


def _lang(ctx: click.Context) -> str:
    settings = ctx.find_object(Settings)
    return settings.lang if settings else "en"


def _remember(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    if value and param.name:
        ctx.obj = replace(ctx.ensure_object(Settings), **{param.name: value})


def _common_options() -> list[click.Parameter]:
    def common(*names: str, ja: str, en: str, **attributes: Any) -> Option:
        return Option(
            names, ja=ja, en=en, expose_value=False, callback=_remember, is_eager=True, **attributes
        )

    return [
        common(
            "--lang",
            type=Choice(("ja", "en")),
            ja="表示の言語（省くと環境から決める）",
            en="language of what is shown (default: from the environment)",
        ),
        common(
            "--color",
            type=Choice(("auto", "always", "never")),
            ja="色を付けるか",
            en="whether to use colour",
        ),
        common(
            "-q",
            "--quiet",
            is_flag=True,
            ja="エラーのほかは何も知らせない",
            en="report only errors",
        ),
        common(
            "-v",
            "--verbose",
            is_flag=True,
            ja="していることを詳しく知らせる",
            en="report what is being done",
        ),
    ]


_COMMON = frozenset({"--lang", "--color", "--quiet", "--verbose", "--help"})


def _is_common(parameter: click.Parameter) -> bool:
    return not _COMMON.isdisjoint(parameter.opts)


_AnyCommand = TypeVar("_AnyCommand", bound=click.Command)


def with_common_options(command: _AnyCommand) -> _AnyCommand:
    """Return a copy of ``command`` that takes the options of every command too."""
    found = copy(command)
    found.params = [*command.params, *_common_options()]
    return found
