"""Files as they were at a revision of git, read without running anything of the repository.

No hook, filter, pager or configured program runs, nothing is fetched, and what
a caller gives as a revision is never taken for an option.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from stigraph.errors import UsageError

__all__ = ["commit_of", "files_at"]

_MODES = (b"100644", b"100755")  # files; links and submodules are left out


def commit_of(folder: Path, revision: str) -> str | None:
    """Return the commit that ``revision`` names in the repository around ``folder``, or None."""
    if not revision or "\0" in revision:
        return None
    # The option's end is marked, and `^{commit}` keeps ranges and files out.
    asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    done = _git(folder, *asked)
    return done.stdout.decode().strip() if done.returncode == 0 else None


def files_at(folder: Path, commit: str, below: Sequence[str] = ()) -> Iterator[tuple[str, bytes]]:
    """Yield the Turtle files at ``commit`` with their paths, relative to ``folder``.

    Args:
        folder: A folder of the working tree.
        commit: The full name of a commit.
        below: Files or folders in ``folder`` to look at; none: all of it.
    """
    listed = _git(folder, "ls-tree", "-r", "-z", commit, "--", *(below or ["."]))
    found: list[str] = []
    objects: list[str] = []
    for entry in listed.stdout.split(b"\0"):
        facts, tab, name = entry.partition(b"\t")
        if tab and name.endswith(b".ttl") and facts.startswith(_MODES):
            found.append(os.fsdecode(name))
            objects.append(facts.split()[2].decode())
    asked = "".join(f"{id_}\n" for id_ in objects).encode()
    rest = memoryview(_git(folder, "cat-file", "--batch", stdin=asked).stdout)
    for path in found:
        header = bytes(rest[:200]).partition(b"\n")[0]
        start, size = len(header) + 1, int(header.split()[-1])
        yield path, bytes(rest[start : start + size])
        rest = rest[start + size + 1 :]


def _git(folder: Path, *words: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = ["git", "-C", str(folder), "-c", "core.fsmonitor=false", *words]
    environ = {
        **os.environ,
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_LITERAL_PATHSPECS": "1",
    }
    try:
        return subprocess.run(  # noqa: S603 - words that a caller gives stand behind a mark
            command, input=stdin, capture_output=True, check=False, env=environ
        )
    except FileNotFoundError as error:
        raise UsageError(
            "版を読むには git がいる。git を入れる", "revisions need git; install it"
        ) from error
