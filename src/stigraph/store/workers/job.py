"""What a worker is asked for, and what it answers, as values; how both travel.

A message is its length in four bytes (big-endian), then JSON. The content of a
reply follows its message where it is small; where it is large it stays in memory
outside both processes, and the message carries the descriptor (``SCM_RIGHTS``).
"""

from __future__ import annotations

import json
import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import fields as fields_of
from typing import Any, Final, Literal

__all__ = ["Job", "Reply", "Spooled", "decode_head", "encode"]

_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
HEAD: Final = struct.Struct(">I")

Status = Literal["answered", "refused", "unacceptable", "too-large", "failed"]


@dataclass(frozen=True, slots=True)
class Job:
    """A query to answer, or the whole dataset to write (an empty query).

    Attributes:
        query: SPARQL as the client sent it.
        rows_form: The form for solutions and booleans; empty where the client wants none of ours.
        triples_form: The form for triples; empty where the client wants none of ours.
        default_graphs: The default graph of the dataset; the whole where both are empty.
        named_graphs: The named graphs of the dataset.
        base: The IRI that relative IRIs are resolved against.
        encoding: How the content is compressed: ``identity``, ``gzip`` or ``zstd``.
    """

    query: str
    rows_form: str = "json"
    triples_form: str = "turtle"
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    base: str = ""
    encoding: str = "identity"

    def message(self) -> bytes:
        """Return the job as a message."""
        return encode({name: getattr(self, name) for name in self.__dataclass_fields__})

    @classmethod
    def of(cls, fields: dict[str, Any]) -> Job:
        """Return the job in a message."""
        for name in ("default_graphs", "named_graphs"):
            fields[name] = tuple(fields[name])
        return cls(**fields)


class Spooled:
    """Content that lies outside the memory of this process, until :meth:`close`."""

    def __init__(self, descriptor: int, size: int) -> None:
        self._descriptor = descriptor
        self.size = size

    def __len__(self) -> int:
        return self.size

    def pieces(self, length: int = 256 * 1024) -> Iterator[bytes]:
        """Yield the content in pieces."""
        for offset in range(0, self.size, length):
            yield os.pread(self._descriptor, min(length, self.size - offset), offset)

    def read(self) -> bytes:
        """Return the content and let go of it."""
        content = b"".join(self.pieces(4 * 1024 * 1024))
        self.close()
        return content

    def close(self) -> None:
        """Let go of the content."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def __del__(self) -> None:
        self.close()


Content = bytes | Spooled


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of a job.

    Attributes:
        status: ``answered``; ``refused`` (with a sentence), ``unacceptable`` (the client wants
            none of the forms for this sort), ``too-large`` or ``failed``.
        sort: ``rows`` or ``triples``, once known.
        form: The form of the content.
        encoding: How the content is compressed.
        rows: Rows or triples in it, at least (an estimate from above for JSON and CSV).
        volatile: Whether the same query may have another answer over the same data.
        ja: The sentence in Japanese where it was refused.
        en: The same in English.
        line: Where the fault is, 1-based; 0 where that isn't known.
        column: The column of the fault.
        digest: SHA-256 of the content, in hex; of the whole dataset alone.
        snapshot: The digest of the data that were asked.
        grown: Bytes by which the worker has grown.
        content: The answer.
    """

    status: Status
    sort: str = ""
    form: str = ""
    encoding: str = "identity"
    rows: int = 0
    volatile: bool = False
    ja: str = ""
    en: str = ""
    line: int = 0
    column: int = 0
    digest: str = ""
    snapshot: str = ""
    grown: int = 0
    content: Content = b""

    def message(self, **more: object) -> tuple[bytes, bytes, int]:
        """Return the reply as a message, what follows it, and a descriptor to pass or -1.

        ``more`` takes the place of fields of the same name.
        """
        content = self.content
        fields = {name: value for name in _REPLY_FIELDS if (value := getattr(self, name))} | more
        if isinstance(content, bytes):
            return encode({**fields, "inline": len(content)}), content, -1
        return encode({**fields, "spooled": len(content)}), b"", content._descriptor  # noqa: SLF001


_REPLY_FIELDS: Final = tuple(field.name for field in fields_of(Reply) if field.name != "content")


def encode(fields: dict[str, Any]) -> bytes:
    """Return a message that holds ``fields``."""
    text = _ENCODER.encode(fields).encode()
    return HEAD.pack(len(text)) + text


def decode_head(received: bytes | bytearray) -> tuple[dict[str, Any], int] | None:
    """Return the fields of the message at the start, and where it ends; None if it isn't whole."""
    if len(received) < HEAD.size:
        return None
    end = HEAD.size + HEAD.unpack_from(received)[0]
    if len(received) < end:
        return None
    return json.loads(received[HEAD.size : end].decode()), end
