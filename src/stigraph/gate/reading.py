"""The files of a run read one by one, and where in them a finding stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from stigraph.gate.files import SourceFile, read_file
from stigraph.gate.finding import Finding
from stigraph.gate.inputs import Input, Inputs
from stigraph.gate.model import Model
from stigraph.terms import Term

__all__ = ["Files", "located", "read_about", "read_all", "read_files"]

_UNREADABLE = ("STI001", "STI002", "STI003")


@dataclass(frozen=True, slots=True)
class Files:
    """The files that parse; what keeps others from it, in the data and in the model."""

    data: Sequence[SourceFile]
    model: Model
    findings: Sequence[Finding]
    faults: Sequence[Finding]


def read_all(inputs: Inputs) -> Files:
    """Read data, ontology and shapes."""
    known: dict[object, Term] = {}
    data, findings = _read(inputs.data, known)
    ontology, faults = _read(inputs.ontology, known)
    shapes, more = _read(inputs.shapes, known)
    broken = [fault for fault in (*faults, *more) if fault.code in _UNREADABLE]
    return Files(data, Model(ontology, shapes), findings, broken)


def read_about(inputs: Inputs, findings: Iterable[Finding]) -> Files:
    """Read the files in which findings may stand: those that they name, or their nodes' names.

    A name that is written with escapes isn't met.
    """
    listed = list(findings)
    files = {found.file for found in listed}
    names = {re.split("[/#:]", found.focus)[-1].encode() for found in listed if found.focus}

    def some(kind: Sequence[Input]) -> tuple[Input, ...]:
        return tuple(
            each
            for each in kind
            if each.name in files or any(name in each.content for name in names)
        )

    return read_all(
        replace(
            inputs,
            data=some(inputs.data),
            ontology=some(inputs.ontology),
            shapes=some(inputs.shapes),
        )
    )


def read_files(inputs: Iterable[Input]) -> list[SourceFile]:
    """Return those of some files that parse."""
    return _read(inputs, {})[0]


def _read(
    inputs: Iterable[Input], known: dict[object, Term]
) -> tuple[list[SourceFile], list[Finding]]:
    files: list[SourceFile] = []
    findings: list[Finding] = []
    for each in inputs:
        source, faults = read_file(
            each.path, each.name, each.graph, (each.content, each.base), known
        )
        findings += faults
        if source is not None:
            files.append(source)
    return files, findings


def located(files: Files, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield findings with file and place; where there are none, nothing is searched for."""
    listed = list(findings)
    if listed:
        from stigraph.gate.locate import Locator

        locator = Locator([*files.data, *files.model.ontology, *files.model.shapes])
        yield from locator.all(listed)
