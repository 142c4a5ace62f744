"""The commands, as one literal table: the overview is printed from it, and so is each help page.

A command is a module with a :mod:`click` command named ``command``. It is
imported when it is called, not before.
"""

from __future__ import annotations

__all__ = ["COMMANDS"]

COMMANDS = {
    "validate": (
        "stigraph.cli.validate",
        "データを検査し、誤りを「ファイル:行:列」で示す",
        "check the data and report faults at file:line:column",
    ),
    "fmt": (
        "stigraph.cli.fmt",
        "Turtle のファイルを決まった形に整える",
        "put Turtle files into their canonical form",
    ),
    "diff": (
        "stigraph.cli.diff",
        "二つの版の違いを、政策の言葉で示す",
        "say what changed between two states, in terms of policy",
    ),
    "new": (
        "stigraph.cli.new",
        "新しい項目のファイルを書く",
        "write the file of a new entry",
    ),
    "explain": (
        "stigraph.cli.explain",
        "指摘のコードの意味、理由、例を示す（省くと一覧）",
        "explain a code of findings: why, and examples (without one: list them)",
    ),
    "ask": (
        "stigraph.cli.ask",
        "用意された質問に答える（名前を省くと一覧）",
        "answer a prepared question (without a name: list them)",
    ),
    "find": (
        "stigraph.cli.find",
        "名前や ID から項目を探す",
        "look for entries by name or id",
    ),
    "show": (
        "stigraph.cli.show",
        "一つの項目の事実、出典、語句を示す",
        "show one entry: its facts, sources and phrases",
    ),
    "query": (
        "stigraph.cli.query",
        "SPARQL で問い合わせる",
        "run a SPARQL query",
    ),
    "export": (
        "stigraph.cli.export",
        "グラフをほかの道具で開ける形で書き出す",
        "write the graph in a form that other tools open",
    ),
    "publish": (
        "stigraph.cli.publish",
        "グラフを SPARQL サービスに送る（変わったものだけ）",
        "take the graph to a SPARQL service (what changed)",
    ),
    "serve": (
        "stigraph.cli.serve",
        "ブラウザーと SPARQL のためのサーバーを動かす",
        "run the server for browsers and SPARQL clients",
    ),
    "import": (
        "stigraph.cli.import_",
        "表（CSV、xlsx）の行を項目にする",
        "turn the rows of a table (CSV, xlsx) into entries",
    ),
    "stats": (
        "stigraph.cli.stats",
        "項目、事実、出典の数を数える",
        "count entries, facts and sources",
    ),
    "coverage": (
        "stigraph.cli.coverage",
        "文書のどの箇所がまだ入っていないかを示す",
        "say which passages of the documents are still missing",
    ),
}
"""Name → module, what it does in Japanese, and in English."""
