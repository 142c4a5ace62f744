"""Sets of focus nodes: a SPARQL pattern that finds them, and the nodes themselves."""

from __future__ import annotations

from collections.abc import Callable, Set
from functools import cached_property

from stigraph.shacl.model import Target
from stigraph.shacl.paths import Path, nullable, sparql
from stigraph.store.data import DataGraph
from stigraph.store.exact import RawTerm
from stigraph.terms import Blank, Iri
from stigraph.vocab import RDF, RDFS, SH

__all__ = ["Focus", "restricted", "targeted", "values_of"]

INSTANCE = f"<{RDF.type}>/<{RDFS.subClassOf}>*"
"""The path from a SHACL instance to its classes (SHACL, section 1.1)."""

_FEW = 1000
"""So many nodes are named in a query instead of being found by it."""


class Focus:
    """A set of nodes to validate.

    Args:
        data: The data graph.
        find: Given a variable, a pattern that binds it to every node of the set, once or more.
        members: The set, if it is known already.
        loose: Whether the pattern finds nodes outside the set too.
        costly: Whether to store the set rather than find it in each query.
    """

    def __init__(
        self,
        data: DataGraph,
        find: Callable[[str], str],
        members: Set[RawTerm] | None = None,
        *,
        loose: bool = False,
        costly: bool = False,
    ) -> None:
        self._data = data
        self._costly = costly
        self._find = find
        self._loose = loose
        if members is not None:
            self.__dict__["members"] = members

    @cached_property
    def members(self) -> Set[RawTerm]:
        """The nodes, as the store holds them."""
        rows = self._data.rows(f"SELECT DISTINCT ?this {{ {self._find('?this')} }}")
        return {row[0] for row in rows if row[0] is not None}

    def among(self, nodes: Set[RawTerm]) -> Set[RawTerm]:
        """Return those of ``nodes`` that are in the set, without finding all of it if few."""
        if "members" not in self.__dict__ and not self._loose:
            named = named_nodes(self._data, nodes)
            if named is not None:
                where = f"VALUES ?this {{ {named} }} {{ {self._find('?this')} }}"
                rows = self._data.rows(f"SELECT DISTINCT ?this {{ {where} }}")
                return {row[0] for row in rows if row[0] is not None}
        return self.members & nodes

    @cached_property
    def by_value(self) -> dict[RawTerm, RawTerm]:
        """The nodes whose literals the store keeps in another form than their author's."""
        return {
            self._data.by_value(node): node
            for node in self.members
            if self._data.is_sealed(self._data.term(node))
        }

    @cached_property
    def _listed(self) -> Callable[[str], str] | None:
        """A pattern of exactly these nodes, where they are few or hard to find."""
        named = named_nodes(self._data, self.members)
        if named is not None:
            return lambda var: f"VALUES {var} {{ {named} }}"
        if not (self.is_few or self._costly):
            return None
        stored = self._data.keep_set(self.members)
        return None if stored is None else lambda var: self._data.set_pattern(stored, var)

    @property
    def is_few(self) -> bool:
        """Whether to go from the nodes to their values, not from values to nodes."""
        return len(self.members) <= _FEW

    @property
    def is_listed(self) -> bool:
        """Whether :meth:`pattern` lists the nodes one by one, whatever graph it stands in."""
        return self._listed is not None

    @property
    def loose(self) -> bool:
        """Whether :meth:`pattern` finds nodes outside the set too."""
        return self._loose and not self.is_listed

    def pattern(self, var: str) -> str:
        """Return a pattern that binds ``var`` to the nodes, each once or more."""
        return self._find(var) if self._listed is None else self._listed(var)


def named_nodes(data: DataGraph, nodes: Set[RawTerm]) -> str | None:
    """Return ``nodes`` as VALUES lists them; None if they are many or can't be named."""
    if len(nodes) > _FEW or any(map(data.is_blank, nodes)):
        return None
    return " ".join(map(str, nodes))


def targeted(data: DataGraph, targets: tuple[Target, ...]) -> Focus:
    """Return the nodes that any of ``targets`` selects (section 2.1.3)."""
    nodes = [target.value for target in targets if target.property == SH.targetNode]
    others = [target for target in targets if target.property != SH.targetNode]
    if not others:
        members = {data.raw(node) for node in nodes}
        return Focus(data, lambda _: "FILTER(false)", members, costly=True)

    def find(var: str) -> str:
        parts = [_pattern(target, var) for target in others]
        named = [data.text(node) for node in nodes if not isinstance(node, Blank)]
        if named:
            parts.append(f"VALUES {var} {{ {' '.join(named)} }}")
        return parts[0] if len(parts) == 1 else " UNION ".join(f"{{ {part} }}" for part in parts)

    return Focus(data, find, costly=len(targets) > 1)


def _pattern(target: Target, var: str) -> str:
    if not isinstance(target.value, Iri):
        return "FILTER(false)"
    iri = target.value.value
    match target.property:
        case SH.targetClass:
            return f"{var} {INSTANCE} <{iri}> ."
        case SH.targetSubjectsOf:
            return f"{var} <{iri}> [] ."
        case _:
            return f"[] <{iri}> {var} ."


def values_of(data: DataGraph, focus: Focus, path: Path) -> Focus:
    """Return the value nodes of all nodes of ``focus`` (section 3.2)."""

    def find(var: str) -> str:
        above = f"{var}_"
        steps = f"{focus.pattern(above)} {above} {sparql(path)} {var} ."
        if nullable(path):
            return f"{{ {steps} }} UNION {{ {focus.pattern(var)} }}"
        return steps

    if focus.loose:
        return _followed(data, focus, path, find)
    return Focus(data, find, costly=True)


def _followed(data: DataGraph, focus: Focus, path: Path, find: Callable[[str], str]) -> Focus:
    query = f"SELECT ?a ?b {{ {focus.pattern('?a')} ?a {sparql(path)} ?b . }}"
    members = {row[1] for row in data.rows(query) if row[0] in focus.members and row[1] is not None}
    if nullable(path):
        members |= focus.members
    return Focus(data, find, members, loose=True, costly=True)


def restricted(data: DataGraph, focus: Focus, nodes: Set[RawTerm]) -> Focus:
    """Return the nodes of ``focus`` that are among ``nodes``."""
    kept = focus.among(nodes)
    return Focus(data, focus.pattern, kept, loose=True, costly=True)
