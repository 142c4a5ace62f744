"""The gate in front of a reload: a process of its own, so that the server goes on meanwhile."""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Final

from stigraph.project import Project

__all__ = ["findings"]

MOST_TOLD: Final = 20
_FINE: Final = 0
_FOUND: Final = 1


async def findings(project: Project) -> list[str]:
    """Return what the gate finds in ``project``, a sentence each; nothing where it may be served.

    Information alone is no finding.
    """
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", "stigraph", "validate", "--format", "json", "--no-cache"),
        cwd=project.root,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        out, err = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
    if process.returncode == _FINE:
        return []
    if process.returncode != _FOUND:
        return [err.decode("utf-8", "replace").strip() or "the gate could not be run"]
    found = [each for each in json.loads(out)["findings"] if each["severity"] != "info"]
    return [
        f"{each['file']}:{each['line']}:{each['column']}: {each['code']} {each['message']['en']}"
        for each in found[:MOST_TOLD]
    ]
