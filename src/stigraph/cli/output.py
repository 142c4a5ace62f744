"""Where results go: standard output, or a file that is there whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from stigraph.errors import UsageError

__all__ = ["write", "write_folder", "write_json", "write_text"]


def write(
    chunks: Iterable[bytes],
    target: str | None = None,
    *,
    check: Callable[[Path], None] | None = None,
) -> None:
    """Write ``chunks`` to the file ``target``; to standard output if it is None or ``-``.

    Args:
        chunks: The content.
        target: The file. It is there whole or not at all, whatever happens on the way.
        check: Is given the finished draft before it takes the place of the file; what
            it raises leaves the file as it was.

    Raises:
        UsageError: It can't be written; a file that stood there is unchanged.
        BrokenPipeError: The reader of standard output is gone.
    """
    if target is None or target == "-":
        _write_stdout(chunks)
        return
    # Through a link to the file it names: replacing would cut the link.
    path = Path(os.path.realpath(target))
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            _write_device(chunks, path)  # /dev/null and pipes are written to, not replaced
        else:
            _write_file(chunks, path, check)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _unwritable(target, error) from error


def write_folder(files: Iterable[tuple[str, Iterable[bytes]]], target: str) -> None:
    """Write ``files``, by name, into the folder ``target``, which is made if it is missing.

    Raises:
        UsageError: One can't be written; then none is, and what stood there is unchanged.
    """
    folder = Path(os.path.realpath(target))
    made = not folder.exists()
    drafts: list[tuple[Path, Path]] = []
    try:
        folder.mkdir(exist_ok=True)
        for name, chunks in files:
            draft = folder / f".stigraph-{os.getpid()}-{name}.part"
            drafts.append((draft, folder / name))
            with draft.open("xb") as stream:
                stream.writelines(chunks)
        for draft, path in drafts:
            draft.replace(path)
    except BaseException as error:
        for draft, _ in drafts:
            draft.unlink(missing_ok=True)
        if made:
            with contextlib.suppress(OSError):
                folder.rmdir()
        if isinstance(error, OSError):
            raise _unwritable(target, error) from error
        raise


def _unwritable(target: str, error: OSError) -> UsageError:
    reason = error.strerror or str(error)
    return UsageError(
        f"{target} に書けない（{reason}）。場所と権限を確かめる",
        f"can't write {target} ({reason}); check the path and its permissions",
    )


def write_text(text: str, target: str | None = None) -> None:
    """Write ``text`` in UTF-8, on a terminal in the terminal's encoding."""
    if target is None and sys.stdout is not None:
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    write([text.encode()], target)


def write_json(value: Any, target: str | None = None) -> None:
    """Write one JSON value, indented, with its characters as they are."""
    import json

    write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", target)


def _write_stdout(chunks: Iterable[bytes]) -> None:
    if sys.stdout is None:
        raise UsageError("標準出力が閉じている", "standard output is closed")
    sys.stdout.flush()
    for chunk in chunks:
        sys.stdout.buffer.write(chunk)
    sys.stdout.buffer.flush()


def _write_device(chunks: Iterable[bytes], path: Path) -> None:
    with path.open("wb", buffering=1 << 16) as stream:
        stream.writelines(chunks)


def _write_file(chunks: Iterable[bytes], path: Path, check: Callable[[Path], None] | None) -> None:
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    mode = path.stat().st_mode & 0o777 if path.exists() else None
    if mode is not None and not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    # In the same folder, because a rename is atomic only within one file system.
    draft = path.with_name(f".stigraph-{os.getpid()}.part")
    try:
        with draft.open("xb") as stream:
            stream.writelines(chunks)
            stream.flush()
            os.fsync(stream.fileno())  # a rename may reach the disk before the content does
        if mode is not None:
            draft.chmod(mode)
        if check is not None:
            check(draft)
        draft.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            draft.unlink()
        raise
