"""SHACL validation: shapes compiled to queries over a store.

The reference engine, :mod:`stigraph.shacl.reference`, is imported where it is asked for.
"""

from __future__ import annotations

from stigraph.lazy import lazily

TYPE_CHECKING = False
if TYPE_CHECKING:
    from stigraph.shacl.affected import Affected as Affected
    from stigraph.shacl.engine import Validation as Validation
    from stigraph.shacl.engine import validate as validate
    from stigraph.shacl.parse import ShapesDocument as ShapesDocument
    from stigraph.shacl.parse import parse_shapes as parse_shapes
    from stigraph.shacl.report import report_triples as report_triples
    from stigraph.shacl.report import report_turtle as report_turtle
    from stigraph.shacl.results import ShapeResult as ShapeResult
    from stigraph.shacl.results import Shapes as Shapes
    from stigraph.shacl.results import shape_infos as shape_infos
    from stigraph.shacl.sanity import Ontology as Ontology
    from stigraph.shacl.sanity import Problem as Problem
    from stigraph.shacl.sanity import problems as problems

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
    "shape_infos",
    "validate",
]

__getattr__ = lazily(
    __name__,
    {
        "Affected": "stigraph.shacl.affected",
        "Ontology": "stigraph.shacl.sanity",
        "Problem": "stigraph.shacl.sanity",
        "ShapeResult": "stigraph.shacl.results",
        "Shapes": "stigraph.shacl.results",
        "ShapesDocument": "stigraph.shacl.parse",
        "Validation": "stigraph.shacl.engine",
        "parse_shapes": "stigraph.shacl.parse",
        "problems": "stigraph.shacl.sanity",
        "report_triples": "stigraph.shacl.report",
        "report_turtle": "stigraph.shacl.report",
        "shape_infos": "stigraph.shacl.results",
        "validate": "stigraph.shacl.engine",
    },
)
