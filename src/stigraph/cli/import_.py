"""``stigraph import``: the rows of a table become entries."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from difflib import unified_diff
from pathlib import Path

import click

from stigraph.cli.options import Choice, Command, Settings, option
from stigraph.cli.output import write, write_json, write_text
from stigraph.gate import Severity, validate_project
from stigraph.project import Project, require_project
from stigraph.tables import (
    Fault,
    Mapping,
    Outcome,
    check_table,
    import_table,
    read_mapping,
    table_as_it_stands,
)
from stigraph.tables.staging import recover

__all__ = ["command"]

_FILE = click.Path(path_type=Path)


@click.command(
    "import",
    cls=Command,
    examples=(
        "stigraph import grants.csv --mapping grants.toml --dry-run",
        "stigraph import grants.xlsx --mapping grants.toml --keep-going",
        "stigraph import grants.csv --mapping grants.toml --check",
        "stigraph import grants.csv --mapping grants.toml --back grants-now.xlsx",
    ),
)
@click.argument("table", type=_FILE)
@option(
    "--mapping",
    type=_FILE,
    metavar="FILE",
    required=True,
    ja="行の写し方を書いた TOML ファイル",
    en="TOML file that says how rows become entries",
)
@option(
    "--dry-run",
    is_flag=True,
    ja="書かずに、何が変わるかを示す",
    en="write nothing, show what would change",
)
@option("--diff", is_flag=True, ja="変わる行も示す", en="show the changed lines too")
@option(
    "--check",
    is_flag=True,
    ja="書かずに、データの値を一つずつ表と比べる",
    en="write nothing, compare every value in the data with the table",
)
@option(
    "--keep-going",
    is_flag=True,
    ja="受け付けられない行を飛ばして、残りを取り込む",
    en="take the other rows where some are refused",
)
@option(
    "--replace",
    is_flag=True,
    ja="両立しない値を、表の値で置き換える",
    en="put the table's values in the place of those that they can't stand beside",
)
@option(
    "--back",
    metavar="FILE",
    ja="項目を変えずに、データの今の値を入れた表（.csv か .xlsx）を書く",
    en="change no entry, write the table (.csv or .xlsx) with the values the data have now",
)
@option("--format", "form", type=Choice(("text", "json")), default="text", ja="出力の形", en="form")
@click.pass_obj
def command(
    settings: Settings,
    table: Path,
    mapping: Path,
    dry_run: bool,
    diff: bool,
    check: bool,
    keep_going: bool,
    replace: bool,
    back: str | None,
    form: str,
) -> int:
    """Import a table."""
    here = Path.cwd().resolve()
    for folder in (here, *here.parents):
        if (folder / "ontology").is_dir() and not (folder / "data" / "ttl").exists():
            recover(folder)
    project = require_project(here)
    how = read_mapping(mapping)
    if back is not None:
        return _write_back(settings, table, how, project, back)
    if check:
        outcome = check_table(table, how, project)
    else:
        outcome = import_table(
            table,
            how,
            project,
            _faults,
            write=not dry_run,
            keep_going=keep_going,
            replace=replace,
        )
    if form == "json":
        write_json(_document(outcome, project))
    else:
        write_text("".join(f"{line}\n" for line in _lines(outcome, project, diff, settings.lang)))
    _sum_up(settings, outcome, check=check, dry_run=dry_run)
    return 1 if outcome.refusals else 0


def _write_back(
    settings: Settings, table: Path, mapping: Mapping, project: Project, target: str
) -> int:
    """Write the table with the data's values, and tell which cells changed."""
    form = "xlsx" if target.lower().endswith(".xlsx") else "csv"
    content, corrections = table_as_it_stands(table, mapping, project, form)
    write([content], target)
    for row, column, old, new in corrections:
        settings.say(
            f"行 {row}、列 {column}：{old} → {new}", f"row {row}, column {column}: {old} → {new}"
        )
    return 0


def _faults(project: Project) -> Collection[Fault]:
    """Return what the gate finds in a project, information aside."""
    report = validate_project(project, here=project.root)
    return [
        Fault(f.code, f.focus, f.path, f.value, f.message.ja, f.message.en)
        for f in report.findings
        if f.severity is not Severity.INFO
    ]


def _lines(outcome: Outcome, project: Project, diff: bool, lang: str) -> list[str]:
    lines = [refusal.text(lang) for refusal in outcome.refusals]
    for change in outcome.changes:
        name = change.path.relative_to(project.root).as_posix()
        sign = "M" if change.before else "A"
        gone = f" -{change.removed}" if change.removed else ""
        lines.append(f"{sign} {name} +{change.added}{gone}")
        if diff:
            before, after = change.before.splitlines(), change.after.splitlines()
            lines += unified_diff(before, after, name, name, lineterm="", n=1)
    return lines


def _document(outcome: Outcome, project: Project) -> dict[str, object]:
    return {
        "version": 1,
        "rows": outcome.used,
        "nodes": outcome.nodes,
        "files": [
            {
                "file": change.path.relative_to(project.root).as_posix(),
                "new": not change.before,
                "added": change.added,
                "removed": change.removed,
            }
            for change in outcome.changes
        ],
        "refusals": [
            {
                **{k: v for k, v in asdict(refusal).items() if k not in {"ja", "en"}},
                "message": {"ja": refusal.ja, "en": refusal.en},
            }
            for refusal in outcome.refusals
        ],
    }


def _sum_up(settings: Settings, outcome: Outcome, *, check: bool, dry_run: bool) -> None:
    refused = len(outcome.refusals)
    if check:
        settings.say(
            f"比べた行：{outcome.used}、比べた項目：{outcome.nodes}、違い：{refused}",
            f"rows compared: {outcome.used}, nodes compared: {outcome.nodes}, "
            f"differences: {refused}",
        )
        return
    files = len(outcome.changes)
    ja = "書く予定のファイル" if dry_run else "書いたファイル"
    en = "files to write" if dry_run else "files written"
    settings.say(
        f"使える行：{outcome.used}、項目：{outcome.nodes}、{ja}：{files}、拒否：{refused}",
        f"usable rows: {outcome.used}, nodes: {outcome.nodes}, {en}: {files}, refusals: {refused}",
    )
