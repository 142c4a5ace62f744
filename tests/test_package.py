"""The package as a whole: its public names, its one version, its errors."""

from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path

import stigraph
from stigraph import errors
from stigraph.vocab import DCTERMS, expand, kind_of, shorten


def test_every_public_name_exists() -> None:
    for name in stigraph.__all__:
        assert getattr(stigraph, name) is not None
    for name in errors.__all__:
        assert issubclass(getattr(errors, name), errors.StigraphError)


def test_importing_the_package_loads_no_library() -> None:
    loaded = "[m for m in ('pyoxigraph', 'click', 're') if m in sys.modules]"
    code = f"import sys, stigraph; print({loaded})"
    done = subprocess.run(
        [sys.executable, "-S", "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(Path(stigraph.__file__).parents[1])},
    )
    assert done.stdout.strip() == "[]", done.stderr


def test_the_error_tree_in_the_docstring_is_the_tree_in_the_code() -> None:
    drawn = inspect.getdoc(errors) or ""
    for name in errors.__all__:
        assert name in drawn


def test_one_version_is_stated_everywhere(root: Path) -> None:
    graph = stigraph.load(root)
    version = stigraph.__version__
    assert graph.release.version == version
    assert f"version: {version}" in (root / "CITATION.cff").read_text(encoding="utf-8")
    assert f"## {version}" in (root / "docs" / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"/ontology/{version}>" in (root / "ontology" / "stigraph.ttl").read_text("utf-8")


def test_the_release_names_licence_date_and_attribution(root: Path) -> None:
    release = stigraph.load(root).release
    assert release.issued
    assert release.licence.startswith("https://creativecommons.org/")
    assert "加工して" in release.attribution_ja
    assert "editing" in release.attribution_en


def test_names_shorten_and_expand_to_each_other() -> None:
    for name in ("programme:sbir", "sti:phrase", "overview-2025:3-c-1-3", "budget-stage:initial"):
        assert shorten(expand(name)) == name


def test_a_term_may_be_named_like_a_method_of_a_string() -> None:
    assert f"{DCTERMS.title}" == DCTERMS["title"] == "http://purl.org/dc/terms/title"


def test_the_kind_of_an_entry_is_the_first_step_of_its_id() -> None:
    assert kind_of("https://w3id.org/stigraph/id/programme/sbir") == "programme"
    assert kind_of("https://example.org/programme/sbir") is None
