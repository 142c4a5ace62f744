"""Forms made from the shapes, and entries made from forms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stigraph.drafting import Draft, Field, Form, Model, slug_of
from stigraph.drafting.draft import read_value
from stigraph.entries import Catalogue
from stigraph.errors import UsageError
from stigraph.project import Project
from stigraph.terms import Iri, Literal
from stigraph.turtle import read
from stigraph.vocab import RDF, SCHEMA, SKOS, STI, XSD


@pytest.fixture(scope="module")
def model(project: Project) -> Model:
    return Model(project)


NOBODY = Catalogue({})


def test_every_kind_of_entry_has_a_form(model: Model) -> None:
    for kind, classes in model.kinds().items():
        for cls in classes:
            names = [field.name for field in model.form(kind, cls).fields]
            assert len(names) == len(set(names)), (kind, cls)
            assert names or kind in ("passage", "scheme", "cube"), (kind, cls)


def test_a_form_says_what_a_shape_says(model: Model) -> None:
    form = model.form("allocation", STI.BudgetAllocation)
    value, initiative, phrase = (form.field(n) for n in ("value", "forInitiative", "sti:phrase"))
    assert value is not None
    assert (value.least, value.most, value.datatypes) == (1, 1, (XSD.integer,))
    assert value.en == "An allocation has one amount, a whole number of yen"
    assert initiative is not None
    assert initiative.is_link
    assert "programme" in initiative.kinds
    assert "field" not in initiative.kinds
    assert phrase is not None
    assert (phrase.least, phrase.is_link) == (0, False)


def test_a_form_has_the_fields_of_the_classes_above(model: Model) -> None:
    names = {field.name for field in model.form("programme", STI.Programme).fields}
    assert {"label-ja", "label-en", "under-pillar", "topic", "stated-in"} <= names


def test_fields_stand_in_the_order_of_the_canonical_form(model: Model) -> None:
    names = [field.name for field in model.form("event", STI.PolicyEvent).fields]
    assert names.index("label-ja") < names.index("label-en") < names.index("date")
    assert names[-1] == "phrase"


@pytest.mark.parametrize(
    ("text", "datatypes", "expected"),
    [
        ("206,000,000,000", (XSD.integer,), Literal("206000000000", XSD.integer)),
        ("２０６", (XSD.integer,), Literal("206", XSD.integer)),
        ("2025-02", (XSD.date, XSD.gYearMonth, XSD.gYear), Literal("2025-02", XSD.gYearMonth)),
        ("2025-02-01", (XSD.date, XSD.gYearMonth), Literal("2025-02-01", XSD.date)),
        ("https://a.org/", (XSD.anyURI,), Literal("https://a.org/", XSD.anyURI)),
        (" ２０６ ", (XSD.string,), Literal("２０６", XSD.string)),
    ],
)
def test_a_text_is_read_as_the_field_wants_it(
    text: str, datatypes: tuple[str, ...], expected: Literal
) -> None:
    assert read_value(text, Field(SCHEMA.value, datatypes=datatypes), NOBODY) == expected


@pytest.mark.parametrize("text", ["much", "1.5", "2025-02-30", ""])
def test_a_text_that_is_no_value_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="can't be"):
        read_value(text, Field(SCHEMA.value, datatypes=(XSD.integer, XSD.date)), NOBODY)


@pytest.mark.parametrize(
    ("label", "slug"),
    [
        ("Small Business Innovation Research (SBIR) programme",
         "small-business-innovation-research-programme"),
        ("Café Åland’s", "cafe-alands"),
        ("量子", ""),
    ],
)  # fmt: skip
def test_a_slug_is_made_from_an_english_name(label: str, slug: str) -> None:
    assert slug_of(label) == slug


LABEL = Field(SKOS.prefLabel, "ja", least=1, most=1)
FORM = Form("programme", STI.Programme, (LABEL,))


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back_from_the_file(text: str) -> None:
    draft = Draft(FORM, "x", {LABEL: [Literal.tagged(text, "ja")]})
    triples = list(read(draft.turtle()))
    assert [t.object.term for t in triples if t.predicate.term != Iri(RDF.type)] == [
        Literal.tagged(text, "ja")
    ]


def test_prefixes_are_added_below_what_a_file_says_of_itself() -> None:
    beside = (
        "# About this file.\n@prefix sti: <https://w3id.org/stigraph/ontology#> .\n\n"
        "sti:x a sti:Y . # kept\n"
    )
    text = Draft(FORM, "x", {LABEL: [Literal.tagged("名", "ja")]}).turtle(beside)
    assert text.startswith("# About this file.\n@prefix programme:")
    assert "sti:x a sti:Y . # kept\n\nprogramme:x a sti:Programme ;" in text


def test_a_field_takes_no_more_than_it_may() -> None:
    draft = Draft(FORM, "x", {LABEL: [Literal.tagged("名", "ja")]})
    draft.add(LABEL, Literal.tagged("名", "ja"))
    with pytest.raises(UsageError, match="at most 1"):
        draft.add(LABEL, Literal.tagged("別名", "ja"))
