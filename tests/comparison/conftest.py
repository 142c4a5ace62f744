"""A change of some files, told with the names of the whole graph."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from stigraph.comparison import REPORTS, Comparison, Snapshot, compare
from stigraph.entries import Catalogue
from stigraph.store import LocalStore

Files = Mapping[str, str]
Told = Callable[..., str]

PREFIXES = "".join(
    f"@prefix {name}: <{iri}> .\n"
    for name, iri in {
        "dcterms": "http://purl.org/dc/terms/",
        "owl": "http://www.w3.org/2002/07/owl#",
        "schema": "https://schema.org/",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "sti": "https://w3id.org/stigraph/ontology#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        **{
            kind: f"https://w3id.org/stigraph/id/{kind}/"
            for kind in (
                *("alignment", "alignment-type", "allocation", "amount-kind", "budget-stage"),
                *("event", "field", "fiscal-year", "measure", "pillar", "programme", "target"),
                "unit",
            )
        },
        "ex": "http://example.org/",
    }.items()
)


NAMES = """
programme:bridge skos:prefLabel "BRIDGE"@ja , "BRIDGE"@en .
pillar:2025-innovation-ecosystem skos:prefLabel "生態系"@ja , "ecosystem"@en .
pillar:2025-advanced-technology skos:prefLabel "先端技術"@ja , "technology"@en .
field:quantum skos:prefLabel "量子"@ja , "quantum"@en .
measure:direction-ai-bill skos:prefLabel "法案"@ja , "bill"@en .
measure:overview-ai-ict skos:prefLabel "推進"@ja , "promotion"@en .
"""


def state(name: str, files: Files) -> Snapshot:
    texts = {"names.ttl": NAMES, **files}
    return Snapshot.of(name, ((file, (PREFIXES + text).encode()) for file, text in texts.items()))


@pytest.fixture(scope="session")
def catalogue(store: LocalStore) -> Catalogue:
    return Catalogue.of(store)


@pytest.fixture
def told(catalogue: Catalogue) -> Told:
    """Return what a reader is told of a change from some files to others."""

    def tell(before: Files, after: Files, lang: str = "en", form: str = "text") -> str:
        left, right = state("before", before), state("after", after)
        changes = tuple(compare(left, right))
        return REPORTS[form](Comparison(left, right, changes, catalogue), lang)

    return tell
