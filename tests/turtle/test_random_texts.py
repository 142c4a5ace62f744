"""Random Turtle: both readers agree on it, whole or damaged, and the formatter changes no fact.

`HYPOTHESIS_PROFILE=long` tries many times as much.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from random import Random

import pyoxigraph as ox
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from stigraph.errors import TurtleSyntaxError
from stigraph.turtle import format_text, read
from stigraph.turtle.scanner import scan
from stigraph.turtle.verify import comments, same_triples

Read = Callable[[str], list[ox.Triple]]
Tokens = list[str]

LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
quick = settings(
    max_examples=4000 if LONG else 60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)

HEAD = """@base <http://example.org/base/> .
@prefix : <http://example.org/empty#> .
@prefix p: <http://example.org/p/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
GAPS = [" ", " ", " ", "\n", "\t", "\r\n", "\r", " # c\n", "\n# own\n", "\n\n# par\n\n", " #\r\n"]
# Escaped dots, dot segments, a number run into a name with e: see `test_known_differences`.
KNOWN_DIFFERENCES = re.compile(r"\\\.|/\.|[0-9]\.?[eE](?![0-9+-])")
ESCAPES = ["\\t", "\\b", "\\n", "\\r", "\\f", "\\\\", '\\"', "\\'", "\\u3042", "\\U0001F600"]

characters = st.characters(codec="utf-8")
names = st.sampled_from(
    [
        "p:a",
        "p:b",
        "p:",
        ":c",
        ":",
        "p:a.b",
        "p:a:b",
        "p:\\~x",
        "p:%20",
        "p:日本",
        ":0",
        "p:a-",
        "p:_",
    ]
)
iris = st.one_of(
    names,
    st.sampled_from(
        ["<a>", "<>", "<#x>", "<b/c?q>", "<http://example.org/p/a>", "<urn:x:\\u00e9>"]
    ),
    st.sampled_from(["<http://example.org/日本/😀>", "<//h/i>", "<?q>"]),
)
labels = st.sampled_from(["_:a", "_:b", "_:a.b", "_:0", "_:genid1", "_:日本"])
predicates = st.one_of(st.just("a"), iris, st.just(f"<{ox.NamedNode('http://x/').value}>"))


def quoted(quote: str, width: int) -> st.SearchStrategy[str]:
    """Return strings between `width` quotes: any characters, escaped where they must be."""
    must = {quote, "\\"} | ({"\n", "\r"} if width == 1 else set())
    plain = characters.filter(lambda character: character not in must)
    body = st.lists(st.one_of(plain, st.sampled_from(ESCAPES)), max_size=8).map("".join)
    return body.map(lambda text: quote * width + text + quote * width)


strings = st.one_of(quoted('"', 1), quoted("'", 1), quoted('"', 3), quoted("'", 3))
tags = st.sampled_from(["@en", "@ja", "@EN-gb", "@zh-Hant", "@x-own"])
datatypes = st.sampled_from(["xsd:date", "xsd:integer", "xsd:string", "p:d", "<d>", "xsd:boolean"])
numbers = st.from_regex(
    r"[+-]?([0-9]{1,3}|[0-9]{0,2}\.[0-9]{1,2}|[0-9]\.?[eE]-?[0-9])", fullmatch=True
)
typed_numbers = st.builds(
    lambda number, datatype: [f'"{number}"', "^^", f"xsd:{datatype}"],
    numbers,
    st.sampled_from(["integer", "decimal", "double", "boolean"]),
)

literals: st.SearchStrategy[Tokens] = st.one_of(
    strings.map(lambda string: [string]),
    st.tuples(strings, tags).map("".join).map(lambda string: [string]),
    st.tuples(strings, tags).map(list),
    st.tuples(strings, st.just("^^"), datatypes).map(list),
    typed_numbers,
    numbers.map(lambda number: [number]),
    st.sampled_from([["true"], ["false"]]),
)


def properties_of(objects: st.SearchStrategy[Tokens]) -> st.SearchStrategy[Tokens]:
    pair = st.builds(
        lambda predicate, values: [predicate, *joined(values, ",")],
        predicates,
        st.lists(objects, min_size=1, max_size=3),
    )
    ends = st.sampled_from([[], [";"], [";", ";"]])
    return st.builds(
        lambda pairs, end: joined(pairs, ";") + end, st.lists(pair, min_size=1, max_size=4), ends
    )


def joined(parts: list[Tokens], separator: str) -> Tokens:
    return [token for part in parts for token in (*part, separator)][:-1]


def brackets_of(objects: st.SearchStrategy[Tokens]) -> st.SearchStrategy[Tokens]:
    collection = st.lists(objects, max_size=3).map(
        lambda items: ["(", *(token for item in items for token in item), ")"]
    )
    return st.one_of(
        st.just(["[", "]"]),
        properties_of(objects).map(lambda tokens: ["[", *tokens, "]"]),
        collection,
    )


leaves: st.SearchStrategy[Tokens] = st.one_of(
    iris.map(lambda iri: [iri]), labels.map(lambda label: [label]), literals
)
objects = st.recursive(leaves, brackets_of, max_leaves=6)
subjects = st.one_of(
    iris.map(lambda iri: [iri]), labels.map(lambda label: [label]), brackets_of(leaves)
)
statements = st.one_of(
    st.builds(lambda s, pairs: [*s, *pairs, "."], subjects, properties_of(objects)),
    properties_of(objects).map(lambda tokens: ["[", *tokens, "]", "."]),
)
directives: st.SearchStrategy[Tokens] = st.sampled_from(
    [
        ["@prefix", "q:", "<http://example.org/q#>", "."],
        ["PREFIX", "p:", "<http://example.org/p/>"],
        ["prefix", "p:", "<other/>"],
        ["@base", "<http://example.org/other/>", "."],
        ["BASE", "<deeper/>"],
    ]
)
blocks = st.one_of(statements, statements, statements, directives)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Return a text that is Turtle: random statements, with random gaps between the tokens."""
    tokens = [token for block in draw(st.lists(blocks, max_size=4)) for token in block]
    # Drawing each gap takes ten times as long.
    gaps = Random(draw(st.integers(0, 999)))  # noqa: S311
    body = "".join(gaps.choice(GAPS) + token for token in tokens)
    start = draw(st.sampled_from(["", "# head\n\n"]))
    return start + HEAD + body + draw(st.sampled_from(["", "\n", " # end", "\n\n# end\n"]))


@st.composite
def damaged_texts(draw: st.DrawFn) -> str:
    """Return a text that was Turtle before some of its characters or tokens were changed."""
    text = draw(texts())
    pool = [token for _, token in scan(text)] + list(" .;,[]()<>@\"'\\:_-+%a1eE\n#^{}é　")
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(len(HEAD) // 2, len(text)))
        end = min(len(text), start + draw(st.integers(0, 6)))
        text = text[:start] + draw(st.sampled_from(["", *pool])) + text[end:]
    return text


@quick
@given(texts())
def test_both_readers_agree(assert_agrees: Callable[[str], None], text: str) -> None:
    assert_agrees(text)


@quick
@given(damaged_texts())
def test_both_readers_accept_or_both_refuse(
    ours: Read, theirs: Read, assert_agrees: Callable[[str], None], text: str
) -> None:
    assume(not KNOWN_DIFFERENCES.search(text))
    try:
        expected = theirs(text)
    except SyntaxError:
        expected = None
    try:
        found = ours(text)
    except TurtleSyntaxError as error:
        assume("RDF 1.2" not in error.en)
        found = None
    assert (found is None) == (expected is None)
    if found is not None:
        assert_agrees(text)


@quick
@given(texts())
def test_what_stands_at_a_place_is_what_was_read(text: str) -> None:
    for triple in read(text):
        for place in triple:
            assert place.start < place.end <= len(text)
            assert place.text.strip() == place.text


@quick
@given(texts())
def test_formatting_keeps_triples_and_comments(text: str) -> None:
    formatted = format_text(text)
    assert same_triples(list(read(text)), list(read(formatted)))
    assert comments(text) == comments(formatted)


@quick
@given(texts())
def test_formatting_keeps_the_graph_of_the_store(
    assert_same_graph: Callable[[str, str], None], text: str
) -> None:
    assert_same_graph(text, format_text(text))


@quick
@given(texts())
def test_formatting_twice_changes_nothing(text: str) -> None:
    formatted = format_text(text)
    assert format_text(formatted) == formatted


@quick
@given(texts())
def test_a_formatted_text_has_clean_lines(text: str) -> None:
    formatted = format_text(text)
    gaps = [gap for gap, _ in scan(formatted)]
    assert formatted.endswith("\n")
    assert "\r" not in formatted
    assert not any(" \n" in gap or "\n\n\n" in gap for gap in gaps)
    assert not gaps[-1].endswith("\n\n")
