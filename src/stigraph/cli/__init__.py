"""The command line: one file a command.

What needs no work, the overview of the commands and the version, is answered
here from literals. ``import click`` alone costs several times the start of the
interpreter, so it waits, like everything else, until a command is called.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import os
import sys
import threading

from stigraph.cli.commands import COMMANDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import NoReturn

__all__ = ["command", "language", "main", "overview"]

_WITH_VALUE = ("--lang", "--color")
_FLAGS = ("-q", "--quiet", "-v", "--verbose")

_HEAD = {
    "ja": (
        "stigraph：日本の科学技術・イノベーション戦略の、出典の付いた日英の知識グラフ\n\n"
        "使い方：stigraph [オプション] コマンド [引数]…\n\nコマンド：\n"
    ),
    "en": (
        "stigraph: the sourced, bilingual knowledge graph of Japan's science, technology and\n"
        "innovation strategy\n\n"
        "Usage: stigraph [OPTIONS] COMMAND [ARGS]...\n\nCommands:\n"
    ),
}
_TAIL = {
    "ja": (
        "\nオプション（コマンドの前でも後でもよい）：\n"
        "  --lang ja|en               表示の言語（省くと環境から決める）\n"
        "  --color auto|always|never  色を付けるか（NO_COLOR にも従う）\n"
        "  -q, --quiet                エラーのほかは何も知らせない\n"
        "  -v, --verbose              していることを詳しく知らせる\n"
        "  --version                  版を示す\n"
        "  -h, --help                 この説明を示す\n"
        "\n各コマンドの使い方は「stigraph コマンド --help」で見られる。\n"
    ),
    "en": (
        "\nOptions (before or after the command):\n"
        "  --lang ja|en               language of what is shown (default: from the environment)\n"
        "  --color auto|always|never  whether to use colour (NO_COLOR is respected too)\n"
        "  -q, --quiet                report nothing but errors\n"
        "  -v, --verbose              report what is being done\n"
        "  --version                  show the version\n"
        "  -h, --help                 show this text\n"
        "\nstigraph COMMAND --help says how a command is used.\n"
    ),
}


def main(args: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code: 0 fine, 1 findings, 2 not done.

    Args:
        args: The arguments without the program's name; the process's own by default.
    """
    given = list(sys.argv[1:] if args is None else args)
    lang = language(given, os.environ)
    _prepare_output()
    text = overview(given, lang)
    try:
        if text is not None:
            print(text, end="", flush=True)
            return 0
        from stigraph.cli.app import run

        return run(given, lang)
    except BrokenPipeError:
        _forget_output()
        return 0
    except OSError as error:  # only the overview: a command tells its own errors
        _forget_output()
        print(f"stigraph: {error.strerror}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def command() -> NoReturn:
    """Run the command line as a process of its own, and end it.

    What is in memory isn't taken apart piece by piece: that takes longer than a small run.
    """
    # A run makes much and throws away little: looking for cycles at each 700 objects is in vain.
    gc.set_threshold(50_000, 10, 10)
    code = main()
    if threading.active_count() > 1:
        sys.exit(code)
    atexit._run_exitfuncs()  # noqa: SLF001 (what an exit would call, before the flush)
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError, AttributeError):
            stream.flush()
    os._exit(code)


def language(args: Sequence[str], environ: Mapping[str, str]) -> str:
    """Return the reader's language: that of ``--lang``, else that of the environment.

    It is read before the arguments are parsed, because errors in them are told in it.
    """
    for position, arg in enumerate(args):
        if arg == "--":
            break
        if arg == "--lang" and position + 1 < len(args):
            return "ja" if args[position + 1] == "ja" else "en"
        if arg.startswith("--lang="):
            return "ja" if arg == "--lang=ja" else "en"
    # POSIX.1-2017, XBD 8.2: the first of these that is set and not empty decides.
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next((environ[name] for name in names if environ.get(name)), "")
    return "ja" if locale.startswith("ja") else "en"


def overview(args: Sequence[str], lang: str) -> str | None:
    """Return the text that answers no command, ``--help`` or ``--version``; None for a command."""
    asked = _first_word(args)
    if asked == "--version":
        from stigraph import __version__

        return f"stigraph {__version__}\n"
    if asked not in (None, "-h", "--help"):
        return None
    width = max(map(len, COMMANDS))
    lines = [
        f"  {name:{width}}  {ja if lang == 'ja' else en}\n"
        for name, (_, ja, en) in COMMANDS.items()
    ]
    return "".join([_HEAD[lang], *lines, _TAIL[lang]])


def _first_word(args: Sequence[str]) -> str | None:
    rest = iter(args)
    for arg in rest:
        if arg in _WITH_VALUE:
            next(rest, None)
        elif arg not in _FLAGS and not arg.startswith(("--lang=", "--color=")):
            return arg
    return None


def _prepare_output() -> None:
    """Write UTF-8 whatever the locale; a terminal that can't show a character gets a ``?``."""
    for stream in (sys.stdout, sys.stderr):
        # A closed stream is None; one that a test or a notebook put there may lack the method.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")


def _forget_output() -> None:
    """Point standard output at nothing, so that the interpreter's last flush can't fail either."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
