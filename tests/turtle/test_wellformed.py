"""IRIs resolve as RFC 3986 says: its own examples (§5.4), and what isn't one is refused."""

from __future__ import annotations

import pytest

from stigraph.turtle.wellformed import resolve

BASE = "http://a/b/c/d;p?q"
EXAMPLES = """
g:h g:h
g http://a/b/c/g
./g http://a/b/c/g
g/ http://a/b/c/g/
/g http://a/g
//g http://g
?y http://a/b/c/d;p?y
g?y http://a/b/c/g?y
#s http://a/b/c/d;p?q#s
g#s http://a/b/c/g#s
g?y#s http://a/b/c/g?y#s
;x http://a/b/c/;x
g;x http://a/b/c/g;x
g;x?y#s http://a/b/c/g;x?y#s
. http://a/b/c/
./ http://a/b/c/
.. http://a/b/
../ http://a/b/
../g http://a/b/g
../.. http://a/
../../ http://a/
../../g http://a/g
../../../g http://a/g
../../../../g http://a/g
/./g http://a/g
/../g http://a/g
g. http://a/b/c/g.
.g http://a/b/c/.g
g.. http://a/b/c/g..
..g http://a/b/c/..g
./../g http://a/b/g
./g/. http://a/b/c/g/
g/./h http://a/b/c/g/h
g/../h http://a/b/c/h
g;x=1/./y http://a/b/c/g;x=1/y
g;x=1/../y http://a/b/c/y
g?y/./x http://a/b/c/g?y/./x
g?y/../x http://a/b/c/g?y/../x
g#s/./x http://a/b/c/g#s/./x
g#s/../x http://a/b/c/g#s/../x
http:g http:g
"""


@pytest.mark.parametrize("example", EXAMPLES.split("\n")[1:-1])
def test_the_examples_of_rfc_3986(example: str) -> None:
    reference, expected = example.split()
    assert resolve(reference, BASE) == expected


def test_nothing_stands_for_the_base_without_its_fragment() -> None:
    assert resolve("", f"{BASE}#f") == BASE


@pytest.mark.parametrize(
    ("reference", "base", "expected"),
    [
        ("a", "http://h", "http://h/a"),
        ("?a", "http://h", "http://h?a"),
        ("a", "urn:x", "urn:a"),
        ("#a", "urn:x:y", "urn:x:y#a"),
        ("日本", "http://h/é", "http://h/日本"),
        ("./a:b", "http://h/", "http://h/a:b"),
    ],
)
def test_bases_without_a_path_and_of_other_kinds(reference: str, base: str, expected: str) -> None:
    assert resolve(reference, base) == expected


@pytest.mark.parametrize("reference", ["a", "", "1a:b", ":a", "a b", "http://a/ b", "http://[x]/"])
def test_what_is_no_absolute_iri_is_refused_without_a_base(reference: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        resolve(reference, None)


@pytest.mark.parametrize("reference", ["1a:b", ":a", "a b", "[/..", "%zz", "a\ue000"])
def test_a_malformed_reference_is_refused_though_it_might_vanish(reference: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        resolve(reference, BASE)
