"""The library: load a graph, query it, ask it, look entries up, hand it on to other libraries.

>>> import stigraph
>>> graph = stigraph.load()
>>> result = graph.query("SELECT ?programme WHERE { ?programme a sti:Programme }")
>>> result.variables
('programme',)
>>> graph.entry(result[0].programme).kind
'programme'
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from stigraph.dataset import digest, load_project
from stigraph.entries import Catalogue
from stigraph.errors import QueryError, UsageError
from stigraph.knowledge import as_of
from stigraph.project import Project, project_or_shipped
from stigraph.questions import Question, Table, answer, read_questions
from stigraph.records import Record, record_of
from stigraph.release import Release, read_release
from stigraph.result import Result
from stigraph.store import Answer, Difference, Solutions, Store
from stigraph.store.difference import difference
from stigraph.store.syntax import sharpened
from stigraph.vocab import DERIVED_GRAPH, PREFIXES

if TYPE_CHECKING:
    import rdflib

    from stigraph.gate.finding import Report
    from stigraph.network.to_networkx import NetworkxGraph

__all__ = [
    "Difference",
    "Graph",
    "Record",
    "Result",
    "Table",
    "load",
    "unknown_question",
]


def load(path: str | Path | None = None, *, store: str | None = None) -> Graph:
    """Load the project at or above ``path`` (default: the working directory).

    Outside a project the graph that is installed with the package is loaded.

    Args:
        path: Where to look for a project.
        store: The URL of a SPARQL service whose data stand for those of the project; who we are
            to it is told by environment variables such as ``STIGRAPH_STORE_TOKEN``.

    Raises:
        stigraph.errors.TurtleSyntaxError: A file of the graph doesn't parse.
        stigraph.errors.UsageError: ``store`` isn't the URL of a service.
    """
    project = project_or_shipped(Path(path) if path is not None else Path.cwd())
    if store is None:
        return Graph(project, load_project(project))
    from stigraph.store.remote import RemoteStore

    return Graph(project, RemoteStore.at(store))


class Graph:
    """A loaded graph: the store, the names in it, and the questions that go with it."""

    def __init__(self, project: Project, store: Store) -> None:
        self.project = project
        self.store = store

    @cached_property
    def catalogue(self) -> Catalogue:
        """The names of everything in the graph."""
        return Catalogue.of(self.store)

    @cached_property
    def questions(self) -> dict[str, Question]:
        """The competency questions by name."""
        return read_questions(self.project.question_files())

    @cached_property
    def release(self) -> Release:
        """Version, date, licence and attribution of the graph."""
        return read_release(self.store)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the files that the graph was loaded from, in hex."""
        return digest([*self.project.ontology_files(), *self.project.data_files()])

    def answer(self, query: str) -> Answer:
        """Answer any SPARQL 1.1 query; the project's prefixes need no declaration.

        Raises:
            stigraph.errors.QueryError: The query doesn't parse; line and column are in the error.
        """
        try:
            return self.store.query(query, prefixes=PREFIXES)
        except QueryError as error:
            raise (sharpened(error, query) if error.line else error) from None

    def query(self, query: str) -> Result:
        """Return the rows of a SELECT query.

        >>> import stigraph
        >>> graph = stigraph.load()
        >>> graph.query("SELECT ?place { pillar:2025-advanced-technology sti:order ?place }").rows
        (Row(place=1),)

        Raises:
            stigraph.errors.QueryError: The query doesn't parse.
            stigraph.errors.UsageError: It isn't a SELECT query.
        """
        found = self.answer(query)
        if not isinstance(found, Solutions):
            raise UsageError("SELECT の問い合わせを渡す", "give a SELECT query")
        return Result(found.variables, tuple(found), self.catalogue)

    def question(self, name: str) -> Question:
        """Return the question ``name``.

        Raises:
            stigraph.errors.UsageError: There is none; the message has the nearest names.
        """
        found = self.questions.get(name)
        if found is None:
            raise unknown_question(name, self.questions)
        return found

    def ask(self, question: str, /, as_of: date | None = None, **parameters: str) -> Table:
        """Answer a competency question by name.

        >>> import stigraph
        >>> table = stigraph.load().ask("programme-money", programme="BRIDGE")
        >>> table.stated
        True

        Args:
            question: The name, such as ``programme-money``.
            as_of: Answer from the sources that existed on this day.
            **parameters: As people type them: an id or any label, a year, a text.

        Raises:
            stigraph.errors.UsageError: The question or a parameter is unknown or ambiguous.
        """
        # Names are today's: who asks for something that wasn't known yet is told so.
        store = self._reliable if as_of is None else self.as_of(as_of).store
        return answer(store, self.catalogue, self.question(question), parameters)

    @cached_property
    def _reliable(self) -> Store:
        return self.store.reliable()

    def as_of(self, day: date) -> Graph:
        """Return the graph as the sources known on ``day`` tell it."""
        return Graph(self.project, as_of(self._reliable, day))

    def local(self) -> Graph:
        """Return the graph with all its data in memory, taken from the service if there is one.

        >>> import stigraph
        >>> graph = stigraph.load()
        >>> graph.local().store is graph.store
        True

        Raises:
            stigraph.errors.ServiceError: The service doesn't give them.
        """
        return Graph(self.project, self.store.local())

    def entry(self, name: str) -> Record:
        """Return the entry that ``name`` (an id, an IRI or any label) stands for.

        >>> import stigraph
        >>> entry = stigraph.load().entry("SBIR")
        >>> entry.id, entry.label("ja")
        ('programme:sbir', 'SBIR制度')

        Raises:
            stigraph.errors.UsageError: None, or several.
        """
        return record_of(self.store, self.catalogue, self.catalogue.resolve(name))

    def to_networkx(self, lens: str, *, lang: str = "en") -> NetworkxGraph:
        """Return a lens as a graph of networkx, with every attribute of nodes and edges.

        >>> import stigraph
        >>> drawn = stigraph.load().to_networkx("everything")
        >>> drawn.nodes["programme:sbir"]["label_ja"]
        'SBIR制度'

        Raises:
            stigraph.errors.UsageError: There is no such lens.
        """
        from stigraph.network.lenses import lens as lens_named
        from stigraph.network.selection import Selection
        from stigraph.network.to_networkx import to_networkx

        chosen = lens_named(lens)
        return to_networkx(
            Selection(self.store, self.catalogue, self.release, chosen, lang).network
        )

    def to_rdflib(self) -> rdflib.Graph:
        """Return what the files say as a graph of rdflib, with the project's prefixes.

        >>> import stigraph
        >>> graph = stigraph.load()
        >>> (None, None, None) in graph.to_rdflib()
        True
        """
        from stigraph.rdflib_graph import to_rdflib

        return to_rdflib(self.store.triples(without=DERIVED_GRAPH), PREFIXES)

    def validate(self, *, sources: str | Path | None = None, rules: Sequence[str] = ()) -> Report:
        """Check the files of the graph as ``stigraph validate`` does.

        Args:
            sources: The folder of the source texts, to compare the evidence with.
            rules: Names of plug-ins (``stigraph.rules``) to run as well.

        Raises:
            stigraph.errors.UsageError: There is no plug-in of that name.
        """
        from stigraph.gate.finding import Report
        from stigraph.gate.plugins import rule_plugin
        from stigraph.gate.run import validate_project

        checks = [rule_plugin(name) for name in rules]  # before the work, so that a slip is cheap
        report = validate_project(self.project, sources=Path(sources) if sources else None)
        found = (each for check in checks for each in check(self.store, self.catalogue))
        return Report.of([*report.findings, *found], report.checked) if checks else report

    def diff(self, other: Graph) -> Difference:
        """Return the triples that lead from this graph to ``other``: added and removed.

        Blank nodes are compared by what is said of them, and what is computed at load is left out.

        >>> import stigraph
        >>> graph = stigraph.load()
        >>> bool(graph.diff(graph))
        False
        """
        return difference(self.store, other.store)


def unknown_question(name: str, questions: Mapping[str, Question]) -> UsageError:
    """Return the error that says there is no question ``name``, with the nearest names."""
    near = get_close_matches(name, questions, n=3, cutoff=0.4)
    hint = f"近いもの：{'、'.join(near)}" if near else "stigraph ask で一覧を見る"
    return UsageError(
        f"{name} という質問はない。{hint}",
        f"there is no question {name}; "
        + (f"nearest: {', '.join(near)}" if near else "stigraph ask lists them"),
    )
