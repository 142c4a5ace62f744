"""The gate's own codes: severity and message of each, in Japanese and English.

Codes are stable: a code is never given a second meaning. Each is explained in
``ontology/explanations``. STI072 to STI074 and STI079 to STI099 belonged to shapes
that only serve others and were never reported; they are not to be used again. STI001 to STI019,
STI596, STI600 to STI615, STI700, STI800 to STI809 (identity) and STI850 are listed here;
shapes and rules carry theirs in their own files; STI900 stands for a SHACL
constraint without a code of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from stigraph.gate.finding import Finding, Message, Place, Severity
from stigraph.terms import Term

__all__ = ["CODES", "LAYOUT_CODE", "SHACL_CODE", "Code", "finding"]

LAYOUT_CODE: Final = "STI850"
SHACL_CODE: Final = "STI900"


@dataclass(frozen=True, slots=True)
class Code:
    """What a code says; the sentences take named values in braces."""

    ja: str
    en: str
    severity: Severity = Severity.VIOLATION


CODES: Final[dict[str, Code]] = {
    "STI001": Code("構文エラー：{expected_ja}", "syntax error: {expected_en}"),
    "STI002": Code(
        "ファイルが大きすぎる（上限 {limit} MiB）。分ける",
        "the file is too large (limit {limit} MiB); split it",
    ),
    "STI003": Code(
        "UTF-8 として読めない。UTF-8 で保存し直す", "the file is not UTF-8; save it as UTF-8"
    ),
    "STI004": Code("行末に空白がある", "there is white space at the end of the line"),
    "STI005": Code("タブがある。空白4つで字下げする", "there is a tab; indent with four spaces"),
    "STI006": Code(
        "ファイルの先頭に BOM がある。BOM なしで保存する",
        "the file starts with a byte order mark; save it without one",
    ),
    "STI007": Code("ファイルは改行一つで終える", "a file ends with exactly one line feed"),
    "STI008": Code(
        "ファイルの場所と中身が合わない。{subject} は {expected} に置く",
        "the file's place doesn't fit its content: {subject} belongs in {expected}",
    ),
    "STI009": Code(
        "{subject} はこのファイルの項目 {owner} のものではない。それ自身のファイルに移す",
        "{subject} doesn't belong to this file's entry {owner}; move it to a file of its own",
    ),
    "STI010": Code(
        "{term} というクラスやプロパティはない{hint_ja}",
        "there is no class or property {term}{hint_en}",
    ),
    "STI011": Code("{term} という項目はない{hint_ja}", "there is no entry {term}{hint_en}"),
    "STI012": Code(
        "空白ノードがある。データでは id を持つ節点だけを使う",
        "there is a blank node; every node in the data has an id",
    ),
    "STI013": Code(
        "{subject} は {other} にも書かれている。一つの項目は一つのファイルに書く",
        "{subject} is described in {other} too; an entry is written in one file",
    ),
    "STI014": Code(
        "データ型 {datatype} は使えない。使えるもの：{allowed}",
        "the datatype {datatype} may not be used; use one of {allowed}",
    ),
    "STI015": Code(
        "{subject} の種類（{kind}）に、クラス {cls} は合わない。合うもの：{allowed}",
        "class {cls} doesn't fit the kind of {subject} ({kind}); fitting: {allowed}",
    ),
    "STI016": Code(
        "{term} は廃止された{hint_ja}", "{term} is deprecated{hint_en}", Severity.WARNING
    ),
    "STI017": Code(
        "「{lexical}」は {datatype} として読めない",
        "“{lexical}” is not a valid {datatype}",
    ),
    "STI018": Code(
        "{subject} にクラスがない。a で書く", "{subject} has no class; give it one with “a”"
    ),
    "STI019": Code(
        "改行が LF でない（CRLF か CR）。LF で保存する",
        "lines end with CRLF or CR; save the file with LF",
    ),
    "STI596": Code(
        "ほかの項目のファイルにあるのに、対象がない",
        "It stands in another entry's file but isn't about anything",
    ),
    "STI600": Code(
        "句「{phrase}」は、典拠のどの箇所の原文にもない。原文のとおりに写す",
        "the phrase “{phrase}” stands in none of the node's passages; copy it as the text has it",
    ),
    "STI601": Code(
        "箇所の文字範囲が原文と合わない（ダイジェストが違う）",
        "the passage's characters are not those of the text (the digest differs)",
    ),
    "STI602": Code(
        "箇所の行番号が原文と合わない。原文では {first}–{last} 行",
        "the passage's lines don't fit the text: there it is lines {first} to {last}",
    ),
    "STI603": Code(
        "原文 {name} のダイジェストが、データにある {document} のものと違う",
        "the text {name} is not the one the data point at: the digest of {document} differs",
    ),
    "STI604": Code(
        "{document} の原文が見つからず、句と箇所を確かめていない",
        "the text of {document} is not among the sources; its phrases and passages are unchecked",
        Severity.INFO,
    ),
    "STI610": Code(
        "句に「{figure_ja}」とあるが、この項目にその値がない",
        "the phrases say {figure_en}, but the node has no such value",
    ),
    "STI611": Code(
        "値「{figure_ja}」は、句のどこにもない",
        "the value {figure_en} stands in none of the node's phrases",
    ),
    "STI612": Code(
        "期間の年が、元の書き方「{wording}」と合わない",
        "the interval's years don't fit its wording “{wording}”",
    ),
    "STI613": Code(
        "句「{phrase}」は概数などを示すが、sti:qualifier がない",
        "the phrase “{phrase}” says the figure isn't exact, but there is no sti:qualifier",
    ),
    "STI614": Code(
        "ラベルの数字 {digits} が、句にも値にもない",
        "the label's number {digits} stands neither in the phrases nor in the values",
    ),
    "STI615": Code(
        "句にある名称の年 {year} が、この項目の年でも、属する文書の年でもない",
        "the year {year} in a phrase is neither the node's nor that of a document it belongs to",
    ),
    "STI800": Code(
        "{other} も同じ識別子 {shared} を持つ。同じものなら一つにまとめる",
        "{other} has the same identifier, {shared}; if they are one thing, make one entry of them",
    ),
    "STI801": Code(
        "{other} も「{shared}」という名前である（法人格を除く）。同じものなら一つにまとめ、"
        "違うものなら owl:differentFrom で示す",
        "{other} is called “{shared}” too, legal forms aside; make one entry of them, or tell "
        "them apart with owl:differentFrom",
    ),
    "STI802": Code(
        "{other} の英語名が「{shared}」とほぼ同じである。同じものなら一つにまとめ、"
        "違うものなら owl:differentFrom で示す",
        "the English name of {other} is nearly “{shared}”; make one entry of them, or tell "
        "them apart with owl:differentFrom",
    ),
    "STI803": Code(
        "法人番号 {number} の検査数字が合わない。番号を確かめる",
        "the check digit of the corporate number {number} doesn't hold; look the number up",
    ),
    "STI804": Code(
        "ROR の識別子 {number} の検査数字が合わない。識別子を確かめる",
        "the check digits of the ROR identifier {number} don't hold; look it up",
    ),
    "STI700": Code("シェイプに意味がない：{ja}", "a shape means nothing: {en}"),
    "STI850": Code(
        "ファイルが決まった形に整っていない。stigraph fmt で整える",
        "the file isn't in the canonical form; stigraph fmt writes it",
        Severity.INFO,
    ),
    SHACL_CODE: Code(
        "SHACL の制約に合わない：{detail}", "a SHACL constraint doesn't hold: {detail}"
    ),
}


def finding(
    code: str,
    file: str | None,
    place: Place | None = None,
    *,
    focus: str | None = None,
    path: str | None = None,
    value: Term | None = None,
    **values: str | int,
) -> Finding:
    """Return a finding of one of :data:`CODES`, its sentences filled with ``values``."""
    entry = CODES[code]
    message = Message(entry.ja.format(**values), entry.en.format(**values))
    return Finding(code, message, entry.severity, file, place, focus, path, value)
