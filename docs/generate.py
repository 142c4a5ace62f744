"""Write the pages of the reference: ontology, questions, checks, commands and coverage.

    python -m docs.generate            write the pages that aren't current
    python -m docs.generate --check    name them instead, and exit with 1 if there are any

Nothing in ``docs/reference/`` is edited by hand.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from docs.making.checks import checks_page
from docs.making.commands import commands_page
from docs.making.coverage import coverage_page
from docs.making.ontology import ontology_page
from docs.making.questions import questions_page

from stigraph.project import Project

__all__ = ["main", "pages"]

ROOT: Final = Path(__file__).resolve().parents[1]
FOLDER: Final = ROOT / "docs" / "reference"

PAGES: Final[Mapping[str, Callable[[Project], str]]] = {
    "ontology.md": ontology_page,
    "questions.md": questions_page,
    "shapes.md": checks_page,
    "commands.md": commands_page,
    "coverage.md": coverage_page,
}
"""File name → what makes the page."""

_NOTE = "<!-- Made by `python -m docs.generate`: don't edit. -->\n\n"


def pages() -> dict[Path, str]:
    """Return the text that each generated page should have."""
    project = Project(ROOT)
    return {FOLDER / name: _NOTE + make(project) for name, make in PAGES.items()}


def main(args: Sequence[str] = ()) -> int:
    """Write the pages that aren't current; with ``--check`` only name them, and return 1."""
    made = pages()
    stale = [path for path, text in made.items() if _now(path) != text]
    for path in stale:
        print(path.relative_to(ROOT).as_posix())
        if "--check" not in args:
            FOLDER.mkdir(exist_ok=True)
            path.write_text(made[path], encoding="utf-8")
    return 1 if stale and "--check" in args else 0


def _now(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
