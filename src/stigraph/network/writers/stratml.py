"""StratML Part 1 (ISO 17469-1:2015): a strategy as goals and objectives, in XML.

A *goal* is a pillar of the strategy; its *objectives* are the goals and measures
that documents put under it, in their order. A document of StratML holds one
plan: a single file is the latest strategy that the selection touches, and names
the others; a folder has a file for each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Final
from xml.etree import ElementTree as ET

from stigraph.errors import UsageError
from stigraph.network.model import File
from stigraph.network.selection import Selection
from stigraph.network.writers.escape import legal
from stigraph.store import Store
from stigraph.terms import Iri
from stigraph.vocab import DCTERMS, ID, RDF, STI, shorten

__all__ = ["files", "write"]

_NAMESPACE: Final = "urn:ISO:std:iso:17469:tech:xsd:stratml_core"
_OTHER: Final = {"ja": "en", "en": "ja"}
_WORDS: Final = {
    "ja": {"stated": "典拠：", "kind": "種別：", "others": "ほかの戦略："},
    "en": {"stated": "Stated in: ", "kind": "Kind: ", "others": "Other strategies: "},
}
_STRATEGIES: Final = f"""
SELECT DISTINCT ?strategy ?pillar WHERE {{
  ?pillar a <{STI.Pillar}> ; <{STI.inDocument}> ?strategy
  OPTIONAL {{ ?pillar <{STI.pillarKind}> ?kind }} OPTIONAL {{ ?pillar <{STI.order}> ?order }}
}} ORDER BY ?strategy DESC(?kind = <{ID}pillar-kind/pillar>) ?kind ?order ?pillar"""
_UNDER: Final = f"""
SELECT DISTINCT ?pillar ?item WHERE {{
  VALUES ?class {{ <{STI.Goal}> <{STI.Measure}> }} ?item a ?class ; <{STI.underPillar}> ?pillar
  OPTIONAL {{ ?item <{STI.inDocument}> ?document }}
  OPTIONAL {{ ?item <{STI.inGroup}>/<{STI.order}> ?group }}
  OPTIONAL {{ ?item <{STI.order}> ?order }}
}} ORDER BY ?pillar ?class ?document ?group ?order ?item"""
_DECISIONS: Final = f"""
SELECT ?strategy ?body ?day ?url WHERE {{
  ?event <{STI.about}> ?strategy ; <{STI.eventKind}> <{ID}event-kind/cabinet-decision>
  OPTIONAL {{ ?event <{STI.decidedBy}> ?body }} OPTIONAL {{ ?event <{DCTERMS.date}> ?day }}
  OPTIONAL {{ ?event <{STI.statedIn}>/<{STI.url}> ?url }}
}} ORDER BY ?strategy ?day ?body ?url"""


def write(selection: Selection, form: str) -> Iterator[str]:
    """Yield the latest strategy that the selection touches.

    Raises:
        UsageError: It touches none.
    """
    del form
    plans = _Plans(selection)
    yield plans.document(plans.strategies[-1])


def files(selection: Selection, form: str) -> Iterator[File]:
    """Yield a file for each strategy that the selection touches.

    Raises:
        UsageError: It touches none.
    """
    del form
    plans = _Plans(selection)
    for strategy in plans.strategies:
        yield File(f"{_identifier(strategy)}.xml", [plans.document(strategy)])


class _Plans:
    """The strategies that a selection touches, and what StratML says of them."""

    def __init__(self, selection: Selection) -> None:
        self.selection = selection
        self.lang = selection.lang
        store, behind = selection.store, frozenset(selection.network.behind)
        self.objectives = _pairs(store, _UNDER)
        self.evidence = _pairs(
            store, f"SELECT ?node ?e WHERE {{ ?node <{STI.statedIn}> ?e }} ORDER BY ?node ?e"
        )
        kinds = f"<{RDF.type}>|<{STI.pillarKind}>"
        self.kinds = _pairs(
            store, f"SELECT ?i ?kind WHERE {{ ?i {kinds} ?kind }} ORDER BY ?i ?kind"
        )
        members = _pairs(
            store, f"SELECT ?pillar ?node WHERE {{ ?node <{STI.underPillar}> ?pillar }}"
        )
        under = {pillar for pillar, nodes in members.items() if not behind.isdisjoint(nodes)}
        self.pillars: dict[str, list[str]] = {}
        for strategy, pillars in _pairs(store, _STRATEGIES).items():
            chosen = [pillar for pillar in pillars if pillar in behind]
            if chosen or strategy in behind or not under.isdisjoint(pillars):
                self.pillars[strategy] = chosen or pillars
        years = _pairs(store, f"SELECT ?s ?year WHERE {{ ?s <{STI.editionYear}> ?year }}")
        self.strategies = sorted(self.pillars, key=lambda iri: (years.get(iri, [""]), iri))
        if not self.strategies:
            raise UsageError(
                "stratml には、柱のある戦略がいる。レンズ strategy か everything で書き出す",
                "stratml needs a strategy with pillars; export the lens strategy or everything",
            )

    def document(self, strategy: str) -> str:
        """Return one strategy as a document of StratML."""
        root = ET.Element("StrategicPlan", xmlns=_NAMESPACE)
        _add(root, "Name", self._label(strategy, self.lang))
        _add(root, "Description", self._label(strategy, _OTHER[self.lang]))
        _add(root, "OtherInformation", self._about(strategy))
        core = _add(root, "StrategicPlanCore")
        bodies, day, url = self._decision(strategy)
        for body in bodies:
            organisation = _add(core, "Organization")
            _add(organisation, "Name", self._label(body, self.lang))
            _add(organisation, "Identifier", _identifier(body))
            _add(organisation, "Description", self._label(body, _OTHER[self.lang]))
        used = {*bodies}
        for place, pillar in enumerate(self.pillars[strategy], start=1):
            self._goal(core, pillar, place, used)
        if day or url:
            said = _add(root, "AdministrativeInformation")
            if day:
                _add(said, "PublicationDate", day)
            if url:
                _add(said, "Source", url)
        ET.indent(root)
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'

    def _goal(self, core: ET.Element, pillar: str, place: int, used: set[str]) -> None:
        goal = _add(core, "Goal")
        self._item(goal, pillar, str(place), used)
        for number, item in enumerate(self.objectives.get(pillar, []), start=1):
            self._item(_add(goal, "Objective"), item, f"{place}.{number}", used)

    def _item(self, element: ET.Element, iri: str, place: str, used: set[str]) -> None:
        _add(element, "Name", self._label(iri, self.lang))
        _add(element, "Description", self._label(iri, _OTHER[self.lang]))
        if iri not in used:  # an xsd:ID stands once in a document
            _add(element, "Identifier", _identifier(iri))
        used.add(iri)
        _add(element, "SequenceIndicator", place)
        _add(element, "OtherInformation", self._where(iri))

    def _where(self, iri: str) -> str:
        words = _WORDS[self.lang]
        stated = "; ".join(shorten(source) for source in self.evidence.get(iri, []))
        named = "; ".join({self._label(kind, self.lang): 0 for kind in self.kinds.get(iri, [])})
        named = f"{words['kind']}{named}" if named else ""
        return "\n".join(filter(None, (iri, named, f"{words['stated']}{stated}" if stated else "")))

    def _about(self, strategy: str) -> str:
        words, release = _WORDS[self.lang], self.selection.release
        others = [name for name in self.strategies if name != strategy]
        named = "; ".join(f"{self._label(o, self.lang)} ({shorten(o)})" for o in others)
        lines = [strategy, *release.lines(self.lang), f"{words['others']}{named}" if named else ""]
        return "\n".join(filter(None, lines))

    def _decision(self, strategy: str) -> tuple[list[str], str, str]:
        """Return who decided the strategy, the day if it is known exactly, and a web address."""
        bodies: dict[str, None] = {}
        days, urls = [], []
        for about, body, day, url in self.selection.store.select(_DECISIONS):
            if about == Iri(strategy):
                bodies |= {body.value: None} if body else {}
                days += [day.value] if day and _is_date(day.value) else []
                urls += [url.value] if url else []
        return list(bodies), min(days, default=""), min(urls, default="")

    def _label(self, iri: str, lang: str) -> str:
        return self.selection.catalogue.label(Iri(iri), lang)


def _pairs(store: Store, query: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for one, other in store.select(query):
        if one is not None and other is not None and other.value not in found[one.value]:
            found[one.value].append(other.value)
    return dict(found)


def _add(parent: ET.Element, name: str, text: str = "") -> ET.Element:
    element = ET.SubElement(parent, name)
    element.text = legal(text) or None
    return element


def _identifier(iri: str) -> str:
    """Return the id as an XML name: ``pillar.2025-economic-security``."""
    return shorten(iri).replace(":", ".")


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
