"""What two versions of a file differ in is found without most of what they share."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.turtle.test_random_texts import HEAD, statements

from stigraph.filestore.graphs import RawTriple, file_triples
from stigraph.filestore.reduce import reduced

URI = "http://example.org/file.ttl"
LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
SHARED = [
    "p:a p:b 1 , 2 .",
    "<http://example.org/p/a> p:b 2 ; p:c 'x' .",
    "_:a p:b _:b .",
    "p:b a p:C ; p:c '(a) [b]' .",
    "p:b p:c '(a) [b]' , 3 .",
    "p:c p:d ( 1 2 ) .",
]
lines = st.one_of(st.sampled_from(SHARED), statements.map(" ".join))


@settings(
    max_examples=2000 if LONG else 150, deadline=None, suppress_health_check=list(HealthCheck)
)
@given(st.lists(lines, max_size=5), st.lists(lines, max_size=3), st.randoms(use_true_random=False))
def test_the_parts_differ_in_the_same_triples(left: list[str], more: list[str], random) -> None:  # type: ignore[no-untyped-def]
    right = [line for line in left if random.random() < 0.7] + more
    random.shuffle(right)
    old, new = ((HEAD + "\n".join(some)).encode() for some in (left, right))
    assert difference(*reduced(old, new)) == difference(old, new)


def difference(old: bytes, new: bytes) -> tuple[set[RawTriple], set[RawTriple]]:
    before, after = set(file_triples(old, URI)), set(file_triples(new, URI))
    return before - after, after - before


def test_only_what_changed_is_kept() -> None:
    same = "".join(f"p:s{n} p:p {n} .\n" for n in range(1000))
    old = f"{HEAD}{same}p:x p:p 1 .".encode()
    new = f"{HEAD}p:x p:p 2 .\n{same}".encode()
    assert [len(part) - len(HEAD) < 20 for part in reduced(old, new)] == [True, True]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("@prefix p: <http://a/> . p:x p:p 1 .", "@prefix p: <http://b/> . p:x p:p 1 ."),
        ("p:x p:p 1 . @prefix p: <http://b/> .", "p:x p:p 2 . @prefix p: <http://b/> ."),
        ("<x> <p> [ ] .", "<x> <p> [ ] . <y> <p> 1 ."),
        ("<http://a/x> <http://a/p> 1 .", "<http://a/x> <http://a/p> 1"),
        ("<http://a/x> <http://a/p> 1 .", "<http://a/x> <http://a/p> 'open ."),
    ],
)
def test_where_that_is_not_plain_to_see_both_versions_come_back(old: str, new: str) -> None:
    assert reduced(old.encode(), new.encode()) == (old.encode(), new.encode())
