"""The pages of the reference say what the ontology, the questions and the commands say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_the_reference_is_current(root: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "docs.generate", "--check"],
        cwd=root,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    stale = done.stdout.split()
    assert done.returncode == 0, f"run `python -m docs.generate` for {stale}\n{done.stderr}"
