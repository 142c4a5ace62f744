"""Write the current answers into the golden files, to be read against the sources and committed.

Run it after a change of the data or of a question, then read the difference::

    python tests/questions/rewrite_golden.py [QUESTION]...

The cases of a file and their parameters stay; a file that is missing gets one case without
parameters.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from stigraph.api import Graph, load
from stigraph.questions import Table, answer

GOLDEN = Path(__file__).resolve().parent / "golden"


def _table(graph: Graph, question: str, parameters: dict[str, str]) -> Table:
    return answer(graph.store, graph.catalogue, graph.question(question), parameters)


def _case_text(graph: Graph, question: str, parameters: dict[str, str]) -> str:
    cells = [
        [[str(term) for term in cell] for cell in row]
        for row in _table(graph, question, parameters).rows
    ]
    found = [f"\n        {json.dumps(row, ensure_ascii=False)}" for row in cells]
    given = json.dumps(parameters, ensure_ascii=False)
    listed = ",".join(found) + "\n      " if found else ""
    return f'    {{\n      "parameters": {given},\n      "rows": [{listed}]\n    }}'


def _text(graph: Graph, question: str, cases: list[dict[str, Any]]) -> str:
    variables = _table(graph, question, cases[0]["parameters"]).variables
    columns = json.dumps(variables, ensure_ascii=False)
    written = ",\n".join(_case_text(graph, question, case["parameters"]) for case in cases)
    return f'{{\n  "columns": {columns},\n  "cases": [\n{written}\n  ]\n}}\n'


def main(names: list[str]) -> None:
    """Rewrite the golden files of ``names``, or of all questions."""
    graph = load(GOLDEN)
    for name in names or sorted(graph.questions):
        path = GOLDEN / f"{name}.json"
        held = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        cases = held.get("cases", [{"parameters": {}}])
        path.write_text(_text(graph, name, cases), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
