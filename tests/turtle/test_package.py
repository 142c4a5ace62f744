"""The public names of `stigraph.turtle` are there, and every module says what it hands on."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

from stigraph import turtle
from stigraph.turtle.order import predicate_rank
from stigraph.vocab import RDF, SKOS, STI

MODULES = [module.name for module in pkgutil.iter_modules(turtle.__path__)]


@pytest.mark.parametrize("name", MODULES)
def test_what_a_module_names_is_in_it(name: str) -> None:
    module = importlib.import_module(f"stigraph.turtle.{name}")
    assert all(hasattr(module, public) for public in module.__all__)


def test_the_public_names_are_there() -> None:
    assert all(hasattr(turtle, name) for name in turtle.__all__)


def test_unlisted_predicates_stand_between_head_and_tail() -> None:
    ranks = [
        predicate_rank(iri) for iri in (RDF.type, SKOS.prefLabel, "x:y", STI.basis, STI.phrase)
    ]
    assert ranks == sorted(set(ranks))
