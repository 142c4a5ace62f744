"""The reference engine: pySHACL. The only file that imports it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyshacl
import rdflib
from rdflib.term import Literal as RdfLiteral
from rdflib.term import Node, URIRef

from stigraph.errors import ShapesError
from stigraph.rdflib_graph import to_rdflib
from stigraph.shacl.results import ShapeResult
from stigraph.terms import Blank, Iri, Literal, Term
from stigraph.vocab import SH, XSD

__all__ = ["validate_reference"]

Triple = tuple[Term, Term, Term]


def validate_reference(data: Iterable[Triple], shapes: Iterable[Triple]) -> list[ShapeResult]:
    """Return the results of validating ``data`` against ``shapes`` with pySHACL.

    Raises:
        ShapesError: pySHACL can't run the shapes.
    """
    try:
        _, report, _ = pyshacl.validate(
            to_rdflib(data, {}), shacl_graph=to_rdflib(shapes, {}), inplace=True, inference="none"
        )
    except (pyshacl.errors.ReportableRuntimeError, pyshacl.errors.ValidationFailure) as error:
        raise ShapesError(
            f"シェイプを実行できない：{error}", f"the shapes can't be run: {error}"
        ) from error
    if not isinstance(report, rdflib.Graph):
        raise ShapesError(f"シェイプを実行できない：{report}", f"the shapes can't be run: {report}")
    return list(_results(report))


def _term(node: Node) -> Term:
    if isinstance(node, URIRef):
        return Iri(str(node))
    if isinstance(node, RdfLiteral):
        if node.language is not None:
            return Literal.tagged(str(node), node.language)
        return Literal(str(node), str(node.datatype or XSD.string))
    return Blank(str(node))


def _results(report: rdflib.Graph) -> Iterator[ShapeResult]:
    # Only what the report itself lists: pySHACL puts results of nested shapes below sh:detail.
    for result in report.objects(None, URIRef(SH.result)):
        path = report.value(result, URIRef(SH.resultPath))
        value = report.value(result, URIRef(SH.value))
        yield ShapeResult(
            focus=_one(report, result, SH.focusNode),
            path=str(path) if isinstance(path, URIRef) else None,
            value=None if value is None else _term(value),
            component=_one(report, result, SH.sourceConstraintComponent).value,
            shape=_one(report, result, SH.sourceShape),
            severity=_one(report, result, SH.resultSeverity).value,
            messages={
                message.language or "": str(message)
                for message in report.objects(result, URIRef(SH.resultMessage))
                if isinstance(message, RdfLiteral)
            },
        )


def _one(report: rdflib.Graph, result: Node, predicate: str) -> Term:
    value = report.value(result, URIRef(predicate))
    if value is None:  # every result has these three (SHACL, section 3.6.2)
        raise ShapesError(
            f"pySHACL の結果に {predicate} がない", f"a pySHACL result lacks {predicate}"
        )
    return _term(value)
