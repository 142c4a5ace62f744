"""Queries to a store of Oxigraph, and what it says of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from stigraph.errors import QueryError
from stigraph.store.answers import Answer, Boolean, Solutions, Statements
from stigraph.store.syntax import query_error

__all__ = ["answered", "named_node"]


def named_node(iri: str) -> ox.NamedNode:
    """Return the name of a graph that a stranger gave.

    Raises:
        QueryError: It isn't an IRI.
    """
    try:
        return ox.NamedNode(iri)
    except ValueError as error:
        raise QueryError(
            f"グラフの名前が IRI ではない：{iri}", f"the name of a graph is not an IRI: {iri}"
        ) from error


def answered(
    store: ox.Store,
    text: str,
    *,
    default_graphs: Iterable[str] | None = None,
    named_graphs: Iterable[str] | None = None,
    union: bool = False,
    base: str | None = None,
    prefixes: Mapping[str, str] | None = None,
) -> Answer:
    """Return the answer of ``store`` to a query.

    None for graphs stands for those it has, the empty name for its own default graph.

    Raises:
        QueryError: The query doesn't parse, with line and column, or can't be answered.
    """
    defaults: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] | None = None
    names: list[ox.NamedNode | ox.BlankNode] | None = None
    try:
        if default_graphs is not None:
            defaults = [named_node(name) if name else ox.DefaultGraph() for name in default_graphs]
        if named_graphs is not None:
            names = [named_node(name) for name in named_graphs]
        found = store.query(
            text,
            base_iri=base,
            prefixes=_used(prefixes, text) if prefixes else None,
            use_default_graph_as_union=union,
            default_graph=defaults,
            named_graphs=names,
        )
    except SyntaxError as error:
        raise query_error(error, text, prefixes or ()) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(
            f"問い合わせに答えられない：{error}", f"the query can't be answered: {error}"
        ) from error
    if isinstance(found, ox.QuerySolutions):
        return Solutions(found)
    if isinstance(found, ox.QueryBoolean):
        return Boolean(bool(found), found)
    return Statements(found)


def _used(prefixes: Mapping[str, str], text: str) -> dict[str, str]:
    """Return the prefixes that ``text`` may use: handing all of them on takes its time."""
    if "\\" in text:  # a name may be spelt with escapes
        return dict(prefixes)
    return {name: iri for name, iri in prefixes.items() if f"{name}:" in text}
