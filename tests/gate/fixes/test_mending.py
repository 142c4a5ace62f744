"""Every fix, made in the graph itself: the fault goes, nothing new comes, what was meant is back.

One run mends a spoilt copy of many entries at once, as ``--fix`` does; the cases then look each
at its own file.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from stigraph.gate import Finding, Report, validate_project
from stigraph.gate.fixes import FIXERS, Bench, with_fixes
from stigraph.gate.fixes.mend import Mended, mend
from stigraph.gate.paths import Overlay
from stigraph.project import Project
from stigraph.turtle import format_text
from stigraph.vocab import PREFIXES


@dataclass(frozen=True)
class Case:
    """A file in which ``new`` stands instead of ``old``, and the fixer that must find it."""

    name: str
    file: str
    old: str
    new: str
    code: str
    fixer: str


CASES = [
    Case("a misspelt property", "programme/gsap", "sti:phrase", "sti:phrse", "STI010", "misspelt"),
    Case("a misspelt class", "law/ai-bill", "sti:LegalInstrument", "sti:LegalInstrumnet",
         "STI010", "misspelt"),
    Case("a misspelt foreign term", "hub/g-quat", "skos:altLabel", "skos:altLable",
         "STI010", "misspelt"),
    Case("an entry that isn't there", "goal/fusion", "pillar:2025-advanced-technology",
         "pillar:2025-advanced-techology", "STI011", "misspelt"),
    Case("a misspelt prefix", "goal/ai", "sti:underPillar pillar:",
         "sti:underPillar piller:", "STI001", "undeclared"),
    Case("a prefix that isn't declared", "goal/space",
         f"@prefix field: <{PREFIXES['field']}> .\n", "", "STI001", "undeclared"),
    Case("a prefix of another namespace", "programme/k-program", "<https://schema.org/>",
         "<http://schema.org/>", "STI010", "misbound"),
    Case("a Japanese label without language", "organisation/jaxa",
         '"宇宙航空研究開発機構"@ja', '"宇宙航空研究開発機構"', "STI023", "untagged"),
    Case("an English label without language", "organisation/cabinet", '"Cabinet"@en', '"Cabinet"',
         "STI023", "untagged"),
    Case("a Latin name that is the Japanese label", "programme/j-peaks", '"J-PEAKS"@ja',
         '"J-PEAKS"', "STI023", "untagged"),
    Case("an amount as text", "programme/moonshot", "411400000000", '"4,114億円"', "STI031",
         "unread_value"),
    Case("an amount in two units and full-width digits", "fund/university-fund",
         "10000000000000", '"９兆10,000億円"', "STI031", "unread_value"),
    Case("a count as text", "target/qzss-7", "sti:targetValue 7", 'sti:targetValue "７"',
         "STI443", "unread_value"),
    Case("digits in groups", "programme/sip", "84000000000", "84,000,000,000", "STI031",
         "grouped_digits"),
    Case("a date of an era", "annual-strategy/2025", '"2025-06-06"^^xsd:date',
         '"令和7年6月6日"^^xsd:date', "STI017", "unread_value"),
    Case("a month without its zero", "programme/uire", '"2025-02"^^xsd:gYearMonth',
         '"2025/2"^^xsd:gYearMonth', "STI017", "unread_value"),
    Case("a month said to be a day", "programme/research-security-model",
         '"2025-02"^^xsd:gYearMonth', '"2025年２月"^^xsd:date', "STI017", "unread_value"),
    Case("a date as text", "basic-plan/6", '"2021-03-26"^^xsd:date', '"2021年3月26日"',
         "STI333", "unread_value"),
    Case("a number of another type", "pillar/2021-finance", "sti:order 5",
         'sti:order "5"^^<http://www.w3.org/2001/XMLSchema#int>', "STI014", "unread_value"),
    Case("a fiscal year of an era", "programme/sbir", "sti:firstFiscalYear fiscal-year:2022",
         "sti:firstFiscalYear fiscal-year:令和4", "STI011", "fiscal_year"),
    Case("a fiscal year as text", "programme/bridge", "sti:firstFiscalYear fiscal-year:2023",
         'sti:firstFiscalYear "２０２３年度"', "STI036", "fiscal_year"),
    Case("a bare number in full-width digits", "document/k-program-vision-1",
         "sti:ordinal 1", "sti:ordinal １", "STI001", "unreadable_number"),
]  # fmt: skip


@dataclass
class Trial:
    """The spoilt files, what is found in them, and what is left of it."""

    project: Project
    originals: dict[str, str]
    before: Report
    after: Mended

    def found(self, case: Case) -> list[Finding]:
        name = f"data/ttl/{case.file}.ttl"
        return [f for f in self.before.findings if f.file == name and f.code == case.code]

    def text(self, case: Case) -> str:
        content = self.after.overlay[_path(self.project, case.file)]
        assert content is not None
        return content.decode()


def _path(project: Project, file: str) -> Path:
    return (project.data / f"{file}.ttl").resolve()


def _mend(project: Project, overlay: Overlay) -> tuple[Report, Mended]:
    def validate(given: Overlay) -> Report:
        return validate_project(project, overlay=given, here=project.root)

    def bench(given: Overlay) -> Bench:
        return Bench(project, project.root, given)

    before = validate(overlay)
    return with_fixes(before, bench(overlay)), mend(before, validate, bench, overlay)


@pytest.fixture(scope="module")
def trial(project: Project) -> Trial:
    originals: dict[str, str] = {}
    overlay: dict[Path, bytes | None] = {}
    for case in CASES:
        path = _path(project, case.file)
        text = path.read_text("utf-8")
        assert case.old in text, case
        originals[case.file] = text
        overlay[path] = text.replace(case.old, case.new, 1).encode()
    return Trial(project, originals, *_mend(project, overlay))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_fault_is_found_and_a_safe_fix_proposed(case: Case, trial: Trial) -> None:
    found = trial.found(case)
    assert found
    for each in found:
        assert each.fix
        assert each.fix.safe
        assert each.fix.message.ja != each.fix.message.en


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_mending_brings_back_what_was_meant(case: Case, trial: Trial) -> None:
    assert trial.text(case) == trial.originals[case.file]


def test_nothing_is_left_and_nothing_is_new(trial: Trial) -> None:
    assert trial.after.report.findings == ()


def test_no_fixer_is_without_a_case() -> None:
    elsewhere = {"renamed", "successor", "misplaced", "unformatted"}
    assert {fixer.__name__ for fixer in FIXERS} == {case.fixer for case in CASES} | elsewhere


FORM: dict[str, tuple[str, Callable[[str], str]]] = {
    "STI004": ("programme/gsap", lambda text: text.replace(" ;\n", " ; \n", 1)),
    "STI005": ("programme/sbir", lambda text: text.replace("    ", "\t", 1)),
    "STI006": ("programme/sip", lambda text: f"\ufeff{text}"),
    "STI007": ("programme/uire", lambda text: text.rstrip("\n")),
    "STI850": ("field/bio", lambda text: text.replace(" ;\n    ", " ; ", 1)),
    "STI019": ("programme/bridge", lambda text: text.replace("\n", "\r\n")),
}


@pytest.fixture(scope="module")
def forms(project: Project) -> Trial:
    originals = {file: _path(project, file).read_text("utf-8") for file, _ in FORM.values()}
    overlay: dict[Path, bytes | None] = {
        _path(project, file): spoil(originals[file]).encode() for file, spoil in FORM.values()
    }
    return Trial(project, originals, *_mend(project, overlay))


@pytest.mark.parametrize("code", FORM)
def test_a_file_out_of_form_is_formatted(code: str, forms: Trial) -> None:
    file, _ = FORM[code]
    assert code in {f.code for f in forms.before.findings if f.file == f"data/ttl/{file}.ttl"}
    content = forms.after.overlay[_path(forms.project, file)]
    assert content == format_text(forms.originals[file]).encode()


def test_nothing_is_left_of_bad_form(forms: Trial) -> None:
    assert forms.after.report.findings == ()


def _one(project: Project, file: str, old: str, new: str) -> tuple[Report, Mended]:
    text = _path(project, file).read_text("utf-8")
    assert old in text
    return _mend(project, {_path(project, file): text.replace(old, new, 1).encode()})


def test_a_fault_in_a_file_out_of_form_is_mended_and_the_file_formatted(project: Project) -> None:
    path = _path(project, "programme/gsap")
    text = path.read_text("utf-8")
    spoilt = text.replace("sti:phrase", "sti:phrse").replace(" ;\n    ", " ; ", 1)
    _, after = _mend(project, {path: spoilt.encode()})
    assert after.overlay[path] == text.encode()


def test_a_wrong_digit_is_not_guessed(project: Project) -> None:
    before, after = _one(
        project, "programme/gsap", "overview-2025:3-c-1-1", "overview-2025:3-c-1-9"
    )
    (found,) = (f for f in before.findings if f.code == "STI011")
    assert found.fix is None or not found.fix.safe
    assert (after.made, after.report.findings[0].code) == (0, "STI011")


def test_a_fix_that_brings_a_new_finding_is_not_made(project: Project) -> None:
    # The nearest property is of another class.
    before, after = _one(project, "programme/gsap", "sti:topic", "sti:countOff")
    (found,) = (f for f in before.findings if f.code == "STI010")
    assert found.fix
    assert found.fix.safe
    assert after.made == 0
    assert [f.code for f in after.report.findings] == [f.code for f in before.findings]


def test_a_file_in_the_wrong_place_is_moved(project: Project) -> None:
    path = _path(project, "programme/gsap")
    wrong = path.with_name("gsaap.ttl")
    _, after = _mend(project, {wrong: path.read_bytes(), path: None})
    assert after.overlay == {wrong: None, path: path.read_bytes()}
    assert after.report.findings == ()


def test_a_file_is_not_moved_onto_another(project: Project) -> None:
    path = _path(project, "programme/gsap")
    before, after = _mend(project, {path.with_name("copy.ttl"): path.read_bytes()})
    (found,) = (f for f in before.findings if f.code == "STI008")
    assert found.fix is None
    assert after.made == 0


def test_what_refers_to_an_entry_follows_its_new_name(project: Project) -> None:
    path = _path(project, "programme/gsap")
    text = path.read_text("utf-8").replace("programme:gsap ", "programme:global-acceleration ")
    _, after = _mend(project, {path: text.encode()})
    new = path.with_name("global-acceleration.ttl")
    progress = after.overlay[_path(project, "progress/overview-gsap")]
    assert progress is not None
    assert b"sti:uses programme:global-acceleration ;" in progress
    assert after.overlay[path] is None
    assert after.overlay[new] == text.encode()
    assert after.report.findings == ()


def test_an_entry_that_moved_to_another_kind_is_found_by_its_label_in_git(
    root: Path, tmp_path: Path
) -> None:
    project = Project(tmp_path)
    for folder in ("ontology", "data"):
        (tmp_path / folder).symlink_to(root / folder)
    old = "https://w3id.org/stigraph/id/programme/x"
    (tmp_path / "data").unlink()
    entry = tmp_path / "data/ttl/programme/x.ttl"
    entry.parent.mkdir(parents=True)
    entry.write_text(
        f'<{old}> <{PREFIXES["skos"]}prefLabel> "量子拠点"@ja ; a <{PREFIXES["sti"]}Programme> .\n',
        "utf-8",
    )
    git = ["git", "-C", str(tmp_path), "-c", "user.name=T", "-c", "user.email=t@example.org"]
    for command in (["init", "-q"], ["add", "data"], ["commit", "-qm", "start"]):
        subprocess.run([*git, *command], check=True, capture_output=True)
    entry.write_text(f"<urn:y> <{PREFIXES['sti']}uses> <{old}> .\n", "utf-8")
    moved = tmp_path / "data/ttl/hub/quantum.ttl"
    moved.parent.mkdir()
    moved.write_text(
        f'<{PREFIXES["hub"]}quantum> <{PREFIXES["skos"]}prefLabel> "量子拠点"@ja ; a <urn:c> .\n',
        "utf-8",
    )
    report = validate_project(project, [entry], here=tmp_path)
    found = with_fixes(report, Bench(project, tmp_path)).findings
    (fix,) = (f.fix for f in found if f.code == "STI011")
    assert fix
    assert fix.message.en == "replace it with hub:quantum"


def test_a_deprecated_entry_gives_way_to_its_successor(project: Project) -> None:
    path = _path(project, "programme/gsap")
    text = path.read_text("utf-8")
    gone = text.replace(
        "a sti:Programme ;",
        "a sti:Programme ;\n    <http://purl.org/dc/terms/isReplacedBy> programme:sbir ;\n"
        "    <http://www.w3.org/2002/07/owl#deprecated> true ;",
    )
    before, after = _mend(project, {path: gone.encode()})
    assert "STI016" in {f.code for f in before.findings}
    assert "STI016" not in {f.code for f in after.report.findings}
    progress = after.overlay[_path(project, "progress/overview-gsap")]
    assert progress is not None
    assert b"sti:uses programme:sbir ;" in progress


def test_what_is_mended_stays_as_it_is(trial: Trial) -> None:
    _, again = _mend(trial.project, trial.after.overlay)
    assert again.made == 0
    assert again.overlay == trial.after.overlay
