"""``stigraph validate``: whether the data may be merged."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from stigraph.caches import cache_folder
from stigraph.cli.options import Choice, Command, Settings, option
from stigraph.cli.output import write_text
from stigraph.errors import UsageError
from stigraph.gate import ENGINES, REPORTERS, Selection, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from stigraph.gate import Progress, Report, Work

__all__ = ["command"]

_FILE = click.Path(path_type=Path)


@click.command(
    "validate",
    cls=Command,
    examples=(
        "stigraph validate",
        "stigraph validate data/ttl/programme/sbir.ttl",
        "stigraph validate --sources ../texts --format json",
        "stigraph validate --shapes shapes.ttl data.ttl",
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
    default="concise",
    ja="出力の形",
    en="form of the report",
)
@option(
    "--cache",
    type=_FILE,
    metavar="DIR",
    ja="読んだデータを次の実行のために置くフォルダー（省くと --since のとき git のフォルダーの中）",
    en="folder that keeps what was read for the next run (with --since: in git's own by default)",
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
@option("--select", metavar="CODES", ja="このコードだけ報告する", en="report these codes only")
@option("--ignore", metavar="CODES", ja="このコードは報告しない", en="leave these codes out")
@click.pass_obj
def command(
    settings: Settings,
    paths: tuple[Path, ...],
    sources: Path | None,
    shapes: tuple[Path, ...],
    since: str | None,
    ontology: tuple[Path, ...],
    engine: str,
    form: str,
    cache: Path | None,
    no_cache: bool,
    timeout: float | None,
    select: str | None,
    ignore: str | None,
) -> int:
    """Report faults; return 1 where one is a violation or a warning."""
    if shapes:
        if not paths:
            raise UsageError(
                "--shapes には検査するデータのファイルがいる",
                "--shapes needs the data files to validate",
            )
        folder = None if no_cache else cache
        if since and not no_cache:
            folder = cache or cache_folder(paths[0])
        work: Work = partial(_foreign, paths, shapes, ontology, engine, since, folder)
    else:
        chosen = Selection(_codes(select), _codes(ignore))
        work = partial(_project, paths, sources, chosen, engine, since)
    report, in_time = _within(timeout, work) if timeout else (work(lambda _: None), True)
    write_text(REPORTERS[form](report, settings.lang))
    if not in_time:
        raise UsageError(
            f"{timeout:g}秒で終わらなかった。見つけたものまでを示した。--timeout を延ばす",
            f"not done after {timeout:g} s; what was found so far is shown; raise --timeout",
        )
    _summarise(settings, report)
    return 0 if report.conforms else 1


def _within(seconds: float, work: Work) -> tuple[Report, bool]:
    from stigraph.gate import within

    return within(seconds, work)


def _foreign(
    paths: tuple[Path, ...],
    shapes: tuple[Path, ...],
    ontology: tuple[Path, ...],
    engine: str,
    since: str | None,
    cache: Path | None,
    progress: Progress,
) -> Report:
    if since or cache:
        from stigraph.gate.foreign import Request
        from stigraph.gate.foreign_since import validate_cached

        asked = Request(paths, shapes, ontology, engine)
        return validate_cached(asked, cache=cache, since=since, progress=progress)
    from stigraph.gate import validate_data

    return validate_data(paths, shapes, ontology=ontology, engine=engine, progress=progress)


def _project(
    paths: tuple[Path, ...],
    sources: Path | None,
    selection: Selection,
    engine: str,
    since: str | None,
    progress: Progress,
) -> Report:
    from stigraph.gate import validate_project
    from stigraph.gate.beside import cores
    from stigraph.project import require_project

    return validate_project(
        require_project(Path.cwd()),
        paths,
        sources=sources,
        selection=selection,
        engine=engine,
        since=since,
        progress=progress,
        processes=cores(),
    )


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
