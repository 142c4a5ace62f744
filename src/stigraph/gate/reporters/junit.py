"""JUnit's XML, which CI services show as test results: a suite a file, a case a finding."""

from __future__ import annotations

import re
from itertools import groupby
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from stigraph.gate.finding import Finding, Report, Severity
from stigraph.gate.reporters.concise import headline
from stigraph.gate.reporters.view import View, first_place, named, page_url

__all__ = ["render"]

# XML 1.0, section 2.2: what no document may hold, escaped or not.
_FORBIDDEN: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(report: Report, view: View) -> str:
    """Return ``report`` as JUnit XML; information is a case that passes and says something."""
    suites = [
        _suite(file, list(findings), view)
        for file, findings in groupby(report.findings, key=lambda found: found.file or "-")
    ]
    if not suites:
        done = '    <testcase classname="stigraph" name="validate"/>\n'
        suites = [f'  <testsuite name="stigraph" {_counts(1, 0)}>\n{done}  </testsuite>\n']
    failures = sum(_fails(found) for found in report.findings)
    counts = _counts(max(len(report.findings), 1), failures)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<testsuites name="stigraph validate" {counts}>\n{"".join(suites)}</testsuites>\n'
    )


def _counts(tests: int, failures: int) -> str:
    return f'tests="{tests}" failures="{failures}" errors="0"'


def _fails(found: Finding) -> bool:
    return found.severity is not Severity.INFO


def _suite(file: str, findings: list[Finding], view: View) -> str:
    counts = _counts(len(findings), sum(map(_fails, findings)))
    cases = "".join(_case(found, view) for found in findings)
    return f"  <testsuite name={_attribute(file)} {counts}>\n{cases}  </testsuite>\n"


def _case(found: Finding, view: View) -> str:
    line, column = first_place(found)
    name = named(found, view)
    title = f"{found.code} {line}:{column}{f' {name}' if name else ''}"
    text = _text(f"{headline(found, view)}\n{page_url(found.code)}")
    message = _attribute(view.say(found.message))
    result = (
        f'<failure type="{found.code}" message={message}>{text}</failure>'
        if _fails(found)
        else f"<system-out>{text}</system-out>"
    )
    head = f"classname={_attribute(found.file or '-')} name={_attribute(title)}"
    return f"    <testcase {head}>\n      {result}\n    </testcase>\n"


def _text(text: str) -> str:
    return escape(_FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text))


def _attribute(text: str) -> str:
    return quoteattr(_FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text))
