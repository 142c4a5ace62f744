"""What the gate is asked to check: a project, anybody's files, or the data of a service."""

from __future__ import annotations

from pathlib import Path

from stigraph.caches import cache_folder
from stigraph.errors import UsageError
from stigraph.gate import Selection

TYPE_CHECKING = False
if TYPE_CHECKING:
    from stigraph.gate import Progress, Report
    from stigraph.gate.paths import Overlay
    from stigraph.store.remote import RemoteStore

__all__ = ["anybodys", "project", "refuse_beside_shapes", "refuse_beside_store", "service"]


def refuse_beside_shapes(
    paths: tuple[Path, ...], given: Overlay, *, since: str | None, changing: bool
) -> None:
    """Refuse what doesn't go with ``--shapes``.

    Raises:
        UsageError: Something of it was asked for.
    """
    if changing:
        raise UsageError(
            "--fix と --diff はプロジェクトの中で使う。--shapes とともには使えない",
            "--fix and --diff work inside a project; they don't go with --shapes",
        )
    if since and given:
        raise UsageError(
            "--since は標準入力（-）とともには使えない",
            "--since doesn't go with standard input (-)",
        )
    if not paths:
        raise UsageError(
            "--shapes には検査するデータのファイルがいる",
            "--shapes needs the data files to validate",
        )


def refuse_beside_store(
    shapes: tuple[Path, ...],
    paths: tuple[Path, ...],
    since: str | None,
    cache: Path | None,
    *,
    changing: bool,
) -> None:
    """Refuse what doesn't go with ``--store``.

    Raises:
        UsageError: Something of it was asked for, or the shapes are missing.
    """
    if changing:
        raise UsageError(
            "--fix と --diff はファイルを直すので、--store とは使えない",
            "--fix and --diff mend files and don't go with --store",
        )
    if since or cache:
        raise UsageError(
            "--since と --cache はファイルの変更を見るので、--store とは使えない",
            "--since and --cache look at changes of files and don't go with --store",
        )
    if not shapes:
        raise UsageError(
            "--store には --shapes でシェイプのファイルを渡す",
            "--store needs --shapes with the files of shapes",
        )
    if paths:
        raise UsageError(
            "--store があるときはデータのファイルを渡さない。データはサービスから取る",
            "give no data files beside --store; the data are taken from the service",
        )


def service(
    store: RemoteStore,
    shapes: tuple[Path, ...],
    ontology: tuple[Path, ...],
    engine: str,
    _overlay: Overlay,
    progress: Progress,
) -> Report:
    """Validate the data of a service."""
    from stigraph.gate import validate_service

    return validate_service(store, shapes, ontology=ontology, engine=engine, progress=progress)


def anybodys(
    paths: tuple[Path, ...],
    shapes: tuple[Path, ...],
    ontology: tuple[Path, ...],
    engine: str,
    since: str | None,
    cache: Path | None,
    overlay: Overlay,
    progress: Progress,
) -> Report:
    """Validate anybody's files."""
    if since or cache:
        from stigraph.gate.foreign import Request
        from stigraph.gate.foreign_since import validate_cached

        asked = Request(paths, shapes, ontology, engine)
        return validate_cached(asked, cache=cache, since=since, progress=progress)
    from stigraph.gate import validate_data
    from stigraph.gate.beside import cores

    if not overlay:
        return validate_data(
            paths,
            shapes,
            ontology=ontology,
            engine=engine,
            progress=progress,
            processes=cores(),
        )
    from stigraph.cli.stdin import spooled

    with spooled(paths[0], overlay) as (spool, here):
        return validate_data(
            [spool], shapes, ontology=ontology, engine=engine, here=here, progress=progress
        )


def project(
    paths: tuple[Path, ...],
    sources: Path | None,
    selection: Selection,
    engine: str,
    since: str | None,
    kept: tuple[Path | None, bool],
    overlay: Overlay,
    progress: Progress,
) -> Report:
    """Validate the project around the working directory.

    ``kept`` is the folder of the cache, the project's own where None, and whether to use none.
    """
    from stigraph.gate import validate_project
    from stigraph.project import require_project

    found = require_project(Path.cwd())
    given, forgetful = kept
    cache = None if forgetful else given or cache_folder(found.root)
    return validate_project(
        found,
        paths,
        sources=sources,
        selection=selection,
        engine=engine,
        since=since,
        overlay=overlay,
        progress=progress,
        processes=2,  # on one core, too: what they share is less work than one does alone
        cache=cache,
    )
