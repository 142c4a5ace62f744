"""The pages over the repository's own graph: every question answers in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import httpx
import pytest
from starlette.types import ASGIApp

from stigraph.api import Graph
from stigraph.project import Project
from stigraph.store import LocalStore
from stigraph.web import create_app
from stigraph.web.asking import missing
from stigraph.web.texts import PARAMETERS

LANGUAGES = ("ja", "en")


@pytest.fixture(scope="module")
def graph(project: Project, store: LocalStore) -> Graph:
    return Graph(project, store)


@pytest.fixture(scope="module")
def own(
    graph: Graph, serve: Callable[[ASGIApp], AbstractContextManager[str]]
) -> Iterator[httpx.Client]:
    with (
        serve(create_app(graph.store, graph)) as address,
        httpx.Client(base_url=address, headers={"accept": "text/html"}, timeout=30) as client,
    ):
        yield client


def test_every_question_answers(own: httpx.Client, graph: Graph) -> None:
    answered = 0
    for name, question in graph.questions.items():
        for lang in LANGUAGES:
            response = own.get(f"/{lang}/ask/{name}")
            assert response.status_code == 200, name
            answered += "<table>" in response.text
            assert ("<table>" in response.text) or missing(question, {}) or question.not_stated
    assert answered > len(graph.questions)


def test_every_parameter_has_a_name(graph: Graph) -> None:
    used = {p.name for question in graph.questions.values() for p in question.parameters}
    assert used <= set(PARAMETERS)


def test_every_kind_of_entry_has_a_page(own: httpx.Client, graph: Graph) -> None:
    kinds = {entry.kind: entry for entry in graph.catalogue.entries.values() if entry.kind}
    for entry in kinds.values():
        local = entry.iri.partition("/id/")[2]
        for lang in LANGUAGES:
            response = own.get(f"/{lang}/entry/{local}")
            assert response.status_code == 200, entry.iri


def test_the_front_page_lists_every_question(own: httpx.Client, graph: Graph) -> None:
    page = own.get("/ja/").text
    for name, question in graph.questions.items():
        assert f'href="/ja/ask/{name}"' in page
        assert question.title("ja") in page
