"""``stigraph export``: what is written, where, and that it is whole or not there."""

from __future__ import annotations

import json
import os
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest

from stigraph.network.formats import FORMATS
from stigraph.vocab import STI

Run = Callable[..., subprocess.CompletedProcess[str]]

EDGES = "SELECT ?source ?target (2.5 AS ?weight) WHERE { ?source sti:forInitiative ?target }"


def test_the_list_has_a_name_an_extension_and_a_use_a_line(run: Run) -> None:
    rows = [line.split("\t") for line in run("export", "--list").stdout.splitlines()]
    assert {row[0]: row[1] for row in rows}["graphml"] == "graphml"
    assert all(len(row) == 3 and row[2] for row in rows)


def test_the_list_as_json_says_the_same(run: Run) -> None:
    listed = json.loads(run("export", "--list", "--format", "json").stdout)
    lines = run("export", "--list").stdout.splitlines()
    assert listed["version"] == 1
    assert [
        f"{row['name']}\t{row['extension']}\t{row['for']['en']}" for row in listed["formats"]
    ] == lines


def test_a_file_is_written_in_the_format_of_its_name(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "all.graphml"
    done = run("export", "everything", "-o", str(path))
    assert (done.returncode, done.stdout) == (0, "")
    assert f"wrote {path}" in done.stderr
    assert "programme:sbir" in nx.read_graphml(path)


def test_standard_output_is_the_default(run: Run) -> None:
    plain = run("export", "everything", "--format", "ntriples")
    dash = run("export", "everything", "--format", "ntriples", "-o", "-")
    assert plain.stdout == dash.stdout
    assert plain.stderr == dash.stderr == ""


def test_a_select_of_edges_is_a_network(run: Run) -> None:
    done = run("export", "--query", EDGES, "--format", "cytoscape")
    elements = json.loads(done.stdout)["elements"]
    assert {node["data"]["id"] for node in elements["nodes"]} == {
        "allocation:sbir-fy2022",
        "programme:sbir",
    }
    assert [edge["data"]["weight"] for edge in elements["edges"]] == [2.5]


def test_a_construct_in_a_file_is_a_network_or_triples(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "edges.rq"
    file.write_text("CONSTRUCT WHERE { ?a sti:forInitiative ?b }", encoding="utf-8")
    graph = nx.parse_graphml(run("export", "--query", str(file), "--format", "graphml").stdout)
    assert list(graph.edges) == [("allocation:sbir-fy2022", "programme:sbir")]
    assert run("export", "--query", str(file), "--format", "ntriples").stdout.count(" .\n") == 1


@pytest.mark.parametrize("form", ["turtle", "ntriples", "nquads", "trig", "jsonld", "rdfxml"])
def test_rdf_formats_hold_the_triples_and_the_release(run: Run, form: str) -> None:
    done = run("export", "everything", "--format", form)
    syntax = ox.RdfFormat.from_extension(FORMATS[form].extension)
    quads = list(ox.parse(done.stdout.encode(), format=syntax))
    objects = {quad.object for quad in quads}
    assert ox.Literal("Made -- for tests.", language="en") in objects
    assert ox.Literal('BRIDGE <& "quoted">', language="en") in objects
    assert not [quad for quad in quads if quad.predicate.value == STI.knownFrom]
    named = {quad.graph_name for quad in quads} - {ox.DefaultGraph()}
    assert bool(named) == (form in ("nquads", "trig"))


def test_comments_carry_the_release_in_both_languages(run: Run) -> None:
    for form in ("turtle", "ntriples", "nquads", "trig", "rdfxml"):
        head = run("export", "everything", "--format", form).stdout[:600]
        assert "A small graph, version 9.8.7 (2026-01-02)" in head
        assert "ライセンス：https://creativecommons.org/licenses/by/4.0/" in head


def test_the_same_export_is_the_same_bytes(spawn: Run) -> None:
    for form in ("graphml", "cytoscape", "turtle", "trig"):
        first = spawn("export", "everything", "--format", form, PYTHONHASHSEED="1")
        second = spawn("export", "everything", "--format", form, PYTHONHASHSEED="2")
        assert first.stdout == second.stdout


@pytest.mark.parametrize(
    ("args", "ja", "en"),
    [
        (
            ["everything", "--kind", "feild", "--format", "dot"],
            "近いもの：field",
            "nearest: field",
        ),
        (
            ["everything", "--entry", "sbirr", "--format", "dot"],
            "近いもの：sbir",
            "nearest: sbir",
        ),
        (["strategy", "--entry", "sbir", "--format", "dot"], "ネットワークにない", "isn't in this"),
        (["everything", "--depth", "2", "--format", "dot"], "--entry と使う", "goes with --entry"),
        (["everything", "--date", "2025-13", "--format", "dot"], "--date は", "--date takes"),
        (["everything", "--date", "2025/2024", "--format", "dot"], "--date は", "--date takes"),
        (["evrything", "--format", "graphml"], "近いもの：everything", "nearest: everything"),
        (["everything", "--format", "graphlm"], "近いもの：graphml", "nearest: graphml"),
        (["everything", "--format", "pdf"], "一覧を見る", "--list lists them"),
        (["everything"], "--format がいる", "--format is needed"),
        (["everything", "-o", "x.unknown"], "--format がいる", "--format is needed"),
        ([], "レンズ（strategy、", "a lens (strategy, "),
        (["everything", "--query", EDGES, "--format", "turtle"], "どちらか一つ", "either a lens"),
        (["--query", EDGES, "--format", "turtle"], "CONSTRUCT", "takes a CONSTRUCT"),
        (["--query", "ASK {}", "--format", "graphml"], "ASK", "an ASK query"),
        (
            ["--query", "SELECT ?a { ?a ?b ?c }", "--format", "graphml"],
            "二つの変数",
            "two variables",
        ),
        (
            ["--query", "SELECT ?a ?b { ?a skos:altLabel ?b }", "--format", "graphml"],
            "IRI でなければ",
            "must be IRIs",
        ),
        (["--query", "SELECT", "--format", "graphml"], "というファイルも質問も", "no file"),
    ],
)
def test_a_wrong_export_says_what_to_do(run: Run, args: list[str], ja: str, en: str) -> None:
    for lang, sentence in (("ja", ja), ("en", en)):
        done = run("export", *args, "--lang", lang)
        assert done.returncode == 2
        assert sentence in done.stderr
        assert (done.stdout, done.stderr.count("\n")) == ("", 1)


def test_a_failure_leaves_the_old_file_and_nothing_else(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "kept.graphml"
    path.write_text("old", encoding="utf-8")
    bad = (
        "SELECT ?source ?target ?weight { ?source sti:forInitiative ?target BIND('x' AS ?weight) }"
    )
    done = run("export", "--query", bad, "-o", str(path))
    assert done.returncode == 2
    assert "?weight must be a number" in done.stderr
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_filters_narrow_what_is_written(run: Run) -> None:
    def ids(*args: str) -> set[str]:
        done = run("export", "everything", "--format", "node-link", *args)
        return {node["id"] for node in json.loads(done.stdout)["nodes"]}

    assert ids("--entry", "SBIR制度", "--depth", "0") == {"programme:sbir"}
    assert ids("--kind", "field", "--kind", "goal") == {"field:quantum", "goal:quantum"}
    assert "goal:quantum" in ids("--field", "quantum")
    assert "programme:sbir" not in ids("--field", "quantum")
    assert "allocation:sbir-fy2022" in ids("--keep-nary", "--date", "2022/2023-04")


def test_filters_narrow_the_triples_too(run: Run) -> None:
    done = run("export", "everything", "--kind", "programme", "--format", "ntriples")
    subjects = {line.split(" ")[0] for line in done.stdout.splitlines() if line[0] == "<"}
    kinds = {subject.split("/")[5] for subject in subjects if "/id/" in subject}
    assert kinds == {"programme"}


def test_the_longest_extension_says_which_json_it_is(run: Run, tmp_path: Path) -> None:
    for name, key in (("x.kumu.json", "connections"), ("x.graphology.json", "options")):
        run("export", "everything", "-o", str(tmp_path / name))
        assert key in json.loads((tmp_path / name).read_text(encoding="utf-8"))


def test_a_folder_has_all_its_files_or_none(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "csv"
    assert run("export", "everything", "--format", "gephi-csv", "-o", str(target)).returncode == 0
    assert {path.name for path in target.iterdir()} == {"nodes.csv", "edges.csv"}
    blocked = tmp_path / "file"
    blocked.write_text("old", encoding="utf-8")
    done = run("export", "everything", "--format", "gephi-csv", "-o", str(blocked))
    assert done.returncode == 2
    assert f"can't write {blocked}" in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["csv", "file"]


def test_a_format_of_several_files_asks_for_a_folder(run: Run) -> None:
    done = run("export", "everything", "--format", "gephi-csv")
    assert (done.returncode, done.stdout) == (2, "")
    assert "name a folder with -o" in done.stderr


def test_a_closed_pipe_ends_quietly(spawn: Run) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = spawn("export", "everything", "--format", "svg", stdout=writer)
    os.close(writer)
    assert done.stderr == ""


def test_a_place_that_can_t_be_written_is_told(run: Run, tmp_path: Path) -> None:
    told = {tmp_path: "is a single file", tmp_path / "missing" / "x.graphml": "can't write"}
    for target, sentence in told.items():
        done = run("export", "everything", "--format", "graphml", "-o", str(target))
        assert done.returncode == 2
        assert sentence in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_new_file_has_usual_permissions_and_an_old_one_keeps_its_own(
    run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "x.nt"
    run("export", "everything", "-o", str(path))
    umask = os.umask(0)
    os.umask(umask)
    assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~umask
    path.chmod(0o640)
    run("export", "everything", "-o", str(path))
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_link_is_written_through_and_a_device_is_not_replaced(run: Run, tmp_path: Path) -> None:
    real, link = tmp_path / "real.nt", tmp_path / "link.nt"
    real.write_text("old", encoding="utf-8")
    link.symlink_to(real)
    run("export", "everything", "-o", str(link))
    assert link.is_symlink()
    assert "programme/sbir" in real.read_text(encoding="utf-8")
    assert run("export", "everything", "--format", "nquads", "-o", "/dev/null").returncode == 0
    assert not Path("/dev/null").is_file()
