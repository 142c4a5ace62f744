"""The run over a project from its texts alone: what no file has to be read one by one for.

The texts are loaded into one store that two processes share: one runs the shapes, the other
does the rest, and who is done first goes on with the form of the texts. Nearly always nothing
is wrong, and then no triple was ever made a term of ours; only to name faults, files are read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from stigraph.dataset import add_derived
from stigraph.digests import Digests
from stigraph.gate.aside import Rules, check_phrases
from stigraph.gate.beside import Beside, Turns
from stigraph.gate.census import Census
from stigraph.gate.delta import Delta
from stigraph.gate.echoes import without_echoes
from stigraph.gate.finding import Finding
from stigraph.gate.form import check_form
from stigraph.gate.inputs import Input, Inputs
from stigraph.gate.loading import Loaded, load
from stigraph.gate.model import Shapes
from stigraph.gate.names import check_names
from stigraph.gate.of_change import of_change
from stigraph.gate.reading import Files, located, read_about, read_all, read_files
from stigraph.gate.task import Checked, Task
from stigraph.gate.vocabulary import Vocabulary
from stigraph.store import LocalStore
from stigraph.store.background import Background

TYPE_CHECKING = False
if TYPE_CHECKING:
    from stigraph.gate.incremental import Asked
    from stigraph.gate.shapes_run import Prepared

__all__ = ["check_at_once"]

_SOME: Final = 64
"""Files whose form is looked at in one go."""


def check_at_once(task: Task) -> Checked | None:
    """Check the whole project in this process and others beside it.

    Returns:
        What was found; None where a text isn't Turtle, or where something is to be said of
        blank nodes, whose labels mean nothing to another process: the files are to be read.

    Raises:
        ShapesError: The shapes can't be run.
    """
    if task.since_clean is not None:
        loading = Background(partial(load, task))
        shapes = _prepare(task)  # meanwhile: to load needs no lock
        loaded = loading.result()
        return None if loaded is None else _check_loaded(task, loaded, shapes)
    if task.known.formed or task.followed is not None:
        loaded = load(task)
        return None if loaded is None else _check_loaded(task, loaded, None)
    forms = _Forms(task.known.formed, task.inputs.data)
    ahead = Beside(forms.check)  # the other core has nothing to do yet
    try:
        loaded = load(task)
        return None if loaded is None else _check_loaded(task, loaded, None, forms, ahead)
    finally:
        forms.close()
        ahead.drop()


def _check_loaded(
    task: Task,
    loaded: Loaded,
    shapes: Prepared | None,
    forms: _Forms | None = None,
    ahead: Beside[list[Finding]] | None = None,
) -> Checked | None:
    """Check what is loaded.

    Args:
        task: What is to be done.
        loaded: The data.
        shapes: The shapes, if they are prepared.
        forms: The form of the data, where it is looked at already.
        ahead: The process that does so.
    """
    forms = forms or _Forms(task.known.formed, loaded.mine)
    shared = _Shared.of(task, loaded, forms)
    beside = Beside(partial(_run_shapes, task, loaded, shapes, shared))
    try:
        aside = _aside(task, loaded, shared)
    except BaseException:
        beside.drop()
        raise
    finally:
        shared.close()
    if aside is None:
        beside.drop()
        return None
    found = beside.result()
    if found is None:
        return None
    form = [*aside.form, *found.form, *(ahead.result() if ahead else ())]
    told = [*aside.told, *found.ruled]
    shared.forms.remember(form)
    return _checked(task, loaded.store, replace(aside, form=form, told=told), found)


@dataclass(frozen=True, slots=True)
class _Shared:
    """What either process does when it is done with the rest.

    Attributes:
        rules: All rules.
        asked: The rules that a change can be seen by, None where everything is looked at.
        turns: Numbers of those among them that only look at what is stated.
        forms: The form of the data.
    """

    rules: Rules
    asked: Asked | None
    turns: Turns
    forms: _Forms

    @classmethod
    def of(cls, task: Task, loaded: Loaded, forms: _Forms) -> _Shared:
        """Return what is to be shared in a task."""
        rules = Rules(task.project, loaded.store)
        asked = _asked(task, loaded, rules)
        turns = Turns(len(asked.stated) if asked else 0)
        return cls(rules, asked, turns, forms)

    def told(self, store: LocalStore) -> Iterator[Finding]:
        """Yield what those rules find that no other process has taken."""
        stated = self.asked.stated if self.asked is not None else ()
        for turn in self.turns:
            yield from self.rules.check(store, [stated[turn]])

    def close(self) -> None:
        """Take no more, in this process."""
        self.turns.close()
        self.forms.close()


class _Forms:
    """The form of the data, which either process looks at when it has done the rest."""

    def __init__(self, formed: Digests, files: Sequence[Input]) -> None:
        self._formed = formed
        self._files = files
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


def _prepare(task: Task) -> Prepared | None:
    # Imported in the process that runs the engine: others don't need it.
    from stigraph.gate.shapes_run import prepare

    return prepare(task)


def _asked(task: Task, loaded: Loaded, rules: Rules) -> Asked | None:
    """Return which rules a change can be seen by, None where everything is looked at."""
    if task.since_clean is None or loaded.delta is None:
        return None
    from stigraph.gate.incremental import Asked

    asked = Asked.of(rules.rules, loaded.delta, task.known.closed)
    if not loaded.others:
        return asked
    # The other process has those literals in another form than values.
    return replace(asked, stated=(), derived=(*asked.stated, *asked.derived))


def _run_shapes(
    task: Task,
    loaded: Loaded,
    shapes: Prepared | None,
    shared: _Shared,
) -> Shapes | None:
    from stigraph.gate.shapes_run import run_loaded

    shapes = shapes or _prepare(task)
    if shapes is None:
        return None
    found = run_loaded(loaded.store, loaded.others, task, shapes, loaded.delta)
    if found is None:
        return None
    ruled = tuple(shared.told(loaded.store))
    return replace(found, form=tuple(shared.forms.check()), ruled=ruled)


@dataclass(frozen=True, slots=True)
class _Aside:
    """What is found without the shapes; of names, only whether there is something."""

    rules: Rules
    figures: list[Finding]
    told: list[Finding]
    misnamed: bool
    form: list[Finding]


def _aside(task: Task, loaded: Loaded, shared: _Shared) -> _Aside | None:
    """Return what is found without the shapes, None where there are blank nodes or no Turtle."""
    store, delta = loaded.store, loaded.delta
    try:
        for each in loaded.others:
            store.load(each.content, each.base)
        if delta is not None and shared.asked is not None:
            return _of_delta(task, loaded, delta, shared)
        if store.has_blank_nodes():
            return None
        census = Census.of(store)
        _add(store, task.inputs.ontology)
    except SyntaxError:
        return None
    add_derived(store, named=False)
    figures, told = check_phrases(store, task.texts), list(shared.rules(store))
    misnamed = _are_misnamed(task.inputs, store, census, loaded.others)
    return _Aside(shared.rules, figures, told, misnamed, shared.forms.check())


def _of_delta(task: Task, loaded: Loaded, delta: Delta, shared: _Shared) -> _Aside:
    """Return what a change can have spoilt where nothing was wrong before."""
    from stigraph.gate.incremental import are_misnamed_since, phrases_since

    store, rules, asked = loaded.store, shared.rules, shared.asked
    _add(store, task.inputs.ontology)
    figures = phrases_since(task, store, delta)
    misnamed = are_misnamed_since(loaded, store, delta)
    told = list(rules.check_identity(store)) if asked and asked.identity else []
    told += shared.told(store)
    if asked and asked.derived:
        add_derived(store, named=False)
        told += rules.check(store, asked.derived)
    return _Aside(rules, figures, told, misnamed, shared.forms.check())


def _add(store: LocalStore, files: Iterable[Input]) -> None:
    for each in files:
        store.load(each.content, each.base)


def _are_misnamed(
    inputs: Inputs, store: LocalStore, census: Census, others: Iterable[Input]
) -> bool:
    """Whether names or terms have a fault, provided that all files are in canonical form."""
    if census.has_faults(inputs.data, store):
        return True
    # Of a literal that a store rewrites, the census has seen another form.
    return any(check_names(read_files(others), store, Vocabulary.of(store)))


def _checked(task: Task, store: LocalStore, aside: _Aside, shapes: Shapes) -> Checked:
    if not (aside.misnamed or aside.form or aside.figures or aside.told or shapes.told):
        return Checked((), (), shapes.count)
    # The census of names holds for files in canonical form.
    misnamed = aside.misnamed or (bool(aside.form) and task.since_clean is None)
    found = [*aside.form, *aside.figures, *shapes.told, *aside.told]
    if not (misnamed or (aside.told and task.changes is not None)):
        # All that is left to do is to tell the places: few files are needed for that.
        listed = _placed(task, read_about(task.inputs, found), aside, shapes, ())
        if all(each.place is not None for each in listed):
            return Checked(listed, shapes.results, shapes.count)
    files = read_all(task.inputs)
    names = check_names(files.data, store, Vocabulary.of(store)) if misnamed else ()
    return Checked(_placed(task, files, aside, shapes, names), shapes.results, shapes.count)


def _placed(
    task: Task, files: Files, aside: _Aside, shapes: Shapes, names: Iterable[Finding]
) -> list[Finding]:
    """Return what was found, with its places in ``files``."""
    found: Iterable[Finding] = [
        *files.findings,
        *aside.form,
        *aside.figures,
        *without_echoes([*names, *shapes.told]),
        *aside.told,
    ]
    if task.changes is not None and shapes.scope is not None:
        found = of_change(task, files, aside.rules, shapes.scope, found, aside.told)
    return list(located(files, found))
