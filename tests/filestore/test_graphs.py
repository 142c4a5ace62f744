"""A store that follows its files holds what one built from them anew holds."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from tempfile import mkdtemp

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stigraph.filestore.graphs import FileGraphs
from stigraph.filestore.uris import file_uris

HEAD = "@prefix : <http://e/> .\n"
LINES = [
    ":a :p :b .",
    ":a :p :c .",
    ":b :p 01 .",
    ":b :p 1 .",
    "_:x :p :a .",
    "[ :p [] ] :q ( 1 2 ) .",
    ":c :p '5'^^<http://www.w3.org/2001/XMLSchema#byte> .",
    ":broken",
]
contents = st.lists(st.sampled_from(LINES), max_size=4, unique=True)
versions = st.lists(st.lists(st.one_of(st.none(), contents), min_size=3, max_size=3), max_size=4)


def quads(files: FileGraphs) -> set[ox.Quad]:
    return set(files.store)


def written(folder: Path, version: Sequence[list[str] | None]) -> list[Path]:
    paths = []
    for number, lines in enumerate(version):
        path = folder / f"{number} é.ttl"
        path.unlink(missing_ok=True)
        if lines is not None:
            path.write_text(HEAD + "\n".join(lines), encoding="utf-8")
            paths.append(path)
    return paths


@pytest.mark.parametrize("sealing", [True, False])
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(history=versions)
def test_following_changes_is_building_anew(
    sealing: bool, history: list[list[list[str] | None]]
) -> None:
    folder = Path(mkdtemp())
    try:
        followed = FileGraphs(ox.Store(), sealing=sealing)
        old: dict[str, bytes] = {}
        for version in history:
            paths = written(folder, version)
            broken, _ = followed.sync(paths, lambda uri, _, old=old: old.get(uri))  # type: ignore[misc]
            anew = FileGraphs(ox.Store(), sealing=sealing)
            assert set(anew.sync(paths)[0]) == set(broken)
            assert quads(followed) == quads(anew)
            old = {uri: path.read_bytes() for path, uri in file_uris(paths)}
    finally:
        shutil.rmtree(folder)


def test_the_iri_of_a_file_is_that_of_its_place(tmp_path: Path) -> None:
    (tmp_path / "a b").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "a b")
    (tmp_path / "a b" / "ü%.ttl").touch()
    (tmp_path / "a b" / "other.ttl").symlink_to(tmp_path / "a b" / "ü%.ttl")
    paths = [tmp_path / "link" / "ü%.ttl", tmp_path / "link" / "other.ttl", tmp_path / "none.ttl"]
    assert dict(file_uris(paths)) == {path: path.resolve().as_uri() for path in paths}
