"""The evidence of the repository's own graph, and whether the gate sees any digit that changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from stigraph.gate.evidence import SourceText, check_texts, read_passages, read_texts
from stigraph.gate.phrases import Node, check_figures, read_nodes
from stigraph.store import LocalStore
from stigraph.terms import Iri, Literal, Term
from stigraph.vocab import STI, kind_of

_DIGITS = "0123456789０１２３４５６７８９"


@pytest.fixture(scope="module")
def nodes(store: LocalStore) -> list[Node]:
    return read_nodes(store)


def test_every_phrase_and_locator_resolves_in_the_source_texts(
    store: LocalStore, nodes: list[Node], sources: Path
) -> None:
    faults = list(check_texts(store, nodes, read_texts(sources)))
    assert faults == []
    assert len(read_passages(store)) >= 147
    assert sum(len(node.phrases) for node in nodes) > 200


def test_every_figure_of_the_graph_stands_in_its_phrases(
    store: LocalStore, nodes: list[Node]
) -> None:
    assert list(check_figures(store, nodes)) == []


def _other(digit: str) -> str:
    at = _DIGITS.index(digit)
    return _DIGITS[at - at % 10 + (at + 1) % 10]


def _with_one_digit_changed(text: str) -> Iterator[str]:
    for place, character in enumerate(text):
        if character in _DIGITS:
            yield text[:place] + _other(character) + text[place + 1 :]


def _figures_changed(node: Node) -> Iterator[tuple[str, Node]]:
    """Yield the node with one digit of one of its figures or dates changed."""
    for place, (predicate, value) in enumerate(node.values):
        if predicate in (STI.phrase, STI.order, STI.textDigest, STI.textFile):
            continue
        for changed in _changed(value):
            values = (*node.values[:place], (predicate, changed), *node.values[place + 1 :])
            yield f"{node.iri} {predicate} {changed}", replace(node, values=values)


def _changed(value: Term) -> Iterator[Term]:
    match value:
        case Literal(text, datatype, None) if not datatype.endswith(("string", "anyURI")):
            for other in _with_one_digit_changed(text):
                yield Literal(other, datatype)
        case Iri(iri) if kind_of(iri) == "fiscal-year":
            head, _, year = iri.rpartition("/")
            for other in _with_one_digit_changed(year):
                yield Iri(f"{head}/{other}")


def _phrases_changed(node: Node) -> Iterator[tuple[str, Node]]:
    for place, (predicate, value) in enumerate(node.values):
        if predicate == STI.phrase:
            for changed in _with_one_digit_changed(value.value):
                values = (
                    *node.values[:place],
                    (predicate, Literal(changed)),
                    *node.values[place + 1 :],
                )
                yield f"{node.iri} {changed}", replace(node, values=values)


def test_a_changed_digit_in_any_value_is_found_without_the_texts(
    store: LocalStore, nodes: list[Node]
) -> None:
    mutants = [pair for node in nodes for pair in _figures_changed(node)]
    missed = [name for name, mutant in mutants if not list(check_figures(store, [mutant]))]
    assert missed == []
    assert len(mutants) > 200


def test_a_changed_digit_in_any_phrase_is_found_with_the_texts(
    store: LocalStore, nodes: list[Node], sources: Path
) -> None:
    texts = read_texts(sources)
    mutants = [pair for node in nodes for pair in _phrases_changed(node)]
    found = {f.focus for f in check_texts(store, [m for _, m in mutants], texts)}
    per_mutant = [name for name, m in mutants if not _caught(store, m, texts)]
    assert per_mutant == []
    assert found
    assert len(mutants) > 200


def _caught(store: LocalStore, mutant: Node, texts: list[SourceText]) -> bool:
    return bool(list(check_figures(store, [mutant]))) or bool(
        list(check_texts(store, [mutant], texts))
    )
