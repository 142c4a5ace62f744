"""Clients of other worlds: Comunica (JavaScript) and Apache Jena's rsparql (Java)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

JARS = Path("/usr/share/java")
LIBRARIES = (
    *("commons-cli", "commons-codec", "commons-compress", "commons-csv", "commons-io"),
    *("commons-lang3", "gson", "guava", "httpclient", "httpcore", "jackson-annotations"),
    *("jackson-core", "jackson-databind", "jakarta.json-api", "jsonld-java", "libthrift"),
    *("protobuf", "slf4j-api", "slf4j-nop", "thrift", "titanium-json-ld"),
)
"""What Debian's Jena needs besides its own archives."""

COMUNICA = "@comunica/query-sparql@4.5.0"
QUERY = """
PREFIX schema: <https://schema.org/>
PREFIX sti: <https://w3id.org/stigraph/ontology#>
PREFIX programme: <https://w3id.org/stigraph/id/programme/>
SELECT ?amount { ?a sti:forInitiative programme:alpha ; schema:value ?amount }
"""


def _cache() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "stigraph-tests"


@pytest.fixture(scope="module")
def comunica() -> Path:
    """Return Comunica's command, installed once into the user's cache by npm."""
    folder = _cache() / "comunica-4.5.0"
    command = folder / "node_modules" / ".bin" / "comunica-sparql"
    if command.exists():
        return command
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        pytest.skip("there is no Node.js with npm on the PATH (Debian: apt-get install npm)")
    folder.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [npm, "install", "--prefix", str(folder), "--no-audit", "--no-fund", COMUNICA],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    if done.returncode != 0 or not command.exists():
        shutil.rmtree(folder, ignore_errors=True)
        pytest.skip(f"npm can't install {COMUNICA} here: {done.stderr.strip()[-200:]}")
    return command


def test_comunica_finds_the_endpoint_by_its_description_and_queries_it(
    comunica: Path, endpoint: str
) -> None:
    done = subprocess.run(
        [str(comunica), endpoint, QUERY, "-t", "application/sparql-results+json"],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)["results"]["bindings"]
    assert [row["amount"]["value"] for row in rows] == ["206000000000"]


@pytest.fixture
def rsparql(tmp_path: Path) -> list[str]:
    """Return Jena's command: its own, or the class in the jars of Debian's package."""
    command = shutil.which("rsparql")
    if command is not None:
        return [command]
    if shutil.which("java") is None or not (JARS / "jena-cmds.jar").exists():
        pytest.skip("Apache Jena isn't at hand (Debian: apt-get install libapache-jena-java)")
    # Not all of the folder: it may hold libraries that get into each other's way.
    jars = [*JARS.glob("jena-*.jar"), *(JARS / f"{name}.jar" for name in LIBRARIES)]
    _put_messages(tmp_path)
    path = os.pathsep.join(map(str, [tmp_path, *(jar for jar in jars if jar.exists())]))
    return ["java", "-cp", path, "arq.rsparql"]


def _put_messages(folder: Path) -> None:
    """Put the messages of Jena's XML parser where it looks; Debian has them under another name."""
    with zipfile.ZipFile(JARS / "jena-core.jar") as jar:
        for name in jar.namelist():
            _, found, rest = name.partition("ext/xerces/")
            if found and name.endswith(".properties"):
                target = folder / "xerces" / rest
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(jar.read(name))


def test_jena_queries_the_endpoint(rsparql: list[str], endpoint: str) -> None:
    done = subprocess.run(
        [*rsparql, f"--service={endpoint}", "--results=csv", QUERY],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.stdout.split() == ["amount", "206000000000"], done.stderr
