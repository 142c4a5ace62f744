"""Fixes on the command line: made in the files, or shown as a difference."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from stigraph.cli.options import Settings
from stigraph.cli.output import write, write_text
from stigraph.errors import UsageError
from stigraph.gate import Report, View, render
from stigraph.gate.fixes import Bench, with_fixes
from stigraph.gate.fixes.mend import Mended, mend
from stigraph.gate.paths import Overlay, name_of, turtle_files
from stigraph.gate.selection import Selection
from stigraph.project import Project, require_project

__all__ = ["Task", "differences", "mended", "proposed"]

Check = Callable[[Overlay], tuple[Report, bool]]
"""Validates the files with an overlay; says whether it was done in time."""


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be mended, and how it is checked.

    Attributes:
        report: What was found where it was looked for.
        check: Validates with an overlay what was asked for.
        whole: Validates the whole graph with an overlay: a fix may bring something new anywhere.
        files: The files that were asked for, if any were.
        limited: Whether only part of the graph was asked for.
        selection: The codes that were asked for.
        given: What stands for standard input: then the text goes to standard output.
    """

    report: Report
    check: Check
    whole: Check
    files: Sequence[Path]
    limited: bool
    selection: Selection
    given: Overlay

    def run(self, project: Project) -> Mended:
        """Make the safe fixes."""
        data = project.data.resolve()
        paths = (path.resolve() for each in self.files for path in turtle_files(each, self.given))
        beside = {path: _content(path) for path in paths if not path.is_relative_to(data)}
        overlay = {**beside, **self.given}
        names = {found.file for found in self.report.findings} if self.limited else None
        return mend(
            _in_time(self.whole, overlay),
            partial(_in_time, self.whole),
            _bench_of,
            overlay,
            lambda f: self.selection.holds(f.code) and (names is None or f.file in names),
        )


def mended(
    settings: Settings, task: Task, show: Callable[[Report, Overlay], None], *, diff: bool
) -> Report:
    """Make the safe fixes and show what is left, or show the difference they make.

    Args:
        settings: What the reader chose.
        task: What is to be mended.
        show: Shows a report.
        diff: Whether to show the difference and write nothing.

    Returns:
        What is found in the files as they are afterwards.

    Raises:
        UsageError: A file can't be written, or the time was over; then none is written.
    """
    done = task.run(require_project(Path.cwd()))
    before = {path: task.given.get(path, _content(path)) for path in done.overlay}
    changed = {path: new for path, new in done.overlay.items() if before[path] != new}
    if diff:
        write_text("".join(differences(before, changed, Path.cwd())))
        _count(settings, done.made, diff=True)
        return task.report
    _count(settings, done.made, diff=False)
    report = proposed(_in_time(task.check, done.overlay), done.overlay)
    if task.given:
        write(done.overlay[path] or b"" for path in task.given)
        print(render("concise", report, View(settings.lang)), end="", file=sys.stderr)
    else:
        _write_files(changed)
        show(report, done.overlay)
    return report


def proposed(report: Report, given: Overlay) -> Report:
    """Return ``report`` with the fixes that there are."""
    return with_fixes(report, _bench_of(given))


def _bench_of(overlay: Overlay) -> Bench:
    return Bench(require_project(Path.cwd()), Path.cwd(), overlay)


def _in_time(check: Check, overlay: Overlay) -> Report:
    report, in_time = check(overlay)
    if not in_time:
        raise UsageError(
            "直したあとの検査が時間内に終わらなかった。何も書いていない。--timeout を延ばす",
            "validating the fixes took too long; nothing was written; raise --timeout",
        )
    return report


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _count(settings: Settings, made: int, *, diff: bool) -> None:
    plural = "" if made == 1 else "s"
    if diff:
        settings.say(f"{made}件を --fix で直せる", f"--fix would mend {made} finding{plural}")
    else:
        settings.say(f"{made}件を直した", f"mended {made} finding{plural}")


def _write_files(files: Overlay) -> None:
    """Write each file whole or not at all, then remove those that were moved away.

    Raises:
        UsageError: One can't be written.
    """
    for path, content in files.items():
        if content is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            write([content], str(path))
    for path, content in files.items():
        if content is None:
            path.unlink(missing_ok=True)


def differences(before: Overlay, after: Overlay, here: Path) -> Iterator[str]:
    """Yield the change of each file as ``git apply`` takes it.

    Args:
        before: The files of ``after`` as they are; None for one that isn't there.
        after: The files as they are to be; None for one that is moved away.
        here: What the names in the differences are relative to.
    """
    moved = {before[path]: path for path, content in after.items() if content is None}
    for path, content in sorted(after.items()):
        if content is None:
            continue
        source = path if before[path] is not None else moved.get(content, path)
        old, new = name_of(source, here), name_of(path, here)
        if source != path:
            yield f"diff --git a/{old} b/{new}\nsimilarity index 100%\n"
            yield f"rename from {old}\nrename to {new}\n"
        else:
            texts = (_lines(before[path] or b""), _lines(content))
            yield from map(_ended, difflib.unified_diff(*texts, f"a/{old}", f"b/{new}"))


def _lines(content: bytes) -> list[str]:
    # Not splitlines: it would end lines where git doesn't.
    *lines, last = content.decode("utf-8", "replace").split("\n")
    return [*(f"{line}\n" for line in lines), *([last] if last else [])]


def _ended(line: str) -> str:
    return line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
