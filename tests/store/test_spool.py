"""A result keeps its limits while it is written, and is never cut."""

from __future__ import annotations

import gzip
import hashlib
import io

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from stigraph.errors import ResultLimitError
from stigraph.store import LocalStore, Solutions
from stigraph.store.workers import Limits, Spooled
from stigraph.store.workers.spool import INLINE, Spool
from stigraph.terms import Iri, Literal

FORMS = ("json", "xml", "csv", "tsv")
NODE = Iri("http://d.example/n")


def content_of(spool: Spool) -> bytes:
    found = spool.finish()
    return found.read() if isinstance(found, Spooled) else found


def written(store: LocalStore, form: str, limits: Limits) -> Spool:
    answer = store.query("SELECT ?o { ?s ?p ?o }")
    assert isinstance(answer, Solutions)
    spool = Spool(limits, form)
    answer.write_to(spool, form)  # type: ignore[arg-type]
    return spool


def store_of(values: list[str]) -> LocalStore:
    store = LocalStore()
    store.add_graph("http://d.example/g", [(NODE, NODE, Literal(value)) for value in values])
    return store


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("rows", [0, 1, 2, 2000])
def test_rows_are_counted_in_every_form(form: str, rows: int) -> None:
    store = store_of([f'line one of {n}\n"two", three <result>' for n in range(rows)])
    expected = max(rows, 1) if form == "json" else rows
    assert written(store, form, Limits()).rows == expected


@pytest.mark.parametrize("form", FORMS)
def test_as_many_rows_as_allowed_are_given_and_one_more_is_refused(form: str) -> None:
    limits = Limits(rows=50)
    assert written(store_of([str(n) for n in range(50)]), form, limits).rows == 50
    with pytest.raises(ResultLimitError, match="LIMIT"):
        written(store_of([str(n) for n in range(51)]), form, limits)


@given(st.lists(st.text("a\"\n,\r'", max_size=6), max_size=40), st.integers(1, 9))
def test_lines_of_csv_are_counted_wherever_it_is_divided(values: list[str], length: int) -> None:
    buffer = io.BytesIO()
    store = store_of(values)
    answer = store.query("SELECT ?o { ?s ?p ?o }")
    assert isinstance(answer, Solutions)
    answer.write_to(buffer, "csv")
    spool = Spool(Limits(), "csv")
    content = buffer.getvalue()
    for start in range(0, len(content), length):
        spool.write(content[start : start + length])
    assert spool.rows == len(store)


def test_as_many_bytes_as_allowed_are_taken_and_one_more_is_refused() -> None:
    spool = Spool(Limits(size=10), "turtle")
    spool.write(b"0123456789")
    with pytest.raises(ResultLimitError):
        spool.write(b"0")


@pytest.mark.parametrize("size", [0, 1, INLINE, INLINE + 1, 5 * INLINE])
def test_what_comes_out_is_what_went_in(size: int) -> None:
    data = bytes(n % 251 for n in range(size))
    spool = Spool(Limits(), "turtle", hashed=True)
    for start in range(0, size, 4096):
        spool.write(data[start : start + 4096])
    assert content_of(spool) == data
    assert spool.digest == hashlib.sha256(data).hexdigest()


def test_compressed_content_is_the_same_content() -> None:
    data = b"stigraph " * 100_000
    contents = {}
    for encoding in ("gzip", "zstd"):
        spool = Spool(Limits(), "turtle", encoding)
        spool.write(data)
        contents[encoding] = content_of(spool)
    assert gzip.decompress(contents["gzip"]) == data
    assert zstandard.ZstdDecompressor().decompressobj().decompress(contents["zstd"]) == data
