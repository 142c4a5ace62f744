"""The standard validation report (SHACL, section 3.6), as triples and as Turtle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stigraph.shacl.graph import Triple
from stigraph.shacl.paths import fresh_blanks, path_triples
from stigraph.shacl.results import ShapeResult
from stigraph.store.reading import turtle_text
from stigraph.terms import Blank, Iri, Literal, Term
from stigraph.vocab import RDF, SH, XSD

__all__ = ["report_triples", "report_turtle"]


def report_triples(results: Iterable[ShapeResult]) -> Iterator[Triple]:
    """Yield the triples of the ``sh:ValidationReport`` on ``results``.

    Blank nodes of data and shapes keep their labels, with ``n_`` before them.
    """
    fresh = fresh_blanks("r")
    report = Blank("report")
    found = list(results)
    yield report, Iri(RDF.type), Iri(SH.ValidationReport)
    yield report, Iri(SH.conforms), Literal("false" if found else "true", XSD.boolean)
    for result in found:
        node = next(fresh)
        yield report, Iri(SH.result), node
        yield node, Iri(RDF.type), Iri(SH.ValidationResult)
        for predicate, value in _properties(result):
            yield node, Iri(predicate), _apart(value)
        if result.result_path is not None:
            value, triples = path_triples(result.result_path, fresh)
            yield node, Iri(SH.resultPath), value
            yield from triples


def _properties(result: ShapeResult) -> Iterator[tuple[str, Term]]:
    yield SH.focusNode, result.focus
    yield SH.resultSeverity, Iri(result.severity)
    yield SH.sourceConstraintComponent, Iri(result.component)
    yield SH.sourceShape, result.shape
    if result.value is not None:
        yield SH.value, result.value
    if result.constraint is not None:
        yield SH.sourceConstraint, result.constraint
    if result.said:
        for text in result.said:
            yield SH.resultMessage, text
    else:
        for language, message in result.messages.items():
            yield (
                SH.resultMessage,
                Literal.tagged(message, language) if language else Literal(message),
            )


def _apart(term: Term) -> Term:
    return Blank(f"n_{term.value}") if isinstance(term, Blank) else term


def report_turtle(results: Iterable[ShapeResult]) -> str:
    """Return the ``sh:ValidationReport`` on ``results`` in Turtle."""
    return turtle_text(report_triples(results))
