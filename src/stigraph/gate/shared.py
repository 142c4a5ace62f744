"""What the processes of a run do by turns: who is done with the rest takes the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from stigraph.digests import Digests
from stigraph.gate.aside import Rules
from stigraph.gate.beside import Turns
from stigraph.gate.finding import Finding
from stigraph.gate.form import check_form
from stigraph.gate.inputs import Input
from stigraph.gate.loading import Loaded
from stigraph.gate.task import Task
from stigraph.store import LocalStore

TYPE_CHECKING = False
if TYPE_CHECKING:
    from stigraph.gate.incremental import Asked

__all__ = ["Forms", "Shared"]

_SOME: Final = 64
"""Files whose form is looked at in one go."""


@dataclass(frozen=True, slots=True)
class Shared:
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
    forms: Forms

    @classmethod
    def of(cls, task: Task, loaded: Loaded, forms: Forms) -> Shared:
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


class Forms:
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
