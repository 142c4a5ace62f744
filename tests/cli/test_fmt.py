"""``stigraph fmt``: what it writes, what it leaves alone, and what it never loses."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

import stigraph
from stigraph.errors import TurtleSyntaxError
from stigraph.turtle import format_text, is_formatted
from stigraph.turtle.verify import comments

Run = Callable[..., subprocess.CompletedProcess[str]]

BADLY = '@prefix b: <https://b.org/> .\n@prefix a: <https://a.org/> .\na:s  b:p "x" , a:o . # why\n'
WELL = '@prefix a: <https://a.org/> .\n@prefix b: <https://b.org/> .\n\na:s b:p "x" , a:o . # why\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder that is a project with one file in each form."""
    (tmp_path / "ontology").mkdir()
    (tmp_path / "data" / "ttl").mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    write(tmp_path / "ontology" / "well.ttl", WELL)
    write(tmp_path / "data" / "ttl" / "badly.ttl", BADLY)
    return tmp_path


def write(path: Path, text: str) -> Path:
    path.write_bytes(text.encode())
    return path


def content(folder: Path) -> dict[str, bytes]:
    found = (p for p in folder.rglob("*") if p.is_file() and ".git" not in p.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_without_paths_the_project_is_formatted(run: Run, folder: Path) -> None:
    done = run("fmt", cwd=folder)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "formatted 1 of 2 files\n"
    assert content(folder)["data/ttl/badly.ttl"] == WELL.encode()
    assert run("fmt", "--lang", "ja", cwd=folder).stderr == "2件のファイルのうち0件を整えた\n"


def test_with_paths_only_those_are_formatted(run: Run, folder: Path) -> None:
    other = write(folder / "other.ttl", BADLY)
    assert run("fmt", "other.ttl", "ontology", cwd=folder).returncode == 0
    assert other.read_text("utf-8") == WELL
    assert content(folder)["data/ttl/badly.ttl"] == BADLY.encode()


def test_check_names_the_files_that_would_change_and_changes_none(run: Run, folder: Path) -> None:
    before = content(folder)
    done = run("fmt", "--check", cwd=folder)
    assert (done.returncode, done.stdout) == (1, "data/ttl/badly.ttl\n")
    assert content(folder) == before
    run("fmt", cwd=folder)
    done = run("fmt", "--check", cwd=folder)
    assert (done.returncode, done.stdout) == (0, "")


def test_the_difference_can_be_applied(run: Run, folder: Path) -> None:
    before = content(folder)
    done = run("fmt", "--diff", cwd=folder)
    assert done.returncode == 0
    assert content(folder) == before
    subprocess.run(["git", "apply"], cwd=folder, input=done.stdout, text=True, check=True)
    assert content(folder)["data/ttl/badly.ttl"] == WELL.encode()


def test_the_difference_shows_a_missing_line_end(run: Run) -> None:
    done = run("fmt", "--diff", "-", text="<x:s> <x:p> 1 .")
    assert done.stdout.endswith("+<x:s> <x:p> 1 .\n")
    assert "\n\\ No newline at end of file\n" in done.stdout


def test_check_and_diff_together_do_both(run: Run, folder: Path) -> None:
    done = run("fmt", "--check", "--diff", cwd=folder)
    assert done.returncode == 1
    assert "\n+@prefix a: <https://a.org/> .\n" in done.stdout


def test_the_difference_is_coloured_where_that_is_asked_for(run: Run, folder: Path) -> None:
    assert "\x1b[32m+@prefix a" in run("fmt", "--diff", "--color", "always", cwd=folder).stdout


def test_standard_input_is_formatted_to_standard_output(run: Run) -> None:
    done = run("fmt", "-", text=BADLY)
    assert (done.returncode, done.stdout, done.stderr) == (0, WELL, "")
    assert run("fmt", "-", "--check", text=BADLY).returncode == 1
    done = run("fmt", "-", "--check", text=WELL)
    assert (done.returncode, done.stdout) == (0, "")


def test_wrong_standard_input_gives_no_output(run: Run) -> None:
    done = run("fmt", "-", text="<x:s> <x:p> .")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("<stdin>:1:13: syntax error: ")


def test_standard_input_stands_alone(run: Run) -> None:
    done = run("fmt", "-", "x.ttl")
    assert done.returncode == 2
    assert "standard input" in done.stderr


def test_a_file_with_a_syntax_error_is_left_alone_and_the_others_go_on(
    run: Run, folder: Path
) -> None:
    write(folder / "data" / "ttl" / "a-broken.ttl", "<x:s> <x:p> 1\n")
    write(folder / "data" / "ttl" / "a-latin.ttl", "").write_bytes(b"# caf\xe9\n")
    before = content(folder)
    done = run("fmt", cwd=folder)
    assert done.returncode == 2
    assert "data/ttl/a-broken.ttl:1:14: syntax error: " in done.stderr
    assert "data/ttl/a-latin.ttl: it is not UTF-8" in done.stderr
    assert done.stderr.endswith("formatted 1 of 4 files; 2 left as they are\n")
    assert content(folder) == {**before, "data/ttl/badly.ttl": WELL.encode()}
    quiet = run("fmt", "-q", "--lang", "ja", cwd=folder)
    assert "data/ttl/a-broken.ttl:1:14: 構文エラー：" in quiet.stderr
    assert "1件" not in quiet.stderr


def test_a_syntax_error_outweighs_a_difference(run: Run, folder: Path) -> None:
    write(folder / "broken.ttl", "<x:s> <x:p> 1\n")
    assert run("fmt", "--check", "broken.ttl", "data", cwd=folder).returncode == 2


def test_a_missing_path_stops_before_anything_is_written(run: Run, folder: Path) -> None:
    done = run("fmt", "data", "missing.ttl", cwd=folder)
    assert done.returncode == 2
    assert "missing.ttl" in done.stderr
    assert content(folder)["data/ttl/badly.ttl"] == BADLY.encode()


def test_outside_a_project_paths_are_asked_for(run: Run, tmp_path: Path) -> None:
    assert run("fmt", cwd=tmp_path).returncode == 2


def test_hidden_folders_are_left_alone(run: Run, folder: Path) -> None:
    (folder / ".venv").mkdir()
    hidden = write(folder / ".venv" / "x.ttl", BADLY)
    assert run("fmt", ".", cwd=folder).returncode == 0
    assert hidden.read_text("utf-8") == BADLY


def test_a_link_stays_a_link_and_permissions_stay(run: Run, folder: Path) -> None:
    target = write(folder / "target", BADLY)
    target.chmod(0o640)
    link = folder / "link.ttl"
    link.symlink_to(target)
    assert run("fmt", "link.ttl", cwd=folder).returncode == 0
    assert link.is_symlink()
    assert target.read_text("utf-8") == WELL
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_read_only_file_is_told_and_stays(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)  # the tests may run as root
    done = run("fmt", cwd=folder)
    assert done.returncode == 2
    assert "badly.ttl" in done.stderr
    assert content(folder)["data/ttl/badly.ttl"] == BADLY.encode()


def test_what_was_written_wrongly_never_takes_the_file_s_place(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stigraph.turtle.reads_alike", lambda *_: False)
    before = content(folder)
    done = run("fmt", cwd=folder)
    assert done.returncode == 2
    assert "data/ttl/badly.ttl: left as it is" in done.stderr
    assert content(folder) == before


def test_known_files_are_not_read_twice(run: Run, folder: Path) -> None:
    record = folder / ".git" / "stigraph" / "formatted"
    assert run("fmt", "--no-cache", cwd=folder).returncode == 0
    assert not record.exists()
    assert run("fmt", "--check", cwd=folder).returncode == 0
    assert record.exists()
    write(folder / "data" / "ttl" / "badly.ttl", BADLY)
    assert run("fmt", "--check", cwd=folder).returncode == 1


def test_many_files_are_told_as_few_are(run: Run, folder: Path) -> None:
    name = '@prefix a: <https://a.org/> .\n\na:s a:p "{}" .\n'
    for number in range(300):
        write(folder / "data" / "ttl" / f"well-{number}.ttl", name.format(number))
    odd = folder / "data" / "ttl" / "odd.ttl"
    odd.write_bytes(name.format("\u00e9").encode("latin-1"))
    first, again = run("fmt", "--check", cwd=folder), run("fmt", "--check", cwd=folder)
    assert (first.returncode, first.stdout) == (2, "data/ttl/badly.ttl\n")
    assert "data/ttl/odd.ttl: it is not UTF-8" in first.stderr
    assert (again.returncode, again.stdout, again.stderr) == (2, first.stdout, first.stderr)


def test_a_spoilt_record_is_of_no_account(run: Run, folder: Path) -> None:
    record = folder / ".git" / "stigraph" / "formatted"
    record.parent.mkdir()
    for spoilt in (b"", b"nonsense", b"\0" * 96):
        record.write_bytes(spoilt)
        assert run("fmt", "--check", cwd=folder).returncode == 1


_STOP = """
import sys, time
from pathlib import Path
import stigraph.cli.output as output
real = output.os.{name}

def stop(*given):
    print("now", flush=True)
    time.sleep(60)

output.os.{name} = stop
from stigraph.cli import main
main(["fmt", sys.argv[1]])
"""


@pytest.mark.parametrize("moment", ["fsync", "replace"])
def test_a_run_that_is_killed_while_it_writes_leaves_the_old_file(
    run: Run, folder: Path, moment: str
) -> None:
    path = write(folder / "data" / "ttl" / "badly.ttl", BADLY * 300)
    old = path.read_bytes()
    environ = {**os.environ, "PYTHONPATH": str(Path(stigraph.__file__).parents[1])}
    code = _STOP.format(name=moment).replace("output.os.replace = stop", "Path.replace = stop")
    with subprocess.Popen(
        [sys.executable, "-c", code, str(path)],
        env=environ,
        stdout=subprocess.PIPE,
        cwd=folder,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"now\n"  # the draft is written, the file not replaced
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    assert path.read_bytes() == old
    assert run("fmt", "--check", cwd=folder).stdout == "data/ttl/badly.ttl\n"
    assert run("fmt", cwd=folder).returncode == 0
    assert is_formatted(path.read_text("utf-8"))


def _graph(path: Path, text: bytes) -> set[str]:
    text = text.removeprefix(b"\xef\xbb\xbf")  # this reader refuses the mark
    dataset = ox.Dataset(
        ox.parse(text, format=ox.RdfFormat.TURTLE, base_iri=path.resolve().as_uri())
    )
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return {str(quad) for quad in dataset}


def _good_files(root: Path) -> list[Path]:
    """Return the Turtle files of the repository that are right, those of every test included."""
    found = []
    for path in sorted([*(root / "tests").rglob("*.ttl"), *(root / "ontology").rglob("*.ttl")]):
        try:
            format_text(path.read_bytes().decode())
            _graph(path, path.read_bytes())
        except (TurtleSyntaxError, UnicodeDecodeError, SyntaxError):
            continue
        found.append(path)
    return found


def test_no_file_loses_a_triple_or_a_comment(run: Run, root: Path, tmp_path: Path) -> None:
    copies = {
        Path(shutil.copy(path, tmp_path / f"{number}.ttl")): path
        for number, path in enumerate(_good_files(root))
    }
    assert len(copies) > 100
    before = {copy: copy.read_bytes() for copy in copies}
    assert run("fmt", ".", cwd=tmp_path).returncode == 0
    after = {copy: copy.read_bytes() for copy in copies}
    assert sum(before[copy] != after[copy] for copy in copies) > 50
    for copy, path in copies.items():
        assert _graph(copy, after[copy]) == _graph(copy, before[copy]), path
        assert comments(after[copy].decode()) == comments(before[copy].decode()), path
    assert run("fmt", "--check", ".", cwd=tmp_path).returncode == 0
    assert run("fmt", ".", cwd=tmp_path).returncode == 0
    assert {copy: copy.read_bytes() for copy in copies} == after


def test_comments_are_counted_by_their_text() -> None:
    assert comments('<x:s> <x:p> "#no" . #a\n#b\n#a\n') == Counter({"#a": 2, "#b": 1})
