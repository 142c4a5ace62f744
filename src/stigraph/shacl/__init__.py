"""SHACL validation: results by an engine, in one form."""

from __future__ import annotations

from stigraph.shacl.reference import validate_reference
from stigraph.shacl.results import ShapeResult, Shapes

__all__ = ["ShapeResult", "Shapes", "validate_reference"]
