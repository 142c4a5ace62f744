"""The page of classes, properties and code lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from docs.making.mappings import read_mappings
from docs.making.markdown import heading, japanese, link, safe, table
from docs.making.sparql import grouped, load, rows, texts

from stigraph.project import Project
from stigraph.vocab import ONTOLOGY, STI, shorten

__all__ = ["ontology_page"]

_PARTS = {
    "Classes": "owl:Class",
    "Object properties": "owl:ObjectProperty",
    "Datatype properties": "owl:DatatypeProperty",
    "Annotation properties": "owl:AnnotationProperty",
}
_RELATIONS = {
    "replaced by": "dcterms:isReplacedBy",
    "subclass of": "rdfs:subClassOf",
    "subproperty of": "rdfs:subPropertyOf",
    "domain": "rdfs:domain|rdfs:domain/owl:unionOf/rdf:rest*/rdf:first",
    "range": "rdfs:range|rdfs:range/owl:unionOf/rdf:rest*/rdf:first",
    "values from": "rdfs:seeAlso",
}


class _Ontology:
    """The vocabulary as the page needs it: read once, looked up by IRI."""

    def __init__(self, project: Project) -> None:
        self.store = load(project, project.ontology_files())
        self.names = texts(self.store, "rdfs:label|skos:prefLabel|dcterms:title")
        self.definitions = texts(self.store, "skos:definition|dcterms:description")
        self.mappings = read_mappings(project)
        self.related = {
            title: grouped(self.rows(f"SELECT ?s ?o WHERE {{ ?s {path} ?o FILTER(isIRI(?o)) }}"))
            for title, path in _RELATIONS.items()
        }
        self.kinds = grouped(self.rows("SELECT ?s ?o WHERE { ?s sti:kind ?o }"))
        self.functional = set(self.rows("SELECT ?s WHERE { ?s a owl:FunctionalProperty }"))

    def rows(self, query: str) -> list[tuple[str, ...]]:
        """Return the rows of a query as texts."""
        return rows(self.store, query)

    def own(self, part: str) -> list[str]:
        """Return our own terms of a part of the ontology, by name."""
        found = self.rows(f"SELECT DISTINCT ?s WHERE {{ ?s a {_PARTS[part]} }}")
        return sorted((iri for (iri,) in found if iri.startswith(STI)), key=str.casefold)

    def schemes(self) -> list[str]:
        """Return the code lists."""
        return [
            iri for (iri,) in self.rows("SELECT ?s WHERE { ?s a skos:ConceptScheme } ORDER BY ?s")
        ]

    def properties_of(self, iri: str) -> list[str]:
        """Return the properties whose domain names the class ``iri``."""
        domains = self.related["domain"]
        return [name for name in sorted(domains, key=str.casefold) if iri in domains[name]]


def ontology_page(project: Project) -> str:
    """Return the page of classes, properties and code lists."""
    ontology = _Ontology(project)
    terms = {title: ontology.own(title) for title in _PARTS}
    parts = [_head(ontology), _counts(terms, len(ontology.schemes()))]
    for title, iris in terms.items():
        parts += [f"## {title}\n\n", *(_term(ontology, iri) for iri in iris)]
    parts += ["## Code lists\n\n", *(_scheme(ontology, iri) for iri in ontology.schemes())]
    parts += ["## Terms of other vocabularies\n\n", _foreign(ontology)]
    return "".join(parts)


def _head(ontology: _Ontology) -> str:
    (version,) = ontology.rows(f"SELECT ?v WHERE {{ <{ONTOLOGY}> owl:versionInfo ?v }}")[0]
    about = ontology.definitions[ONTOLOGY]
    return (
        f"# Ontology\n\n{safe(about['en'])}\n\n{japanese(about['ja'])}\n\n"
        f"Version {version}. Namespace `{STI}`, prefix `sti`. The source is "
        "`ontology/stigraph.ttl`; the code lists stand in `ontology/schemes/`, the mappings in "
        "`ontology/mappings/`. What an entry must have is said by the "
        "[checks](shapes.md), not by the ontology.\n\n"
    )


def _counts(terms: Mapping[str, list[str]], schemes: int) -> str:
    sizes = {title: len(iris) for title, iris in terms.items()} | {"Code lists": schemes}
    lines = [
        (f"[{title}](#{title.lower().replace(' ', '-')})", str(size))
        for title, size in sizes.items()
    ]
    return table(("part", "number"), lines) + "\n"


def _names(ontology: _Ontology, iri: str) -> str:
    names, definition = ontology.names[iri], ontology.definitions[iri]
    return (
        f"**{japanese(names['ja'])}** · **{safe(names['en'])}**\n\n"
        f"{japanese(definition['ja'])}\n\n{safe(definition['en'])}\n\n"
    )


def _term(ontology: _Ontology, iri: str) -> str:
    return heading(iri) + _names(ontology, iri) + "".join(_facts(ontology, iri)) + "\n"


def _facts(ontology: _Ontology, iri: str) -> Iterator[str]:
    for title, found in ontology.related.items():
        if iri in found:
            yield f"- {title}: {', '.join(map(link, found[iri]))}\n"
    if (iri,) in ontology.functional:
        yield "- at most one value\n"
    if iri in ontology.kinds:
        yield f"- identifiers: {', '.join(f'`id/{kind}/…`' for kind in ontology.kinds[iri])}\n"
    used = ontology.properties_of(iri)
    if used:
        yield f"- properties: {', '.join(map(link, used))}\n"
    for match in ontology.mappings.get(shorten(iri), []):
        comment = f" ({safe(match.comment)})" if match.comment else ""
        yield f"- {match.relation}: [`{match.target}`]({match.iri}){comment}\n"


def _scheme(ontology: _Ontology, scheme: str) -> str:
    concepts = ontology.rows(f"SELECT ?c WHERE {{ ?c skos:inScheme <{scheme}> }} ORDER BY ?c")
    lines = [_concept(ontology, iri) for (iri,) in concepts]
    shown = table(("concept", "日本語", "English", "definition"), lines)
    return f"{heading(scheme)}{_names(ontology, scheme)}{shown}\n"


def _concept(ontology: _Ontology, iri: str) -> tuple[str, str, str, str]:
    names, definition = ontology.names[iri], ontology.definitions.get(iri, {})
    both = [japanese(definition.get("ja", "")), safe(definition.get("en", ""))]
    return (
        f"`{shorten(iri)}`",
        japanese(names["ja"]),
        safe(names["en"]),
        "<br>".join(text for text in both if text),
    )


def _foreign(ontology: _Ontology) -> str:
    found = ontology.rows(
        "SELECT DISTINCT ?by ?term WHERE { ?term rdfs:isDefinedBy ?by "
        f"FILTER(isIRI(?term) && ?by != <{ONTOLOGY}>) }}"
    )
    lines = [
        (f"`{vocabulary}`", ", ".join(f"`{shorten(term)}`" for term in terms))
        for vocabulary, terms in sorted(grouped(found).items())
    ]
    return "They are declared, so that tools know what they are, and not imported.\n\n" + table(
        ("vocabulary", "terms"), lines
    )
