"""The two states that a reader names: revisions of git, projects, folders, files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from stigraph.comparison.snapshot import Snapshot
from stigraph.errors import UsageError
from stigraph.project import find_project
from stigraph.revisions import commit_of, files_at
from stigraph.store.reading import read_bytes

__all__ = ["WORKING_TREE", "read_states"]

WORKING_TREE = "working tree"
"""What the files as they are now are called beside a revision."""

_WHOLE = ("ontology", "data/ttl")


def read_states(first: str, second: str | None, here: Path) -> tuple[Snapshot, Snapshot]:
    """Return the states that a reader names.

    What exists as a path is a path, anything else a revision. Beside a path
    inside the project, a revision is limited to that path.

    Args:
        first: A revision, a project, a folder or a file.
        second: Another one; None for the working tree.
        here: The working directory.

    Raises:
        UsageError: One is neither a path nor a revision.
        TurtleSyntaxError: A file of one of them isn't Turtle.
        UnreadableError: A file can't be read.
    """
    project = find_project(here)
    base = project.root if project else here.resolve()
    names = (first, WORKING_TREE if second is None else second)
    paths = [here / name if name and (here / name).exists() else None for name in names]
    if second is None:
        paths[1] = base
    left, right = (
        _at_path(path, name, base) if path else _at_revision(name, base, other)
        for name, path, other in zip(names, paths, reversed(paths), strict=True)
    )
    return left, right


def _at_path(path: Path, name: str, base: Path) -> Snapshot:
    path = path.resolve()
    if path.is_file():
        # Two files are compared as one, wherever they stand.
        home = path.relative_to(base) if path.is_relative_to(base) else Path(path.name)
        return Snapshot.of(name, [(home.as_posix(), read_bytes(path))])
    whole = _is_whole(path)
    root = base if path.is_relative_to(base) and not whole else path
    folders = [path / part for part in _WHOLE] if whole else [path]
    files = [file for folder in folders for file in _turtle_below(folder)]
    contents = ((file.relative_to(root).as_posix(), read_bytes(file)) for file in files)
    return Snapshot.of(name, contents, is_whole=whole)


def _is_whole(folder: Path) -> bool:
    return all((folder / part).is_dir() for part in _WHOLE)


def _turtle_below(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(place, name) for name in sorted(files) if name.endswith(".ttl"))


def _at_revision(name: str, base: Path, other: Path | None) -> Snapshot:
    commit = commit_of(base, name)
    if commit is None:
        raise UsageError(
            f"「{name}」というファイルもフォルダーも、git の版もない。"
            "場所か、コミット、枝、札の名前を渡す",
            f"“{name}” is neither a file or folder nor a revision of git; "
            "give a path, or a commit, branch or tag",
        )
    below: tuple[str, ...] = _WHOLE if _is_whole(base) else ()
    limit = other.resolve() if other else base
    if limit != base and limit.is_relative_to(base) and not _is_whole(limit):
        below = (limit.relative_to(base).as_posix(),)
    return Snapshot.of(name, files_at(base, commit, below), is_whole=below == _WHOLE)
