"""``stigraph serve`` as a command: what it hands to the server."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from stigraph.errors import PortInUseError

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, object]]:
    """Return the calls of a server that only takes note of them."""
    calls: list[dict[str, object]] = []
    monkeypatch.setattr("stigraph.web.run", lambda **given: calls.append(given))
    return calls


def test_without_options_it_serves_the_project_to_this_machine_alone(
    run: Run, served: list[dict[str, object]]
) -> None:
    assert run("serve", lang="ja_JP.UTF-8").returncode == 0
    assert served == [{"host": "127.0.0.1", "port": 8000, "data": None, "lang": "ja"}]


def test_its_options_reach_the_server(run: Run, served: list[dict[str, object]]) -> None:
    run("serve", "--data", "some/folder", "--host", "0.0.0.0", "--port", "0")  # noqa: S104
    assert served == [{"host": "0.0.0.0", "port": 0, "data": Path("some/folder"), "lang": "en"}]  # noqa: S104


def test_a_port_in_use_is_one_sentence(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def taken(**_: object) -> None:
        raise PortInUseError("ポート 8000 は使われている", "port 8000 is in use")

    monkeypatch.setattr("stigraph.web.run", taken)
    done = run("serve", "--lang", "ja")
    assert (done.returncode, done.stderr) == (2, "stigraph: ポート 8000 は使われている\n")
