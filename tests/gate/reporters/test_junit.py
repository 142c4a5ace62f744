"""JUnit XML, read by a reader of it, and strictly by its structure."""

from __future__ import annotations

from collections.abc import Iterator

from junitparser import Failure, JUnitXml, TestCase, TestSuite
from lxml import etree

from stigraph.gate import Report, View, render

_CHILDREN = {
    "testsuites": {"testsuite"},
    "testsuite": {"testcase"},
    "testcase": {"failure", "system-out"},
}
_ATTRIBUTES = {
    "testsuites": {"name", "tests", "failures", "errors"},
    "testsuite": {"name", "tests", "failures", "errors"},
    "testcase": {"classname", "name"},
    "failure": {"type", "message"},
    "system-out": set[str](),
}
"""What Jenkins' schema allows (xunit plugin, junit-10.xsd), as far as we use it."""


def _parsed(report: Report, view: View) -> etree._Element:
    return etree.fromstring(render("junit", report, view).encode(), etree.XMLParser(recover=False))


def _cases(read: JUnitXml) -> Iterator[TestCase]:
    for suite in read:
        assert isinstance(suite, TestSuite)
        yield from suite


def test_every_finding_is_a_case_and_information_passes(many: Report, view: View) -> None:
    read = JUnitXml.fromstring(render("junit", many, view).encode())
    cases = list(_cases(read))
    failed = [case for case in cases if any(isinstance(r, Failure) for r in case.result)]
    assert (len(cases), len(failed)) == (38, 27)
    assert (read.tests, read.failures, read.errors) == (38, 27, 0)


def test_nothing_found_is_one_case_that_passes(view: View) -> None:
    (case,) = _cases(JUnitXml.fromstring(render("junit", Report.of([], 4), view).encode()))
    assert case.is_passed


def test_the_structure_is_what_readers_expect(many: Report, hostile: Report, view: View) -> None:
    for report in (many, hostile, Report.of([], 1)):
        for element in _parsed(report, view).iter():
            assert set(element.attrib) == _ATTRIBUTES[element.tag]
            assert {child.tag for child in element} <= _CHILDREN.get(element.tag, set())
            if "tests" in element.attrib:
                assert int(element.get("tests", "")) == len(element.findall(".//testcase"))
                assert int(element.get("failures", "")) == len(element.findall(".//failure"))


def test_values_are_text_whatever_they_hold(hostile: Report, view: View) -> None:
    (failure,) = _parsed(hostile, view).iter("failure")
    assert "<script>alert(1)</script>" in failure.get("message", "")
    assert "]]>" in (failure.text or "")
