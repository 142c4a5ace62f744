"""One way in for every export: a lens or an answer, and a format."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from stigraph.entries import Catalogue
from stigraph.network.build import network_of_answer, network_of_lens
from stigraph.network.formats import format_named
from stigraph.network.lenses import Lens
from stigraph.network.model import Network
from stigraph.network.rdf import write_answer, write_lens
from stigraph.release import Release
from stigraph.store import Answer, LocalStore

__all__ = ["export"]


def export(
    store: LocalStore,
    catalogue: Catalogue,
    release: Release,
    subject: Lens | Answer,
    form: str,
    lang: str,
) -> Iterator[bytes]:
    """Yield a lens, or the answer to a query, in the format ``form``.

    Args:
        store: The graph.
        catalogue: The names in it.
        release: What every copy of it says.
        subject: What to write.
        form: A name of :data:`stigraph.network.formats.FORMATS`.
        lang: The language of ``label``; both are there anyway.

    Raises:
        UsageError: There is no such format, or it can't hold the answer.
    """
    writer = format_named(form).writer
    if writer == "rdf":
        if isinstance(subject, Lens):
            yield from write_lens(store, release, subject, form)
        else:
            yield from write_answer(subject, release, form)
        return
    network = (
        network_of_lens(store, catalogue, release, subject, lang)
        if isinstance(subject, Lens)
        else network_of_answer(store, catalogue, release, subject, lang)
    )
    yield from written(network, writer)


def written(network: Network, writer: str) -> Iterator[bytes]:
    """Yield ``network`` as the module ``writer`` of :mod:`stigraph.network.writers` writes it."""
    for chunk in import_module(f"stigraph.network.writers.{writer}").write(network):
        yield chunk.encode()
