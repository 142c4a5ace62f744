"""What queries with pre-bound variables may not contain (SHACL, appendix A)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from stigraph.shacl.prebinding import Group, Query
from stigraph.shacl.tokens import Token, unusable

__all__ = ["check"]

_REFUSED: Final = ("MINUS", "VALUES", "SERVICE", "FROM")


def check(query: Query, pre_bound: Collection[str]) -> None:
    """Check a query against the restrictions on pre-binding (appendix A).

    Raises:
        ShapesError: It can't be run with pre-bound variables.
    """
    for word in _REFUSED:
        if word in query.keywords():
            raise unusable(f"{word} は使えない", f"{word}, which can't be used")
    after_as = False
    for token in query.tokens:
        if token.kind == "space":
            continue
        if after_as and token.variable in pre_bound:
            raise unusable(
                f"${token.variable} に値を与え直している",
                f"AS ?{token.variable}, a variable that is bound already",
            )
        after_as = token.keyword == "AS"
    for group in query.groups:
        if group.subselect:
            _check_subselect(query, group, pre_bound)


def _check_subselect(query: Query, group: Group, pre_bound: Collection[str]) -> None:
    names = query.projected(group.start + 1, group.end)
    for name in set(pre_bound) - {"shapesGraph", "currentShape"}:
        kept = names is not None and name in names
        if names is None:
            inner = next(item for item in query.groups if item.start > group.start)
            kept = _visible(query.tokens[inner.start + 1 : inner.end], name)
        if not kept and name in query.variables():
            raise unusable(
                f"内側の SELECT が ${name} を返さない",
                f"an inner SELECT that doesn't return ${name}",
            )


def _visible(tokens: list[Token], name: str) -> bool:
    """Return whether a variable is used outside of FILTER and BIND."""
    parens = 0
    for token in tokens:
        parens += (token.text == "(") - (token.text == ")")
        if parens == 0 and token.variable == name:
            return True
    return False
