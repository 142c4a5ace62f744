"""An entry as it is filled in, and as Turtle."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Final

from stigraph.drafting.fields import Field, Form
from stigraph.entries import Catalogue
from stigraph.errors import UsageError
from stigraph.shacl.lexical import well_formed
from stigraph.terms import Iri, Literal, Term
from stigraph.turtle import format_text
from stigraph.vocab import ID, PREFIXES, RDF, XSD, shorten

__all__ = ["Draft", "read_value", "slug_of"]

_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_GROUPED: Final = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_SHORTHAND: Final = frozenset({XSD.integer, XSD.decimal, XSD.boolean})
_NARROW_FIRST: Final = (
    XSD.boolean,
    XSD.integer,
    XSD.decimal,
    XSD.date,
    XSD.gYearMonth,
    XSD.gYear,
    XSD.anyURI,
    XSD.string,
)
_LOCAL: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")


def slug_of(label: str) -> str:
    """Return the slug that an English label suggests; empty where it has no ASCII letters."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall("[a-z0-9]+", re.sub(r"\(.*?\)|['’]", " ", plain)))[:60].strip("-")


def read_value(given: str, wanted: Field, catalogue: Catalogue) -> Term:
    """Return what a person wrote as a value of a field.

    Args:
        given: An id, IRI or label where the field takes entries; else a text, a number, a date.
        wanted: The field.
        catalogue: The names of the graph.

    Raises:
        UsageError: It is no value of the field; the sentence says what is.
    """
    text = given.strip()
    if wanted.is_link:
        return Iri(catalogue.resolve(text, wanted.kinds).iri)
    if wanted.language:
        return Literal.tagged(text, wanted.language)
    plain = unicodedata.normalize("NFKC", text)
    plain = plain.replace(",", "") if _GROUPED.fullmatch(plain) else plain
    for datatype in (t for t in _NARROW_FIRST if t in wanted.datatypes):
        literal = Literal(text if datatype == XSD.string else plain, datatype)
        if well_formed(literal):
            return literal
    if not wanted.datatypes:
        return Literal(text)
    kinds = ", ".join(shorten(datatype) for datatype in wanted.datatypes)
    raise UsageError(
        f"--{wanted.name} に「{text}」は書けない（{kinds}）。{wanted.ja}",
        f"--{wanted.name} can't be “{text}” ({kinds}). {wanted.en}",
    )


@dataclass
class Draft:
    """An entry that is being written.

    Attributes:
        form: The fields of its class.
        slug: The last part of its IRI.
        values: What has been filled in.
    """

    form: Form
    slug: str
    values: dict[Field, list[Term]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not _SLUG.fullmatch(self.slug):
            raise UsageError(
                f"--slug に「{self.slug}」は使えない。英小文字と数字をハイフンでつなぐ",
                f"--slug can't be “{self.slug}”; "
                "join lower-case ASCII letters and digits by hyphens",
            )

    @property
    def iri(self) -> str:
        """The IRI of the entry."""
        return f"{ID}{self.form.kind}/{self.slug}"

    def add(self, wanted: Field, value: Term) -> None:
        """Fill in one more value.

        Raises:
            UsageError: The field takes no more.
        """
        values = self.values.setdefault(wanted, [])
        if value in values:
            return
        if len(values) >= wanted.most:
            raise UsageError(
                f"--{wanted.name} は{wanted.most}個まで。{wanted.ja}",
                f"--{wanted.name} takes at most {wanted.most}. {wanted.en}",
            )
        values.append(value)

    def missing(self) -> list[Field]:
        """Return the fields that need more values than they have."""
        return [f for f in self.form.fields if len(self.values.get(f, ())) < f.least]

    def turtle(self, beside: str = "") -> str:
        """Return the entry as a file in canonical form.

        Args:
            beside: The text of the file that it is to stand in, empty for one of its own.
        """
        used: set[str] = set()
        lines = [f"{_name(self.iri, used)} a {_name(self.form.cls, used)}"]
        for wanted, values in self.values.items():
            if values:
                written = " , ".join(_written(value, used) for value in values)
                lines.append(f"{_name(wanted.predicate, used)} {written}")
        known = set(re.findall(r"^@prefix ([a-z0-9-]+):", beside, re.M))
        head = "".join(
            f"@prefix {prefix}: <{PREFIXES[prefix]}> .\n" for prefix in sorted(used - known)
        )
        # New prefixes go beside the old ones, below what the file says about itself.
        first = re.search(r"^@prefix ", beside, re.M)
        place = first.start() if first else 0
        joined = f"{beside[:place]}{head}{beside[place:]}\n{' ; '.join(lines)} .\n"
        return format_text(joined)


def _name(iri: str, used: set[str]) -> str:
    """Return an IRI as a prefixed name where one fits, and note the prefix."""
    if iri == RDF.type:
        return "a"
    prefix, colon, local = shorten(iri).partition(":")
    if colon and prefix in PREFIXES and _LOCAL.fullmatch(local):
        used.add(prefix)
        return f"{prefix}:{local}"
    return f"<{iri}>"


def _written(value: Term, used: set[str]) -> str:
    if isinstance(value, Iri):
        return _name(value.value, used)
    if not isinstance(value, Literal):
        raise TypeError("an entry has no blank nodes")
    if value.datatype in _SHORTHAND:
        return value.value
    quoted = '"' + "".join(_ESCAPES.get(sign, sign) for sign in value.value) + '"'
    if value.language:
        return f"{quoted}@{value.language}"
    if value.datatype == XSD.string:
        return quoted
    return f"{quoted}^^{_name(value.datatype, used)}"


_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
