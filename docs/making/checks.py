"""The page of codes: the gate's own, the shapes' and the rules'."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from docs.making.markdown import japanese, link, safe
from docs.making.sparql import load, rows, texts

from stigraph.gate.codes import CODES
from stigraph.gate.rules import Rule, read_rule
from stigraph.project import Project
from stigraph.vocab import GRAPH

__all__ = ["checks_page"]

_SHAPES = """
SELECT ?shape ?code (SAMPLE(?g) AS ?graph) (SAMPLE(?s) AS ?severity) (SAMPLE(?p) AS ?path)
       (GROUP_CONCAT(DISTINCT STR(?target); separator=" ") AS ?targets)
WHERE {
  GRAPH ?g { ?shape sti:code ?code }
  OPTIONAL { ?shape sh:severity ?s }
  OPTIONAL { ?shape sh:path ?p FILTER(isIRI(?p)) }
  OPTIONAL { ?owner (sh:property|sh:node|sh:sparql)* ?shape ; sh:targetClass ?target }
}
GROUP BY ?shape ?code ORDER BY ?code ?shape
"""
_GROUPS = {
    "STI0": "Files, names and terms",
    "STI02": "Shapes",
    "STI5": "Rules",
    "STI6": "Evidence",
    "STI85": "Layout",
    "STI9": "Shapes of others",
}
"""The first code of a group → its title."""
_FEW = 6  # classes that are worth naming


@dataclass(frozen=True, slots=True)
class _Check:
    """What a code stands for: what is checked, its message, and what to do."""

    code: str
    severity: str
    about: str
    ja: str
    en: str
    remedy: str = ""


def checks_page(project: Project) -> str:
    """Return the page of codes."""
    checks = [*_gate_checks(), *_shape_checks(project), *_rule_checks(project)]
    codes = sorted({check.code for check in checks})
    return (
        f"# Checks\n\n`stigraph validate` reports a finding with one of these {len(codes)} codes. "
        "A code keeps its meaning for good, and has a page with examples; `stigraph explain CODE` "
        "shows the same. A run that finds violations or warnings ends with exit "
        "code 1; information alone doesn't count. Words in braces are filled in.\n\n"
        + "".join(
            _group(title, [code for code in codes if _title(code) == title], checks)
            for title in _GROUPS.values()
        )
    )


def _title(code: str) -> str:
    return next(title for first, title in reversed(_GROUPS.items()) if code >= first)


def _group(title: str, codes: list[str], checks: list[_Check]) -> str:
    sections = [_section(code, [check for check in checks if check.code == code]) for code in codes]
    return f"## {title}\n\n{''.join(sections)}"


def _section(code: str, checks: list[_Check]) -> str:
    lines = dict.fromkeys(
        f"*{check.severity}*, {check.about}\n\n"
        f"{japanese(check.ja)}\n\n{safe(check.en)}\n\n{check.remedy}"
        for check in checks
    )
    explained = f"[Why it matters, and examples](codes/{code}.md)\n\n"
    return f"### {code} {{ #{code} }}\n\n{''.join(lines)}{explained}"


def _gate_checks() -> Iterator[_Check]:
    for name, code in CODES.items():
        yield _Check(name, code.severity.value, "the gate's own", code.ja, code.en)


def _shape_checks(project: Project) -> Iterator[_Check]:
    store = load(project, project.shape_files())
    messages = texts(store, "sh:message")
    for shape, code, graph, severity, path, targets in rows(store, _SHAPES):
        file = f"`ontology/{graph.removeprefix(GRAPH)}.ttl`"
        about = [f"shape of {_classes(sorted(targets.split()))}", file]
        yield _Check(
            code,
            severity.rpartition("#")[2].lower() or "violation",
            ", ".join([*([f"property {_linked(path)}"] if path else []), *about]),
            messages[shape]["ja"],
            messages[shape]["en"],
        )


def _classes(iris: list[str]) -> str:
    return ", ".join(map(_linked, iris)) if len(iris) <= _FEW else f"{len(iris)} classes"


def _linked(iri: str) -> str:
    return link(iri, "ontology.md")


def _rule_checks(project: Project) -> Iterator[_Check]:
    for path in project.rule_files():
        rule = read_rule(path)
        header = rule.header
        yield _Check(
            rule.code,
            rule.severity.value,
            f"rule “{safe(header['title.en'])}” ({japanese(header['title.ja'])}), "
            f"`ontology/rules/{path.name}`",
            header["message.ja"],
            header["message.en"],
            _remedy(rule),
        )


def _remedy(rule: Rule) -> str:
    return "".join(
        f"{title}: {safe(rule.header[f'{key}.en'])} {japanese(rule.header[f'{key}.ja'])}\n\n"
        for title, key in (("Problem", "problem"), ("Fix", "fix"))
    )
