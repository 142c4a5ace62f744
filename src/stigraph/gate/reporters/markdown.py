"""A comment for a pull request: what was found, in GitHub Flavored Markdown.

What comes from files is shown as text: it makes no link, no mention, no HTML.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import Final

from stigraph.display import clean
from stigraph.gate.finding import Edit, Finding, Fix, Report, Severity
from stigraph.gate.reporters.view import View, first_place, named, page_url
from stigraph.markdown import code, longest_run, safe

__all__ = ["render"]

_LIMIT: Final = 60_000
"""Characters: GitHub takes comments of up to 65,536."""

_SIGNS: Final = {Severity.VIOLATION: "❌", Severity.WARNING: "⚠️", Severity.INFO: "ℹ️"}


def render(report: Report, view: View) -> str:
    """Return ``report`` as a comment; what doesn't fit into one is counted at its end."""
    return _summary(report, view) + "".join(_body(report, view))


def _summary(report: Report, view: View) -> str:
    counted = Counter(found.severity for found in report.findings)
    listed = "".join(
        f" · {_SIGNS[severity]} {counted[severity]} {severity}"
        for severity in _SIGNS
        if counted[severity]
    )
    total = view.pick(
        f"{report.checked}個の焦点ノードを検査", f"{report.checked} focus nodes checked"
    )
    if not report.findings:
        return f"### stigraph validate: ✅ {view.pick('指摘なし', 'no findings')}\n\n{total}\n"
    number = len(report.findings)
    title = view.pick(f"指摘{number}件", f"{number} finding{'' if number == 1 else 's'}")
    return f"### stigraph validate: {title}\n\n{total}{listed}\n"


def _body(report: Report, view: View) -> Iterator[str]:
    used = shown = 0
    for file, findings in groupby(report.findings, key=lambda found: found.file or "-"):
        heading = f"\n#### {code(file)}\n\n"
        for found in findings:
            item = heading + _item(found, view)
            if used + len(item) > _LIMIT:
                yield _rest(len(report.findings) - shown, view)
                return
            yield item
            used, shown, heading = used + len(item), shown + 1, ""


def _rest(left: int, view: View) -> str:
    return view.pick(
        f"\nほかに{left}件。すべては `stigraph validate` で見られる。\n",
        f"\n{left} more; `stigraph validate` shows them all.\n",
    )


def _item(found: Finding, view: View) -> str:
    line, column = first_place(found)
    link = f"[{found.code}]({page_url(found.code)})"
    name = safe(named(found, view))
    message = safe(view.say(found.message))
    subject = f" — {name}" if name else ""
    head = f"- {_SIGNS[found.severity]} **{line}:{column}** {link} {message}{subject}\n"
    return head + _excerpt(found, view) + (_proposal(found.fix, view) if found.fix else "")


def _excerpt(found: Finding, view: View) -> str:
    text = view.line(found.file, found.place.line) if found.place else None
    return _block("turtle", [clean(text)]) if text else ""


def _proposal(fix: Fix, view: View) -> str:
    words = f"\n  {view.pick('直し方', 'Fix')}: {safe(view.say(fix.message))}\n"
    changes = [line for edit in fix.edits for line in _change(edit, view)]
    return words + (_block("diff", changes) if changes else "")


def _change(edit: Edit, view: View) -> list[str]:
    """Return the change of one line as a diff; longer ones are left to their description."""
    line = view.line(edit.file, edit.place.line)
    if line is None or edit.place.line != edit.place.end_line or "\n" in edit.text:
        return []
    new = line[: edit.place.column - 1] + edit.text + line[edit.place.end_column - 1 :]
    return [f"- {clean(line)}", f"+ {clean(new)}"]


def _block(language: str, lines: list[str]) -> str:
    fence = "`" * max(3, *(longest_run(line) + 1 for line in lines))
    body = "".join(f"  {line}\n" for line in lines)
    return f"\n  {fence}{language}\n{body}  {fence}\n"
