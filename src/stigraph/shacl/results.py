"""What an engine hands on: validation results (SHACL, section 3.6), and facts about shapes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from stigraph.shacl.paths import Path
from stigraph.store import Store
from stigraph.terms import Iri, Literal, Term
from stigraph.vocab import RDF, RDFS, SH, STI

__all__ = ["ShapeInfo", "ShapeResult", "Shapes", "shape_infos"]


@dataclass(frozen=True, slots=True)
class ShapeResult:
    """A ``sh:ValidationResult`` (SHACL, section 3.6.2).

    Attributes:
        focus: The focus node.
        path: The IRI of the result path where it is a single property, else None.
        value: The value node, where one is at fault.
        component: The IRI of the constraint component.
        shape: The shape that the focus node doesn't conform to.
        severity: The IRI of the severity.
        messages: A sentence for each language ("" for none).
        result_path: The result path of whatever kind, or None.
        constraint: The ``sh:sourceConstraint``, where the component has one.
        said: Every ``sh:message`` of the shapes graph that applies, as it is to be reported;
            empty where ``messages`` are our own.
    """

    focus: Term
    path: str | None
    value: Term | None
    component: str
    shape: Term
    severity: str
    messages: Mapping[str, str]
    result_path: Path | None = None
    constraint: Term | None = None
    said: tuple[Literal, ...] = ()


@dataclass(frozen=True, slots=True)
class ShapeInfo:
    """What a shape carries besides its constraints."""

    code: str | None
    messages: Mapping[str, str]


_SOURCED = f"""
SELECT DISTINCT ?class WHERE {{
  ?shape <{SH.targetClass}> ?class ; <{SH.property}> ?property .
  ?property <{SH.path}> <{STI.statedIn}> ; <{SH.minCount}> ?min FILTER(?min > 0)
}}
"""
_INSTANCES = f"<{RDF.type}>/<{RDFS.subClassOf}>*"


def shape_infos(triples: Iterable[tuple[Term, Term, Term]]) -> dict[str, ShapeInfo]:
    """Return code and messages of every named shape that has some."""
    codes: dict[str, str] = {}
    messages: dict[str, dict[str, str]] = {}
    for shape, predicate, value in triples:
        if not (isinstance(shape, Iri) and isinstance(value, Literal)):
            continue
        if predicate.value == STI.code:
            codes[shape.value] = value.value
        elif predicate.value == SH.message:
            messages.setdefault(shape.value, {})[value.language or ""] = value.value
    return {iri: ShapeInfo(codes.get(iri), messages.get(iri, {})) for iri in {*codes, *messages}}


@dataclass(frozen=True)
class Shapes:
    """The shapes in a store: what they target."""

    store: Store

    def targets(self) -> frozenset[str]:
        """Return the classes that some shape targets."""
        rows = self.store.select(f"SELECT DISTINCT ?c WHERE {{ ?s <{SH.targetClass}> ?c }}")
        return frozenset(c.value for (c,) in rows if isinstance(c, Iri))

    def sourced_classes(self) -> frozenset[str]:
        """Return the classes whose instances must say where they are stated: the facts."""
        return frozenset(c.value for (c,) in self.store.select(_SOURCED) if isinstance(c, Iri))


def instances(data: Store, classes: frozenset[str]) -> frozenset[Term]:
    """Return the SHACL instances of ``classes`` in ``data`` (SHACL, section 2.1.3.2)."""
    if not classes:
        return frozenset()
    values = " ".join(f"<{cls}>" for cls in sorted(classes))
    rows = data.select(
        f"SELECT DISTINCT ?node WHERE {{ VALUES ?class {{ {values} }} ?node {_INSTANCES} ?class }}"
    )
    return frozenset(node for (node,) in rows if node is not None)
