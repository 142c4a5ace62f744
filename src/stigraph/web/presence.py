"""Work for a client only as long as it is there."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, Final, TypeVar

from starlette.types import Receive

__all__ = ["ClientGoneError", "while_there"]

T = TypeVar("T")

SOON: Final = 0.05
"""Seconds in which most answers are there; nobody watches the client before."""


class ClientGoneError(Exception):
    """The client closed the connection: there is nobody to answer."""


async def while_there(receive: Receive, work: Coroutine[Any, Any, T]) -> T:
    """Return what ``work`` gives; it is cancelled if the client leaves.

    Raises:
        ClientGoneError: The client left.
    """
    task = asyncio.ensure_future(work)
    try:
        done, _ = await asyncio.wait((task,), timeout=SOON)
        if not done:
            await _watch(receive, task)
    except asyncio.CancelledError:
        task.cancel()
        raise
    return task.result()


async def _watch(receive: Receive, task: asyncio.Future[T]) -> None:
    gone = asyncio.ensure_future(_gone(receive))
    try:
        await asyncio.wait((task, gone), return_when=asyncio.FIRST_COMPLETED)
    finally:
        gone.cancel()
    if not task.done():
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        raise ClientGoneError


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
