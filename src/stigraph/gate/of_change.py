"""Of all findings, those that belong to a change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from stigraph.dataset import add_derived
from stigraph.gate.finding import Finding
from stigraph.gate.paths import name_of
from stigraph.gate.reading import Files
from stigraph.gate.task import Task
from stigraph.store import LocalStore

TYPE_CHECKING = False
if TYPE_CHECKING:
    from stigraph.gate.since import Scope

__all__ = ["of_change"]

Rules = Callable[[LocalStore], Iterable[Finding]]


def of_change(
    task: Task,
    files: Files,
    rules: Rules,
    scope: Scope,
    findings: Iterable[Finding],
    told: Sequence[Finding],
) -> Iterator[Finding]:
    """Yield the findings that belong to the change of a task.

    Args:
        task: The task.
        files: All files.
        rules: Tells the findings of rules in a graph.
        scope: What the change can affect.
        findings: All findings.
        told: Those of rules, which are of the change if they are new.
    """
    changed = {name_of(change.path, task.base) for change in task.changes or ()}
    yield from (f for f in findings if _is_unread(f, changed) or scope.holds(f))
    if told:  # else there is nothing that could be new
        known = () if task.since_clean is not None else rules(_before(files, scope))
        before = {_identity(found) for found in known}
        yield from (found for found in told if _identity(found) not in before)


def _is_unread(found: Finding, changed: set[str]) -> bool:
    """Whether a finding is about the text of a changed file and not about a node."""
    return found.focus is None and found.file in changed


def _identity(found: Finding) -> tuple[object, ...]:
    return found.code, found.focus, found.path, found.value


def _before(files: Files, scope: Scope) -> LocalStore:
    """Return the graph as it was before the change."""
    store = LocalStore()
    for source in (*files.model.ontology, *files.data):
        kept = (triple for triple in source.triples if triple not in scope.delta.added)
        store.add_graph(source.graph, kept)
    store.add_graph("urn:x-stigraph:removed", scope.delta.removed)
    add_derived(store)
    return store
