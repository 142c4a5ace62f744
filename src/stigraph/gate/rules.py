"""Rules as SPARQL: one file a rule; its header is its documentation.

A rule is a SELECT query whose rows are findings: ``?focus``, optionally ``?path`` and
``?value``, and whatever its messages name in braces. A query with a variable for a predicate
says ``# looks-at: stated`` where no derived triple can matter to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from stigraph.entries import Catalogue
from stigraph.errors import QueryError, UsageError
from stigraph.gate.finding import Finding, Message, Severity
from stigraph.store import Solutions, Store
from stigraph.terms import Iri, Literal, Term

__all__ = ["Rule", "check_rules", "read_rule", "read_rules"]

_HEADER = re.compile(r"#\s*([a-z-]+(?:\.(?:ja|en))?):\s*(.*)")
_GRAPHS = re.compile(r"^[^#\n]*\b(?:GRAPH|FROM)\b", re.IGNORECASE | re.MULTILINE)
_NEEDED = (
    "code",
    "severity",
    *(f"{n}.{lang}" for n in ("title", "problem", "fix", "message") for lang in ("ja", "en")),
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A check: its code, what it says, and the query that finds the faults."""

    code: str
    severity: Severity
    header: Mapping[str, str]
    query: str

    @property
    def asks_graphs(self) -> bool:
        """Whether the query may look into named graphs."""
        return _GRAPHS.search(self.query) is not None

    @property
    def only_stated(self) -> bool:
        """Whether no derived triple can be a part of what it finds, as its header says."""
        return self.header.get("looks-at") == "stated"

    def message(self, values: Mapping[str, tuple[str, str]]) -> Message:
        """Return the message with each ``{name}`` filled (Japanese, English)."""
        ja = {name: pair[0] for name, pair in values.items()}
        en = {name: pair[1] for name, pair in values.items()}
        return Message(
            self.header["message.ja"].format_map(ja), self.header["message.en"].format_map(en)
        )


def read_rules(files: Iterable[Path]) -> list[Rule]:
    """Return the rules in ``files``."""
    return [read_rule(path) for path in files]


def read_rule(path: Path) -> Rule:
    """Return the rule in a file.

    Raises:
        UsageError: Its header lacks a line.
    """
    text = path.read_text(encoding="utf-8")
    header: dict[str, str] = {}
    for line in text.splitlines():
        match = _HEADER.match(line)
        if match:
            header[match[1]] = f"{header[match[1]]} {match[2]}" if match[1] in header else match[2]
    missing = [name for name in _NEEDED if name not in header]
    if missing:
        raise UsageError(
            f"{path}：見出しに {'、'.join(missing)} がない",
            f"{path}: the header lacks {', '.join(missing)}",
        )
    return Rule(header["code"], Severity(header["severity"]), header, text)


def check_rules(
    rules: Iterable[Rule], store: Store, catalogue: Callable[[], Catalogue]
) -> Iterator[Finding]:
    """Yield what the rules find in ``store``; the file and place are added by the run.

    Args:
        rules: The rules.
        store: The graph.
        catalogue: Gives the names that messages use; asked only where something is found.
    """
    for rule in rules:
        try:
            found = store.query(rule.query)
        except QueryError as error:
            raise QueryError(f"{rule.code}：{error.ja}", f"{rule.code}: {error.en}") from error
        if isinstance(found, Solutions):
            for row in found:
                yield _finding(rule, catalogue(), dict(zip(found.variables, row, strict=True)))


def _finding(rule: Rule, catalogue: Catalogue, row: Mapping[str, Term | None]) -> Finding:
    values = {name: _shown(catalogue, term) for name, term in row.items()}
    return Finding(
        code=rule.code,
        message=rule.message(values),
        severity=rule.severity,
        focus=_text(row.get("focus")),
        path=_text(row.get("path")),
        value=row.get("value"),
    )


def _shown(catalogue: Catalogue, term: Term | None) -> tuple[str, str]:
    if term is None:
        return "?", "?"
    return catalogue.label(term, "ja"), catalogue.label(term, "en")


def _text(term: Term | None) -> str | None:
    return term.value if isinstance(term, Iri | Literal) else None
