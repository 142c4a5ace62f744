"""What changed since a git revision: the files, and the triples added and removed."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from stigraph.errors import TurtleSyntaxError, UsageError
from stigraph.store.background import Background
from stigraph.store.reading import parse_triples
from stigraph.terms import Term

__all__ = [
    "Change",
    "changed_files",
    "changed_lines",
    "changed_triples",
    "file_at",
    "old_triples",
    "repository",
]

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
    commit = _commit(folder, revision)
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


def file_at(path: Path, revision: str) -> bytes | None:
    """Return the content of a file at a revision, None where it wasn't there.

    Raises:
        UsageError: The file is in no git repository, or the revision doesn't exist.
    """
    folder = next(parent for parent in path.resolve().parents if parent.is_dir())
    root = repository(folder)
    commit = _commit(folder, revision)
    (content,) = _blobs(root, commit, [path.resolve().relative_to(root).as_posix()])
    return content


def changed_lines(here: Path, revision: str) -> dict[str, frozenset[int]]:
    """Return the lines of the working tree that are not as they are at ``revision``.

    Args:
        here: A folder of the repository; the files below it are compared.
        revision: A git revision.

    Returns:
        The path of each file relative to ``here``, and its lines, from 1.

    Raises:
        UsageError: ``here`` isn't in a git repository, or the revision doesn't exist.
    """
    base = here.resolve()
    return {
        change.path.relative_to(base).as_posix(): _new_lines(change)
        for change in changed_files(base, revision, [base])
        if change.path.is_file() and change.path.is_relative_to(base)
    }


def _new_lines(change: Change) -> frozenset[int]:
    from difflib import SequenceMatcher

    old = (change.old or b"").splitlines()
    new = change.path.read_bytes().splitlines()
    matching = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return frozenset(
        line
        for tag, _, _, first, last in matching
        if tag != "equal"
        for line in range(first + 1, last + 1)
    )


def _commit(folder: Path, revision: str) -> str:
    named = f"{revision}^{{commit}}"
    return _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", named).strip()


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
    changes: Iterable[Change], now: Iterable[Triple], unchanged: Iterable[Triple]
) -> tuple[set[Triple], set[Triple]]:
    """Return the triples that the changes added to the graph, and those they removed.

    Args:
        changes: The files that differ.
        now: The triples of those files as they are.
        unchanged: The triples of all other files: what stands there too is no change.
    """
    before, after = old_triples(changes), set(now)
    differing = after ^ before
    differing.difference_update([triple for triple in unchanged if triple in differing])
    return after & differing, before & differing


def old_triples(changes: Iterable[Change]) -> set[Triple]:
    """Return what the files of ``changes`` stated at the revision."""
    return {triple for change in changes if change.old is not None for triple in _old(change)}


def _old(change: Change) -> Iterator[Triple]:
    """Yield the triples of the file at the revision, up to a syntax error if it had one."""
    text, base = (change.old or b"").decode("utf-8", "replace"), change.path.resolve().as_uri()
    with suppress(TurtleSyntaxError):
        yield from parse_triples(text, base)
        return
    from stigraph.turtle import read

    with suppress(TurtleSyntaxError):
        for triple in read(text, base):  # slower, and gives what stands before the fault
            yield triple.subject.term, triple.predicate.term, triple.object.term
