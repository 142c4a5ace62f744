"""``stigraph coverage``: which passages of the documents the graph covers."""

from __future__ import annotations

import json
from pathlib import Path

import click

from stigraph.cli.options import Choice, Command, Settings, option
from stigraph.cli.output import write_text
from stigraph.dataset import load_project
from stigraph.errors import UsageError
from stigraph.gate import Coverage, measure_coverage
from stigraph.project import require_project

__all__ = ["command"]


@click.command("coverage", cls=Command, examples=("stigraph coverage --sources ../texts",))
@option(
    "--sources",
    type=click.Path(path_type=Path),
    metavar="DIR",
    envvar="STIGRAPH_SOURCES",
    ja="passages.csv のあるフォルダー",
    en="folder that holds passages.csv",
)
@option(
    "--format",
    "form",
    type=Choice(("text", "json")),
    default="text",
    ja="出力の形",
    en="form of the report",
)
@click.pass_obj
def command(settings: Settings, sources: Path | None, form: str) -> int:
    """Print how much is covered; return 1 where something is missing."""
    if sources is None:
        raise UsageError(
            "--sources で passages.csv のあるフォルダーを渡す",
            "give the folder that holds passages.csv with --sources",
        )
    measured = measure_coverage(load_project(require_project(Path.cwd())), sources)
    text = _as_json(measured) if form == "json" else _as_text(measured, settings.lang)
    write_text(text + "\n")
    return 1 if measured.missing else 0


def _as_json(measured: Coverage) -> str:
    covered, total = measured.count()
    documents = {
        name: dict(zip(("covered", "total"), measured.count(document=name), strict=True))
        for name in _values(measured, "document")
    }
    kinds = {
        name: dict(zip(("covered", "total"), measured.count(kind=name), strict=True))
        for name in _values(measured, "kind")
    }
    return json.dumps(
        {
            "version": 1,
            "covered": covered,
            "total": total,
            "by_document": documents,
            "by_kind": kinds,
            "missing": measured.missing,
        },
        ensure_ascii=False,
        indent=2,
    )


def _as_text(measured: Coverage, lang: str) -> str:
    covered, total = measured.count()
    ja, en = f"{total}箇所のうち{covered}箇所", f"{covered} of {total} passages"
    lines = [ja if lang == "ja" else en]
    for name in _values(measured, "document"):
        lines.append(_row(f"  {name}", measured.count(document=name)))
        lines += [
            _row(f"    {kind}", measured.count(document=name, kind=kind))
            for kind in _values(measured, "kind")
            if measured.count(document=name, kind=kind)[1]
        ]
    if measured.missing:
        lines.append("まだないもの：" if lang == "ja" else "missing:")
        lines += [f"  {name}" for name in measured.missing]
    return "\n".join(lines)


def _row(name: str, counts: tuple[int, int]) -> str:
    return f"{name:<40} {counts[0]:>4} / {counts[1]}"


def _values(measured: Coverage, column: str) -> list[str]:
    return list(dict.fromkeys(str(getattr(row, column)) for row in measured.listed))
