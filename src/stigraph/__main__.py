"""``python -m stigraph`` is the command ``stigraph``."""

from __future__ import annotations

import sys

from stigraph.cli import main

if __name__ == "__main__":
    sys.exit(main())
