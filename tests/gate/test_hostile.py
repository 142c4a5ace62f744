"""Files from strangers: no network, no other files, and every run ends within its limits."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

PREFIXES = """\
@prefix ex: <http://example.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

"""
SHAPE = "ex:Shape a sh:NodeShape ; sh:targetClass ex:Thing ;\n    "
DATA = "ex:a a ex:Thing ; ex:name 'a' .\n"


def _validate(folder: Path, *arguments: str, limit: float = 60) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "stigraph", "--lang", "en", "validate", *arguments]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=limit, check=False
    )


def _write(folder: Path, shapes: str, data: str = DATA) -> tuple[str, str, str]:
    (folder / "shapes.ttl").write_text(PREFIXES + shapes, encoding="utf-8")
    (folder / "data.ttl").write_text(PREFIXES + data, encoding="utf-8")
    return "--shapes", "shapes.ttl", "data.ttl"


@pytest.fixture
def listener() -> Iterator[tuple[str, list[int]]]:
    """Return the address of a socket that nothing may call, and the calls it got."""
    calls: list[int] = []
    server = socket.create_server(("127.0.0.1", 0))

    def listen() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            calls.append(1)
            connection.close()

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}/x", calls
    server.shutdown(socket.SHUT_RDWR)
    server.close()
    thread.join()


def test_imports_and_shapes_graphs_are_not_followed(
    tmp_path: Path, listener: tuple[str, list[int]]
) -> None:
    address, calls = listener
    follow = f"<{address}> a owl:Ontology ; owl:imports <{address}> .\n"
    arguments = _write(
        tmp_path,
        follow + SHAPE + "sh:property [ sh:path ex:name ; sh:minCount 1 ] .",
        DATA + f"ex:a sh:shapesGraph <{address}> ; owl:imports <{address}> .\n",
    )
    assert _validate(tmp_path, *arguments).returncode == 0
    assert calls == []


@pytest.mark.parametrize(
    "body",
    [
        "SERVICE <{0}> {{ ?a ?b ?c }}",
        "SERVICE SILENT <{0}> {{ ?a ?b ?c }}",
        "{{ SELECT $this WHERE {{ SERVICE <{0}> {{ ?a ?b ?c }} }} }}",
    ],
)
def test_a_query_of_a_shape_reaches_no_service(
    tmp_path: Path, listener: tuple[str, list[int]], body: str
) -> None:
    address, calls = listener
    query = f"SELECT $this WHERE {{ $this a ?t . {body.format(address)} }}"
    arguments = _write(tmp_path, SHAPE + f'sh:sparql [ sh:select "{query}" ] .')
    done = _validate(tmp_path, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert calls == []


def test_a_query_of_a_shape_reads_no_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.ttl"
    secret.write_text("<urn:secret> <urn:p> <urn:o> .", encoding="utf-8")
    outside = f"FROM <{secret.as_uri()}>"
    query = f"SELECT $this {outside} WHERE {{ $this ?p ?o . ?s <urn:p> ?o2 }}"
    arguments = _write(tmp_path, SHAPE + f'sh:sparql [ sh:select "{query}" ] .')
    done = _validate(tmp_path, *arguments)
    assert "secret" not in done.stdout


def test_a_query_that_never_ends_is_ended(tmp_path: Path) -> None:
    things = "".join(f"ex:t{n} a ex:Thing ; ex:name 'n{n}' .\n" for n in range(120))
    product = " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(6))
    query = f"SELECT $this WHERE {{ $this ?p ?o . {product} FILTER(?a0 = ?c5) }}"
    arguments = _write(tmp_path, SHAPE + f'sh:sparql [ sh:select "{query}" ] .', DATA + things)
    start = time.monotonic()
    done = _validate(tmp_path, *arguments, "--timeout", "3")
    assert time.monotonic() - start < 30
    assert done.returncode == 2
    assert "not done after 3 s" in done.stderr


def test_what_was_found_before_the_time_was_over_is_shown(tmp_path: Path) -> None:
    things = "".join(f"ex:t{n} a ex:Thing ; ex:name 'n{n}' .\n" for n in range(120))
    product = " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(6))
    query = f"SELECT $this WHERE {{ $this ?p ?o . {product} FILTER(?a0 = ?c5) }}"
    arguments = _write(tmp_path, SHAPE + f'sh:sparql [ sh:select "{query}" ] .', DATA + things)
    (tmp_path / "broken.ttl").write_text("ex:a ex:b", encoding="utf-8")
    done = _validate(tmp_path, *arguments, "broken.ttl", "--timeout", "3")
    assert done.returncode == 2
    assert "broken.ttl:1:1: violation STI001" in done.stdout


@pytest.mark.parametrize("pattern", ["^(a+)+$", "(x+x+)+y", "^(([a-z])+.)+[A-Z]([a-z])+$"])
def test_a_regular_expression_cannot_blow_up(tmp_path: Path, pattern: str) -> None:
    data = f"ex:a a ex:Thing ; ex:name '{'a' * 5000}!' .\n"
    shape = f'sh:property [ sh:path ex:name ; sh:pattern "{pattern}" ] .'
    assert _validate(tmp_path, *_write(tmp_path, SHAPE + shape, data), limit=30).returncode == 1


@pytest.mark.parametrize(
    "data",
    [
        "ex:a ex:p " + "( " * 5000 + ") " * 5000 + ".",
        "ex:a ex:p " + "[ ex:p " * 5000 + "1 " + "] " * 5000 + ".",
        "ex:a ex:p " + "( 1 " * 400 + ") " * 400 + ".",
        "ex:a ex:p " + "'" * 100_000,
        "ex:a ex:p <" + "x" * 1_000_000 + "> .",
        "\0" * 100_000,
        "ex:a ex:p " + "'x' , " * 100_000 + "'y' .",
    ],
)
def test_deep_or_long_data_end_with_an_answer(tmp_path: Path, data: str) -> None:
    shape = SHAPE + "sh:property [ sh:path ex:name ; sh:minCount 1 ] ."
    done = _validate(tmp_path, *_write(tmp_path, shape, data), "--timeout", "30", limit=50)
    assert done.returncode in (0, 1, 2), done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) <= 1


def test_shapes_that_nest_without_end_are_refused(tmp_path: Path) -> None:
    chain = "".join(f"ex:S{n} a sh:NodeShape ; sh:node ex:S{n + 1} .\n" for n in range(3000))
    arguments = _write(tmp_path, chain + "ex:S0 sh:targetClass ex:Thing .\n")
    done = _validate(tmp_path, *arguments, "--timeout", "30", limit=50)
    assert done.returncode in (0, 2)
    assert "Traceback" not in done.stderr


def test_one_bad_file_does_not_hide_the_findings_of_others(root: Path, tmp_path: Path) -> None:
    cases = root / "tests" / "gate" / "cases"
    done = _validate(
        root,
        str(cases / "syntax-open-string" / "programme" / "zz-open-string.ttl"),
        str(cases / "dangling-iri" / "programme" / "zz-dangling.ttl"),
    )
    assert "STI001" in done.stdout
    assert "STI011" in done.stdout
    assert tmp_path


def test_a_time_that_is_none_is_wrong_use(tmp_path: Path) -> None:
    for seconds in ("0", "-1", "soon"):
        assert _validate(tmp_path, "--timeout", seconds).returncode == 2
