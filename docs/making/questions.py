"""The page of competency questions."""

from __future__ import annotations

from collections.abc import Iterable

from docs.making.markdown import japanese, safe, table

from stigraph.project import Project
from stigraph.questions import Parameter, Question, read_questions

__all__ = ["questions_page"]

_TYPES = {
    "any": "any entry, by id or name",
    "text": "a text",
    "date": "a day, month or year: 2025-06-30, 2025-06, 2025",
    "period": "a day, month, year or fiscal year: 2025-02-28, 2025-02, 2025, FY2024",
}


def questions_page(project: Project) -> str:
    """Return the page of competency questions, in the order of their numbers."""
    read = read_questions(project.question_files()).values()
    found = sorted(read, key=lambda question: (question.number, question.name))
    index = [
        (f"[`{q.name}`](#{q.name})", japanese(q.titles["ja"]), safe(q.titles["en"])) for q in found
    ]
    return (
        f"# Questions\n\n{len(found)} questions come with the graph. `stigraph ask` lists them; "
        "`stigraph ask NAME` answers one. Each is a SPARQL file, `ontology/questions/NAME.rq`, "
        "that also runs as it stands on any SPARQL 1.1 service.\n\n"
        + table(("name", "質問", "question"), index)
        + "".join(map(_question, found))
    )


def _question(question: Question) -> str:
    given = "".join(f" {_usage(parameter)}" for parameter in question.parameters)
    columns = zip(question.columns["en"], question.columns["ja"], strict=True)
    empty = question.not_stated
    return (
        f"\n## {question.name} {{ #{question.name} }}\n\n"
        f"{japanese(question.titles['ja'])}\n\n{safe(question.titles['en'])}\n\n"
        f"`stigraph ask {question.name}{given}`\n\n"
        f"{_parameters(question.parameters)}"
        f"Columns: {', '.join(f'{safe(en)} ({japanese(ja)})' for en, ja in columns)}.\n"
        + (
            f"\nWithout an answer: “{safe(empty['en'])}” ({japanese(empty['ja'])})\n"
            if empty
            else ""
        )
    )


def _usage(parameter: Parameter) -> str:
    text = f"--{parameter.name} …"
    return f"[{text}]" if parameter.optional else text


def _parameters(parameters: Iterable[Parameter]) -> str:
    lines = [
        (f"`--{p.name}`", _type(p.type), "may be left out" if p.optional else "needed")
        for p in parameters
    ]
    return f"{table(('parameter', 'value', ''), lines)}\n" if lines else ""


def _type(name: str) -> str:
    kinds = ", ".join(f"`{kind.strip()}`" for kind in name.split("|"))
    return _TYPES.get(name) or f"an entry by id or name, of the kind {kinds}"
