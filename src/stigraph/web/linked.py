"""Linked data: ``/id/…`` leads to ``/doc/…``, and the ontology is at its own address.

The IRIs of entries are under https://w3id.org/stigraph/, which redirects here. A
thing is not a document about it: 303 leads from one to the other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from fastapi.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from stigraph.api import Graph
from stigraph.store.answers import GRAPH_FORMS
from stigraph.terms import Iri, Literal
from stigraph.vocab import DCTERMS, ID, ONTOLOGY, OWL, RDFS, SKOS
from stigraph.web.offers import PAGE, TRIPLE_OFFERS, offer_for
from stigraph.web.pages import GraphPages
from stigraph.web.problems import ProblemError
from stigraph.web.render import language
from stigraph.web.site import Site
from stigraph.web.triples import respond_triples

__all__ = ["LinkedData"]

_LOCAL: Final = re.compile(r"[A-Za-z0-9._~-]+(?:/[A-Za-z0-9._~-]+)+")
_EXTENSIONS: Final = {f".{form.extension}": name for name, (form, _) in GRAPH_FORMS.items()}


class LinkedData:
    """The routes of entries and of the ontology."""

    def __init__(self, site: Site, graph: Graph, pages: Mapping[str, GraphPages]) -> None:
        self._site = site
        self._graph = graph
        self._pages = pages

    async def thing(self, local: str) -> Response:
        """Lead from a thing to the document about it."""
        await run_in_threadpool(self._check, local)
        return RedirectResponse(
            f"/doc/{local}", 303, {"Vary": "Accept", "Link": self._links(local)}
        )

    async def document(self, request: Request, local: str) -> Response:
        """Answer with what is said of an entry, as a page or in a form of triples."""
        local, form = _form_of(local)
        await run_in_threadpool(self._check, local)
        accept = ",".join(request.headers.getlist("accept"))
        wanted = form or request.query_params.get("format", "")
        if offer_for(accept, wanted, (PAGE, *TRIPLE_OFFERS[:-1])) is PAGE:
            page = self._pages[language(request, self._site.renderer.lang)]
            response = await run_in_threadpool(page.entry, request, local)
            response.headers["Link"] = self._links(local)
            return response
        headers = {"Link": self._links(local)}
        return await respond_triples(request, self._site, f"DESCRIBE <{ID}{local}>", headers, form)

    async def ontology(self, request: Request, version: str = "") -> Response:
        """Answer with the ontology; other versions than the one that is served are elsewhere."""
        known = await run_in_threadpool(self._version)
        if version and version != known:
            raise ProblemError(
                404,
                f"オントロジーの {version} 版はここにはない。あるのは {known} 版",
                f"version {version} of the ontology is not here; this is version {known}",
            )
        accept = ",".join(request.headers.getlist("accept"))
        wanted = request.query_params.get("format", "")
        if offer_for(accept, wanted, (PAGE, *TRIPLE_OFFERS[:-1])) is PAGE:
            return await run_in_threadpool(self._ontology_page, request, known)
        query = (
            "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?graph "
            f"{{ <{ONTOLOGY}> a <{OWL.Ontology}> . ?s ?p ?o }} }}"
        )
        link = f'<{ONTOLOGY}/{known}>; rel="canonical"'
        return await respond_triples(request, self._site, query, {"Link": link})

    def _check(self, local: str) -> None:
        """Find that an entry is there.

        Raises:
            ProblemError: 404, nothing is known of it; 410, it was given up.
        """
        iri = f"{ID}{local}"
        if not _LOCAL.fullmatch(local) or not self._known(iri):
            raise ProblemError(
                404,
                f"{local} という項目はない。最初のページから探す",
                f"there is no entry {local}; look for it from the front page",
            )
        given_up = list(
            self._graph.store.select(
                f"SELECT ?next {{ <{iri}> <{OWL.deprecated}> true "
                f"OPTIONAL {{ <{iri}> <{DCTERMS.isReplacedBy}> ?next }} }}"
            )
        )
        if given_up:
            raise _gone(local, [row[0].value for row in given_up if isinstance(row[0], Iri)])

    def _known(self, iri: str) -> bool:
        return any(True for _ in self._graph.store.select(f"SELECT * {{ <{iri}> ?p ?o }} LIMIT 1"))

    def _links(self, local: str) -> str:
        """Return the value of ``Link``: what is described, and the other forms."""
        links = [f'<{ID}{local}>; rel="describes"']
        links += [
            f'</doc/{local}.{form.extension}>; rel="alternate"; type="{form.media_type}"'
            for form, _ in GRAPH_FORMS.values()
        ]
        return ", ".join(links)

    def _version(self) -> str:
        rows = self._graph.store.select(f"SELECT ?v {{ <{ONTOLOGY}> <{OWL.versionInfo}> ?v }}")
        return next((v.value for (v,) in rows if isinstance(v, Literal)), "")

    def _ontology_page(self, request: Request, version: str) -> Response:
        lang = language(request, self._site.renderer.lang)
        terms = [
            [cell.value if cell else "" for cell in row]
            for row in self._graph.store.select(_terms(lang))
        ]
        return self._site.renderer.page(
            request, lang, "ontology.html", iri=ONTOLOGY, version=version, terms=terms
        )


def _terms(lang: str) -> str:
    """Return the query for classes and properties, with their names and definitions."""
    return f"""
SELECT ?term ?label ?definition WHERE {{
  GRAPH ?graph {{ <{ONTOLOGY}> a <{OWL.Ontology}> . ?term a ?kind }}
  FILTER(?kind IN (<{OWL.Class}>, <{OWL.ObjectProperty}>, <{OWL.DatatypeProperty}>))
  ?term <{RDFS.label}> ?label FILTER(LANG(?label) = "{lang}")
  OPTIONAL {{
    ?term <{SKOS.definition}> ?definition FILTER(LANG(?definition) = "{lang}")
  }}
}} ORDER BY ?term
"""


def _form_of(local: str) -> tuple[str, str]:
    """Return the entry and the form that an address names: ``programme/sbir.ttl``."""
    for extension, form in _EXTENSIONS.items():
        if local.endswith(extension):
            return local.removesuffix(extension), form
    return local, ""


def _gone(local: str, successors: list[str]) -> ProblemError:
    if not successors:
        return ProblemError(
            410, f"{local} は廃止された", f"{local} was given up", successors=successors
        )
    named = ", ".join(successors)
    return ProblemError(
        410,
        f"{local} は廃止された。代わりは {named}",
        f"{local} was given up; it is replaced by {named}",
        {"Link": ", ".join(f'<{iri}>; rel="successor-version"' for iri in successors)},
        successors=successors,
    )
