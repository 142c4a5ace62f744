"""``python -m stigraph`` is the command ``stigraph``."""

from __future__ import annotations

from stigraph.cli import command

if __name__ == "__main__":
    command()
