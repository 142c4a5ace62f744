"""The pages of one language: front page, questions, entries and search."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from stigraph.api import Graph
from stigraph.entries import Entry
from stigraph.questions import Question, answer, bind
from stigraph.vocab import ID, expand, shorten
from stigraph.web import asking
from stigraph.web.entrypage import read_entry
from stigraph.web.overview import nodes_of_class
from stigraph.web.problems import ProblemError
from stigraph.web.querypage import EXAMPLE
from stigraph.web.show import Shown, entry_path
from stigraph.web.site import Site
from stigraph.web.texts import LANGUAGES

__all__ = ["DatasetPages", "GraphPages"]

_LOCAL: Final = re.compile(r"[A-Za-z0-9._~-]+(?:/[A-Za-z0-9._~-]+)+")
"""What follows ``…/id/`` in the IRI of an entry; nothing else gets into a query."""

MOST_FOUND: Final = 200
_OWN_PARAMETERS: Final = ("format", "lang")


class _Pages:
    def __init__(self, site: Site, lang: str) -> None:
        self._site = site
        self._lang = lang

    def _page(
        self, request: Request, template: str, status: int = 200, **values: object
    ) -> Response:
        return self._site.renderer.page(request, self._lang, template, status, **values)


class DatasetPages(_Pages):
    """The pages of anybody's data: what graphs there are, and the form for a query."""

    async def index(self, request: Request) -> Response:
        """Show the named graphs and their sizes."""
        graphs = await self._site.contents.graphs()
        return self._page(request, "dataset.html", graphs=graphs, query=EXAMPLE)


class GraphPages(_Pages):
    """The pages of a project's graph."""

    def __init__(self, site: Site, graph: Graph, lang: str) -> None:
        super().__init__(site, lang)
        self._graph = graph
        self._shower = site.shower(lang)

    def index(self, request: Request) -> Response:
        """Show what is in the graph and what it can be asked."""
        overview, shower = self._site.overview, self._shower
        return self._page(
            request,
            "index.html",
            questions=sorted(self._graph.questions.values(), key=lambda q: (q.number, q.name)),
            needs=lambda question: asking.missing(question, {}),
            classes=[
                (shorten(iri), shower.name(iri), count) for iri, count in overview.classes.items()
            ],
            total=sum(overview.classes.values()),
            strategy=shower.entry(overview.strategy) if overview.strategy else None,
            pillars=[
                (shower.name(kind), [shower.entry(pillar) for pillar in pillars])
                for kind, pillars in overview.pillars.items()
            ],
            fields=[shower.entry(field) for field in overview.fields],
        )

    def ask(self, request: Request, name: str) -> Response:
        """Answer a question, or show the form for what it needs to know."""
        question = self._question(name)
        given = {
            parameter: value.strip()
            for parameter, value in request.query_params.items()
            if value.strip() and parameter not in _OWN_PARAMETERS
        }
        self._check_names(question, given)
        fields = asking.Form(
            self._graph.catalogue, question, given, request.url.path, self._lang
        ).fields()
        wrong = any(field.error for field in fields)
        if wrong or asking.missing(question, given):
            status = 400 if wrong else 200
            return self._page(
                request, "ask.html", status, question=question, fields=fields, columns=None
            )
        table = answer(self._graph.store, self._graph.catalogue, question, given)
        if request.query_params.get("format") == "csv":
            return Response(
                asking.csv_of(self._graph, table, self._lang),
                media_type="text/csv; charset=utf-8",
                headers={"Content-Disposition": f'attachment; filename="{question.name}.csv"'},
            )
        query = bind(self._graph.catalogue, question, given)
        return self._page(
            request,
            "ask.html",
            question=question,
            fields=fields,
            columns=asking.column_titles(table, self._lang),
            rows=asking.table_rows(table, self._shower),
            links={
                "csv": f"{request.url.path}?{urlencode({**given, 'format': 'csv'})}",
                "json": f"/sparql?{urlencode({'query': query, 'format': 'json'})}",
                "sparql": f"/sparql?{urlencode({'query': query, 'lang': self._lang})}",
            },
        )

    def _question(self, name: str) -> Question:
        found = self._graph.questions.get(name)
        if found is None:
            raise ProblemError(
                404,
                f"{name} という質問はない。最初のページの一覧から選ぶ",
                f"there is no question {name}; choose one from the list on the front page",
            )
        return found

    def _check_names(self, question: Question, given: Mapping[str, str]) -> None:
        known = [parameter.name for parameter in question.parameters]
        unknown = next((name for name in given if name not in known), None)
        if unknown is not None:
            raise ProblemError(
                400,
                f"この質問に条件「{unknown}」はない。使えるもの：{'、'.join(known) or 'なし'}",
                f"this question takes no “{unknown}”; it takes: {', '.join(known) or 'nothing'}",
            )

    def entry(self, request: Request, local: str) -> Response:
        """Show an entry: ``programme/sbir``, ``passage/overview-2025/1-7a``."""
        other = next(lang for lang in LANGUAGES if lang != self._lang)
        iri = f"{ID}{local}"
        found = (
            read_entry(self._graph, iri, self._shower, other) if _LOCAL.fullmatch(local) else None
        )
        if found is None:
            return self._page(request, "noentry.html", 404, local=local, near=self._near(local))
        describe = {"query": f"DESCRIBE <{iri}>"}
        forms = ("turtle", "jsonld", "ntriples", "rdfxml")
        links = {form: f"/sparql?{urlencode({**describe, 'format': form})}" for form in forms}
        return self._page(request, "entry.html", entry=found, links=links)

    def find(self, request: Request) -> Response:
        """List entries by a text in their names, or all of a class."""
        text = request.query_params.get("q", "").strip()
        wanted = request.query_params.get("class", "").strip()
        catalogue = self._graph.catalogue
        found: list[Entry] = []
        if text:
            found = catalogue.find(text)
        elif expand(wanted) in self._site.overview.classes:
            nodes = nodes_of_class(self._site.store, expand(wanted))
            found = [catalogue.entries.get(node) or Entry(node, {}) for node in nodes]
        else:
            wanted = ""
        return self._page(
            request,
            "find.html",
            text=text,
            wanted=self._shower.name(expand(wanted)) if wanted and not text else None,
            total=len(found),
            found=[self._row(entry) for entry in found[:MOST_FOUND]],
        )

    def _near(self, local: str) -> list[Shown]:
        """Return the entries whose id is nearly ``local``."""
        entries = self._graph.catalogue.entries.values()
        known = {entry.iri[len(ID) :]: entry for entry in entries if entry.kind}
        return [self._link(known[name]) for name in get_close_matches(local, known, n=5)]

    def _link(self, entry: Entry) -> Shown:
        named = self._shower.name(entry.iri)
        return Shown(named.text, named.lang, entry_path(entry.iri, self._lang))

    def _row(self, entry: Entry) -> tuple[Shown, Shown | None, str]:
        """Return the link to an entry, its name in the other language, and its id."""
        other = next(lang for lang in LANGUAGES if lang != self._lang)
        label = entry.labels.get(other) if self._lang in entry.labels else None
        return self._link(entry), Shown(label, other) if label else None, shorten(entry.iri)
