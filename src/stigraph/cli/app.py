"""The commands put together, and every way in which a run can end."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Sequence
from importlib import import_module

import click

from stigraph.cli.commands import COMMANDS
from stigraph.cli.messages import sentence
from stigraph.cli.options import Settings, with_common_options
from stigraph.errors import StigraphError, UsageError

__all__ = ["run"]


class _Commands(click.Group):
    """The table of commands as a click group; a command is imported when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = import_module(COMMANDS[cmd_name][0]).command
        return with_common_options(found)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        found = self.get_command(ctx, name)
        if found is None:
            raise _unknown(name)
        return name, found, args[1:]


def _unknown(name: str) -> UsageError:
    from difflib import get_close_matches

    near = get_close_matches(name, COMMANDS, n=3, cutoff=0.5)
    return UsageError(
        f"「{name}」というコマンドはない。"
        + (f"近いもの：{'、'.join(near)}" if near else "stigraph --help で一覧を見る"),
        f"there is no command “{name}”; "
        + (f"nearest: {', '.join(near)}" if near else "stigraph --help lists them"),
    )


def run(args: Sequence[str], lang: str) -> int:
    """Run one command and return the exit code; errors are told on standard error.

    Raises:
        BrokenPipeError: The reader of standard output is gone.
        KeyboardInterrupt: The user has had enough.
    """
    try:
        code = _invoke(list(args), lang)
        if sys.stdout is not None:
            sys.stdout.flush()
    except (BrokenPipeError, KeyboardInterrupt):
        raise
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.Abort:
        return 130
    except Exception as error:  # whatever it is, people get one sentence
        if not isinstance(error, (StigraphError, click.ClickException)) and _verbose(args):
            traceback.print_exc()
        return _fail(_told(error, lang))
    return code


def _verbose(args: Sequence[str]) -> bool:
    return "-v" in args or "--verbose" in args


def _told(error: Exception, lang: str) -> str:
    match error:
        case StigraphError():
            return error.text(lang)
        case click.ClickException():
            return sentence(error, lang)
        case OSError():
            return _unusable(error, lang)
    return _fault(error, lang)


def _invoke(args: list[str], lang: str) -> int:
    group = with_common_options(_Commands("stigraph", add_help_option=False))
    # Not `group.main`: it ends the process with 1 on a closed pipe.
    with group.make_context("stigraph", args, obj=Settings(lang=lang)) as ctx:
        code = group.invoke(ctx)
    return code if isinstance(code, int) else 0


def _unusable(error: OSError, lang: str) -> str:
    reason = error.strerror or str(error)
    what = error.filename or ("標準出力" if lang == "ja" else "standard output")
    if lang == "ja":
        return f"{what} を読み書きできない（{reason}）。場所と権限を確かめる"
    return f"can't read or write {what} ({reason}); check the place and its permissions"


def _fault(error: Exception, lang: str) -> str:
    what = f"{type(error).__name__}: {error}"
    if lang == "ja":
        return (
            f"stigraph の中で誤りが起きた（{what}）。-v を付けて実行した結果とともに報告してほしい"
        )
    return f"stigraph itself failed ({what}); please report it with what -v prints"


def _fail(text: str) -> int:
    if sys.stderr is not None:
        print(f"stigraph: {text}", file=sys.stderr)
    return 2
