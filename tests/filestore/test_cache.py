"""The cache may be deleted, damaged, cut off or shared: the answer is the same."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from stigraph.filestore import cache as module
from stigraph.filestore.cache import CachedGraph, cached_graph
from stigraph.filestore.graphs import FileGraphs

TEXT = "<http://e/a> <http://e/p> 1 , 01 .\n"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "data.ttl"
    path.write_text(TEXT, encoding="utf-8")
    past = time.time() - 3600
    os.utime(path, (past, past))
    return path


def triples(cache: Path | None, *paths: Path) -> set[str]:
    with cached_graph(cache, ["key"], paths) as cached:
        return {f"{s} {p} {o!r}" for s, p, o in cached.data().triples()}


def folder_of(cache: Path) -> Path:
    (folder,) = (path for path in cache.iterdir() if path.is_dir())
    return folder


def test_a_second_run_reads_no_file(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "cache"
    first = triples(cache, data)
    assert len(first) == 2  # literals as they are written
    monkeypatch.setattr("stigraph.filestore.graphs.read_bytes", lambda _: 1 / 0)
    assert triples(cache, data) == first


def test_a_change_is_seen_whatever_the_clock_says(data: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    triples(cache, data)
    data.write_text(TEXT.replace("01", "02"), encoding="utf-8")
    assert triples(cache, data) == triples(None, data)


def test_a_deleted_cache_is_made_again(data: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    first = triples(cache, data)
    shutil.rmtree(cache)
    assert triples(cache, data) == first


def _cut_off(folder: Path) -> None:
    (folder / "exact" / "changing").touch()


def _no_manifest(folder: Path) -> None:
    (folder / "exact" / "files.json").write_text("{", encoding="utf-8")


def _other_version(folder: Path) -> None:
    path = folder / "exact" / "files.json"
    path.write_text(path.read_text().replace('"format": 1', '"format": 0'), encoding="utf-8")


def _no_store(folder: Path) -> None:
    for path in (folder / "exact" / "store").iterdir():
        path.write_bytes(b"damaged")


@pytest.mark.parametrize("damage", [_cut_off, _no_manifest, _other_version, _no_store])
def test_a_damaged_cache_is_made_again(
    data: Path, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    cache = tmp_path / "cache"
    first = triples(cache, data)
    damage(folder_of(cache))
    assert triples(cache, data) == first
    assert triples(cache, data) == first


def test_a_run_that_is_killed_while_it_changes_the_store_leaves_it_to_be_made_again(
    data: Path, tmp_path: Path
) -> None:
    cache, other = tmp_path / "cache", tmp_path / "other.ttl"
    other.write_text("<http://e/o> <http://e/p> 4 .", encoding="utf-8")
    triples(cache, data, other)
    data.write_text("<http://e/b> <http://e/p> 3 .\n", encoding="utf-8")
    program = f"""
import os
from pathlib import Path
from stigraph.filestore.cache import cached_graph
from stigraph.filestore.graphs import FileGraphs
FileGraphs.stated_in = lambda *_: os._exit(9)  # a triple is gone from its file by then
with cached_graph(Path({str(cache)!r}), ["key"], [Path({str(data)!r}), Path({str(other)!r})]):
    pass
"""
    done = subprocess.run([sys.executable, "-c", program], check=False)
    assert done.returncode == 9
    assert triples(cache, data, other) == triples(None, data, other)


def test_a_run_beside_another_reads_into_memory(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_PATIENCE", 0.05)
    cache = tmp_path / "cache"
    with cached_graph(cache, ["key"], [data]):
        assert triples(cache, data) == triples(None, data)


def test_a_folder_that_cannot_be_made_is_no_cache(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    assert triples(file / "cache", data) == triples(None, data)


def test_stores_not_used_for_long_go(data: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    for number in range(12):
        with cached_graph(cache, [str(number)], [data]):
            pass
    assert len([path for path in cache.iterdir() if path.is_dir()]) <= 9


def test_what_a_validation_put_into_the_store_is_gone_in_the_next(
    data: Path, tmp_path: Path
) -> None:
    cache = tmp_path / "cache"
    with cached_graph(cache, ["key"], [data]) as cached:
        size = len(cached.files.store)
        cached.data().keep_set([])
        cached.data().add_shapes(cached.data().triples())
    with cached_graph(cache, ["key"], [data]) as cached:
        assert len(cached.files.store) == size


def test_literals_by_value_come_from_a_store_of_their_own(data: Path, tmp_path: Path) -> None:
    with cached_graph(tmp_path / "cache", ["key"], [data]) as cached:
        assert isinstance(cached, CachedGraph)
        rows = cached.data().foreign_rows("SELECT ?o { ?s <http://e/p> ?o }")[1]
        assert len(list(rows)) == 1


@pytest.fixture
def two(data: Path, tmp_path: Path) -> list[Path]:
    """Return two files: one that changes and one that stays."""
    other = tmp_path / "other.ttl"
    other.write_text("<http://e/z> <http://e/p> 1 .\n", encoding="utf-8")
    return [data, other]


def test_of_a_file_that_changes_again_only_the_change_is_taken_in(
    two: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "cache"
    triples(cache, *two)
    two[0].write_text(TEXT + "<http://e/b> <http://e/p> 3 .\n", encoding="utf-8")
    triples(cache, *two)  # the whole file: how it was before isn't known
    monkeypatch.setattr(FileGraphs, "_replace", None)
    two[0].write_text(TEXT + "<http://e/b> <http://e/p> 4 .\n", encoding="utf-8")
    assert triples(cache, *two) == triples(None, *two)


def test_a_kept_version_that_is_not_the_one_in_the_store_is_not_used(
    two: list[Path], tmp_path: Path
) -> None:
    cache = tmp_path / "cache"
    triples(cache, *two)
    two[0].write_text(TEXT + "<http://e/b> <http://e/p> 3 .\n", encoding="utf-8")
    triples(cache, *two)
    (kept,) = (folder_of(cache) / "recent").iterdir()
    kept.write_text(TEXT, encoding="utf-8")
    two[0].write_text(TEXT + "<http://e/b> <http://e/p> 4 .\n", encoding="utf-8")
    assert triples(cache, *two) == triples(None, *two)
