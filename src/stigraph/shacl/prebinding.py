"""Queries of SHACL-SPARQL, pre-bound (SHACL, section 5.2.1 and appendix A).

A pre-bound variable has its value in every group of a query, whatever SPARQL's
scopes say. Constants are written into the text. ``$this``, which stands for all
focus nodes at once, is bound by a pattern put into each group that needs it: a
group that has ``$this`` in a triple pattern of its own joins on it, and groups
of EXISTS are evaluated with the bindings outside (SPARQL 1.1, section 18.6).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from stigraph.shacl.tokens import Token, tokenized, unusable
from stigraph.vocab import RDF, RDFS

__all__ = ["Group", "Query"]

_AGGREGATES: Final = frozenset(
    {"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT", "HAVING", "GROUP"}
)


@dataclass(slots=True)
class Group:
    """A group graph pattern: where its braces stand, and what kind of group it is."""

    start: int
    end: int
    parent: int | None
    correlated: bool
    subselect: bool
    optional: bool
    graph: bool


class Query:
    """The tokens of a query, without comments, and its groups.

    Raises:
        ShapesError: Braces don't match.
    """

    def __init__(self, text: str) -> None:
        self.tokens = tokenized(text)
        self.groups = list(self._find_groups())

    def __str__(self) -> str:
        return "".join(token.text for token in self.tokens)

    def _find_groups(self) -> Iterator[Group]:
        stack: list[Group] = []
        groups: list[Group] = []
        for place, token in enumerate(self.tokens):
            if token.text == "{" and token.kind == "other":
                group = self._opened(place, groups, stack)
                stack.append(group)
                groups.append(group)
            elif token.text == "}" and token.kind == "other":
                if not stack:
                    raise unusable("} に対する { がない", "a closing brace without an opening one")
                stack.pop().end = place
        if stack or not groups:
            raise unusable("{ } が対にならない", "braces that don't match")
        return iter(groups)

    def _opened(self, place: int, groups: list[Group], above: list[Group]) -> Group:
        back = [token for token in self.tokens[:place] if token.kind != "space"][-2:]
        words = [token.keyword for token in back]
        return Group(
            start=place,
            end=-1,
            parent=groups.index(above[-1]) if above else None,
            correlated=words[-1:] == ["EXISTS"] or any(group.correlated for group in above),
            subselect=self._near(place, 1) == "SELECT",
            optional=words[-1:] == ["OPTIONAL"],
            graph=words[:1] == ["GRAPH"] or any(group.graph for group in above),
        )

    def _near(self, place: int, step: int) -> str:
        """Return the keyword next to a token."""
        place += step
        while 0 <= place < len(self.tokens) and self.tokens[place].kind == "space":
            place += step
        return self.tokens[place].keyword if 0 <= place < len(self.tokens) else ""

    def variables(self) -> set[str]:
        """Return the names of all variables."""
        return {token.variable for token in self.tokens if token.kind == "var"}

    def keywords(self) -> set[str]:
        """Return all words that can be keywords."""
        return {token.keyword for token in self.tokens if token.keyword}

    def declared_prefixes(self) -> dict[str, str]:
        """Return the prefixes that the query itself declares."""
        words = [token for token in self.tokens if token.kind != "space"]
        return {
            name.text.removesuffix(":"): iri.text[1:-1]
            for word, name, iri in zip(words, words[1:], words[2:], strict=False)
            if word.keyword == "PREFIX" and iri.kind == "iri"
        }

    def iris(self, prefixes: Mapping[str, str]) -> frozenset[str] | None:
        """Return the IRIs in the query; None if it may look at properties it doesn't name."""
        heads = self._head_places()
        words = [
            token
            for place, token in enumerate(self.tokens)
            if token.kind != "space" and place not in heads
        ]
        declared = {**prefixes, **self.declared_prefixes()}
        found: set[str] = set()
        for before, token, after in zip(
            [Token("other", ""), *words], words, [*words[1:], Token("other", "")], strict=False
        ):
            if token.text == "!" or token.keyword == "GRAPH":
                return None
            if token.kind == "var" and after.is_term and (before.is_term or before.text in ";|/^"):
                return None
            if token.variable == "PATH":
                continue
            if token.kind == "iri":
                found.add(token.text[1:-1])
            elif token.text == "a":
                found |= {RDF.type, RDFS.subClassOf}
            elif token.kind == "word" and ":" in token.text:
                prefix, _, local = token.text.partition(":")
                if "\\" in local or "%" in local:
                    return None
                found.add(declared.get(prefix, "") + local)
        return frozenset(found)

    def projected(self, start: int, end: int) -> set[str] | None:
        """Return the variables of the SELECT clause between two tokens, None for ``*``."""
        names: set[str] = set()
        for token in self.tokens[start:end]:
            if token.text == "{" or token.keyword == "WHERE":
                break
            if token.text == "*" and not names:
                return None
            names.add(token.variable)
        return names - {""}

    def is_set_wise(self, *, named: bool) -> bool:
        """Return whether all focus nodes can be asked for in one query.

        Args:
            named: Whether they are named in VALUES, which means the same in every graph.
        """
        words = self.keywords()
        if words & {"LIMIT", "OFFSET"}:
            return False
        if not named and any(group.graph and self._wants(group, "this") for group in self.groups):
            return False
        if not words & _AGGREGATES:
            return True
        selects = sum(token.keyword == "SELECT" for token in self.tokens)
        return selects == 1 and self._groups_by_this()

    def _groups_by_this(self) -> bool:
        for place, token in enumerate(self.tokens):
            if token.keyword == "GROUP":
                rest = self.tokens[place + 1 :]
                for after in rest:
                    if after.variable == "this":
                        return True
                    if after.keyword in ("HAVING", "ORDER"):
                        return False
        return False

    def pre_bind(self, constants: Mapping[str, str]) -> Query:
        """Return the query with variables replaced by SPARQL terms where they are used."""
        tokens = list(self.tokens)
        heads = self._head_places()
        for place, token in enumerate(self.tokens):
            if token.variable not in constants or place in heads:
                continue
            test = self._bound_test(place)
            if test is None:
                tokens[place] = Token("other", constants[token.variable])
            else:
                tokens[test], tokens[place] = Token("space", " "), Token("word", "true")
        return Query("".join(token.text for token in tokens))

    def _head_places(self) -> set[int]:
        """Return the places of variables that a SELECT clause names or assigns."""
        places: set[int] = set()
        parens, in_head, after_as = 0, False, False
        for place, token in enumerate(self.tokens):
            if token.keyword == "SELECT":
                parens, in_head = 0, True
            elif token.text == "{" or token.keyword == "WHERE":
                in_head = False
            parens += (token.text == "(") - (token.text == ")")
            if in_head and (parens == 0 or after_as):
                places.add(place)
            if token.kind != "space":
                after_as = token.keyword == "AS"
        return places

    def _bound_test(self, place: int) -> int | None:
        """Return where the word ``bound`` stands whose argument is a token, if it is one."""
        before = [at for at in range(place) if self.tokens[at].kind != "space"][-2:]
        if len(before) == 2 and self.tokens[before[1]].text == "(":
            return before[0] if self.tokens[before[0]].keyword == "BOUND" else None
        return None

    def bind(self, name: str, pattern: str, *, outermost: bool = False) -> Query:
        """Return the query with ``pattern`` in each group that needs a variable bound.

        Args:
            name: The variable.
            pattern: What binds it.
            outermost: Whether the outermost group gets it in any case.
        """
        inserts = {
            group.start
            for number, group in enumerate(self.groups)
            if (outermost and number == 0 and not group.subselect) or self._wants(group, name)
        }
        parts: list[str] = []
        for place, token in enumerate(self.tokens):
            parts.append(token.text)
            if place in inserts:
                parts.append(f" {pattern} ")
        return Query("".join(parts))

    def _wants(self, group: Group, name: str) -> bool:
        """Return whether a variable is used in a group without a triple pattern that binds it."""
        if group.subselect or group.correlated:
            return False
        inner = self.tokens[group.start + 1 : group.end]
        if not any(token.variable == name for token in inner):
            return group.parent is None
        depth = parens = 0
        joined = assigned = False
        for token in inner:
            depth += (token.text == "{") - (token.text == "}")
            parens += (token.text == "(") - (token.text == ")")
            if depth == 0:
                joined |= parens == 0 and token.variable == name
                assigned |= token.keyword == "BIND"
        return assigned or not joined
