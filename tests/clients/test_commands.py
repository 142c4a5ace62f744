"""Clients of other worlds: Comunica (JavaScript) and Apache Jena's rsparql (Java)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

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


def test_jena_queries_the_endpoint(endpoint: str) -> None:
    rsparql = shutil.which("rsparql")
    if rsparql is None:
        pytest.skip("there is no Apache Jena on the PATH (its command rsparql)")
    done = subprocess.run(
        [rsparql, f"--service={endpoint}", "--results=csv", QUERY],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.stdout.split() == ["amount", "206000000000"], done.stderr
