"""How far long work has come: on a terminal only, and gone when the work is done."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from time import monotonic

from stigraph.cli.options import Settings

__all__ = ["shown"]

_PATIENCE = 1.0
"""Seconds of silence before anything is shown: short work needs no telling."""
_INTERVAL = 0.1


def shown(chunks: Iterable[bytes], settings: Settings) -> Iterator[bytes]:
    """Yield ``chunks``; tell how many bytes have gone by on a terminal's standard error."""
    if settings.quiet or sys.stderr is None or not sys.stderr.isatty():
        yield from chunks
        return
    done, due = 0, monotonic() + _PATIENCE
    told = False
    try:
        for chunk in chunks:
            yield chunk
            done += len(chunk)
            if monotonic() >= due:
                _tell(done, settings.lang)
                told, due = True, monotonic() + _INTERVAL
    finally:
        if told:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def _tell(done: int, lang: str) -> None:
    size = f"{done / 10**6:,.1f} MB"
    text = f"書き出し中… {size}" if lang == "ja" else f"writing… {size}"
    print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)
