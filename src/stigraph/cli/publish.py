"""``stigraph publish``: the graph at a SPARQL service."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from stigraph.cli.options import Command, Settings, option
from stigraph.cli.output import write_text
from stigraph.dataset import load_project
from stigraph.errors import UsageError
from stigraph.project import project_or_shipped

if TYPE_CHECKING:
    from stigraph.publish import Sent
    from stigraph.store.graphs import GraphStore
    from stigraph.store.local import LocalStore

__all__ = ["command"]


@click.command(
    "publish",
    cls=Command,
    examples=(
        "stigraph publish --to http://localhost:7878/store",
        "stigraph publish --to http://localhost:8890/sparql-graph-crud-auth --dry-run",
    ),
)
@option(
    "--to",
    "url",
    metavar="URL",
    ja="送り先の Graph Store Protocol のアドレス（認証は環境変数 STIGRAPH_STORE_TOKEN など）",
    en="address of the service's Graph Store Protocol (credentials: environment variables such as "
    "STIGRAPH_STORE_TOKEN)",
)
@option(
    "--dry-run",
    is_flag=True,
    ja="何も送らず、送るはずのグラフを示す",
    en="send nothing; say which graphs would be sent",
)
@option(
    "--check",
    is_flag=True,
    ja="何も送らず、すべて読み返して比べる。違えば 1 で終わる",
    en="send nothing; read all back and compare; exit 1 if something differs",
)
@click.pass_obj
def command(settings: Settings, url: str | None, dry_run: bool, check: bool) -> int:
    """Send the graphs that changed, and prove that they arrived."""
    from stigraph.publish import publish

    if url is None:
        raise UsageError("--to で送り先の URL を渡す", "give the URL to send to with --to")
    if dry_run and check:
        raise UsageError(
            "--dry-run と --check は片方だけ渡す", "give either --dry-run or --check, not both"
        )
    there = _at(url)
    store = load_project(project_or_shipped(Path.cwd()))
    if check:
        return _compare(settings, store, there)
    if dry_run:
        return _foretell(store, there)
    return _send(settings, publish(store, there))


def _at(url: str) -> GraphStore:
    from stigraph.store.graphs import GraphStore
    from stigraph.store.remote import service_at

    return GraphStore(service_at(url, os.environ))


def _send(settings: Settings, sent: Iterable[Sent]) -> int:
    from stigraph.publish import Action

    number = gone = triples = 0
    for each in sent:
        settings.detail(
            f"{each.graph}：{each.triples:,} 個の三つ組", f"{each.graph}: {each.triples:,} triples"
        )
        number += each.action is Action.SEND
        gone += each.action is Action.DELETE
        triples += each.triples
    settings.say(
        f"送ったグラフ：{number}（三つ組 {triples:,}、読み返して確かめた）、消したグラフ：{gone}",
        f"graphs sent: {number} ({triples:,} triples, read back and compared); deleted: {gone}",
    )
    return 0


def _foretell(store: LocalStore, there: GraphStore) -> int:
    from stigraph.publish import changes, published, states

    found = changes(states(store), published(there))
    write_text("".join(f"{action}\t{name}\n" for name, action in found))
    return 0


def _compare(settings: Settings, store: LocalStore, there: GraphStore) -> int:
    from stigraph.publish import differing

    found = list(differing(store, there))
    write_text("".join(f"{name}\n" for name in found))
    settings.say(f"違うグラフ：{len(found)}", f"graphs that differ: {len(found)}")
    return 1 if found else 0
