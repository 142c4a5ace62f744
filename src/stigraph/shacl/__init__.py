"""SHACL validation: shapes compiled to queries over a store.

The reference engine, :mod:`stigraph.shacl.reference`, is imported where it is asked for.
"""

from __future__ import annotations

from stigraph.shacl.affected import Affected
from stigraph.shacl.engine import Validation, validate
from stigraph.shacl.parse import ShapesDocument, parse_shapes
from stigraph.shacl.report import report_triples, report_turtle
from stigraph.shacl.results import ShapeResult, Shapes
from stigraph.shacl.sanity import Ontology, Problem, problems

__all__ = [
    "Affected",
    "Ontology",
    "Problem",
    "ShapeResult",
    "Shapes",
    "ShapesDocument",
    "Validation",
    "parse_shapes",
    "problems",
    "report_triples",
    "report_turtle",
    "validate",
]
