"""What changed since a git revision: the files, and the triples added and removed."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from stigraph.errors import TurtleSyntaxError, UsageError
from stigraph.store.background import Background
from stigraph.terms import Term
from stigraph.turtle import read

__all__ = ["Change", "changed_files", "changed_triples", "repository"]

Triple = tuple[Term, Term, Term]


@dataclass(frozen=True, slots=True)
class Change:
    """A file that differs: its content at the revision, None where it wasn't there."""

    path: Path
    old: bytes | None


def changed_files(folder: Path, revision: str, below: Sequence[Path]) -> list[Change]:
    """Return the files below ``below`` that differ between ``revision`` and the working tree.

    Uncommitted and untracked files count; a moved file is one removed and one added.

    Raises:
        UsageError: ``folder`` isn't in a git repository, or the revision doesn't exist.
    """
    root = Path(_git(folder, "rev-parse", "--show-toplevel").strip())
    commit = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options",
                  f"{revision}^{{commit}}").strip()  # fmt: skip
    limits = ["--", *map(str, below)]
    listing = Background(
        lambda: _git(root, "ls-files", "--others", "--exclude-standard", "-z", *limits)
    )
    tracked = _git(folder, "diff", "--name-only", "--no-renames", "-z", commit, *limits)
    untracked = listing.result()
    names = sorted({name for name in (tracked + untracked).split("\0") if name})
    return [
        Change(root / name, old)
        for name, old in zip(names, _blobs(root, commit, names), strict=True)
    ]


def repository(path: Path) -> Path:
    """Return the top folder of the git repository that holds ``path``.

    Raises:
        UsageError: None does.
    """
    folder = path if path.is_dir() else path.parent
    return Path(_git(folder, "rev-parse", "--show-toplevel").strip()).resolve()


def _git(folder: Path, *arguments: str) -> str:
    try:
        # Nothing of the repository's configuration may run a program here.
        command = ["git", "-C", str(folder), "-c", "core.fsmonitor=false", *arguments]
        done = subprocess.run(command, capture_output=True, check=True)  # noqa: S603
    except FileNotFoundError as error:
        raise UsageError(
            "--since には git がいる。git を入れる", "--since needs git; install it"
        ) from error
    except subprocess.CalledProcessError as error:
        detail = error.stderr.decode(errors="replace").strip().splitlines()
        reason = detail[-1] if detail else "no such revision"
        raise UsageError(
            f"--since の版が分からない（{reason}）。git のコミット、枝、札の名前を渡す",
            f"--since: can't use that revision ({reason}); give a commit, branch or tag of git",
        ) from error
    return done.stdout.decode(errors="surrogateescape")


def _blobs(root: Path, commit: str, names: Sequence[str]) -> Iterator[bytes | None]:
    """Yield the content of each file at ``commit``, in one git process."""
    asked = "".join(f"{commit}:{name}\n" for name in names).encode(errors="surrogateescape")
    command = ["git", "-C", str(root), "cat-file", "--batch"]
    done = subprocess.run(command, input=asked, capture_output=True, check=True)  # noqa: S603
    rest = done.stdout
    for _ in names:
        header, _, rest = rest.partition(b"\n")
        if header.endswith(b" missing"):
            yield None
            continue
        size = int(header.split()[-1])
        yield rest[:size]
        rest = rest[size + 1 :]


def changed_triples(
    changes: Iterable[Change], now: Iterable[Triple], unchanged: set[Triple]
) -> tuple[set[Triple], set[Triple]]:
    """Return the triples that the changes added to the graph, and those they removed.

    Args:
        changes: The files that differ.
        now: The triples of those files as they are.
        unchanged: The triples of all other files: what stands there too is no change.
    """
    before = {triple for change in changes if change.old is not None for triple in _old(change)}
    after = set(now)
    return after - before - unchanged, before - after - unchanged


def _old(change: Change) -> Iterator[Triple]:
    """Yield the triples of the file at the revision, up to a syntax error if it had one."""
    text = (change.old or b"").decode("utf-8", "replace")
    try:
        for triple in read(text, change.path.resolve().as_uri()):
            yield triple.subject.term, triple.predicate.term, triple.object.term
    except TurtleSyntaxError:
        return
