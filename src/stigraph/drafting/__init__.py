"""A new entry: the fields that the shapes ask for, and the file that they make."""

from __future__ import annotations

from stigraph.drafting.draft import Draft, slug_of
from stigraph.drafting.fields import Field, Form, Model

__all__ = ["Draft", "Field", "Form", "Model", "slug_of"]
