"""The run over a project from its texts alone: what no file has to be read one by one for.

The texts are loaded into one store that two processes share: one runs the shapes, the other
does the rest, and who is done first goes on with the form of the texts. Nearly always nothing
is wrong, and then no triple was ever made a term of ours; only to name faults, files are read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from stigraph.dataset import add_derived
from stigraph.errors import TurtleSyntaxError
from stigraph.gate.aside import check_phrases, rules_of
from stigraph.gate.beside import Beside, Turns
from stigraph.gate.census import Census
from stigraph.gate.echoes import without_echoes
from stigraph.gate.files import SIZE_LIMIT
from stigraph.gate.finding import Finding
from stigraph.gate.form import check_form
from stigraph.gate.inputs import MARK, Input, Inputs
from stigraph.gate.model import Shapes
from stigraph.gate.names import Vocabulary, check_names
from stigraph.gate.reading import located, read_all
from stigraph.gate.task import Checked, Task
from stigraph.store import LocalStore
from stigraph.store.reading import load_plain

__all__ = ["check_at_once"]

_SOME: Final = 64
"""Files whose form is looked at in one go."""


def check_at_once(task: Task) -> Checked | None:
    """Check the whole project in this process and one beside it.

    Returns:
        What was found; None where a text isn't Turtle, or where something is to be said of
        blank nodes, whose labels mean nothing to another process: the files are to be read.

    Raises:
        ShapesError: The shapes can't be run.
    """
    loaded = _load(task.inputs)
    if loaded is None:
        return None
    forms = _Forms(task)
    beside = Beside(partial(_shapes, task, loaded, forms))
    try:
        graph = _graph(task.inputs, loaded)
        aside = None if graph is None else _aside(task, graph, forms)
    except BaseException:
        beside.drop()
        raise
    finally:
        forms.close()
    if graph is None or aside is None:
        beside.drop()
        return None
    shapes = beside.result()
    if shapes is None:
        return None
    form = [*aside.form, *shapes.form]
    forms.remember(form)
    return _checked(task, graph.store, replace(aside, form=form), shapes)


@dataclass(frozen=True, slots=True)
class _Loaded:
    """The data: a store, and the files with literals that a store would rewrite."""

    store: LocalStore
    others: Sequence[Input]


def _load(inputs: Inputs) -> _Loaded | None:
    """Load the data, or return None where a file isn't Turtle."""
    if any(len(each.content) > SIZE_LIMIT for each in inputs.data):
        return None
    if any(each.content.startswith(MARK) for each in (*inputs.data, *inputs.ontology)):
        return None
    store = LocalStore()
    try:
        others = load_plain(store.raw, inputs.data)
    except TurtleSyntaxError:
        return None
    return _Loaded(store, others)


class _Forms:
    """The form of the data, which either process looks at when it has done the rest."""

    def __init__(self, task: Task) -> None:
        self._formed = task.formed
        self._files = task.inputs.data
        self._turns = Turns(-(-len(self._files) // _SOME))

    def check(self) -> list[Finding]:
        """Return the findings in those files that no other process has taken."""
        return [
            found
            for turn in self._turns
            for each in self._files[turn * _SOME : (turn + 1) * _SOME]
            for found in check_form(each.name, each.content.decode(), self._formed)
        ]

    def remember(self, found: Sequence[Finding]) -> None:
        """Keep that the files are well formed: all of them, unless something was ``found``."""
        if not found:
            for each in self._files:
                self._formed.add(each.content)
        self._formed.save()

    def close(self) -> None:
        """Take no more files, in this process."""
        self._turns.close()


def _shapes(task: Task, loaded: _Loaded, forms: _Forms) -> Shapes | None:
    # Imported in the process that runs the engine: the other one doesn't need it.
    from stigraph.gate.shapes_run import run_loaded

    shapes = run_loaded(loaded.store, loaded.others, task.inputs, task.engine)
    return None if shapes is None else replace(shapes, form=tuple(forms.check()))


@dataclass(frozen=True, slots=True)
class _Graph:
    """The whole graph by value, the names in the data, and those that names don't tell of."""

    store: LocalStore
    census: Census
    others: Sequence[Input]


def _graph(inputs: Inputs, loaded: _Loaded) -> _Graph | None:
    """Return the whole graph, or None where it has blank nodes in the data."""
    store = loaded.store
    try:
        for each in loaded.others:
            store.load(each.content, each.base)
        if store.has_blank_nodes():
            return None
        census = Census.of(store)
        for each in inputs.ontology:
            store.load(each.content, each.base)
    except SyntaxError:
        return None
    add_derived(store)
    return _Graph(store, census, loaded.others)


@dataclass(frozen=True, slots=True)
class _Aside:
    """What is found without the shapes; of names, only whether there is something."""

    figures: list[Finding]
    told: list[Finding]
    misnamed: bool
    form: list[Finding]


def _aside(task: Task, graph: _Graph, forms: _Forms) -> _Aside:
    figures = check_phrases(graph.store, task.texts)
    told = list(rules_of(task.project, graph.store)(graph.store))
    misnamed = _is_misnamed(task.inputs, graph)
    return _Aside(figures, told, misnamed, forms.check())


def _is_misnamed(inputs: Inputs, graph: _Graph) -> bool:
    """Whether names or terms have a fault, provided that all files are in canonical form."""
    if graph.census.has_faults(inputs.data, graph.store):
        return True
    # Of a literal that a store rewrites, the census has seen another form.
    files = read_all(replace(inputs, data=tuple(graph.others), ontology=(), shapes=())).data
    return any(check_names(files, graph.store, Vocabulary.of(graph.store)))


def _checked(task: Task, store: LocalStore, aside: _Aside, shapes: Shapes) -> Checked:
    if not (aside.misnamed or aside.form or aside.figures or aside.told or shapes.told):
        return Checked((), (), shapes.count)
    files = read_all(task.inputs)
    misnamed = aside.misnamed or aside.form
    names = check_names(files.data, store, Vocabulary.of(store)) if misnamed else ()
    found = [*files.findings, *aside.form, *aside.figures]
    found += without_echoes([*names, *shapes.problems, *shapes.told])
    return Checked(located(files, [*found, *aside.told]), shapes.results, shapes.count)
