"""Standard input in the place of a file: what an editor holds, or what comes down a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from stigraph.errors import UsageError
from stigraph.gate.paths import Overlay, name_of

__all__ = ["read_input", "spooled"]


def read_input(
    paths: tuple[Path, ...], name: Path | None, *, anybodys: bool
) -> tuple[tuple[Path, ...], Overlay]:
    """Return the paths with the file that standard input stands for, and its content.

    Args:
        paths: The paths given; ``-`` is standard input.
        name: The file that it stands for.
        anybodys: Whether the data are anybody's, where any file name will do.

    Raises:
        UsageError: Standard input has no file name, or stands beside other paths.
    """
    if Path("-") not in paths:
        if name is not None:
            raise UsageError(
                "--stdin-filename は標準入力（-）とともに使う",
                "--stdin-filename goes with standard input (-)",
            )
        return paths, {}
    if len(paths) > 1:
        raise UsageError(
            "標準入力（-）はほかのファイルと並べられない。別々に検査する",
            "standard input (-) can't stand beside other files; validate them one after the other",
        )
    if name is None and not anybodys:
        raise UsageError(
            "標準入力（-）には --stdin-filename data/ttl/<種別>/<名前>.ttl がいる",
            "standard input (-) needs --stdin-filename data/ttl/<kind>/<slug>.ttl",
        )
    path = name or Path("stdin.ttl")
    return (path,), {path.resolve(): sys.stdin.buffer.read()}


@contextmanager
def spooled(path: Path, overlay: Overlay) -> Iterator[tuple[Path, Path]]:
    """Give a file with the content of ``path`` and the folder to name it from, for a while."""
    from tempfile import TemporaryDirectory

    name = name_of(path, Path.cwd())
    with TemporaryDirectory() as folder:
        here = Path(folder).resolve()
        spool = here / (Path(name).name if Path(name).is_absolute() else name)
        spool.parent.mkdir(parents=True, exist_ok=True)
        spool.write_bytes(overlay[path.resolve()] or b"")
        yield spool, here
