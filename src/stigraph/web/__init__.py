"""The window: the SPARQL endpoint and the pages."""

from __future__ import annotations

from stigraph.web.app import create_app
from stigraph.web.server import run, run_with

__all__ = ["create_app", "run", "run_with"]
