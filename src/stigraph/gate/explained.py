"""Syntax errors as our own reader tells them."""

from __future__ import annotations

from pathlib import Path

from stigraph import turtle
from stigraph.errors import TurtleSyntaxError

__all__ = ["explained"]


def explained(text: str, path: Path, error: TurtleSyntaxError) -> TurtleSyntaxError:
    """Return the error as our own reader tells it: what was expected, in both languages."""
    try:
        for _ in turtle.read(text, path.resolve().as_uri()):
            pass
    except TurtleSyntaxError as own:
        return own
    return error
