"""The quick look never says more than the formatter would."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stigraph.errors import TurtleSyntaxError
from stigraph.turtle import format_text
from stigraph.turtle.canonical import surely_formatted

HEAD = (
    "@prefix ex: <https://example.org/> .\n"
    "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"
    "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
    "@prefix sti: <https://w3id.org/stigraph/ontology#> .\n"
    "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
)
ENTRY = """
ex:a a sti:Programme ;
    skos:prefLabel "名"@ja , "name"@en ;
    skos:altLabel "a name that is long enough to take the whole of a line, or nearly so, and"@en ,
        "another one that goes on"@en ;
    ex:list ( ex:one ex:two "three" 4 ) ;
    ex:long (
        ex:the-first-of-some-items-in-a-list
        ex:the-second-of-some-items-in-a-list
        "2025-04-01"^^xsd:date
        ex:the-third-of-some-items-in-a-list
    ) ;
    ex:number 1 , 2.5 , true ;
    sti:statedIn ex:x , ex:y , <https://example.com/a#b> .

ex:b a sti:Fund .
"""
ORDERED = ENTRY.replace(
    "ex:x , ex:y , <https://example.com/a#b>", "<https://a.org/b> , ex:x , ex:y"
)


def is_canonical(text: str) -> bool:
    try:
        return format_text(text) == text
    except TurtleSyntaxError:
        return False


def test_a_formatted_entry_is_recognised() -> None:
    assert is_canonical(HEAD + ORDERED)
    assert surely_formatted(HEAD + ORDERED)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("ex:x , ex:y", "ex:y , ex:x"),
        ("ex:x , ex:y", "ex:x, ex:y"),
        ('"名"@ja , "name"@en', '"name"@en , "名"@ja'),
        ("ex:number 1 , 2.5 , true ;\n", "ex:number 1 , 2.5 ,\n        true ;\n"),
        ("( ex:one ex:two", "(\n        ex:one ex:two"),
        ("    ex:number", "  ex:number"),
        ("ex:b a sti:Fund", "ex:b rdf:type sti:Fund"),
        ("ex:b a sti:Fund", "foo:b a sti:Fund"),
        ("ex:b a sti:Fund", "ex:b a foo:Fund"),
        ("ex:b a sti:Fund", "ex:b a sti:Fund ;\n    foo:p 1"),
        ("ex:b a sti:Fund .", "ex:b a sti:Fund .\n    ex:p 1 ."),
        ("ex:b a sti:Fund .", "ex:b a sti:Fund ;"),
        ("ex:b a sti:Fund .", "ex:b a sti:Fund ,"),
        ("ex:b a sti:Fund .", "ex:b a sti:Fund ;\n    ex:p 1 ;\n    ex:p 2 ."),
        ("ex:b a sti:Fund .", "ex:b a sti:Fund .\n"),
        ("ex:b a sti:Fund .\n", "ex:b a sti:Fund ."),
        ("ex:b a", "\nex:b a"),
        ("@prefix xsd", "@prefix aaa: <https://example.org/> .\n@prefix xsd"),
        ("@prefix sti", "@prefix sko: <http://www.w3.org/2004/02/skos/core#> .\n@prefix sti"),
        (" .\n\nex:a a", " .\nex:a a"),
        ("<https://a.org/b>", "<https://a.org/b >"),
        ('"2025-04-01"^^xsd:date', '"2025-04-01"^^xsd:string'),
        ('"2025-04-01"^^xsd:date', '"2025-04-01"^^foo:date'),
        ('"three"', "'three'"),
        ("ex:b a sti:Fund", "ex:b a sti:Fund # c"),
    ],
)
def test_another_form_is_not_recognised(old: str, new: str) -> None:
    text = HEAD + ORDERED
    assert old in text
    assert not surely_formatted(text.replace(old, new))
    assert not is_canonical(text.replace(old, new))


def test_a_predicate_under_two_prefixes_is_one_predicate() -> None:
    head = "@prefix a: <http://example.org/x> .\n@prefix b: <http://example.org/> .\n\n"
    text = f"{head}b:s b:xp 1 .\n"
    assert surely_formatted(text)
    assert not surely_formatted(f"{head}b:s a:p 1 ;\n    b:xp 2 .\n")


LINES = (HEAD + ORDERED).splitlines(keepends=True)


@st.composite
def edited(draw: st.DrawFn) -> str:
    """Return a canonical text with some lines or characters moved, dropped, doubled or changed."""
    lines = list(LINES)
    for _ in range(draw(st.integers(0, 2))):
        at, to = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines) - 1))
        change = draw(st.sampled_from(("swap", "drop", "double", "keep")))
        if change == "swap":
            lines[at], lines[to] = lines[to], lines[at]
        elif change != "keep":
            lines[at : at + 1] = [lines[at]] * (change == "double") * 2
    text = "".join(lines)
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, len(text)))
        piece = draw(
            st.sampled_from((*' \n\t;,.()[]"<>@^:#ab1-_\\', "ex:z", " , ", '"x"@en', "名"))
        )
        text = text[:at] + piece + text[at + draw(st.integers(0, 1)) :]
    return text


@given(edited())
def test_what_is_recognised_is_canonical(text: str) -> None:
    if surely_formatted(text):
        assert is_canonical(text)


@given(st.lists(st.integers(0, 40), min_size=1, max_size=6), st.sampled_from(",;"))
def test_lines_are_wrapped_where_the_formatter_wraps_them(widths: list[int], mark: str) -> None:
    objects = " , ".join(f'"{"x" * width}"' for width in widths)
    text = format_text(f"{HEAD}ex:s a ex:C ; ex:p {objects} {mark.replace(',', '')} .")
    assert surely_formatted(text)
    for joined in (text.replace(" ,\n        ", " , ", 1), text.replace(" , ", " ,\n        ", 1)):
        assert surely_formatted(joined) == is_canonical(joined)
