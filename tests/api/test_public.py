"""The public names: all there, all shown in use, quick to import, whole without the extras."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

import stigraph
from stigraph import extras

MODULES = ("stigraph", "stigraph.api", "stigraph.result", "stigraph.records", "stigraph.questions")
GUIDE = Path("docs") / "how-to" / "python.md"


@cache
def examples(root: Path) -> str:
    """Return every line of code in the docstrings of the library and in its guide."""
    finder = doctest.DocTestFinder()
    found = [test for name in MODULES for test in finder.find(import_module(name))]
    parser = doctest.DocTestParser()
    told = parser.get_examples((root / GUIDE).read_text(encoding="utf-8"))
    return "".join(e.source for e in [*(e for test in found for e in test.examples), *told])


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_docstrings_run(
    name: str, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root)
    assert doctest.testmod(import_module(name)).failed == 0


def test_the_examples_in_the_guide_run(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    done = doctest.testfile(str(root / GUIDE), module_relative=False, encoding="utf-8")
    assert (done.failed, done.attempted > 20) == (0, True)


def public_names() -> list[str]:
    """Return the public names, and the public members of the classes among them."""
    names = [name for name in stigraph.__all__ if not name.startswith("__")]
    members = [
        member
        for name in names
        for member in vars(getattr(stigraph, name))
        if isinstance(getattr(stigraph, name), type) and not member.startswith("_")
    ]
    return sorted({*names, *members})


@pytest.mark.parametrize("name", public_names())
def test_each_public_name_is_shown_in_an_example_that_runs(name: str, root: Path) -> None:
    assert re.search(rf"\b{name}\b", examples(root)), f"show {name} in {GUIDE}"


def test_all_is_what_there_is_to_import() -> None:
    assert stigraph.__all__ == sorted(stigraph.__all__)
    assert (Path(stigraph.__file__).parent / "py.typed").is_file()
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = stigraph.nothing


BARE = """
import sys
class Missing:
    def find_spec(self, name, *_):
        if name.partition(".")[0] in {libraries}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
sys.meta_path.insert(0, Missing())
import stigraph
graph = stigraph.load()
result = graph.query("SELECT ?p {{ ?p a sti:Programme }}")
assert len(result) and graph.entry("SBIR").facts and result._repr_html_()
assert graph.to_networkx("strategy") and graph.to_rdflib() and not graph.diff(graph)
for to, extra in ("to_pandas", "pandas"), ("to_polars", "polars"), ("to_arrow", "parquet"):
    try:
        getattr(result, to)()
    except stigraph.errors.MissingExtraError as error:
        assert f"pip install 'stigraph[{{extra}}]'" in error.text("ja"), error.ja
        assert f"pip install 'stigraph[{{extra}}]'" in str(error)
    else:
        raise AssertionError(to)
from stigraph.cli import main
for form, extra in ("xlsx", "tables"), ("parquet", "parquet"):
    assert main(["export", "strategy", "--format", form, "-o", {folder!r} + "/" + form]) == 2
    print(extra, file=sys.stderr)
"""


def test_without_the_extras_the_rest_works_and_the_error_names_the_extra(
    root: Path, tmp_path: Path
) -> None:
    code = BARE.format(libraries=sorted(extras.EXTRAS), folder=str(tmp_path))
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    for extra in ("tables", "parquet"):
        assert f"pip install 'stigraph[{extra}]'" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_each_extra_is_one_of_the_package(root: Path) -> None:
    told = (root / "pyproject.toml").read_text(encoding="utf-8")
    for library, extra in extras.EXTRAS.items():
        assert re.search(rf'^{extra} = \["{library.replace("_", "[-_]")}', told, re.MULTILINE), (
            library,
            extra,
        )


def test_querying_loads_neither_the_gate_nor_other_libraries(root: Path) -> None:
    heavy = ("pyshacl", "rdflib", "networkx", "pandas", "polars", "pyarrow")
    code = (
        "import sys, stigraph; stigraph.load().query('SELECT * { ?a a ?b } LIMIT 1');"
        f"print([name for name in {heavy} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
