"""What is served, kept up to date: the pool, the pages' graph, and how both are replaced."""

from __future__ import annotations

import asyncio
import gc
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from stigraph.api import Graph, load
from stigraph.dataset import load_project
from stigraph.errors import StigraphError
from stigraph.project import Project, project_or_shipped
from stigraph.store.workers import Evaluator, Pool, ThreadEvaluator
from stigraph.store.workers.perform import Worksheet
from stigraph.vocab import PREFIXES
from stigraph.web.app import Application
from stigraph.web.cache import ResultCache
from stigraph.web.check import findings
from stigraph.web.edge import RequestIds
from stigraph.web.front import Hall
from stigraph.web.log import Log
from stigraph.web.metrics import Metrics
from stigraph.web.render import Renderer
from stigraph.web.settings import ServeSettings
from stigraph.web.site import Site
from stigraph.web.snapshot import folder_files, project_files, source_of

__all__ = ["Host"]

LOOK_SECONDS: Final = 1.0
"""How often the files are looked at under ``--watch``."""

Stamp = dict[Path, tuple[int, int]]


class Host:
    """Puts the parts of a server together and replaces what it serves.

    Args:
        settings: How to serve.
        lang: The language for who prefers none.
    """

    application: Application
    metrics: Metrics

    def __init__(self, settings: ServeSettings, lang: str) -> None:
        self._settings = settings
        self._lang = lang
        self._project = None if settings.data else project_or_shipped(Path.cwd())
        self._stamp: Stamp = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._busy = asyncio.Lock()
        self.log = Log(settings.log)
        self.ids = RequestIds()
        self.cache = ResultCache(settings.cache)
        self.evaluator: Evaluator = Pool(settings.limits, self._heard)

    async def open(self) -> None:
        """Load what is to be served.

        Raises:
            StigraphError: It can't be loaded.
        """
        self._stamp = await asyncio.to_thread(self._look)
        site = await self._load()
        self.metrics = Metrics(self.cache, self.evaluator)
        self.application = Application(site, self.metrics, self.log, self.ids)
        gc.collect()
        gc.freeze()  # what was loaded stays: the collector need not look at it again

    def hall(self) -> Hall:
        """Return what the connections share."""
        return Hall(self.cache, self.ids, self.metrics, self.log, lambda: self.application.lane)

    async def close(self) -> None:
        """End all processes."""
        for task in self._tasks:
            task.cancel()
        await self.evaluator.close()

    @contextmanager
    def reloading(self) -> Iterator[None]:
        """Reload on SIGHUP, and when files change if that is wanted."""
        loop = asyncio.get_running_loop()
        with suppress(AttributeError, NotImplementedError):  # there is none on Windows
            loop.add_signal_handler(signal.SIGHUP, lambda: self._begin(self.reload()))
        if self._settings.watch:
            self._begin(self._watch())
        yield

    async def reload(self) -> None:
        """Serve what the files say now; where they are faulty, go on as before and say why."""
        async with self._busy:
            before = await asyncio.to_thread(self._look)
            self._stamp = before
            try:
                if self._project is not None and not self._settings.store:
                    found = await findings(self._project)
                    if found:
                        self._refuse(found)
                        return
                site = await self._load()
            except StigraphError as error:
                self._refuse([error.en])
                return
            self.application.serve(site)
            self.metrics.happened("reload", "done")
            self.log.tell("events", "reloaded", digest=self.evaluator.digest)

    async def _load(self) -> Site:
        """Load the snapshot in another process and, side by side, the pages' graph in this one."""
        if isinstance(self.evaluator, Pool) and not self._settings.store:
            source = source_of(self._project, self._settings.data)
            graph, _ = await asyncio.gather(
                asyncio.to_thread(_graph, self._project), self.evaluator.open(source)
            )
        else:
            graph = await asyncio.to_thread(_read, load(store=self._settings.store))
            sheet = Worksheet(graph.store, PREFIXES, self._settings.limits)
            self.evaluator = ThreadEvaluator(sheet)
        renderer = Renderer(self._lang, graph.release if graph else None)
        return Site(self.evaluator, graph, renderer, self.cache)

    def _refuse(self, reasons: list[str]) -> None:
        self.metrics.happened("reload", "refused")
        self.log.tell("events", "reload refused", findings=reasons)

    def _begin(self, work: object) -> None:
        task: asyncio.Task[None] = asyncio.ensure_future(work)  # type: ignore[call-overload]
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _watch(self) -> None:
        """Reload once the files have changed and then stayed as they are for a moment."""
        seen = self._stamp
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            now = await asyncio.to_thread(self._look)
            if now != self._stamp and now == seen:
                await self.reload()
            seen = now

    def _look(self) -> Stamp:
        """Return size and time of change of each file."""
        stamp: Stamp = {}
        files = (
            project_files(self._project)
            if self._project is not None
            else folder_files(self._settings.data or Path())
        )
        for path in files:
            with suppress(OSError):
                found = path.stat()
                stamp[path] = found.st_mtime_ns, found.st_size
        return stamp

    def _heard(self, event: str, fields: dict[str, object]) -> None:
        if event in ("killed", "lost"):
            self.metrics.happened(event, str(fields.get("reason", fields.get("what", ""))))
        self.log.tell("events", event, **fields)


def _graph(project: Project | None) -> Graph | None:
    if project is None:
        return None
    return _read(Graph(project, load_project(project)))


def _read(graph: Graph) -> Graph:
    """Read what the pages need at once: what is wrong with it stops the start."""
    _ = graph.catalogue, graph.questions
    return graph
