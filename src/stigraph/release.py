"""What a graph says of itself: version, date, licence, attribution. Exports and dumps carry it."""

from __future__ import annotations

from dataclasses import dataclass

from stigraph.store import Store
from stigraph.terms import Iri, Literal, Term
from stigraph.vocab import DATASET, DCAT, DCTERMS

__all__ = ["Release", "read_release"]


@dataclass(frozen=True, slots=True)
class Release:
    """The statement that goes with every copy of the graph."""

    version: str
    issued: str
    licence: str
    title_ja: str
    title_en: str
    attribution_ja: str
    attribution_en: str

    def lines(self, lang: str) -> list[str]:
        """Return the statement as lines of text in ``lang``."""
        if lang == "ja":
            return [
                f"{self.title_ja} {self.version} 版（{self.issued}）",
                f"ライセンス：{self.licence}",
                self.attribution_ja,
            ]
        return [
            f"{self.title_en}, version {self.version} ({self.issued})",
            f"Licence: {self.licence}",
            self.attribution_en,
        ]


def read_release(store: Store) -> Release:
    """Read the statement of the dataset in ``store``; what is missing is empty."""
    found: dict[str, str] = {}
    for predicate, value in store.select(f"SELECT ?p ?o WHERE {{ <{DATASET}> ?p ?o }}"):
        if isinstance(predicate, Iri) and value is not None:
            found.setdefault(_key(predicate.value, value), _text(value))
    return Release(
        version=found.get(DCAT.version, ""),
        issued=found.get(DCTERMS.issued, ""),
        licence=found.get(DCTERMS.license, ""),
        title_ja=found.get(f"{DCTERMS['title']}@ja", ""),
        title_en=found.get(f"{DCTERMS['title']}@en", ""),
        attribution_ja=found.get(f"{DCTERMS.rights}@ja", ""),
        attribution_en=found.get(f"{DCTERMS.rights}@en", ""),
    )


def _key(predicate: str, value: Term) -> str:
    language = value.language if isinstance(value, Literal) else None
    return f"{predicate}@{language}" if language else predicate


def _text(value: Term) -> str:
    return value.value
