"""The page of commands: what each prints with ``--help``."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from docs.making.markdown import block

from stigraph.cli.commands import COMMANDS
from stigraph.project import Project

__all__ = ["commands_page"]


def commands_page(project: Project) -> str:
    """Return the page of commands."""
    calls = [(name, lang) for name in ("", *COMMANDS) for lang in ("en", "ja")]
    with ThreadPoolExecutor() as pool:
        helped = pool.map(lambda call: _help(project, *call), calls)
        texts = dict(zip(calls, helped, strict=True))
    parts = [
        "# Commands\n\nWhat `stigraph --help` and `stigraph COMMAND --help` print. Results go to "
        "standard output, messages to standard error. Exit code 0: fine; 1: findings; 2: wrong "
        "use, or the work could not be done.\n\n"
    ]
    for name in ("", *COMMANDS):
        title = f"## {name}\n\n" if name else ""
        parts += [title, block(texts[name, "en"]), block(texts[name, "ja"])]
    return "".join(parts).rstrip("\n") + "\n"


def _help(project: Project, command: str, lang: str) -> str:
    words = [word for word in ("--lang", lang, command, "--help") if word]
    kept = {key: value for key, value in os.environ.items() if not key.startswith("STIGRAPH_")}
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", _CALL, *words],
        cwd=project.root,
        env={**kept, "COLUMNS": "100"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout


_CALL = "import sys; sys.argv[0] = 'stigraph'; from stigraph.cli import main; sys.exit(main())"
