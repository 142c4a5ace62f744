"""The terms of the SHACL vocabulary (SHACL, appendix), and of XML Schema."""

from __future__ import annotations

from typing import Final

__all__ = ["COMPANIONS", "DATATYPES", "NOT_RUN", "TERMS"]

_CLASSES: Final = """
    AbstractResult ConstraintComponent Function JSConstraint JSExecutable JSFunction JSLibrary
    JSRule JSTarget JSTargetType JSValidator NodeKind NodeShape Parameter Parameterizable
    PrefixDeclaration PropertyGroup PropertyShape ResultAnnotation Rule SPARQLAskExecutable
    SPARQLAskValidator SPARQLConstraint SPARQLConstructExecutable SPARQLExecutable SPARQLFunction
    SPARQLRule SPARQLSelectExecutable SPARQLSelectValidator SPARQLTarget SPARQLTargetType
    SPARQLUpdateExecutable Severity Shape Target TargetType TripleRule ValidationReport
    ValidationResult Validator
"""
_INDIVIDUALS: Final = """
    BlankNode BlankNodeOrIRI BlankNodeOrLiteral IRI IRIOrLiteral Literal Info Violation Warning
    this
"""
_COMPONENTS: Final = """
    And Class Closed Datatype Disjoint Equals Expression HasValue In JS LanguageIn LessThan
    LessThanOrEquals MaxCount MaxExclusive MaxInclusive MaxLength MinCount MinExclusive
    MinInclusive MinLength Node NodeKind Not Or Pattern Property QualifiedMaxCount
    QualifiedMinCount SPARQL UniqueLang Xone
"""
_PROPERTIES: Final = """
    alternativePath and annotationProperty annotationValue annotationVarName ask class closed
    conforms construct datatype deactivated declare defaultValue description detail disjoint
    entailment equals flags focusNode group hasValue ignoredProperties in inversePath
    labelTemplate languageIn lessThan lessThanOrEquals maxCount maxExclusive maxInclusive
    maxLength message minCount minExclusive minInclusive minLength name namespace node nodeKind
    nodeValidator not oneOrMorePath optional or order parameter path pattern prefix prefixes
    property propertyValidator qualifiedMaxCount qualifiedMinCount qualifiedValueShape
    qualifiedValueShapesDisjoint result resultAnnotation resultMessage resultPath resultSeverity
    returnType select severity shapesGraph shapesGraphWellFormed sourceConstraint
    sourceConstraintComponent sourceShape sparql suggestedShapesGraph targetClass targetNode
    targetObjectsOf targetSubjectsOf uniqueLang update validator value xone zeroOrMorePath
    zeroOrOnePath
"""
_ADVANCED: Final = """
    condition expression filterShape intersection js jsFunctionName jsLibrary jsLibraryURL nodes
    object predicate rule subject target union values
"""

NOT_RUN: Final = frozenset(_ADVANCED.split()) | {"entailment"}
"""Terms of SHACL Advanced Features and of entailment, which the engine doesn't run."""

TERMS: Final = (
    frozenset((_CLASSES + _INDIVIDUALS + _PROPERTIES + _ADVANCED).split())
    | frozenset(f"{name}ConstraintComponent" for name in _COMPONENTS.split())
    | frozenset(
        f"{name}ConstraintComponent-{parameter}"
        for name, parameter in (
            ("Pattern", "pattern"),
            ("Pattern", "flags"),
            ("Closed", "closed"),
            ("Closed", "ignoredProperties"),
        )
    )
)
"""The local names of the SHACL namespace."""

COMPANIONS: Final[dict[str, tuple[str, ...]]] = {
    "flags": ("pattern",),
    "ignoredProperties": ("closed",),
    "qualifiedMaxCount": ("qualifiedValueShape",),
    "qualifiedMinCount": ("qualifiedValueShape",),
    "qualifiedValueShape": ("qualifiedMinCount", "qualifiedMaxCount"),
    "qualifiedValueShapesDisjoint": ("qualifiedValueShape",),
}
"""Parameters that mean nothing alone, with those of which one must be there."""

_DATATYPES: Final = """
    ENTITIES ENTITY ID IDREF IDREFS NCName NMTOKEN NMTOKENS NOTATION Name QName anyAtomicType
    anySimpleType anyType anyURI base64Binary boolean byte date dateTime dateTimeStamp
    dayTimeDuration decimal double duration float gDay gMonth gMonthDay gYear gYearMonth hexBinary
    int integer language long negativeInteger nonNegativeInteger nonPositiveInteger
    normalizedString positiveInteger short string time token unsignedByte unsignedInt
    unsignedLong unsignedShort untypedAtomic yearMonthDuration
"""

DATATYPES: Final = frozenset(_DATATYPES.split())
"""The local names of XML Schema's datatypes."""
