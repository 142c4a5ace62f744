"""Stores of files that outlive a run, in a folder that may be deleted at any time.

``<cache>/<key>/`` holds the store of one set of paths, what it holds of each file, and a lock.
Whoever has the lock has the store to itself. While the store is being changed, a mark says so;
who finds the mark, or anything else amiss, starts anew.
"""

from __future__ import annotations

import fcntl
import gc
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import astuple
from hashlib import sha256
from pathlib import Path
from time import monotonic, sleep
from typing import Final

import pyoxigraph as ox

from stigraph.errors import TurtleSyntaxError
from stigraph.filestore.graphs import FileGraphs, FileState
from stigraph.store.background import Background
from stigraph.store.data import DataGraph

__all__ = ["CachedGraph", "cached_graph"]

_FORMAT: Final = 1
_PATIENCE: Final = 10.0
"""Seconds to wait for another run; after them the files are read into memory."""
_RECENT: Final = 64 * 1024 * 1024
"""Bytes of changed files, at once, up to which they are kept to compare the next version with."""
_RECENT_FILES: Final = 256
_KEPT: Final = 8
"""So many stores are kept; of others, the one that was used longest ago goes."""


class CachedGraph:
    """The union of files, from a store that an earlier run may have filled.

    Attributes:
        files: The store.
        broken: The files that don't parse, which are left out.
    """

    def __init__(
        self,
        folder: Path | None,
        paths: Iterable[Path],
        old: Mapping[str, bytes] | None = None,
    ) -> None:
        self._folder = folder
        self._paths = list(paths)
        self._old = old
        self._keeping: list[Background[None]] = []
        self.files, self.broken = self._open("exact", sealing=True)

    def data(self) -> DataGraph:
        """Return the graph for an engine."""
        return DataGraph(
            self.files.store, exact=True, sealed=self.files.sealed, by_value=self._by_value
        )

    def close(self) -> None:
        """Finish what is written down, and let go of the store: Oxigraph then closes it."""
        while self._keeping:
            self._keeping.pop().result()
        del self.files

    def _by_value(self) -> ox.Store:
        return self._open("native", sealing=False)[0].store

    def _open(
        self, name: str, *, sealing: bool
    ) -> tuple[FileGraphs, dict[Path, TurtleSyntaxError]]:
        if self._folder is None:
            files = FileGraphs(ox.Store(), sealing=sealing)
            return files, files.sync(self._paths)[0]
        store = _Stored(self._folder / name)
        recent = _Recent(self._folder / "recent", self._old or {})
        files = FileGraphs(store.store, store.states, sealing=sealing)
        store.mark()
        broken, changed = files.sync(self._paths, recent.version)
        differing = changed or files.states != store.states

        def keep() -> None:
            if differing:
                store.keep(files.states)
            store.unmark()
            recent.keep(files.updated)

        self._keeping.append(Background(keep))  # the graph may be read meanwhile
        return files, broken


class _Stored:
    """A store on disk and the manifest beside it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._manifest = folder / "files.json"
        self._mark = folder / "changing"
        self.states = self._read()
        if self.states is None:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
        store = _opened(folder / "store")
        if store is None:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            self.states = None
            store = ox.Store(str(folder / "store"))
        self.store = store

    def mark(self) -> None:
        """Mark the store as being changed; the mark stays if the change isn't finished."""
        self._mark.touch()

    def unmark(self) -> None:
        """Take note that the change is finished."""
        self._mark.unlink()

    def keep(self, states: dict[str, FileState]) -> None:
        """Write down what the store holds."""
        self.store.flush()
        listed = {uri: astuple(state) for uri, state in states.items()}
        document = {"format": _FORMAT, "oxigraph": ox.__version__, "files": listed}
        draft = self._manifest.with_suffix(".part")
        draft.write_text(json.dumps(document), encoding="utf-8")
        draft.replace(self._manifest)

    def _read(self) -> dict[str, FileState] | None:
        if self._mark.exists():
            return None
        try:
            document = json.loads(self._manifest.read_text(encoding="utf-8"))
            if (document["format"], document["oxigraph"]) != (_FORMAT, ox.__version__):
                return None
            return {
                uri: FileState(digest, tuple(stamp) if stamp else None, sealed)
                for uri, (digest, stamp, sealed) in document["files"].items()
            }
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None


def _opened(folder: Path) -> ox.Store | None:
    """Open a store, or return None where it is damaged."""
    for _ in range(2):
        with suppress(OSError, RuntimeError, ValueError):
            return ox.Store(str(folder))
        # A graph of an earlier run of this process that nobody uses may still hold it open.
        gc.collect()
    return None


class _Recent:
    """Versions of the files that changed last: who changes a file changes it again.

    Args:
        folder: Where they are kept.
        given: Other versions, by IRI.
    """

    def __init__(self, folder: Path, given: Mapping[str, bytes]) -> None:
        self._folder = folder
        self._given = given

    def version(self, uri: str, digest: str) -> bytes | None:
        """Return the version of a file with a SHA-256, None if it isn't at hand."""
        given = self._given.get(uri)
        if given is not None and sha256(given).hexdigest() == digest:
            return given
        with suppress(OSError):
            kept = self._file(uri).read_bytes()
            return kept if sha256(kept).hexdigest() == digest else None
        return None

    def keep(self, contents: Mapping[str, bytes]) -> None:
        """Keep what files hold now, where it isn't too much."""
        if not contents or sum(map(len, contents.values())) > _RECENT:
            return
        with suppress(OSError):
            self._folder.mkdir(exist_ok=True)
            for uri, content in contents.items():
                draft = self._file(uri).with_suffix(".part")
                draft.write_bytes(content)
                draft.replace(self._file(uri))
            files = sorted(self._folder.iterdir(), key=lambda path: path.stat().st_mtime)
            for path in files[:-_RECENT_FILES]:
                path.unlink()

    def _file(self, uri: str) -> Path:
        return self._folder / sha256(uri.encode()).hexdigest()[:32]


@contextmanager
def cached_graph(
    cache: Path | None,
    key: Iterable[str],
    paths: Iterable[Path],
    old: Mapping[str, bytes] | None = None,
) -> Iterator[CachedGraph]:
    """Give the union of files, from the cache as far as it has them.

    Args:
        cache: The folder of the cache; None for none: the files are read into memory.
        key: What tells this set of files from others, even when files come and go.
        paths: The files.
        old: Earlier versions of files by IRI, which the cache may hold.

    Raises:
        UnreadableError: A file can't be read.
    """
    if cache is None:
        yield CachedGraph(None, paths)
        return
    name = sha256("\0".join(sorted(key)).encode()).hexdigest()[:16]
    with _locked(cache, name) as folder:
        cached = CachedGraph(folder, paths, old)
        try:
            yield cached
        finally:
            cached.close()


@contextmanager
def _locked(cache: Path, name: str) -> Iterator[Path | None]:
    """Give the folder ``name`` of the cache to this run alone, None if it can't be had."""
    try:
        cache.mkdir(parents=True, exist_ok=True)
        _prune(cache, name)
        lock = os.open(cache / f"{name}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:  # a folder that can't be written to is as good as none
        yield None
        return
    try:
        yield cache / name if _acquire(lock) else None
    finally:
        os.close(lock)


def _acquire(lock: int) -> bool:
    end = monotonic() + _PATIENCE
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            if monotonic() > end:
                return False
            sleep(0.02)
        else:
            os.utime(lock)
            return True


def _prune(cache: Path, name: str) -> None:
    """Delete the stores that were used longest ago where there are too many."""
    locks = sorted(cache.glob("*.lock"), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in [lock for lock in locks if lock.stem != name][_KEPT - 1 :]:
        handle = os.open(old, os.O_RDWR)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(old.with_suffix(""), ignore_errors=True)
            old.unlink()
        except OSError:
            continue  # in use, or gone already
        finally:
            os.close(handle)
