"""Findings that say nothing beside another one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stigraph.gate.codes import LAYOUT_CODE
from stigraph.gate.finding import Finding, Severity

__all__ = ["without_echoes", "without_lesser"]

_CAUSES = frozenset({"STI010", "STI011", "STI012", "STI014", "STI017"})
"""A term that means nothing, or that can't be read: shapes only echo it."""


def without_echoes(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield ``findings`` without SHACL results that another finding explains, or that repeat.

    A value that breaks two constraints of one shape is one fault with one message.
    """
    listed = list(findings)
    causes = {(f.focus, f.path) for f in listed if f.code in _CAUSES}
    told: set[tuple[object, ...]] = set()
    for found in listed:
        key = (found.code, found.focus, found.path, found.value, found.message)
        echo = found.component is not None and (found.focus, found.path) in causes
        if not echo and (found.component is None or key not in told):
            yield found
        told.add(key)


def without_lesser(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the findings, that of a file's layout only where the file has no fault besides.

    Who mends the fault formats the file afterwards; to say so before only hides the fault.
    """
    told = list(findings)
    faulty = {found.file for found in told if found.severity is not Severity.INFO}
    return (found for found in told if found.code != LAYOUT_CODE or found.file not in faulty)
