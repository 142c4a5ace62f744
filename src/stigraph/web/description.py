"""What the endpoint and the dataset say of themselves, in RDF.

The service description (SPARQL 1.1 Service Description) at ``/sparql``, VoID and
DCAT at ``/.well-known/void``. Both have prefixes (``sh:declare``), example
queries (``sh:SPARQLExecutable``) and class and property partitions, which editors
complete queries from.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from stigraph.api import Graph
from stigraph.questions import bind
from stigraph.store.answers import GRAPH_FORMS, RESULT_FORMS, written
from stigraph.store.workers import Evaluator
from stigraph.terms import Blank, Iri, Literal, Term
from stigraph.vocab import (
    DATASET,
    DCAT,
    DCTERMS,
    FORMATS,
    ID,
    MEDIA_TYPES,
    PREFIXES,
    RDF,
    RDFS,
    SCHEMA,
    SD,
    SH,
    VOID,
    XSD,
)
from stigraph.web.contents import Contents, Counts
from stigraph.web.dumpfiles import DUMPS
from stigraph.web.offers import PAGE, TRIPLE_OFFERS, content_type, not_acceptable, offer_for
from stigraph.web.place import root_of
from stigraph.web.render import Renderer
from stigraph.web.sending import FRESH, unchanged

__all__ = ["Description"]

Triple = tuple[Term, Term, Term]

_FORMATS: Final = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "turtle": "Turtle",
    "ntriples": "N-Triples",
    "jsonld": "JSON-LD",
    "rdfxml": "RDF_XML",
    "trig": "TriG",
    "nquads": "N-Quads",
}


class Description:
    """Writes the descriptions.

    Args:
        evaluator: What answers queries; its limits are told.
        contents: What is in the dataset.
        graph: The project's graph; None for anybody's data.
        renderer: The language for who prefers none.
        prefixes: Prefixes that queries need not declare.
    """

    def __init__(
        self,
        evaluator: Evaluator,
        contents: Contents,
        graph: Graph | None,
        renderer: Renderer,
        prefixes: Mapping[str, str],
    ) -> None:
        self._evaluator = evaluator
        self._contents = contents
        self._graph = graph
        self._lang = renderer.lang
        self._prefixes = prefixes or {
            name: PREFIXES[name] for name in ("rdf", "rdfs", "owl", "xsd", "skos", "dcterms")
        }

    async def respond(self, request: Request) -> Response:
        """Return both descriptions in the form asked for."""
        offers = tuple(offer for offer in TRIPLE_OFFERS if offer is not PAGE)
        accept = ",".join(request.headers.getlist("accept"))
        chosen = offer_for(accept, request.query_params.get("format", ""), offers)
        if chosen is None:
            raise not_acceptable(offers)
        root = root_of(request)
        counts = await self._contents.counts()
        told = [*self._service(root, counts), *self._dataset(root, counts)]
        content = written(told, chosen.name)
        tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
        headers = {"ETag": tag, "Cache-Control": FRESH, "Vary": "Accept"}
        if unchanged(request, tag):
            return Response(status_code=304, headers=headers)
        return Response(content, headers=headers, media_type=content_type(chosen.media_type))

    # The service

    def _service(self, root: str, counts: Counts) -> Iterator[Triple]:
        service, default = Iri(f"{root}/sparql"), Blank("dataset")
        yield service, Iri(RDF.type), Iri(SD.Service)
        yield service, Iri(RDF.type), Iri(DCAT.DataService)
        yield service, Iri(SD.endpoint), service
        yield service, Iri(DCAT.endpointURL), service
        yield service, Iri(DCAT.servesDataset), self._name(root)
        yield service, Iri(SD.supportedLanguage), Iri(SD.SPARQL11Query)
        yield service, Iri(SD.feature), Iri(SD.UnionDefaultGraph)
        for form in (*RESULT_FORMS, *GRAPH_FORMS):
            yield service, Iri(SD.resultFormat), Iri(FORMATS[_FORMATS[form]])
        yield service, Iri(SD.defaultDataset), default
        yield default, Iri(RDF.type), Iri(SD.Dataset)
        yield default, Iri(SD.defaultGraph), Blank("union")
        yield Blank("union"), Iri(RDF.type), Iri(SD.Graph)
        yield Blank("union"), Iri(VOID.triples), _number(counts.triples)
        for place, (name, triples) in enumerate(counts.graphs.items()):
            named, graph = Blank(f"named{place}"), Blank(f"graph{place}")
            yield default, Iri(SD.namedGraph), named
            yield named, Iri(RDF.type), Iri(SD.NamedGraph)
            yield named, Iri(SD.name), Iri(name)
            yield named, Iri(SD.graph), graph
            yield graph, Iri(RDF.type), Iri(SD.Graph)
            yield graph, Iri(VOID.triples), _number(triples)
        yield from self._limits(service)
        yield from self._help(service)

    def _limits(self, service: Iri) -> Iterator[Triple]:
        limits = self._evaluator.limits
        told = (
            ("deadline", Literal(f"{limits.deadline:g}", XSD.decimal), "s"),
            ("result rows", _number(limits.rows), ""),
            ("result bytes", _number(limits.size), "B"),
            ("memory", _number(limits.memory), "B"),
        )
        for name, value, unit in told:
            limit = Blank(f"limit{name.replace(' ', '')}")
            yield service, Iri(SCHEMA.additionalProperty), limit
            yield limit, Iri(RDF.type), Iri(SCHEMA.PropertyValue)
            yield limit, Iri(SCHEMA.name), Literal(name)
            yield limit, Iri(SCHEMA.value), value
            if unit:
                yield limit, Iri(SCHEMA.unitText), Literal(unit)

    def _help(self, service: Iri) -> Iterator[Triple]:
        """Yield what editors complete queries from: prefixes and example queries."""
        for name, namespace in self._prefixes.items():
            declared = Blank(f"prefix-{name}")
            yield service, Iri(SH.declare), declared
            yield declared, Iri(SH.prefix), Literal(name)
            yield declared, Iri(SH.namespace), Literal(namespace, XSD.anyURI)
        for name, titles, query in self._examples():
            example = Iri(f"{service.value}#{name}")
            yield example, Iri(RDF.type), Iri(SH.SPARQLExecutable)
            yield example, Iri(RDF.type), Iri(SH.SPARQLSelectExecutable)
            yield example, Iri(SH.select), Literal(query)
            yield example, Iri(SH.prefixes), service
            yield example, Iri(SCHEMA.target), service
            for lang, title in titles.items():
                yield example, Iri(RDFS.comment), Literal.tagged(title, lang)

    def _examples(self) -> Iterator[tuple[str, Mapping[str, str], str]]:
        """Yield name, titles and text of the questions that need no parameter."""
        if self._graph is None:
            yield "first-triples", {"en": "Some triples"}, "SELECT * WHERE { ?s ?p ?o } LIMIT 10"
            return
        for name, question in self._graph.questions.items():
            if all(parameter.optional for parameter in question.parameters):
                titles = {lang: question.title(lang) for lang in ("ja", "en")}
                yield name, titles, bind(self._graph.catalogue, question, {})

    # The dataset

    def _name(self, root: str) -> Iri:
        return Iri(DATASET) if self._graph else Iri(f"{root}/.well-known/void#dataset")

    def _dataset(self, root: str, counts: Counts) -> Iterator[Triple]:
        name = self._name(root)
        for kind in (VOID.Dataset, DCAT.Dataset):
            yield name, Iri(RDF.type), Iri(kind)
        yield name, Iri(VOID.sparqlEndpoint), Iri(f"{root}/sparql")
        if self._evaluator.digest:
            modified = datetime.fromtimestamp(self._evaluator.modified, UTC).isoformat(
                "T", "seconds"
            )
            yield name, Iri(DCTERMS.modified), Literal(modified, XSD.dateTime)
            yield name, Iri(DCTERMS.identifier), Literal(f"sha256:{self._evaluator.digest}")
        for term, count in (
            (VOID.triples, counts.triples),
            (VOID.distinctSubjects, counts.subjects),
            (VOID.distinctObjects, counts.objects),
            (VOID.classes, len(counts.classes)),
            (VOID.properties, len(counts.properties)),
        ):
            yield name, Iri(term), _number(count)
        yield from self._release(name)
        yield from _partitions(name, counts)
        for dump in DUMPS.values() if self._evaluator.digest else ():
            place, part = Iri(f"{root}/dumps/{dump.name}"), Blank(f"dump-{dump.name}")
            yield name, Iri(VOID.dataDump), place
            yield name, Iri(DCAT.distribution), part
            yield part, Iri(RDF.type), Iri(DCAT.Distribution)
            yield part, Iri(DCAT.downloadURL), place
            yield part, Iri(DCAT.mediaType), Iri(MEDIA_TYPES[GRAPH_FORMS[dump.form][0].media_type])

    def _release(self, name: Iri) -> Iterator[Triple]:
        if self._graph is None:
            yield name, Iri(DCTERMS["title"]), Literal.tagged("The data on this server", "en")
            return
        release = self._graph.release
        yield name, Iri(DCTERMS["title"]), Literal.tagged(release.title_ja, "ja")
        yield name, Iri(DCTERMS["title"]), Literal.tagged(release.title_en, "en")
        yield name, Iri(DCAT.version), Literal(release.version)
        if release.licence.startswith("http"):
            yield name, Iri(DCTERMS.license), Iri(release.licence)
        yield name, Iri(VOID.uriSpace), Literal(ID)


def _partitions(name: Iri, counts: Counts) -> Iterator[Triple]:
    for place, (iri, instances) in enumerate(counts.classes.items()):
        part = Blank(f"class{place}")
        yield name, Iri(VOID.classPartition), part
        yield part, Iri(VOID["class"]), Iri(iri)
        yield part, Iri(VOID.entities), _number(instances)
    for place, (iri, (triples, subjects, objects)) in enumerate(counts.properties.items()):
        part = Blank(f"property{place}")
        yield name, Iri(VOID.propertyPartition), part
        yield part, Iri(VOID.property), Iri(iri)
        yield part, Iri(VOID.triples), _number(triples)
        yield part, Iri(VOID.distinctSubjects), _number(subjects)
        yield part, Iri(VOID.distinctObjects), _number(objects)


def _number(value: int) -> Literal:
    return Literal(str(value), XSD.integer)
