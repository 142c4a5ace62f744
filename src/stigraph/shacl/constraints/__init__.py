"""Constraint components, grouped as the specification groups them."""
