"""Plug-ins are found by their names, and nothing of them is loaded before they are asked for."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from stigraph import Graph
from stigraph.errors import UsageError
from stigraph.network.export import export
from stigraph.network.lenses import lens
from stigraph.network.selection import Selection
from stigraph.plugins import FORMAT_GROUP, RULE_GROUP, load_plugin, plugin_names

POINTS = """\
[stigraph.rules]
house-style = house_rules:check
broken = house_rules:nothing

[stigraph.formats]
counts = house_rules:COUNTS
"""
CODE = '''\
"""A package of somebody else."""
from stigraph.gate.finding import Finding, Message
from stigraph.network.formats import Format

COUNTS = Format("house_rules", "txt", "数", "counts")


def check(store, catalogue):
    yield Finding("HOUSE1", Message("長い", "long"), focus="https://e.org/a")


def write(network):
    yield f"{len(network.nodes)} {len(network.edges)}\\n"
'''


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Install a package with a rule and a format."""
    (tmp_path / "house_rules.py").write_text(CODE, encoding="utf-8")
    meta = tmp_path / "house_rules-1.dist-info"
    meta.mkdir()
    (meta / "METADATA").write_text("Metadata-Version: 2.1\nName: house-rules\nVersion: 1\n")
    (meta / "entry_points.txt").write_text(POINTS)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "house_rules", raising=False)


@pytest.mark.usefixtures("installed")
def test_names_are_listed_without_loading_anything() -> None:
    assert plugin_names(RULE_GROUP) == {"broken": "house-rules", "house-style": "house-rules"}
    assert plugin_names(FORMAT_GROUP) == {"counts": "house-rules"}
    assert load_plugin(FORMAT_GROUP, "other") is None
    assert "house_rules" not in sys.modules


@pytest.mark.usefixtures("installed")
def test_a_rule_runs_when_it_is_named_and_only_then(small: Graph) -> None:
    without = small.validate()
    assert "house_rules" not in sys.modules
    report = small.validate(rules=["house-style"])
    assert {finding.code for finding in {*report.findings} - {*without.findings}} == {"HOUSE1"}
    assert not report.conforms


@pytest.mark.usefixtures("installed")
def test_a_rule_that_isn_t_there_or_can_t_be_loaded_is_told(small: Graph) -> None:
    with pytest.raises(UsageError, match="nearest: house-style"):
        small.validate(rules=["house-stile"])
    with pytest.raises(UsageError, match=r"broken .* can't be loaded"):
        small.validate(rules=["broken"])


@pytest.mark.usefixtures("installed")
def test_a_format_writes_when_it_is_named(small: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    lens_of_all = lens("everything")
    selection = Selection(small.store, small.catalogue, small.release, lens_of_all)
    size = len(selection.network.nodes), len(selection.network.edges)
    assert b"".join(export(selection, "counts")) == "{} {}\n".format(*size).encode()
    monkeypatch.undo()
    with pytest.raises(UsageError, match="no format"):
        list(export(selection, "counts"))


@pytest.mark.usefixtures("installed")
def test_a_slip_in_a_format_s_name_shows_that_of_the_plugin(small: Graph) -> None:
    selection = Selection(small.store, small.catalogue, small.release, lens("everything"))
    with pytest.raises(UsageError, match="nearest: counts"):
        list(export(selection, "count"))
    assert "house_rules" not in sys.modules
