"""``stigraph serve``: the server for browsers and SPARQL clients."""

from __future__ import annotations

from pathlib import Path

import click

from stigraph.cli.options import Command, Settings, Whole, option

__all__ = ["command"]


@click.command(
    "serve",
    cls=Command,
    examples=("stigraph serve", "stigraph serve --data my-turtle-files --port 9000"),
)
@option(
    "--data",
    metavar="DIR",
    type=click.Path(path_type=Path),
    ja="プロジェクトの代わりに、このフォルダーの *.ttl、*.trig、*.nq を出す",
    en="serve the *.ttl, *.trig and *.nq files below this folder instead of the project",
)
@option(
    "--host",
    default="127.0.0.1",
    ja="待ち受けるアドレス（省くと 127.0.0.1）",
    en="address to listen on (default: 127.0.0.1)",
)
@option(
    "--port",
    type=Whole(0, 65535),
    default=8000,
    metavar="PORT",
    ja="待ち受けるポート（省くと 8000、0 なら空いているもの）",
    en="port to listen on (default: 8000; 0: any that is free)",
)
@click.pass_obj
def command(settings: Settings, data: Path | None, host: str, port: int) -> int:
    """Serve until SIGINT or SIGTERM."""
    from stigraph.web import run

    run(host=host, port=port, data=data, lang=settings.lang)
    return 0
