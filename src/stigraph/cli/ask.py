"""``stigraph ask``: the prepared questions; each is a command with the options of its header."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import click

from stigraph.api import Graph, unknown_question
from stigraph.cli.graph import open_graph, term_json
from stigraph.cli.options import Choice, Command, Settings, option, with_common_options
from stigraph.cli.output import write_json, write_text
from stigraph.cli.render import WRITERS, text_table
from stigraph.cli.stores import store_option
from stigraph.dates import parse_bounds
from stigraph.errors import UsageError
from stigraph.project import project_or_shipped
from stigraph.questions import (
    Parameter,
    Question,
    Table,
    in_language,
    read_questions,
    show_cell,
)

__all__ = ["command"]

_FORMS = Choice((*WRITERS, "json"))
_NOT_STATED = {"ja": "資料には書かれていない", "en": "not stated"}
_TYPES = {
    "text": ("語", "a text"),
    "date": ("日付", "a date"),
    "period": ("日、月、年、または FY2025", "a day, month, year or FY2025"),
    "any": ("名前または ID", "a name or id"),
}


class _Questions(Command, click.Group):
    """The questions as subcommands; without one, the list of them."""

    @cached_property
    def questions(self) -> dict[str, Question]:
        """The questions of the graph in reach, in their own order."""
        found = read_questions(project_or_shipped(Path.cwd()).question_files())
        return dict(sorted(found.items(), key=lambda item: (item[1].number, item[0])))

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(self.questions)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        found = self.questions.get(cmd_name)
        return with_common_options(_command_of(found)) if found else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        found = self.get_command(ctx, name)
        if found is None:
            raise unknown_question(name, self.questions)
        return name, found, args[1:]


@click.group(
    "ask",
    cls=_Questions,
    invoke_without_command=True,
    subcommand_metavar="[NAME [--PARAMETER VALUE]...]",
    examples=(
        "stigraph ask",
        "stigraph ask goals-and-targets --field 量子",
        "stigraph ask goals-and-targets --help",
    ),
)
@option(
    "--format",
    "form",
    type=_FORMS,
    ja="結果の形（省くと表）",
    en="form of the result (default: a table)",
)
@store_option
@click.pass_context
def command(ctx: click.Context, form: str | None, store: str | None) -> int:
    """List the questions, unless one is named."""
    del store  # those of a question's own command, which looks here too
    if ctx.invoked_subcommand is None and isinstance(ctx.command, _Questions):
        _list(ctx.command.questions, form or "table", ctx.obj)
    return 0


def _command_of(question: Question) -> Command:
    def ask(form: str | None, as_of: str | None, store: str | None, **given: str | None) -> int:
        context = click.get_current_context()
        above = context.parent.params if context.parent else {}
        chosen = form or above.get("form") or "table"
        filled = {name: value for name, value in given.items() if value is not None}
        graph = open_graph(context.obj, store or above.get("store"))
        _answer(graph, question, filled, as_of, chosen, context.obj)
        return 0

    own = [
        option(
            f"--{parameter.name.replace('_', '-')}",
            parameter.name,
            metavar=parameter.type.upper(),
            ja=_about(parameter, "ja"),
            en=_about(parameter, "en"),
        )
        for parameter in question.parameters
    ]
    common = [
        option(
            "--as-of",
            metavar="DATE",
            ja="この日までに知られた典拠だけで答える（2025-04-30、2025-04、2025）",
            en="answer from the sources known on this day (2025-04-30, 2025-04, 2025)",
        ),
        option(
            "--format",
            "form",
            type=_FORMS,
            ja="結果の形（省くと表）",
            en="form of the result (default: a table)",
        ),
        store_option,
    ]
    function: Any = ask
    for decorate in reversed([*own, *common]):
        function = decorate(function)
    summary = (question.title("ja"), question.title("en"))
    return click.command(question.name, cls=Command, summary=summary)(function)


def _about(parameter: Parameter, lang: str) -> str:
    kinds = parameter.type.split("|")
    named = (f"種別 {'、'.join(kinds)} の名前または ID", f"name or id: {' or '.join(kinds)}")
    ja, en = _TYPES.get(parameter.type, named)
    if lang == "ja":
        return ja if parameter.optional else f"{ja}（必要）"
    return en if parameter.optional else f"{en} (needed)"


def _list(questions: Mapping[str, Question], form: str, settings: Settings) -> None:
    if form == "json":
        write_json({"version": 1, "questions": [_question_json(q) for q in questions.values()]})
        return
    ja = settings.lang == "ja"
    header = ["名前", "質問", "パラメーター"] if ja else ["name", "question", "parameters"]
    rows = [
        [name, question.title(settings.lang), " ".join(map(_shown, question.parameters))]
        for name, question in questions.items()
    ]
    if form == "table":
        write_text(text_table(header, rows, settings, whole=1))
    else:
        write_text(WRITERS[form](header, rows, settings))


def _shown(parameter: Parameter) -> str:
    name = f"--{parameter.name.replace('_', '-')}"
    return f"[{name}]" if parameter.optional else name


def _question_json(question: Question) -> dict[str, Any]:
    return {
        "name": question.name,
        "title": dict(question.titles),
        "parameters": [
            {"name": parameter.name, "type": parameter.type, "optional": parameter.optional}
            for parameter in question.parameters
        ],
    }


def _answer(
    graph: Graph,
    question: Question,
    given: dict[str, str],
    as_of: str | None,
    form: str,
    settings: Settings,
) -> None:
    day = _day(as_of) if as_of else None
    table = graph.ask(question.name, as_of=day, **given)
    if form == "json":
        write_json(_table_json(graph, table, given, day))
    elif table.stated:
        _show(graph, table, form, settings)
    else:
        _say_unstated(table, form, settings)


def _day(text: str) -> date:
    found = parse_bounds(text)
    if found is None:
        raise UsageError(
            f"--as-of は 2025-04-30、2025-04 か 2025 と書く：{text}",
            f"write --as-of as 2025-04-30, 2025-04 or 2025, not {text}",
        )
    return found.latest


def _show(graph: Graph, table: Table, form: str, settings: Settings) -> None:
    lang = settings.lang
    people = form in ("table", "markdown")
    rows = [
        [
            show_cell(graph.catalogue, table, name, cell, lang)
            if people
            else _plain(graph, cell, lang)
            for name, cell in zip(table.variables, row, strict=True)
        ]
        for row in table.rows
    ]
    if form == "table":
        settings.say(table.question.title(lang), table.question.title(lang))
    header = _titles(table, lang) if people else table.variables
    write_text(WRITERS[form](header, rows, settings))


def _plain(graph: Graph, cell: tuple[Any, ...], lang: str) -> str:
    """Return a cell for a program: labels, but amounts as the whole numbers they are."""
    return "; ".join(graph.catalogue.label(term, lang) for term in in_language(cell, lang))


def _titles(table: Table, lang: str) -> tuple[str, ...]:
    titles = table.question.columns.get(lang, ())
    return titles if len(titles) == len(table.variables) else table.variables


def _say_unstated(table: Table, form: str, settings: Settings) -> None:
    """Say that the documents don't say; a form for programs gets its header alone."""
    lang = settings.lang
    text = table.question.not_stated.get(lang) or _NOT_STATED[lang]
    if form in ("table", "markdown"):
        write_text(f"{text}\n")
    else:
        write_text(WRITERS[form](table.variables, [], settings))
        settings.say(text, text)


def _table_json(
    graph: Graph, table: Table, given: Mapping[str, str], day: date | None
) -> dict[str, Any]:
    question = table.question
    return {
        "version": 1,
        "question": question.name,
        "title": dict(question.titles),
        "parameters": dict(given),
        "as_of": day.isoformat() if day else None,
        "stated": table.stated,
        "columns": list(table.variables),
        "column_titles": {lang: list(_titles(table, lang)) for lang in ("ja", "en")},
        "rows": [
            {
                name: [term_json(term, graph.catalogue) for term in cell]
                for name, cell in zip(table.variables, row, strict=True)
            }
            for row in table.rows
        ],
    }
