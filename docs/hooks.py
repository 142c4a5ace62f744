"""What mkdocs does before it builds: the pages of the codes are made, and kept nowhere."""

from __future__ import annotations

import sys
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

__all__ = ["on_files"]

ROOT = Path(__file__).resolve().parents[1]


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the page of every code."""
    if str(ROOT) not in sys.path:  # `mkdocs` is started from its own folder
        sys.path.insert(0, str(ROOT))
    from docs.making.codes import code_pages  # noqa: PLC0415 - found only now

    from stigraph.project import Project  # noqa: PLC0415

    for name, text in code_pages(Project(ROOT)):
        files.append(File.generated(config, f"reference/codes/{name}", content=text))
    return files
