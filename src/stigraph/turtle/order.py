"""The order in which the canonical form writes the predicates of a subject.

``a`` comes first, then names, then what the thing is and belongs to, then
whatever isn't listed here by its name, and last where it is stated.
"""

from __future__ import annotations

from typing import Final

from stigraph.vocab import DCAT, DCTERMS, OA, OWL, RDF, RDFS, SCHEMA, SH, SKOS, STI, VANN

__all__ = ["predicate_rank"]

_NAMES: Final = (
    RDF.type,
    SKOS.prefLabel,
    SKOS.altLabel,
    RDFS.label,
    DCTERMS["title"],
    DCTERMS.description,
    SKOS.definition,
    RDFS.comment,
)
_PLACE: Final = (
    STI.ofDocument,
    STI.passageKind,
    STI.section,
    STI.firstLine,
    STI.lastLine,
    OA.start,
    OA.end,
    STI.sliceDigest,
    STI.inDocument,
    STI.underPillar,
    STI.inGroup,
    STI.inField,
    STI.pursuesGoal,
    STI.topic,
    STI.uses,
    STI.order,
    STI.pillarKind,
    STI.continues,
    STI.completesPlan,
    STI.answersDebateOn,
    STI.partOfInitiative,
    STI.partOfOrganisation,
    STI.partKind,
    STI.fundedBy,
)
_MONEY_AND_FIGURES: Final = (
    STI.forInitiative,
    STI.forPart,
    SCHEMA.value,
    SCHEMA.currency,
    STI.amountKind,
    STI.budgetStage,
    STI.partOfAmount,
    STI.sumOf,
    STI.countOf,
    STI.countValue,
    STI.countUnit,
    STI.forGoal,
    STI.fromMeasure,
    STI.toMeasure,
    STI.alignmentType,
    STI.justification,
)
_TIME: Final = (
    STI.eventKind,
    STI.about,
    STI.targetValue,
    STI.targetUnit,
    STI.targetPeriod,
    STI.qualifier,
    STI.implementsPlan,
    STI.ordinal,
    STI.editionYear,
    STI.yearOfPlan,
    STI.firstFiscalYear,
    STI.lastFiscalYear,
    STI.durationYears,
    STI.startDate,
    STI.endDate,
    STI.firstYear,
    STI.lastYear,
    STI.wording,
    DCTERMS.date,
    STI.participant,
    STI.decidedBy,
    STI.overviewOf,
    STI.directsTowards,
    STI.issuedBy,
    STI.publishedIn,
    STI.publishedBy,
    STI.supportedBy,
    STI.textDigest,
    STI.textFile,
    STI.url,
    STI.publisherName,
    STI.dateBasis,
    STI.dateRead,
    STI.sourceKind,
)
_ONTOLOGY: Final = (
    DCTERMS.creator,
    DCTERMS.license,
    DCTERMS.rights,
    DCTERMS.created,
    DCTERMS.issued,
    DCAT.version,
    OWL.versionIRI,
    OWL.versionInfo,
    VANN.preferredNamespacePrefix,
    VANN.preferredNamespaceUri,
    RDFS.subClassOf,
    RDFS.subPropertyOf,
    RDFS["domain"],
    RDFS["range"],
    SKOS.notation,
    SKOS.inScheme,
    SKOS.topConceptOf,
)
_SHAPE: Final = (
    STI.code,
    SH.severity,
    SH.targetClass,
    SH.targetNode,
    SH.targetSubjectsOf,
    SH.targetObjectsOf,
    SH.path,
    SH.node,
    SH["class"],
    SH.datatype,
    SH.nodeKind,
    SH.pattern,
    SH.flags,
    SH.minInclusive,
    SH.maxInclusive,
    SH.minCount,
    SH.maxCount,
    SH.closed,
    SH.ignoredProperties,
)
_SHAPE_END: Final = (SH.message, SH.property)
_ONTOLOGY_END: Final = (STI.kind, RDFS.isDefinedBy, RDFS.seeAlso, SKOS.changeNote)
_SOURCE: Final = (STI.basis, STI.translationStatus, STI.statedIn, STI.phrase)

_HEAD: Final = (*_NAMES, *_PLACE, *_MONEY_AND_FIGURES, *_TIME, *_ONTOLOGY, *_SHAPE)
_TAIL: Final = (*_SHAPE_END, *_ONTOLOGY_END, *_SOURCE)
_RANKS: Final = {
    **{iri: index for index, iri in enumerate(_HEAD)},
    **{iri: len(_HEAD) + 1 + index for index, iri in enumerate(_TAIL)},
}


def predicate_rank(iri: str) -> int:
    """Return the place of a predicate: predicates not listed share one, between head and tail."""
    return _RANKS.get(iri, len(_HEAD))
