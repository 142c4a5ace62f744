"""The run over a project from its texts alone: what no file has to be read one by one for.

The texts are loaded into one store that two processes share: one runs the shapes, the other
does the rest, and who is done first goes on with the form of the texts. Nearly always nothing
is wrong, and then no triple was ever made a term of ours; only to name faults, files are read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial

from stigraph.dataset import add_derived
from stigraph.gate.aside import Rules, check_phrases
from stigraph.gate.beside import Beside
from stigraph.gate.census import Census
from stigraph.gate.delta import Delta
from stigraph.gate.echoes import without_echoes
from stigraph.gate.finding import Finding
from stigraph.gate.inputs import Input, Inputs
from stigraph.gate.loading import Loaded, load
from stigraph.gate.model import Shapes
from stigraph.gate.names import check_names
from stigraph.gate.of_change import of_change
from stigraph.gate.reading import Files, located, read_about, read_all, read_files
from stigraph.gate.shared import Forms, Shared
from stigraph.gate.task import Checked, Task
from stigraph.gate.vocabulary import Vocabulary
from stigraph.store import LocalStore
from stigraph.store.background import Background

TYPE_CHECKING = False
if TYPE_CHECKING:
    from stigraph.gate.shapes_run import Prepared

__all__ = ["check_at_once"]


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
    forms = Forms(task.known.formed, task.inputs.data)
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
    forms: Forms | None = None,
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
    # The census of names holds for files in canonical form: all are looked at.
    files = task.inputs.data if task.since_clean is None else loaded.mine
    forms = forms or Forms(task.known.formed, files)
    shared = Shared.of(task, loaded, forms)
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


def _prepare(task: Task) -> Prepared | None:
    # Imported in the process that runs the engine: others don't need it.
    from stigraph.gate.shapes_run import prepare

    return prepare(task)


def _run_shapes(
    task: Task,
    loaded: Loaded,
    shapes: Prepared | None,
    shared: Shared,
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


def _aside(task: Task, loaded: Loaded, shared: Shared) -> _Aside | None:
    """Return what is found without the shapes, None where there are blank nodes or no Turtle."""
    store, delta = loaded.store, loaded.delta
    try:
        _add(store, loaded.others)
        if delta is not None and shared.asked is not None:
            return _of_delta(task, loaded, delta, shared)
        if store.has_blank_nodes():
            return None
        census = Census.of(store)
        _add(store, task.inputs.ontology)
    except SyntaxError:
        return None
    _derive(store, task.inputs, shared.rules)
    figures, told = check_phrases(store, task.texts), list(shared.rules(store))
    misnamed = _are_misnamed(task.inputs, store, census, loaded.others)
    return _Aside(shared.rules, figures, told, misnamed, shared.forms.check())


def _of_delta(task: Task, loaded: Loaded, delta: Delta, shared: Shared) -> _Aside:
    """Return what a change can have spoilt where nothing was wrong before."""
    from stigraph.gate.incremental import are_misnamed_since, phrases_since

    store, rules, asked = loaded.store, shared.rules, shared.asked
    _add(store, task.inputs.ontology)
    figures = phrases_since(task, store, delta)
    misnamed = are_misnamed_since(loaded, store, delta)
    told = list(rules.check_identity(store)) if asked and asked.identity else []
    told += shared.told(store)
    if asked and asked.derived:
        _derive(store, task.inputs, rules)
        told += rules.check(store, asked.derived)
    return _Aside(rules, figures, told, misnamed, shared.forms.check())


def _add(store: LocalStore, files: Iterable[Input]) -> None:
    for each in files:
        store.load(each.content, each.base)


def _derive(store: LocalStore, inputs: Inputs, rules: Rules) -> None:
    """Add what is derived, and the named graphs if a rule asks for them."""
    if rules.ask_graphs:
        for each in (*inputs.data, *inputs.ontology):
            store.load_graph(each.graph, each.content, each.base)
    add_derived(store, named=rules.ask_graphs)


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
    needs_before = bool(aside.told) and task.changes is not None and task.since_clean is None
    if not (misnamed or needs_before):
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
