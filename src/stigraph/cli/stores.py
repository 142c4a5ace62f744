"""``--store``: a SPARQL service in place of files."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from stigraph.cli.options import option

if TYPE_CHECKING:
    from stigraph.store.remote import RemoteStore

__all__ = ["at", "store_option"]

_Function = TypeVar("_Function", bound=Callable[..., Any])


def store_option(function: _Function) -> _Function:
    """Return ``function`` with the option ``--store``."""
    decorate = option(
        "--store",
        metavar="URL",
        ja="ファイルの代わりに、この SPARQL サービスのデータを使う"
        "（認証は環境変数 STIGRAPH_STORE_TOKEN など）",
        en="take the data from this SPARQL service instead of files "
        "(credentials: environment variables such as STIGRAPH_STORE_TOKEN)",
    )
    decorated: _Function = decorate(function)
    return decorated


def at(url: str) -> RemoteStore:
    """Return the store at ``url``, with credentials and time-out from the environment.

    Raises:
        UsageError: The URL or a variable is not written as it should be.
    """
    from stigraph.store.remote import RemoteStore

    return RemoteStore.at(url)
