"""What a result says: the author's messages, or else ours, in Japanese and English."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from stigraph.shacl.paths import Path, sparql
from stigraph.terms import Literal, Term
from stigraph.vocab import RDF, SH, XSD, shorten

__all__ = ["default_messages", "filled", "path_text"]

_DEFAULTS: Final[Mapping[str, tuple[str, str]]] = {
    "Class": ("{value} は {class} のインスタンスではない", "{value} is not an instance of {class}"),
    "Datatype": (
        "{value} は {datatype} の正しい値ではない",
        "{value} is not a well-formed {datatype}",
    ),
    "NodeKind": ("{value} は {kind} ではない", "{value} is not of the kind {kind}"),
    "MinCount": ("値が少なくとも {limit} 個要る", "needs at least {limit} value(s)"),
    "MaxCount": ("値は {limit} 個まで", "has more than {limit} value(s)"),
    "MinExclusive": ("{value} は {limit} より大きくない", "{value} is not greater than {limit}"),
    "MinInclusive": ("{value} は {limit} 以上ではない", "{value} is not {limit} or more"),
    "MaxExclusive": ("{value} は {limit} より小さくない", "{value} is not less than {limit}"),
    "MaxInclusive": ("{value} は {limit} 以下ではない", "{value} is not {limit} or less"),
    "MinLength": ("{value} は {limit} 文字より短い", "{value} is shorter than {limit} characters"),
    "MaxLength": ("{value} は {limit} 文字より長い", "{value} is longer than {limit} characters"),
    "Pattern": ("{value} は {pattern} に合わない", "{value} doesn't match {pattern}"),
    "LanguageIn": (
        "{value} の言語は {languages} のどれでもない",
        "the language of {value} is none of {languages}",
    ),
    "UniqueLang": ("言語 {lang} の値が複数ある", "has more than one value in the language {lang}"),
    "Equals": (
        "{value} は {other} の値と一致しない",
        "{value} is not a value of both the path and {other}",
    ),
    "Disjoint": ("{value} は {other} の値でもある", "{value} is a value of {other} too"),
    "LessThan": (
        "{value} は {other} の値より小さくない",
        "{value} is not less than the value of {other}",
    ),
    "LessThanOrEquals": (
        "{value} は {other} の値以下ではない",
        "{value} is not less than or equal to the value of {other}",
    ),
    "Not": ("{value} は合ってはならないシェイプに合う", "{value} conforms to a shape it must not"),
    "And": (
        "{value} は合うべきシェイプのどれかに合わない",
        "{value} doesn't conform to all shapes",
    ),
    "Or": ("{value} はどのシェイプにも合わない", "{value} conforms to none of the shapes"),
    "Xone": (
        "{value} の合うシェイプがちょうど一つではない",
        "{value} doesn't conform to exactly one of the shapes",
    ),
    "Node": ("{value} はシェイプに合わない", "{value} doesn't conform to the shape"),
    "QualifiedMinCount": (
        "シェイプに合う値が少なくとも {limit} 個要る",
        "needs at least {limit} value(s) that conform to the shape",
    ),
    "QualifiedMaxCount": (
        "シェイプに合う値は {limit} 個まで",
        "has more than {limit} value(s) that conform to the shape",
    ),
    "Closed": ("{path} は使えない", "{path} is not allowed here"),
    "HasValue": ("{value} という値がない", "lacks the value {value}"),
    "In": ("{value} は {members} のどれでもない", "{value} is none of {members}"),
    "SPARQL": ("{value} は SPARQL 制約に反する", "{value} violates a SPARQL constraint"),
}

_TEMPLATE: Final = re.compile(r"\{[?$](\w+)\}")
_SLOT: Final = re.compile(r"\{(\w+)\}")


def path_text(path: Path | None) -> str:
    """Return a path as people read it: prefixed names, SPARQL's signs."""
    return "" if path is None else re.sub(r"<([^>]*)>", lambda m: shorten(m[1]), sparql(path))


def default_messages(component: str, values: Mapping[str, str]) -> dict[str, str]:
    """Return our own sentences on a violation of a constraint component."""
    name = component.removeprefix(SH).removesuffix("ConstraintComponent")
    texts = _DEFAULTS.get(name)
    if texts is None or not component.startswith(SH):
        shown = shorten(component)
        texts = (f"{{value}} は {shown} に反する", f"{{value}} violates {shown}")
    ja, en = (_SLOT.sub(lambda m: values.get(m[1], ""), text).strip() for text in texts)
    return {"ja": ja, "en": en}


def filled(template: Literal, find: Callable[[str], Term | None]) -> Literal:
    """Return a message with the values of variables in it (sections 5.3.2 and 6.2.2)."""

    def text(match: re.Match[str]) -> str:
        value = find(match[1])
        return match[0] if value is None else str(value)

    value = _TEMPLATE.sub(text, template.value)
    return Literal(value, template.datatype, template.language)


def is_text(term: Term) -> bool:
    """Return whether ``term`` can be a message."""
    return isinstance(term, Literal) and term.datatype in (XSD.string, RDF.langString)
