"""Files written all at once or not at all, however a run ends.

The new tree is built beside the old one, from links to the files that stay and the
new files. The gate reads it there. Then the two folders change places in one call of
the operating system: whoever looks before sees all of the old, whoever looks after
sees all of the new, also when the run is killed in between.
"""

from __future__ import annotations

import ctypes
import errno
import os
import secrets
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from stigraph.errors import UnreadableError, UsageError
from stigraph.project import Project

if sys.platform != "win32":
    import fcntl

__all__ = ["Staged", "recover", "staged"]

_SPARE: Final = "old"
_PREFIX: Final = ".stigraph-import"
_AT_FDCWD: Final = -100
_RENAME_EXCHANGE: Final = 2  # renameat2(2), Linux
_RENAME_SWAP: Final = 2  # renamex_np(2), macOS


@dataclass(frozen=True, slots=True)
class Staged:
    """A project whose data are the new ones, not yet in place."""

    project: Project
    _target: Project
    _stamps: dict[Path, tuple[int, int]]

    def write(self, path: Path, text: str) -> None:
        """Give the file at ``path`` of the project its new text in the new tree."""
        relative = path.relative_to(self._target.data)
        place = self.project.data / relative
        place.parent.mkdir(parents=True, exist_ok=True)
        mode = path.stat().st_mode & 0o777 if path.exists() else None
        place.unlink(missing_ok=True)  # it is a link to the old file, which must not change
        with place.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        if mode is not None:
            place.chmod(mode)

    def put_in_place(self) -> None:
        """Make the new tree the project's.

        Raises:
            UsageError: Somebody changed the data in the meantime; nothing was put in place.
        """
        if _stamps(self._target.data) != self._stamps:
            raise UsageError(
                "取り込みのあいだにデータが変わった。もう一度実行する",
                "the data changed during the import; run it again",
            )
        _exchange(self._target.data, self.project.data)


@contextmanager
def staged(project: Project, *, write: bool = True) -> Iterator[Staged]:
    """Give a copy of a project's data to change, which is gone at the end.

    Args:
        project: The project.
        write: Whether it may be put in place: then no other import may run meanwhile.

    Raises:
        UsageError: Another import is running.
        UnreadableError: There can't be written beside the data.
    """
    folder = project.data.parent / f"{_PREFIX}-{os.getpid()}-{secrets.token_hex(4)}"
    with _alone(project) if write else nullcontext():
        recover(project.root)
        try:
            (folder / "data").mkdir(parents=True)
            (folder / "ontology").symlink_to(project.ontology, target_is_directory=True)
            stamps = _stamps(project.data)
            shutil.copytree(
                project.data, folder / "data" / "ttl", copy_function=_link, symlinks=True
            )
        except OSError as error:
            shutil.rmtree(folder, ignore_errors=True)
            raise UnreadableError(
                f"{project.data.parent} に書けない（{error.strerror}）。権限と空きを確かめる",
                f"can't write in {project.data.parent} ({error.strerror}); "
                "check its permissions and space",
            ) from error
        try:
            yield Staged(Project(folder), project, stamps)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def recover(root: Path) -> None:
    """Clear away what a killed import left beside the data of the project at ``root``.

    Where folders can change places in one call, the data are whole at any time. Where
    they can't, the old data may have been moved away: they are put back.
    """
    data = root / "data" / "ttl"
    for left in data.parent.glob(f"{_PREFIX}-*"):
        if _is_alive(left.name.removeprefix(f"{_PREFIX}-").partition("-")[0]):
            continue
        old = left / "data" / _SPARE
        if not data.exists() and old.is_dir():
            old.rename(data)
        shutil.rmtree(left, ignore_errors=True)


def _is_alive(process: str) -> bool:
    """Whether the process with that number runs, as far as can be known."""
    if sys.platform == "win32" or not process.isdigit() or int(process) == 0:  # pragma: no cover
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


@contextmanager
def _alone(project: Project) -> Iterator[None]:
    """Keep a second import out; the lock goes with the process, however it ends."""
    if sys.platform == "win32":  # pragma: no cover - folders can't be locked there
        yield
        return
    descriptor = os.open(project.root, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise UsageError(
            "ほかの取り込みが動いている。終わるのを待って、もう一度実行する",
            "another import is running; wait for it to end and run this one again",
        ) from error
    finally:
        os.close(descriptor)


def _link(source: str, target: str) -> str:
    """Link a file, or copy it where the file system knows no links."""
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target, follow_symlinks=False)
    return target


def _stamps(folder: Path) -> dict[Path, tuple[int, int]]:
    return {path: _stamp(path) for path in _files(folder)}


def _files(folder: Path) -> Iterable[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _stamp(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_mtime_ns, status.st_size


def _exchange(left: Path, right: Path) -> None:
    """Let two folders change places, in one call where the system has one."""
    if _exchanged(os.fsencode(left), os.fsencode(right)):
        return
    spare = right.with_name(_SPARE)
    left.rename(spare)
    right.rename(left)
    spare.rename(right)


def _exchanged(left: bytes, right: bytes) -> bool:
    """Exchange two folders in one call; return False where the system or its disk can't."""
    if sys.platform == "win32":  # pragma: no cover
        return False
    library = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "linux" and hasattr(library, "renameat2"):
        result = library.renameat2(_AT_FDCWD, left, _AT_FDCWD, right, _RENAME_EXCHANGE)
    elif sys.platform == "darwin" and hasattr(library, "renamex_np"):
        result = library.renamex_np(left, right, _RENAME_SWAP)
    else:
        return False
    if result == 0:
        return True
    code = ctypes.get_errno()
    if code in {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP}:
        return False
    raise OSError(code, os.strerror(code), os.fsdecode(left))
