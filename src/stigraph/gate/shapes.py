"""SHACL results and shapes that mean nothing, as findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from stigraph.gate.codes import SHACL_CODE, finding
from stigraph.gate.finding import Finding, Message, Severity, node_name
from stigraph.shacl import Ontology, Problem, ShapeResult, problems
from stigraph.shacl.results import ShapeInfo
from stigraph.terms import Iri, Term
from stigraph.vocab import SH

__all__ = ["SHAPE_CODE", "problem_findings", "result_findings"]

SHAPE_CODE = "STI700"

Triple = tuple[Term, Term, Term]

_SEVERITIES = {
    SH.Violation: Severity.VIOLATION,
    SH.Warning: Severity.WARNING,
    SH.Info: Severity.INFO,
}


def result_findings(
    results: Iterable[ShapeResult], infos: Mapping[str, ShapeInfo]
) -> Iterator[Finding]:
    """Yield a finding for each result; ``infos`` has the codes and messages of the shapes."""
    for result in results:
        yield _of_result(result, infos)


def _of_result(result: ShapeResult, infos: Mapping[str, ShapeInfo]) -> Finding:
    shape = result.shape.value if isinstance(result.shape, Iri) else None
    info = infos.get(shape or "", ShapeInfo(None, {}))
    said = {**result.messages, **info.messages}
    plain = said.get("") or next(iter(said.values()), result.component.rpartition("#")[2])
    fallback = finding(SHACL_CODE, None, detail=plain).message
    return Finding(
        code=info.code or SHACL_CODE,
        message=Message(said.get("ja") or fallback.ja, said.get("en") or fallback.en),
        severity=_SEVERITIES.get(result.severity, Severity.VIOLATION),
        focus=node_name(result.focus),
        path=result.path,
        value=result.value,
        component=result.component,
        source_shape=node_name(result.shape),
    )


def problem_findings(triples: Iterable[Triple], ontology: Ontology | None) -> Iterator[Finding]:
    """Yield what is wrong with the shapes in ``triples``."""
    for problem in problems(triples, ontology):
        yield _of_problem(problem)


def _of_problem(problem: Problem) -> Finding:
    message = finding(SHAPE_CODE, None, ja=problem.ja, en=problem.en).message
    return Finding(
        SHAPE_CODE,
        message,
        focus=node_name(problem.node),
        path=problem.predicate,
        value=problem.term,
    )
