"""Where a graph lives: the project around the working directory, or the one in the wheel."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from stigraph.errors import UsageError

__all__ = ["Project", "find_project", "project_or_shipped", "require_project", "shipped_project"]


@dataclass(frozen=True, slots=True)
class Project:
    """A folder that holds ``ontology/`` and ``data/ttl/``."""

    root: Path

    @property
    def ontology(self) -> Path:
        """The folder of the ontology, its code lists, shapes, rules and questions."""
        return self.root / "ontology"

    @property
    def data(self) -> Path:
        """The folder of the entries."""
        return self.root / "data" / "ttl"

    def ontology_files(self) -> list[Path]:
        """Return the files of the vocabulary: the ontology itself, then the code lists."""
        schemes = sorted((self.ontology / "schemes").glob("*.ttl"))
        own = sorted(self.ontology.glob("*.ttl"))
        return [*own, *schemes]

    def shape_files(self) -> list[Path]:
        """Return the files of the SHACL shapes."""
        return sorted((self.ontology / "shapes").glob("*.ttl"))

    def rule_files(self) -> list[Path]:
        """Return the files of the SPARQL rules."""
        return sorted((self.ontology / "rules").glob("*.rq"))

    def legal_forms_file(self) -> Path:
        """Return the file of the legal forms that don't tell organisations apart."""
        return self.ontology / "legal-forms.csv"

    def question_files(self) -> list[Path]:
        """Return the files of the competency questions."""
        return sorted((self.ontology / "questions").glob("*.rq"))

    def data_files(self) -> Iterator[Path]:
        """Yield the files of the entries in the order of their paths."""
        found = (
            Path(folder, name)
            for folder, _, names in os.walk(self.data)
            for name in names
            if name.endswith(".ttl")
        )
        yield from sorted(found, key=lambda path: path.parts)


def _is_project(folder: Path) -> bool:
    return (folder / "ontology").is_dir() and (folder / "data" / "ttl").is_dir()


def find_project(start: Path) -> Project | None:
    """Return the project at ``start`` or the nearest one above it, or None."""
    here = start.resolve()
    for folder in (here, *here.parents):
        if _is_project(folder):
            return Project(folder)
    return None


def require_project(start: Path) -> Project:
    """Return the project around ``start``.

    Raises:
        UsageError: There is none.
    """
    found = find_project(start)
    if found is None:
        raise UsageError(
            f"{start} にもその上にもプロジェクト（ontology/ と data/ttl/ のあるフォルダー）がない。"
            "プロジェクトの中で実行する",
            f"no project (a folder with ontology/ and data/ttl/) at or above {start}; "
            "run the command inside one",
        )
    return found


def shipped_project() -> Project:
    """Return the graph that is installed with the package.

    Raises:
        UsageError: The package was installed without it.
    """
    package = Path(__file__).resolve().parent
    # An installed wheel carries the graph; a development install finds it in its checkout.
    for folder in (package / "_graph", package.parents[1]):
        if _is_project(folder):
            return Project(folder)
    raise UsageError(
        "このインストールにはグラフが入っていない。stigraph を入れ直す",
        "this installation carries no graph; install stigraph again",
    )


def project_or_shipped(start: Path) -> Project:
    """Return the project around ``start``, else the graph installed with the package."""
    return find_project(start) or shipped_project()
