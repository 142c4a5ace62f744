"""SARIF 2.1.0, which code scanning services read (OASIS Standard, 27 March 2020)."""

from __future__ import annotations

import hashlib
import json
from importlib.metadata import version
from typing import Any, Final
from urllib.parse import quote

from stigraph.gate.explanations import Explanation
from stigraph.gate.finding import Edit, Finding, Fix, Message, Place, Report, Severity
from stigraph.gate.reporters.view import View, named, page_url

__all__ = ["render"]

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_ROOT: Final = "%SRCROOT%"
_LEVELS: Final = {
    Severity.VIOLATION: "error",
    Severity.WARNING: "warning",
    Severity.INFO: "note",
}

Json = dict[str, Any]


def render(report: Report, view: View) -> str:
    """Return ``report`` as a SARIF log of one run."""
    codes = list(dict.fromkeys(found.code for found in report.findings))
    run = {
        "tool": {
            "driver": {
                "name": "stigraph",
                "semanticVersion": version("stigraph"),
                "informationUri": "https://w3id.org/stigraph/docs/",
                "rules": [_rule(code, report, view) for code in codes],
            }
        },
        "language": view.pick("ja", "en"),
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {
            _ROOT: {"description": {"text": "The root folder of the sources."}},
        },
        "results": [_result(found, codes.index(found.code), view) for found in report.findings],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(code: str, report: Report, view: View) -> Json:
    known = view.explanations.get(code)
    first = next(found for found in report.findings if found.code == code)
    title = known.title if known else first.message
    severity = known.severity if known else first.severity
    return {
        "id": code,
        "shortDescription": {"text": view.say(title)},
        "fullDescription": {"text": _both(title)},
        "help": _help(known, title),
        "helpUri": page_url(code),
        "defaultConfiguration": {"level": _LEVELS[severity]},
        "properties": {"tags": ["linked-data"]},
    }


def _both(message: Message) -> str:
    return f"{message.ja}\n\n{message.en}"


def _help(known: Explanation | None, title: Message) -> dict[str, str]:
    """Return the help in both languages: services have one place for it."""
    parts = [title]
    if known:
        parts += [part for part in (known.problem, known.remedy, known.why) if part]
    texts = ["\n\n".join(part.text(lang) for part in parts) for lang in ("ja", "en")]
    markdown = [text.replace("<", "&lt;") for text in texts]
    return {"text": "\n\n".join(texts), "markdown": "\n\n---\n\n".join(markdown)}


def _result(found: Finding, index: int, view: View) -> Json:
    result: Json = {
        "ruleId": found.code,
        "ruleIndex": index,
        "level": _LEVELS[found.severity],
        "message": {"text": view.say(found.message)},
        "partialFingerprints": {"stigraph/v1": _fingerprint(found, view)},
    }
    location = _location(found, view)
    if location:
        result["locations"] = [location]
    if found.fix and found.fix.edits:
        result["fixes"] = [_fix(found.fix, view)]
    return result


def _fingerprint(found: Finding, view: View) -> str:
    """Return what is the same for the same fault when lines above it come and go."""
    value = found.value.value if found.value else None
    uri = _artifact(found.file, view)["uri"] if found.file else None
    parts = (found.code, uri, found.focus, found.path, value)
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _location(found: Finding, view: View) -> Json:
    location: Json = {}
    if found.file is not None:
        location["physicalLocation"] = {"artifactLocation": _artifact(found.file, view)}
        if found.place is not None:
            location["physicalLocation"]["region"] = _region(found.place)
    if found.focus is not None:
        node = {"fullyQualifiedName": found.focus, "name": named(found, view)}
        location["logicalLocations"] = [node]
    return location


def _artifact(file: str, view: View) -> dict[str, str]:
    """Return a file as SARIF names it: relative to the root where it lies below it."""
    path = (view.here / file).resolve()
    if path.is_relative_to(view.root):
        return {"uri": quote(path.relative_to(view.root).as_posix()), "uriBaseId": _ROOT}
    return {"uri": path.as_uri()}


def _region(place: Place) -> dict[str, int]:
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }


def _fix(fix: Fix, view: View) -> Json:
    files = dict.fromkeys(edit.file for edit in fix.edits)
    return {
        "description": {"text": view.say(fix.message)},
        "artifactChanges": [
            {
                "artifactLocation": _artifact(file, view),
                "replacements": [_replacement(edit) for edit in fix.edits if edit.file == file],
            }
            for file in files
        ],
    }


def _replacement(edit: Edit) -> Json:
    return {"deletedRegion": _region(edit.place), "insertedContent": {"text": edit.text}}
