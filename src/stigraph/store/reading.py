"""Turtle in and out, with the literals as written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, Protocol, TypeVar

import pyoxigraph as ox

from stigraph.errors import TurtleSyntaxError, UnreadableError
from stigraph.oxigraph import to_oxigraph
from stigraph.store.background import Background
from stigraph.store.exact import plain_term, sealed_quads
from stigraph.store.plain import is_plain
from stigraph.terms import Term
from stigraph.vocab import PREFIXES

__all__ = [
    "load_file",
    "load_joined",
    "load_plain",
    "load_texts",
    "parse_quads",
    "parse_triples",
    "read_bytes",
    "sorted_by_plainness",
    "turtle_text",
]

Triple = tuple[Term, Term, Term]

_BATCH: Final = 10_000
_LARGE: Final = 1_000_000
"""Bytes from which a second thread is worth its while."""


def read_bytes(path: Path) -> bytes:
    """Return the content of a file.

    Raises:
        UnreadableError: It is missing or can't be read.
    """
    try:
        with open(path, "rb", buffering=0) as stream:  # noqa: PTH123 (thousands of files)
            return stream.readall()
    except OSError as error:
        reason = error.strerror or str(error)
        raise UnreadableError(
            f"{path} を読めない（{reason}）。場所と権限を確かめる",
            f"can't read {path} ({reason}); check the path and its permissions",
        ) from error


def parse_triples(source: Path | str, base: str | None = None) -> list[Triple]:
    """Return the triples of a Turtle file, or of a text, with the literals as written.

    Raises:
        UnreadableError: The file can't be read.
        TurtleSyntaxError: It isn't Turtle.
    """
    return [
        (plain_term(quad.subject), plain_term(quad.predicate), plain_term(quad.object))
        for quad in _parse(source, base)
    ]


def parse_quads(content: bytes, base: str, *, rename: bool = False) -> Iterator[ox.Quad]:
    """Yield the triples of a Turtle file as quads of the default graph.

    Args:
        content: The file's.
        base: The IRI that relative IRIs are resolved against.
        rename: Whether blank nodes get labels that no other text has.

    Raises:
        TurtleSyntaxError: It isn't Turtle.
    """
    try:
        yield from ox.parse(
            content, format=ox.RdfFormat.TURTLE, base_iri=base, rename_blank_nodes=rename
        )
    except SyntaxError as error:
        raise _not_turtle(base, error) from error


def load_file(store: ox.Store, path: Path) -> bool:
    """Load a Turtle file and return whether literals had to be sealed."""
    text = read_bytes(path)
    base = path.resolve().as_uri()
    try:
        if len(text) < _LARGE or len(store):
            plain = is_plain(text)
            if plain:
                store.load(text, format=ox.RdfFormat.TURTLE, base_iri=base)
        else:
            # Oxigraph parses without holding Python's lock: the text is looked at meanwhile.
            looked = Background(lambda: is_plain(text))
            store.load(text, format=ox.RdfFormat.TURTLE, base_iri=base)
            plain = looked.result()
            if not plain:
                store.clear()
    except SyntaxError as error:
        raise _not_turtle(str(path), error) from error
    if not plain:
        store.extend(sealed_quads(_parse(path)))
    return not plain


class Text(Protocol):
    """A Turtle text with its base."""

    @property
    def content(self) -> bytes:
        """The text, in UTF-8."""

    @property
    def base(self) -> str:
        """The IRI that relative IRIs are resolved against."""


T = TypeVar("T", bound=Text)


class Plain(Protocol):
    """Texts that are known to be plain."""

    def __contains__(self, content: bytes) -> bool:
        """Return whether a text is known to be."""

    def add(self, content: bytes) -> None:
        """Remember that a text is."""

    def save(self) -> None:
        """Write down what was added."""


def load_plain(store: ox.Store, texts: Iterable[T], known: Plain | None = None) -> list[T]:
    """Load those Turtle texts whose literals stay as they are, and return the others.

    Args:
        store: Is loaded.
        texts: The texts.
        known: Texts for which it is known already, to be added to.

    Raises:
        TurtleSyntaxError: One isn't Turtle; those before it are loaded.
    """
    plain, others = sorted_by_plainness(texts, known)
    for text in plain:
        try:
            store.load(text.content, format=ox.RdfFormat.TURTLE, base_iri=text.base)
        except SyntaxError as error:
            raise _not_turtle(text.base, error) from error
    return others


def sorted_by_plainness(texts: Iterable[T], known: Plain | None) -> tuple[list[T], list[T]]:
    """Return those texts whose literals stay as they are, and the others.

    Args:
        texts: The texts.
        known: Texts for which it is known already, to be added to.
    """
    plain: list[T] = []
    others: list[T] = []
    for text in texts:
        if known is not None and text.content in known:
            plain.append(text)
        elif is_plain(text.content):
            plain.append(text)
            if known is not None:
                known.add(text.content)
        else:
            others.append(text)
    if known is not None:
        known.save()
    return plain, others


def load_joined(store: ox.Store, texts: Iterable[Text]) -> None:
    """Load Turtle texts in one go, during which other threads can run.

    Args:
        store: Is loaded.
        texts: Plain texts without blank nodes, each of which declares the prefixes that it uses.

    Raises:
        TurtleSyntaxError: One isn't Turtle.
    """
    parts = (part for text in texts for part in (f"@base <{text.base}> .\n".encode(), text.content))
    try:
        store.load(b"\n".join(parts), format=ox.RdfFormat.TURTLE)
    except SyntaxError as error:
        raise _not_turtle("texts", error) from error


def load_texts(store: ox.Store, texts: Iterable[tuple[bytes, str]]) -> bool:
    """Load many small Turtle texts, each with its base, and return whether literals were sealed.

    Raises:
        TurtleSyntaxError: One isn't Turtle; those before it are loaded.
    """
    sealed = False
    batch: list[ox.Quad] = []
    for text, base in texts:
        quads = list(parse_quads(text, base, rename=True))
        kept = list(sealed_quads(quads))
        sealed = sealed or any(one is not other for one, other in zip(quads, kept, strict=True))
        batch += kept
        if len(batch) > _BATCH:
            store.extend(batch)
            batch.clear()
    store.extend(batch)
    return sealed


def turtle_text(triples: Iterable[Triple]) -> str:
    """Return ``triples`` in Turtle, with the project's prefixes."""
    quads = (ox.Triple(to_oxigraph(s), to_oxigraph(p), to_oxigraph(o)) for s, p, o in triples)  # type: ignore[arg-type]
    text = ox.serialize(quads, format=ox.RdfFormat.TURTLE, prefixes=dict(PREFIXES))
    return text.decode() if text is not None else ""


def _parse(source: Path | str, base: str | None = None) -> Iterator[ox.Quad]:
    name = str(source) if isinstance(source, Path) else "text"
    try:
        if isinstance(source, Path):
            yield from ox.parse(
                path=str(source),
                format=ox.RdfFormat.TURTLE,
                base_iri=base or source.resolve().as_uri(),
                rename_blank_nodes=True,
            )
        else:
            yield from ox.parse(
                source, format=ox.RdfFormat.TURTLE, base_iri=base, rename_blank_nodes=True
            )
    except SyntaxError as error:
        raise _not_turtle(name, error) from error
    except OSError as error:
        raise _unreadable(name, error) from error


def _not_turtle(name: str, error: SyntaxError) -> TurtleSyntaxError:
    return TurtleSyntaxError(
        f"{name}：Turtle として読めない：{error.msg}",
        f"{name}: not Turtle: {error.msg}",
        line=error.lineno,
        column=error.offset,
    )


def _unreadable(name: str, error: OSError) -> UnreadableError:
    return UnreadableError(f"{name} を読めない：{error}", f"can't read {name}: {error}")
