"""Run what the pages show, so that no page shows what no longer happens.

    python -m docs.consoles [PAGE…]            say where a page and its commands disagree
    python -m docs.consoles --write [PAGE…]    put what the commands print into the pages

A page is read from top to bottom in a copy of the graph of its own:

- In a ``console`` block, a line that begins with ``$`` is run and must print the lines that
  follow it. A line ``…`` stands for any lines, ``…`` inside a line for any text.
- A ``diff`` block changes the file it names.
- A block of another language right after a line such as ```data.ttl`:`` is that file.

A server runs where a page asks ``127.0.0.1:8000`` (``stigraph serve``) or ``127.0.0.1:7878``
(``oxigraph serve``). The copy is a repository with one commit on ``main`` where a page says
``git`` or ``HEAD``. Blocks marked ``sh`` are not run.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from typing import Final

__all__ = ["Fault", "check", "main", "pages"]

ROOT: Final = Path(__file__).resolve().parents[1]
SERVERS: Final = {
    "127.0.0.1:8000": ("-m", "stigraph", "serve", "--port", "{port}"),
    "127.0.0.1:7878": ("oxigraph", "serve", "--bind", "127.0.0.1:{port}"),
}
"""Address in the pages → the server there; ``-m`` is a module of this Python."""
_FENCE = re.compile(r"```(\w*)$")
_FILE = re.compile(r"`([\w./-]+)`[:：]$")
_SECONDS = 120
_CURATOR: Final = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    **{
        f"GIT_{role}_{what}": value
        for role in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", "A curator"), ("EMAIL", "curator@example.org"))
    },
}
"""Who commits on a page, whoever runs it."""


@dataclass(frozen=True, slots=True)
class Step:
    """A block, or one command of it: where its lines stand (0-based, end exclusive)."""

    language: str
    command: str
    lines: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Fault:
    """A command that doesn't print what its page shows."""

    page: Path
    step: Step
    printed: tuple[str, ...]

    def __str__(self) -> str:
        place = f"{os.path.relpath(self.page)}:{self.step.start}: {self.step.command}"
        changes = unified_diff(self.step.lines, self.printed, "shown", "printed", lineterm="")
        return "\n".join([place, *changes])


def pages() -> list[Path]:
    """Return the pages that people write; those of the reference are generated."""
    docs = ROOT / "docs"
    written = (path for path in docs.rglob("*.md") if path.parent != docs / "reference")
    return sorted([*ROOT.glob("*.md"), *written])


def steps(text: str) -> Iterator[Step]:
    """Yield what is to be done for a page, from top to bottom."""
    lines = text.split("\n")
    fences = [n for n, line in enumerate(lines) if line.startswith("```")]
    for opening, closing in zip(fences[::2], fences[1::2], strict=True):
        match = _FENCE.match(lines[opening])
        language = match[1] if match else ""
        if language == "console":
            yield from _commands(lines, opening + 1, closing)
        elif language != "sh":
            before = next((line for line in reversed(lines[:opening]) if line.strip()), "")
            named = _FILE.search(before)
            if language == "diff" or named:
                body = tuple(lines[opening + 1 : closing])
                yield Step(language, named[1] if named else "", body, opening + 1, closing)


def _commands(lines: Sequence[str], first: int, last: int) -> Iterator[Step]:
    starts = [n for n in range(first, last) if lines[n].startswith("$ ")]
    for start, end in zip(starts, [*starts[1:], last], strict=True):
        shown = start + 1
        while _goes_on(lines[start:shown]):
            shown += 1
        command = "\n".join([lines[start].removeprefix("$ "), *lines[start + 1 : shown]])
        yield Step("console", command, tuple(lines[shown:end]), shown, end)


def _goes_on(lines: Sequence[str]) -> bool:
    """Return whether a command continues: after a backslash, or inside single quotes."""
    return lines[-1].endswith("\\") or "".join(lines).count("'") % 2 == 1


class Workplace:
    """A copy of the graph to run the commands of one page in."""

    def __init__(self, folder: Path, lang: str) -> None:
        self.folder = folder
        self.addresses = {shown: f"127.0.0.1:{_free_port()}" for shown in SERVERS}
        self.servers: dict[str, subprocess.Popen[bytes]] = {}
        for name in ("ontology", "data"):
            shutil.copytree(ROOT / name, folder / name)
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("STIGRAPH_", "LC_"))}
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
        self.environment = {**kept, "PATH": path, "LANG": lang, "COLUMNS": "100", **_CURATOR}

    def commit(self) -> None:
        """Make the copy a repository with all that stands in it."""
        for words in ("init -q -b main", "add -A", "commit -q -m Graph"):
            subprocess.run(  # noqa: S603
                ["git", *words.split()],  # noqa: S607
                cwd=self.folder,
                env=self.environment,
                check=True,
            )

    def run(self, command: str) -> tuple[str, ...]:
        """Run one command line and return the lines it printed."""
        done = subprocess.run(  # noqa: S602 - the project's own pages
            self._addressed(command),
            shell=True,
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=_SECONDS,
            check=False,
        )
        text = done.stdout
        for shown, real in self.addresses.items():
            text = text.replace(real, shown)
        return tuple(line.rstrip() for line in text.rstrip().splitlines())

    def write(self, step: Step) -> None:
        """Do what a block with a file's name says."""
        if step.language == "diff":
            self._change(step.lines)
        else:
            text = self._addressed("\n".join(step.lines) + "\n")
            path = self.folder / step.command
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")

    def _change(self, lines: Sequence[str]) -> None:
        name = next(line for line in lines if line.startswith("+++ ")).removeprefix("+++ ")
        body = [line for line in lines if not line.startswith(("+++ ", "--- "))]
        old = "".join(f"{line[1:]}\n" for line in body if not line.startswith("+"))
        new = "".join(f"{line[1:]}\n" for line in body if not line.startswith("-"))
        path = self.folder / name
        text = path.read_text("utf-8")
        if text.count(old) != 1:
            raise ValueError(f"{name} holds this {text.count(old)} times, not once:\n{old}")
        path.write_text(text.replace(old, new), "utf-8")

    def _addressed(self, text: str) -> str:
        """Return ``text`` with the addresses of the servers that run here, started if need be."""
        for shown, real in self.addresses.items():
            if shown in text and shown not in self.servers:
                self.servers[shown] = self._started(SERVERS[shown], real.rpartition(":")[2])
            text = text.replace(shown, real)
        return text

    def _started(self, command: Sequence[str], port: str) -> subprocess.Popen[bytes]:
        program = Path(sys.executable)
        words = [word.format(port=port) for word in command]
        start = [str(program)] if words[0] == "-m" else [str(program.with_name(words.pop(0)))]
        server = subprocess.Popen(  # noqa: S603 - our own choice of programs
            [*start, *words],
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _wait_for(int(port), server)
        return server

    def close(self) -> None:
        """End the servers that were started."""
        for server in self.servers.values():
            server.terminate()
            server.wait(timeout=10)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
    return port


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end and server.poll() is None:
        with socket.socket() as found:
            if found.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("a server did not start")


def fits(shown: Sequence[str], printed: Sequence[str]) -> bool:
    """Return whether ``printed`` is what a page shows, ``…`` standing for anything."""
    pattern = "".join(
        r"(?:.*\n)*" if line.strip() == "…" else f"{re.escape(line.rstrip())}\n".replace("…", ".*")
        for line in shown
    )
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in printed)) is not None


def check(page: Path) -> Iterator[Fault]:
    """Yield the commands of ``page`` that don't print what it shows, or can't be run."""
    lang = "ja_JP.UTF-8" if page.stem.endswith(".ja") else "C.UTF-8"
    with ExitStack() as stack:
        place = Workplace(Path(stack.enter_context(tempfile.TemporaryDirectory())), lang)
        stack.callback(place.close)
        todo = list(steps(page.read_text("utf-8")))
        if any(re.search(r"\bgit\b|\bHEAD\b", step.command) for step in todo):
            place.commit()
        for step in todo:
            if step.language != "console":
                place.write(step)
                continue
            printed = place.run(step.command)
            if not fits(step.lines, printed):
                yield Fault(page, step, printed)


def _rewrite(faults: Sequence[Fault]) -> None:
    for fault in sorted(faults, key=lambda fault: fault.step.start, reverse=True):
        lines = fault.page.read_text("utf-8").split("\n")
        lines[fault.step.start : fault.step.end] = fault.printed
        fault.page.write_text("\n".join(lines), "utf-8")


def main(args: Sequence[str]) -> int:
    """Check the pages given, or all; return 1 where one is wrong and wasn't rewritten."""
    given = [Path(arg).resolve() for arg in args if not arg.startswith("-")]
    with ThreadPoolExecutor() as pool:  # a page mostly waits for its commands
        found = pool.map(lambda page: list(check(page)), given or pages())
        faults = [fault for of_page in found for fault in of_page]
    for fault in faults:
        print(fault, end="\n\n")
    if "--write" in args:
        _rewrite(faults)
        return 0
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
