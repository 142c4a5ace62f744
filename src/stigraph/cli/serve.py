"""``stigraph serve``: the server for browsers and SPARQL clients."""

from __future__ import annotations

import os
from pathlib import Path

import click

from stigraph.cli.options import Command, Settings, Whole, option

__all__ = ["command"]


@click.command(
    "serve",
    cls=Command,
    examples=(
        "stigraph serve",
        "stigraph serve --data my-turtle-files --port 9000",
        "stigraph serve --workers 4 --deadline 10 --memory 1G --watch",
    ),
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
    metavar="HOST",
    ja="待ち受けるアドレス（省くと 127.0.0.1）",
    en="address to listen on (default: 127.0.0.1)",
)
@option(
    "--port",
    type=Whole(0, 65535),
    metavar="PORT",
    ja="待ち受けるポート（省くと 8000、0 なら空いているもの）",
    en="port to listen on (default: 8000; 0: any that is free)",
)
@option(
    "--workers",
    type=Whole(1, 256),
    metavar="N",
    ja="問い合わせを同時に処理するプロセスの数（省くと 2）",
    en="processes that answer queries at once (default: 2)",
)
@option(
    "--deadline",
    metavar="SECONDS",
    ja="一つの問い合わせに使える秒数（省くと 30）",
    en="seconds that a query may run (default: 30)",
)
@option(
    "--memory",
    metavar="SIZE",
    ja="一つのプロセスが共有データのほかに使えるメモリー（省くと 512M）",
    en="memory that each process may use beyond the shared data (default: 512M)",
)
@option(
    "--cache",
    metavar="SIZE",
    ja="取っておく答えの大きさの合計（省くと 64M）",
    en="room for answers that are kept (default: 64M)",
)
@option(
    "--log",
    metavar="none|events|requests",
    ja="標準エラー出力に書くこと（省くと events：起きたこと。requests：すべての要求）",
    en="what is told on standard error (default: events; requests: every request too)",
)
@option(
    "--store",
    metavar="URL",
    ja="データを SPARQL サービスから取る（認証は STIGRAPH_STORE_TOKEN などの環境変数で）",
    en="take the data from a SPARQL service (who we are to it: STIGRAPH_STORE_TOKEN and the like)",
)
@option(
    "--watch",
    is_flag=True,
    default=None,
    ja="ファイルが変わったら読み直す（SIGHUP でも読み直す）",
    en="reload when files change (SIGHUP reloads too)",
)
@click.pass_obj
def command(settings: Settings, /, **given: object) -> int:
    """Serve until SIGINT or SIGTERM.

    What isn't given is taken from ``STIGRAPH_PORT`` and the like, then from the
    table ``[serve]`` of the nearest ``stigraph.toml``.
    """
    from stigraph.web import run_with
    from stigraph.web.settings import find_file, settle

    run_with(settle(given, os.environ, find_file(Path.cwd())), settings.lang)
    return 0
