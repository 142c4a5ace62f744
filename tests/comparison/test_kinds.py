"""Every kind of change in policy terms, in Japanese and English."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Told = Callable[..., str]

SBIR = "data/ttl/programme/sbir.ttl"
PROGRAMME = (
    'programme:sbir a sti:Programme ; skos:prefLabel "SBIR制度"@ja , "SBIR programme"@en ;'
    ' skos:altLabel "SBIR"@en ; sti:underPillar pillar:2025-innovation-ecosystem .\n'
)
BUDGET = (
    "allocation:sbir-reform-fy2022 a sti:BudgetAllocation ; sti:forInitiative programme:sbir ;"
    ' schema:value 206000000000 ; schema:currency "JPY" ;'
    " sti:amountKind amount-kind:appropriation ; sti:budgetStage budget-stage:supplementary ;"
    " sti:firstFiscalYear fiscal-year:2022 ; sti:lastFiscalYear fiscal-year:2022 .\n"
)
EVENT = (
    "event:sbir-call a sti:PolicyEvent ; sti:about programme:sbir ;"
    ' skos:prefLabel "公募開始"@ja , "Call opens"@en ; dcterms:date "2025-02"^^xsd:gYearMonth .\n'
)
ALIGNMENT = (
    "alignment:ai-ict a sti:MeasureAlignment ; skos:prefLabel 'AI'@ja , 'AI'@en ;"
    " sti:fromMeasure measure:direction-ai-bill ; sti:toMeasure measure:overview-ai-ict ;"
    " sti:alignmentType alignment-type:reworded .\n"
)
ALL = PROGRAMME + BUDGET + EVENT


def lines(told: str) -> list[str]:
    """Return what is told, without the ids."""
    return [line.rpartition(" [")[0] for line in told.splitlines()]


CHANGES = {
    "an amount added": (
        PROGRAMME,
        PROGRAMME + BUDGET,
        "SBIR: budget added, 206,000,000,000 JPY, FY2022 supplementary",
        "SBIR制度：予算を追加、206,000,000,000 JPY、2022年度補正予算",
    ),
    "an amount removed": (
        PROGRAMME + BUDGET,
        PROGRAMME,
        "SBIR: budget removed, 206,000,000,000 JPY, FY2022 supplementary",
        "SBIR制度：予算を削除、206,000,000,000 JPY、2022年度補正予算",
    ),
    "an amount of another kind over several years": (
        PROGRAMME,
        PROGRAMME
        + BUDGET.replace("amount-kind:appropriation", "amount-kind:fund-size").replace(
            "lastFiscalYear fiscal-year:2022", "lastFiscalYear fiscal-year:2024"
        ),
        "SBIR: budget (fund size) added, 206,000,000,000 JPY, FY2022–FY2024 supplementary",
        "SBIR制度：予算（基金・ファンドの規模）を追加、206,000,000,000 JPY、"
        "2022年度〜2024年度補正予算",
    ),
    "an amount changed": (
        ALL,
        ALL.replace("206000000000", "20600000000"),
        "SBIR: budget changed from 206,000,000,000 JPY to 20,600,000,000 JPY, FY2022 supplementary",
        "SBIR制度：予算を206,000,000,000 JPYから20,600,000,000 JPYに変更、2022年度補正予算",
    ),
    "an amount in another currency": (
        ALL,
        ALL.replace("206000000000", "1").replace('"JPY"', '"USD"'),
        "SBIR: budget changed from 206,000,000,000 JPY to 1 USD, FY2022 supplementary",
        "SBIR制度：予算を206,000,000,000 JPYから1 USDに変更、2022年度補正予算",
    ),
    "an entry added": ("", PROGRAMME, "SBIR: programme added", "SBIR制度：制度・プログラムを追加"),
    "an entry removed": (
        PROGRAMME,
        "",
        "SBIR: programme removed",
        "SBIR制度：制度・プログラムを削除",
    ),
    "an event added": (
        PROGRAMME,
        PROGRAMME + EVENT,
        "SBIR: policy event “Call opens” added, 2025-02",
        "SBIR制度：政策上の出来事「公募開始」を追加、2025-02",
    ),
    "a date changed": (
        ALL,
        ALL.replace("2025-02", "2025-03"),
        "SBIR: date of “Call opens” changed from 2025-02 to 2025-03",
        "SBIR制度：「公募開始」の日付を2025-02から2025-03に変更",
    ),
    "a label changed": (
        ALL,
        ALL.replace('"SBIR制度"@ja', '"SBIR"@ja'),
        "SBIR: name (ja) changed from “SBIR制度” to “SBIR”",
        "SBIR：名称（ja）を「SBIR制度」から「SBIR」に変更",
    ),
    "another name added": (
        ALL,
        ALL.replace('"SBIR"@en', '"SBIR"@en , "Small business"@en'),
        "SBIR: other name (en) “Small business” added",
        "SBIR制度：別名（en）に「Small business」を追加",
    ),
    "a link changed": (
        ALL,
        ALL.replace("2025-innovation-ecosystem", "2025-advanced-technology"),
        "SBIR: under pillar changed from “ecosystem” to “technology”",
        "SBIR制度：属する柱を「生態系」から「先端技術」に変更",
    ),
    "a link added": (
        ALL,
        ALL.replace("ecosystem .", "ecosystem ; sti:inField field:quantum ."),
        "SBIR: in field “quantum” added",
        "SBIR制度：分野に「量子」を追加",
    ),
    "a link removed": (
        ALL.replace("ecosystem .", "ecosystem ; sti:inField field:quantum ."),
        ALL,
        "SBIR: in field “quantum” removed",
        "SBIR制度：分野から「量子」を削除",
    ),
    "an entry deprecated": (
        ALL,
        ALL.replace("ecosystem .", "ecosystem ; owl:deprecated true ."),
        "SBIR: deprecated",
        "SBIR制度：廃止",
    ),
    "an entry replaced": (
        ALL,
        ALL.replace(
            "ecosystem .",
            "ecosystem ; owl:deprecated true ; dcterms:isReplacedBy programme:bridge .",
        ),
        "SBIR: deprecated, replaced by “BRIDGE”",
        "SBIR制度：廃止（後継：「BRIDGE」）",
    ),
    "an entry no longer deprecated": (
        ALL.replace("ecosystem .", "ecosystem ; owl:deprecated true ."),
        ALL,
        "SBIR: no longer deprecated",
        "SBIR制度：廃止を取り消し",
    ),
    "an alignment added": (
        "",
        ALIGNMENT,
        "AI: alignment added, “bill” → “promotion”: reworded",
        "AI：施策の対応を追加：「法案」から「推進」へ、表現変更",
    ),
    "an alignment removed": (
        ALIGNMENT,
        "",
        "AI: alignment removed, “bill” → “promotion”: reworded",
        "AI：施策の対応を削除：「法案」から「推進」へ、表現変更",
    ),
    "an alignment changed": (
        ALIGNMENT,
        ALIGNMENT.replace("reworded", "widened"),
        "AI: alignment “bill” → “promotion”: alignment type changed from “reworded” to “widened”",
        "AI：施策の対応（「法案」から「推進」へ）の対応の種別を「表現変更」から「範囲の拡大」に変更",
    ),
    "a target changed": (
        'target:x a sti:Target ; skos:prefLabel "機数"@ja , "satellites"@en ;'
        " sti:targetValue 7 ; sti:targetUnit unit:satellite .",
        'target:x a sti:Target ; skos:prefLabel "機数"@ja , "satellites"@en ;'
        " sti:targetValue 11 ; sti:targetUnit unit:satellite .",
        "satellites: target value changed from 7 satellites to 11 satellites",
        "機数：目標値を7 機から11 機に変更",
    ),
    "a text changed": (
        ALL.replace("ecosystem .", 'ecosystem ; sti:phrase "SBIR制度" .'),
        ALL.replace("ecosystem .", 'ecosystem ; sti:phrase "SBIR 制度" .'),
        "SBIR: phrase changed from “SBIR制度” to “SBIR 制度”",
        "SBIR制度：根拠語句を「SBIR制度」から「SBIR 制度」に変更",
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_told_in_policy_terms(told: Told, name: str) -> None:
    before, after, en, ja = CHANGES[name]
    assert lines(told({SBIR: before}, {SBIR: after})) == [en]
    assert lines(told({SBIR: before}, {SBIR: after}, "ja")) == [ja]


def test_a_file_that_moved_is_told_once(told: Told) -> None:
    before, after = {"data/ttl/fund/sbir.ttl": ALL}, {SBIR: ALL}
    assert lines(told(before, after)) == [f"SBIR: moved from data/ttl/fund/sbir.ttl to {SBIR}"]
    assert lines(told(before, after, "ja")) == [f"SBIR制度：data/ttl/fund/sbir.ttlから{SBIR}へ移動"]


def test_a_node_that_went_over_to_another_file_is_told(told: Told) -> None:
    other = "programme:bridge a sti:Programme ."
    bridge = "data/ttl/programme/bridge.ttl"
    before = {SBIR: PROGRAMME + EVENT, bridge: other}
    after = {SBIR: PROGRAMME, bridge: other + EVENT}
    assert lines(told(before, after)) == [f"BRIDGE: moved from {SBIR} to {bridge}"]


def test_what_stays_the_same_is_not_told(told: Told) -> None:
    reordered = "\n".join(reversed(ALL.splitlines()))
    assert told({SBIR: ALL}, {SBIR: reordered}) == ""


def test_each_line_names_the_node_by_its_id(told: Told) -> None:
    (line,) = told({SBIR: PROGRAMME}, {SBIR: PROGRAMME + BUDGET}).splitlines()
    assert line.endswith(" [allocation:sbir-reform-fy2022]")


def test_blank_nodes_are_compared_by_what_is_said_of_them(told: Told) -> None:
    before = 'ex:s ex:p [ ex:a 1 ; ex:b [ ex:c "x" ] ] , [ ex:a 2 ] .'
    renamed = 'ex:s ex:p _:n , _:m . _:m ex:b _:o ; ex:a 1 . _:o ex:c "x" . _:n ex:a 2 .'
    assert told({"x.ttl": before}, {"x.ttl": renamed}) == ""
    changed = before.replace("ex:a 2", "ex:a 3")
    assert lines(told({"x.ttl": before}, {"x.ttl": changed})) == [
        "http://example.org/s: http://example.org/p changed from "
        "[ http://example.org/a 2 ] to [ http://example.org/a 3 ]"
    ]


def test_a_blank_node_that_nothing_refers_to_is_an_entry(told: Told) -> None:
    (line,) = told({"x.ttl": ""}, {"x.ttl": "[] a ex:C ."}).splitlines()
    assert "http://example.org/C added" in line


def test_blank_nodes_in_a_circle_are_told_themselves(told: Told) -> None:
    shown = told({"x.ttl": ""}, {"x.ttl": "_:a ex:p _:b . _:b ex:p _:a ."}).splitlines()
    assert [" added [_:c" in line for line in shown] == [True, True]


def test_a_poisoned_graph_is_compared_all_the_same(told: Told) -> None:
    """RDFC-1.0 alone would try out every order of the dozen nodes."""
    pairs = [(a, b) for a in range(12) for b in range(12) if a != b]
    clique = "".join(f"_:n{a} ex:p _:n{b} .\n" for a, b in pairs)
    relabelled = "".join(f"_:m{b} ex:p _:m{a} .\n" for a, b in pairs)
    assert told({"x.ttl": clique}, {"x.ttl": relabelled}) == ""
    assert told({"x.ttl": clique}, {"x.ttl": clique + "_:n1 ex:q 1 ."}) != ""


def test_many_nodes_that_look_alike_are_compared_by_what_they_say(told: Told) -> None:
    many = f"ex:s ex:p [ ex:all {' , '.join(['[ ex:v 1 ]'] * 20)} ] ."
    assert told({"x.ttl": many}, {"x.ttl": many}) == ""
    assert told({"x.ttl": many}, {"x.ttl": many.replace("ex:v 1", "ex:v 2", 1)}) != ""
