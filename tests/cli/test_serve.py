"""``stigraph serve`` as a command: what it hands to the server."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from stigraph.errors import PortInUseError
from stigraph.web.settings import ServeSettings

Run = Callable[..., subprocess.CompletedProcess[str]]
Served = list[tuple[ServeSettings, str]]


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Served:
    """Return the calls of a server that only takes note of them."""
    calls: Served = []
    monkeypatch.setattr("stigraph.web.run_with", lambda *given: calls.append(given))
    for name in ("HOST", "PORT", "WORKERS", "DEADLINE", "MEMORY", "DATA", "WATCH", "LOG"):
        monkeypatch.delenv(f"STIGRAPH_{name}", raising=False)
    return calls


def test_without_options_it_serves_the_project_to_this_machine_alone(
    run: Run, served: Served
) -> None:
    assert run("serve", lang="ja_JP.UTF-8").returncode == 0
    assert served == [(ServeSettings(host="127.0.0.1", port=8000, data=None), "ja")]
    settings = served[0][0]
    assert (settings.workers, settings.deadline, settings.memory) == (2, 30.0, 512 * 1024**2)


def test_its_options_reach_the_server(run: Run, served: Served) -> None:
    run("serve", "--data", "some/folder", "--host", "0.0.0.0", "--port", "0")  # noqa: S104
    run("serve", "--workers", "4", "--deadline", "2.5", "--memory", "1G", "--watch")
    assert served == [
        (ServeSettings(host="0.0.0.0", port=0, data=Path("some/folder")), "en"),  # noqa: S104
        (ServeSettings(workers=4, deadline=2.5, memory=1024**3, watch=True), "en"),
    ]


def test_the_command_line_wins_over_the_environment_and_that_over_the_file(
    run: Run, served: Served, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    text = '[serve]\nport = 1\ndeadline = 1\nmemory = "100M"\nhost = "::1"\n'
    (tmp_path / "stigraph.toml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("STIGRAPH_PORT", "2")
    monkeypatch.setenv("STIGRAPH_DEADLINE", "2")
    run("serve", "--deadline", "3", cwd=tmp_path)
    expected = ServeSettings(host="::1", port=2, deadline=3.0, memory=100 * 1024**2)
    assert served == [(expected, "en")]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--workers", "0"), "--workers takes a whole number from 1 to 256, not 0"),
        (("--deadline", "soon"), "--deadline can't be “soon”"),
        (("--deadline", "-1"), "--deadline can't be “-1”"),
        (("--memory", "much"), "--memory can't be “much” (write bytes as 512M or 2G)"),
        (("--log", "all"), "--log can't be “all” (one of none, events, requests)"),
    ],
)
def test_a_setting_without_meaning_is_told(
    run: Run, served: Served, arguments: tuple[str, ...], told: str
) -> None:
    done = run("serve", *arguments)
    assert done.returncode == 2
    assert told in done.stderr
    assert served == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[serve]\nprot = 1", "[serve] has no setting prot; it has: host, port"),
        ("[serve]\nport = 'x'", "stigraph.toml: port can't be “x”"),
        ("serve = 1", "serve must be a table"),
        ("[serve", "can't read"),
    ],
)
def test_a_faulty_file_is_told(
    run: Run, served: Served, tmp_path: Path, text: str, told: str
) -> None:
    (tmp_path / "stigraph.toml").write_text(text, encoding="utf-8")
    done = run("serve", cwd=tmp_path)
    assert done.returncode == 2
    assert told in done.stderr
    assert served == []


def test_a_port_in_use_is_one_sentence(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def taken(*_: object) -> None:
        raise PortInUseError("ポート 8000 は使われている", "port 8000 is in use")

    monkeypatch.setattr("stigraph.web.run_with", taken)
    done = run("serve", "--lang", "ja")
    assert (done.returncode, done.stderr) == (2, "stigraph: ポート 8000 は使われている\n")
