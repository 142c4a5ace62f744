"""The library: load a graph, query it, ask it, look entries up.

>>> import stigraph
>>> graph = stigraph.load()
>>> graph.query("SELECT ?p WHERE { ?p a sti:Programme }").variables
('p',)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

from stigraph.dataset import digest, load_project
from stigraph.entries import Catalogue, Entry, Fact, facts_of
from stigraph.errors import QueryError, UsageError
from stigraph.knowledge import as_of
from stigraph.project import Project, project_or_shipped
from stigraph.questions import Question, Table, answer, read_questions
from stigraph.release import Release, read_release
from stigraph.store import Answer, LocalStore, Solutions
from stigraph.store.syntax import sharpened
from stigraph.terms import Term
from stigraph.vocab import PREFIXES

__all__ = ["Graph", "Result", "load", "unknown_question"]


def load(path: str | Path | None = None) -> Graph:
    """Load the project at or above ``path`` (default: the working directory).

    Outside a project the graph that is installed with the package is loaded.

    Raises:
        stigraph.errors.TurtleSyntaxError: A file of the graph doesn't parse.
    """
    project = project_or_shipped(Path(path) if path is not None else Path.cwd())
    return Graph(project, load_project(project))


@dataclass(frozen=True, slots=True)
class Result:
    """The rows of a SELECT query, in the order of its variables."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]

    def __iter__(self) -> Iterator[tuple[Term | None, ...]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


class Graph:
    """A loaded graph: the store, the names in it, and the questions that go with it."""

    def __init__(self, project: Project, store: LocalStore) -> None:
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

        Raises:
            stigraph.errors.QueryError: The query doesn't parse.
            stigraph.errors.UsageError: It isn't a SELECT query.
        """
        found = self.answer(query)
        if not isinstance(found, Solutions):
            raise UsageError("SELECT の問い合わせを渡す", "give a SELECT query")
        return Result(found.variables, tuple(found))

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

        Args:
            question: The name, such as ``programme-money``.
            as_of: Answer from the sources that existed on this day.
            **parameters: As people type them: an id or any label, a year, a text.

        Raises:
            stigraph.errors.UsageError: The question or a parameter is unknown or ambiguous.
        """
        # Names are today's: who asks for something that wasn't known yet is told so.
        store = self.store if as_of is None else self.as_of(as_of).store
        return answer(store, self.catalogue, self.question(question), parameters)

    def as_of(self, day: date) -> Graph:
        """Return the graph as the sources known on ``day`` tell it."""
        return Graph(self.project, as_of(self.store, day))

    def entry(self, name: str) -> tuple[Entry, list[Fact]]:
        """Return the entry that ``name`` (an id or any label) stands for, and its facts.

        Raises:
            stigraph.errors.UsageError: None, or several.
        """
        found = self.catalogue.resolve(name)
        return found, facts_of(self.store, found.iri)


def unknown_question(name: str, questions: Mapping[str, Question]) -> UsageError:
    """Return the error that says there is no question ``name``, with the nearest names."""
    near = get_close_matches(name, questions, n=3, cutoff=0.4)
    hint = f"近いもの：{'、'.join(near)}" if near else "stigraph ask で一覧を見る"
    return UsageError(
        f"{name} という質問はない。{hint}",
        f"there is no question {name}; "
        + (f"nearest: {', '.join(near)}" if near else "stigraph ask lists them"),
    )
