"""Constraints and constraint components in SPARQL (SHACL, sections 5 and 6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from stigraph.errors import QueryError, ShapesError
from stigraph.shacl.constraints.base import Constraint, Fault
from stigraph.shacl.paths import Path, Predicate, sparql
from stigraph.shacl.prebinding import Query
from stigraph.shacl.reach import Reach, reach
from stigraph.store.data import SHAPES_GRAPH
from stigraph.store.exact import RawTerm
from stigraph.terms import Blank, Iri, Literal, Term
from stigraph.vocab import SH, XSD

if TYPE_CHECKING:
    from stigraph.shacl.focus import Focus
    from stigraph.shacl.model import Shape
    from stigraph.shacl.run import Run

__all__ = ["AskComponent", "SelectComponent", "Sparql", "SparqlConstraint"]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Sparql(Constraint):
    """A query with what it needs to be run.

    Attributes:
        node: The constraint or validator in the shapes graph.
        query: Its query.
        prefixes: The prefixes that ``sh:prefixes`` declares.
        parameters: Values of the component's parameters by variable.
        messages: Its message templates.
        iri: The IRI of the constraint component.
    """

    templated: ClassVar[bool] = True

    node: Term
    query: Query = field(repr=False, compare=False)
    prefixes: Mapping[str, str] = field(repr=False, hash=False)
    parameters: Mapping[str, Term] = field(hash=False)
    messages: tuple[Literal, ...]
    iri: str

    def name(self) -> str:  # noqa: D102
        return self.iri

    def source(self) -> Term | None:  # noqa: D102
        return self.node if self.iri == SH.SPARQLConstraintComponent else None

    def own_messages(self) -> tuple[Literal, ...]:  # noqa: D102
        return self.messages

    def details(self) -> Mapping[str, str]:  # noqa: D102
        return {name: str(term) for name, term in self.parameters.items()}

    def bound(self, run: Run, shape: Shape, path: Path | None) -> Query:
        """Return the query with everything but the focus nodes bound."""
        terms: dict[str, Term] = {
            **self.parameters,
            "shapesGraph": Iri(SHAPES_GRAPH),
            "currentShape": shape.node,
        }
        used = self.query.variables()
        if "shapesGraph" in used:
            run.need_shapes()
        constants = {
            name: run.data.value_text(term)
            for name, term in terms.items()
            if name in used and not isinstance(term, Blank)
        }
        if path is not None:
            constants["PATH"] = sparql(path)
        query = self.query.pre_bind(constants)
        for name, term in terms.items():
            if name in used and isinstance(term, Blank):
                query = query.bind(name, run.data.bind(f"?{name}", term))
        return query

    def looks_at(self, path: Path | None) -> Reach | None:
        """Return what the query looks at from a focus node of a shape with ``path``."""
        return reach(self.query, self.prefixes, path, {})

    def may_see(self, predicates: Set[str]) -> bool:
        """Return whether triples with any of ``predicates`` can make a difference."""
        given = {term.value for term in self.parameters.values() if isinstance(term, Iri)}
        mentioned = self.query.iris(self.prefixes)
        return mentioned is None or bool((mentioned | given) & predicates)

    def run_query(
        self, run: Run, text: str
    ) -> tuple[tuple[str, ...], Iterator[tuple[RawTerm | None, ...]]]:
        """Return variables and rows of a query of the author's."""
        try:
            names, rows = run.data.foreign_rows(text, dict(self.prefixes))
        except QueryError as error:
            raise ShapesError(
                f"シェイプを実行できない：{self.node}：{error.ja}",
                f"the shapes can't be run: {self.node}: {error.en}",
            ) from error
        width = len(names)
        return names, (tuple(row[i] for i in range(width)) for row in rows)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class SparqlConstraint(Sparql):
    """``sh:sparql`` (section 5), and the SELECT validators of components (section 6.2)."""

    def faults(self, run: Run, shape: Shape, focus: Focus) -> Iterator[Fault]:
        """Yield a fault for each solution (section 5.3)."""
        query = self.bound(run, shape, shape.path)
        for text, node in self._texts(run, query, focus):
            names, rows = self.run_query(run, text)
            for row in rows:
                bindings: dict[str, RawTerm] = {
                    name: value for name, value in zip(names, row, strict=True) if value is not None
                }
                this = node or run.member(focus, bindings.get("this"))
                if this is not None:
                    yield self._fault(run, shape, this, bindings)

    def _texts(self, run: Run, query: Query, focus: Focus) -> Iterator[tuple[str, RawTerm | None]]:
        """Yield queries, each with the focus node that it is about, or None for all."""
        if query.is_set_wise(named=focus.is_listed):
            pattern = run.data.native_text(focus.pattern("?this"))
            yield str(query.bind("this", pattern, outermost=focus.is_listed)), None
            return
        for node in focus.members:
            pattern = run.data.bind("?this", run.data.term(node))
            yield str(query.bind("this", pattern, outermost=True)), node

    def _fault(self, run: Run, shape: Shape, this: RawTerm, bindings: dict[str, RawTerm]) -> Fault:
        failure = bindings.get("failure")
        if failure is not None and run.data.term(failure) == Literal("true", XSD.boolean):
            raise ShapesError(
                f"シェイプを実行できない：{self.node} が失敗を報告した",
                f"the shapes can't be run: {self.node} reports a failure",
            )
        path: Path | None = None
        if shape.path is None and "path" in bindings:
            found = run.data.term(bindings["path"])
            path = Predicate(found.value) if isinstance(found, Iri) else None
        value = bindings.get("value")
        if value is None and shape.path is None:
            value = this
        return Fault(this, value, path, bindings)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class SelectComponent(SparqlConstraint):
    """A constraint component with a SELECT validator."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class AskComponent(Sparql):
    """A constraint component with an ASK validator (section 6.2.2)."""

    def looks_at(self, path: Path | None) -> Reach | None:
        """Return what the query looks at, ``$value`` being bound."""
        return reach(self.query, self.prefixes, path, {"value": () if path is None else (path,)})

    def faults(self, run: Run, shape: Shape, focus: Focus) -> Iterator[Fault]:
        """Yield a fault for each value node for which the query says false."""
        query = self.bound(run, shape, shape.path)
        group = query.groups[0]
        body = "".join(token.text for token in query.tokens[group.start : group.end + 1])
        source = run.source(shape.path, focus)
        values = "" if source.value == "?value" else " BIND(?this AS ?value)"
        text = (
            f"SELECT DISTINCT ?this ?value {{ {{ {run.data.native_text(source.text)}{values} }} "
            f"FILTER NOT EXISTS {body} }}"
        )
        _, rows = self.run_query(run, text)
        for row in rows:
            this = run.member(focus, row[0])
            if this is not None and row[1] is not None:
                yield Fault(this, row[1])
