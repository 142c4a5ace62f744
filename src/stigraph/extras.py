"""Libraries that come with an extra: loaded where they are used, or missed by name."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any, Final

from stigraph.errors import MissingExtraError

__all__ = ["EXTRAS", "required"]

EXTRAS: Final[Mapping[str, str]] = {
    "openpyxl": "tables",
    "pandas": "pandas",
    "polars": "polars",
    "pyarrow": "parquet",
    "resvg_py": "images",
}
"""Library → the extra of this package that installs it."""


def required(library: str) -> Any:
    """Return the module ``library``, or a submodule of it (``pyarrow.parquet``).

    Raises:
        MissingExtraError: It isn't installed; the message has the command that installs it.
    """
    name = library.partition(".")[0]
    try:
        return import_module(library)
    except ModuleNotFoundError as error:
        if error.name is not None and error.name.partition(".")[0] != name:
            raise  # it is there, but something that it needs itself isn't
        raise MissingExtraError(name, EXTRAS[name]) from error
