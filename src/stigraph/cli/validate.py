"""``stigraph validate``: whether the data may be merged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from stigraph.caches import cache_folder
from stigraph.cli.options import Choice, Command, Settings, option
from stigraph.cli.output import write_text
from stigraph.cli.stores import at, store_option
from stigraph.cli.targets import (
    anybodys,
    project,
    refuse_beside_shapes,
    refuse_beside_store,
    service,
)
from stigraph.errors import UsageError
from stigraph.gate import ENGINES, REPORTERS, Selection, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from stigraph.gate import Progress, Report, View
    from stigraph.gate.paths import Overlay

    _Work = Callable[[Overlay, Progress], Report]

__all__ = ["command"]

_WITH_FIXES = frozenset({"full", "json", "jsonl", "sarif", "markdown"})
"""Formats that show how to mend a finding."""
_FILE = click.Path(path_type=Path)


@click.command(
    "validate",
    cls=Command,
    examples=(
        "stigraph validate",
        "stigraph validate data/ttl/programme/sbir.ttl",
        "stigraph validate --sources ../texts --format json",
        "stigraph validate --shapes shapes.ttl data.ttl",
        "stigraph validate --shapes shapes.ttl --store http://localhost:7878/query",
    ),
)
@click.argument("paths", nargs=-1, type=_FILE)
@option(
    "--sources",
    type=_FILE,
    metavar="DIR",
    envvar="STIGRAPH_SOURCES",
    ja="原文のフォルダー。句と箇所を原文と照らし合わせる",
    en="folder of the source texts, to compare phrases and passages with",
)
@option(
    "--shapes",
    type=_FILE,
    metavar="FILE",
    multiple=True,
    ja="このシェイプでどんなデータでも検査する（繰り返せる）",
    en="validate anybody's data against these shapes (repeatable)",
)
@store_option
@option(
    "--since",
    metavar="REV",
    ja="git の版。そのあとの変更が及ぶ項目だけを報告する",
    en="a git revision: report only what the change since then can affect",
)
@option(
    "--ontology",
    type=_FILE,
    metavar="FILE",
    multiple=True,
    ja="--shapes とともに：クラスとプロパティを宣言するファイル（繰り返せる）",
    en="with --shapes: a file that declares classes and properties (repeatable)",
)
@option(
    "--engine",
    type=Choice(ENGINES),
    default="stigraph",
    ja="SHACL のエンジン。pyshacl は照合のための参照実装",
    en="SHACL engine; pyshacl is the reference to compare with",
)
@option(
    "--format",
    "form",
    type=Choice(REPORTERS),
    default=next(iter(REPORTERS)),
    ja="出力の形",
    en="form of the report",
)
@option(
    "--cache",
    type=_FILE,
    metavar="DIR",
    ja="次の実行のために分かったことを置くフォルダー（省くと git のフォルダーの中。--shapes では "
    "--since のときだけ）",
    en="folder that keeps what was found out for the next run (by default inside git's own; "
    "with --shapes only for --since)",
)
@option(
    "--no-cache",
    is_flag=True,
    ja="次の実行のために何も置かず、置いたものも使わない",
    en="keep nothing for the next run and use nothing that is kept",
)
@option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    metavar="S",
    ja="この秒数で終える。過ぎたら、ここまでに見つけたものを示す",
    en="end after so many seconds, with what was found so far",
)
@option("--fix", is_flag=True, ja="安全に直せる誤りを直す", en="mend what can be mended safely")
@option(
    "--diff",
    is_flag=True,
    ja="--fix がすることを、書かずに示す",
    en="show what --fix would do, and write nothing",
)
@option(
    "--stdin-filename",
    type=_FILE,
    metavar="FILE",
    ja="標準入力（-）の内容を、このファイルのものとして検査する",
    en="the file that standard input (-) stands for",
)
@option("--select", metavar="CODES", ja="このコードだけ報告する", en="report these codes only")
@option("--ignore", metavar="CODES", ja="このコードは報告しない", en="leave these codes out")
@click.pass_obj
def command(
    settings: Settings,
    paths: tuple[Path, ...],
    sources: Path | None,
    shapes: tuple[Path, ...],
    store: str | None,
    since: str | None,
    ontology: tuple[Path, ...],
    engine: str,
    form: str,
    cache: Path | None,
    no_cache: bool,
    timeout: float | None,
    fix: bool,
    diff: bool,
    stdin_filename: Path | None,
    select: str | None,
    ignore: str | None,
) -> int:
    """Report faults; return 1 where one is a violation or a warning."""
    from stigraph.cli.stdin import read_input

    chosen = Selection(_codes(select), _codes(ignore))
    given: Overlay = {}
    kept = (cache, no_cache)
    if store is not None:
        refuse_beside_store(shapes, paths, since, cache, changing=fix or diff)
        work: _Work = partial(service, at(store), shapes, ontology, engine)
    elif shapes:
        paths, given = read_input(paths, stdin_filename, anybodys=True)
        refuse_beside_shapes(paths, given, since=since, changing=fix or diff)
        folder = None if no_cache else cache
        if since and not no_cache:
            folder = cache or cache_folder(paths[0])
        work = partial(anybodys, paths, shapes, ontology, engine, since, folder)
    else:
        paths, given = read_input(paths, stdin_filename, anybodys=False)
        work = partial(project, paths, sources, chosen, engine, since, kept)
    check = partial(_run, work, timeout)
    report, in_time = check(given)
    show = partial(_show, form, _view(settings, form, since))
    if in_time and (fix or diff):
        from stigraph.cli.mending import Task, mended

        limited = bool(paths) or since is not None
        everything = partial(project, (), sources, Selection(), engine, None, kept)
        whole = partial(_run, everything, timeout)
        task = Task(report, check, whole, paths, limited, chosen, given)
        report = mended(settings, task, show, diff=diff)
    else:
        if report.findings and form in _WITH_FIXES and not shapes:
            from stigraph.cli.mending import proposed

            report = proposed(report, given)
        show(report, given)
    if not in_time:
        raise UsageError(
            f"{timeout:g}秒で終わらなかった。見つけたものまでを示した。--timeout を延ばす",
            f"not done after {timeout:g} s; what was found so far is shown; raise --timeout",
        )
    _summarise(settings, report)
    return 0 if report.conforms else 1


def _run(work: _Work, timeout: float | None, overlay: Overlay) -> tuple[Report, bool]:
    """Return the report on the files with an overlay, and whether it was done in time."""
    if not timeout:
        return work(overlay, lambda _: None), True
    from stigraph.gate import within

    return within(timeout, partial(work, overlay))


def _view(settings: Settings, form: str, since: str | None) -> View:
    from stigraph.gate import View, changed_lines

    changed = changed_lines(Path.cwd(), since) if since and form == "github" else None
    return View(settings.lang, color=settings.colored(), changed=changed)


def _show(form: str, view: View, report: Report, overlay: Overlay) -> None:
    from stigraph.gate import render
    from stigraph.gate.paths import name_of

    texts = {
        name_of(path, view.here): content.decode("utf-8", "replace")
        for path, content in overlay.items()
        if content is not None
    }
    write_text(render(form, report, replace(view, texts=texts)))


def _codes(text: str | None) -> tuple[str, ...]:
    return tuple(code.strip().upper() for code in (text or "").split(",") if code.strip())


def _summarise(settings: Settings, report: Report) -> None:
    faults = sum(found.severity is not Severity.INFO for found in report.findings)
    notes = len(report.findings) - faults
    also_ja = f"（ほかに情報{notes}件）" if notes else ""
    also_en = f" ({notes} more for information)" if notes else ""
    if faults:
        plural = "" if faults == 1 else "s"
        settings.say(f"誤り{faults}件{also_ja}", f"{faults} finding{plural}{also_en}")
    else:
        settings.say(
            f"誤りなし。{report.checked}個の焦点ノードを検査した{also_ja}",
            f"no findings; {report.checked} focus nodes checked{also_en}",
        )
