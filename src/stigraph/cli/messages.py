"""Click's complaints about a command line, as one sentence in the reader's language."""

from __future__ import annotations

import re

import click

__all__ = ["sentence"]

_EXTRA = re.compile(r"Got unexpected extra arguments? \((.*)\)")


def sentence(error: click.ClickException, lang: str) -> str:
    """Return what is wrong with the command line and where its use is explained."""
    command = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else ""
    ja, en = _texts(error)
    if lang == "ja":
        return f"{ja}。使い方は「{command or 'stigraph'} --help」"
    return f"{en}; see {command or 'stigraph'} --help"


def _texts(error: click.ClickException) -> tuple[str, str]:
    match error:
        case click.NoSuchOption():
            return _unknown_option(error)
        case click.MissingParameter(param=click.Parameter() as parameter):
            name = _name(parameter)
            return f"{name} がない", f"{name} is missing"
        case click.BadOptionUsage(option_name=name):
            if "does not take" in error.message:
                return f"{name} は値をとらない", f"{name} takes no value"
            return f"{name} には値がいる", f"{name} needs a value"
        case click.BadParameter(param=click.Parameter() as parameter):
            name, reason = _name(parameter), _lowered(error.message)
            return f"{name} の値が正しくない（{reason}）", f"{name} is wrong: {reason}"
    return _general(error.message)


def _unknown_option(error: click.NoSuchOption) -> tuple[str, str]:
    name, near = error.option_name, list(error.possibilities or ())
    return (
        f"「{name}」というオプションはない" + (f"。近いもの：{'、'.join(near)}" if near else ""),
        f"there is no option {name}" + (f"; nearest: {', '.join(near)}" if near else ""),
    )


def _name(parameter: click.Parameter) -> str:
    """Return what the reader calls a parameter: ``--port``, or the word in the usage line."""
    if isinstance(parameter, click.Argument):
        return parameter.human_readable_name
    return max(parameter.opts, key=len)


def _general(message: str) -> tuple[str, str]:
    extra = _EXTRA.match(message)
    if extra:
        return f"余計な引数がある：{extra[1]}", f"there are arguments too many: {extra[1]}"
    if message.startswith("Missing command"):
        return "コマンドがない", "the command is missing"
    reason = _lowered(message)
    return f"この呼び方では動かない（{reason}）", reason


def _lowered(message: str) -> str:
    first = message.strip().splitlines()[0].rstrip(".")
    return first[:1].lower() + first[1:]
