"""Namespaces and terms. Nothing else in the package spells an IRI.

Terms are plain strings: every library that stigraph talks to takes them, and
importing this module costs nothing.
"""

from __future__ import annotations

from typing import Final

__all__ = ["DCTERMS", "ID", "OA", "OWL", "PREFIXES", "RDF", "RDFS", "SCHEMA", "SH", "SKOS", "STI"]


class Namespace(str):
    """An IRI prefix: ``STI.phrase`` and ``STI["phrase"]`` are IRIs in it."""

    __slots__ = ()

    def __getattribute__(self, name: str) -> str:
        # Every public name is a term, the names of str's methods too (dcterms:title).
        if name.startswith("_"):
            return super().__getattribute__(name)  # type: ignore[no-any-return]
        return f"{self}{name}"

    def __getitem__(self, name: object) -> str:
        return f"{self}{name}"


RDF: Final = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS: Final = Namespace("http://www.w3.org/2000/01/rdf-schema#")
OWL: Final = Namespace("http://www.w3.org/2002/07/owl#")
XSD: Final = Namespace("http://www.w3.org/2001/XMLSchema#")
SH: Final = Namespace("http://www.w3.org/ns/shacl#")
SD: Final = Namespace("http://www.w3.org/ns/sparql-service-description#")
SKOS: Final = Namespace("http://www.w3.org/2004/02/skos/core#")
DCTERMS: Final = Namespace("http://purl.org/dc/terms/")
DCAT: Final = Namespace("http://www.w3.org/ns/dcat#")
FOAF: Final = Namespace("http://xmlns.com/foaf/0.1/")
OA: Final = Namespace("http://www.w3.org/ns/oa#")
ORG: Final = Namespace("http://www.w3.org/ns/org#")
NP: Final = Namespace("http://www.nanopub.org/nschema#")
PROV: Final = Namespace("http://www.w3.org/ns/prov#")
QB: Final = Namespace("http://purl.org/linked-data/cube#")
SCHEMA: Final = Namespace("https://schema.org/")
TIME: Final = Namespace("http://www.w3.org/2006/time#")
VANN: Final = Namespace("http://purl.org/vocab/vann/")
VOID: Final = Namespace("http://rdfs.org/ns/void#")

FORMATS: Final = Namespace("http://www.w3.org/ns/formats/")
MEDIA_TYPES: Final = Namespace("https://www.iana.org/assignments/media-types/")

BASE: Final = "https://w3id.org/stigraph/"
STI: Final = Namespace(f"{BASE}ontology#")
SHAPE: Final = Namespace(f"{BASE}shape#")
ID: Final = Namespace(f"{BASE}id/")
GRAPH: Final = Namespace(f"{BASE}graph/")
NANOPUB: Final = Namespace(f"{BASE}np/")
ONTOLOGY: Final = f"{BASE}ontology"
DATASET: Final = f"{BASE}graph"
DERIVED_GRAPH: Final = f"{BASE}graph/derived"
FILES_GRAPH: Final = f"{BASE}graph/files"

KINDS: Final = (
    "alignment",
    "allocation",
    "annual-strategy",
    "application",
    "area",
    "assessment",
    "basic-plan",
    "count",
    "cube",
    "disagreement",
    "document",
    "event",
    "facility",
    "field",
    "field-strategy",
    "financial-result",
    "fiscal-year",
    "fund",
    "goal",
    "hub",
    "indicator",
    "initiative",
    "initiative-part",
    "interval",
    "law",
    "measure",
    "measure-group",
    "membership",
    "name-use",
    "observation",
    "organisation",
    "participation",
    "period",
    "person",
    "pillar",
    "platform",
    "post",
    "programme",
    "progress",
    "selection",
    "source",
    "system",
    "target",
    "technology-area",
)
"""Kinds of entries: the folders of ``data/ttl`` and the first step of an entry's IRI."""

OWNED_KINDS: Final = frozenset(
    {
        "allocation",
        "application",
        "count",
        "event",
        "financial-result",
        "membership",
        "name-use",
        "observation",
        "participation",
        "period",
        "selection",
    }
)
"""Kinds whose nodes live in the file of the entry that owns them."""

SCHEMES: Final = (
    "alignment-type",
    "amount-kind",
    "area-group",
    "area-kind",
    "basis",
    "budget-stage",
    "counting",
    "date-basis",
    "event-kind",
    "institution-type",
    "outcome",
    "part-kind",
    "passage-kind",
    "period-type",
    "pillar-kind",
    "qualifier",
    "result-kind",
    "role",
    "selection-class",
    "source-kind",
    "topic",
    "translation-status",
    "unit",
)
"""Code lists: ``ontology/schemes/<name>.ttl``, concepts at ``id/<name>/<slug>``."""

DOCUMENTS: Final = ("direction-2025-04", "overview-2025")
"""Documents whose passages are located: one prefix each."""

PREFIXES: Final[dict[str, str]] = {
    "dcat": DCAT,
    "dcterms": DCTERMS,
    "foaf": FOAF,
    "oa": OA,
    "org": ORG,
    "owl": OWL,
    "prov": PROV,
    "qb": QB,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "sh": SH,
    "shape": SHAPE,
    "skos": SKOS,
    "sti": STI,
    "time": TIME,
    "vann": VANN,
    "void": VOID,
    "xsd": XSD,
    "scheme": Namespace(f"{ID}scheme/"),
    **{kind: Namespace(f"{ID}{kind}/") for kind in (*KINDS, *SCHEMES)},
    **{document: Namespace(f"{ID}passage/{document}/") for document in DOCUMENTS},
}
"""The one binding of each prefix in the project's files and outputs."""

DATATYPES: Final = frozenset(
    {
        XSD.string,
        RDF.langString,
        XSD.integer,
        XSD.decimal,
        XSD.date,
        XSD.gYearMonth,
        XSD.gYear,
        XSD.boolean,
        XSD.anyURI,
    }
)
"""Datatypes that the data may use; the store keeps the lexical form of these."""


_NAMES: Final = {str(namespace): prefix for prefix, namespace in PREFIXES.items()}


def shorten(iri: str) -> str:
    """Return ``iri`` as a prefixed name of :data:`PREFIXES` where one fits, else unchanged."""
    # Every namespace ends with a slash or hash and a local name has none: one place to cut.
    cut = max(iri.rfind("/"), iri.rfind("#")) + 1
    prefix = _NAMES.get(iri[:cut])
    return iri if prefix is None or cut == len(iri) else f"{prefix}:{iri[cut:]}"


def expand(name: str) -> str:
    """Return the IRI of a prefixed name of :data:`PREFIXES`; other text comes back unchanged."""
    prefix, colon, local = name.partition(":")
    if colon and prefix in PREFIXES and not local.startswith("//"):
        return f"{PREFIXES[prefix]}{local}"
    return name


def kind_of(iri: str) -> str | None:
    """Return the kind in an entry's IRI (``…/id/programme/sbir`` → ``programme``), else None."""
    if not iri.startswith(ID):
        return None
    kind, slash, _ = iri[len(ID) :].partition("/")
    return kind if slash else None
