"""``stigraph new``: the file of a new entry, by the fields that its shapes ask for."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click

from stigraph.api import Graph, load
from stigraph.cli.asking import Dialogue
from stigraph.cli.options import Command, Settings, option
from stigraph.cli.output import write, write_text
from stigraph.cli.render import text_table
from stigraph.drafting import Draft, Field, Form, Model, slug_of
from stigraph.drafting.draft import read_value
from stigraph.errors import UsageError
from stigraph.gate import Finding, Severity, validate_project
from stigraph.gate.paths import name_of
from stigraph.project import require_project
from stigraph.terms import Iri, Literal
from stigraph.vocab import ID, KINDS, OWNED_KINDS, SKOS, expand, kind_of, shorten

__all__ = ["command"]

_NO_OWNERS = frozenset({"fiscal-year", "interval", "passage", "source"})
"""Kinds that much is said about, but whose files hold nothing else."""


@click.command(
    "new",
    cls=Command,
    context_settings={"ignore_unknown_options": True, "help_option_names": ["-h", "--help"]},
    examples=(
        "stigraph new",
        "stigraph new programme --fields",
        "stigraph new programme",
        "stigraph new programme --label-ja 新制度 --label-en 'New programme' "
        "--under-pillar 2025-innovation-ecosystem --stated-in overview-2025:3-c-1-3",
    ),
)
@click.argument("kind", required=False)
@click.argument("given", nargs=-1, type=click.UNPROCESSED, metavar="[--FIELD VALUE]...")
@option("--class", "cls", metavar="CLASS", ja="項目のクラス", en="class of the entry")
@option(
    "--slug",
    metavar="SLUG",
    ja="id の末尾（省くと英語の名称から作る）",
    en="last part of the id (default: from the English name)",
)
@option(
    "--in",
    "owner",
    metavar="ENTRY",
    ja="金額や出来事など：どの項目のファイルに書くか",
    en="for amounts, events and the like: the entry whose file it goes into",
)
@option("--fields", is_flag=True, ja="書き込める欄を一覧する", en="list the fields")
@option(
    "--ask/--no-ask",
    default=None,
    ja="足りない欄を尋ねる（端末では初めからそうする）",
    en="ask for the fields that aren't given (default on a terminal)",
)
@option(
    "--dry-run",
    is_flag=True,
    ja="書かずに、標準出力に示す",
    en="write nothing; print the file",
)
@click.pass_obj
def command(
    settings: Settings,
    kind: str | None,
    given: tuple[str, ...],
    cls: str | None,
    slug: str | None,
    owner: str | None,
    fields: bool,
    ask: bool | None,
    dry_run: bool,
) -> int:
    """Write the file of a new entry, once it passes the gate."""
    project = require_project(Path.cwd())
    model = Model(project)
    kinds = {name: classes for name, classes in model.kinds().items() if name in KINDS}
    graph = load(project.root)
    if kind is None:
        write_text(_kinds(kinds, graph, settings))
        return 0
    asks = ask if ask is not None else (sys.stdin is not None and sys.stdin.isatty())
    dialogue = Dialogue(settings, graph.catalogue) if asks and not fields else None
    form = model.form(kind, _class(kind, kinds, cls, dialogue, graph, settings))
    if fields:
        write_text(_fields(form, graph, settings))
        return 0
    values = list(_options(given, form))
    draft = _draft(form, values, slug, dialogue, graph)
    path = _place(draft, owner, graph)
    old = path.read_text("utf-8") if path.exists() else ""
    text = draft.turtle(old)
    if dry_run:
        write_text(text)
        return 0
    return _write(path, old, text, draft, graph, dialogue, settings)


def _kinds(kinds: Mapping[str, Sequence[str]], graph: Graph, settings: Settings) -> str:
    header = ("種別", "クラス") if settings.lang == "ja" else ("kind", "classes")
    comma = "、" if settings.lang == "ja" else ", "
    rows = [
        (kind, comma.join(graph.catalogue.label(Iri(cls), settings.lang) for cls in classes))
        for kind, classes in kinds.items()
        if kind != "passage"
    ]
    return text_table(header, rows, settings)


def _fields(form: Form, graph: Graph, settings: Settings) -> str:
    is_ja = settings.lang == "ja"
    header = ("欄", "必須", "内容") if is_ja else ("field", "required", "what it holds")
    yes = "はい" if is_ja else "yes"
    rows = [
        (
            f"--{field.name}",
            yes if field.least else "",
            f"{graph.catalogue.label(Iri(field.predicate), settings.lang)}"
            f"{'：' if is_ja else ': '}{field.text(settings.lang)}",
        )
        for field in form.fields
    ]
    return text_table(header, rows, settings)


def _class(
    kind: str,
    kinds: Mapping[str, Sequence[str]],
    cls: str | None,
    dialogue: Dialogue | None,
    graph: Graph,
    settings: Settings,
) -> str:
    """Return the class of the entry: the one asked for, or the only one of its kind."""
    if kind not in kinds or kind == "passage":
        names = ", ".join(name for name in kinds if name != "passage")
        raise UsageError(
            f"「{kind}」という種別はない。使えるもの：{names}",
            f"there is no kind “{kind}”; choose from {names}",
        )
    classes = kinds[kind]
    named = {graph.catalogue.label(Iri(iri), lang): iri for iri in classes for lang in ("ja", "en")}
    named |= {shorten(iri).rpartition(":")[2]: iri for iri in classes}
    if cls is not None and (named.get(cls) or expand(cls)) in classes:
        return named.get(cls) or expand(cls)
    if cls is None and len(classes) == 1:
        return classes[0]
    if cls is None and dialogue is not None:
        return dialogue.choose([(iri, graph.catalogue.label(Iri(iri), settings.lang))
                                for iri in classes])  # fmt: skip
    shown = ", ".join(map(shorten, classes))
    raise UsageError(f"--class でクラスを選ぶ：{shown}", f"choose a class with --class: {shown}")


def _options(given: Sequence[str], form: Form) -> Iterator[tuple[Field, str]]:
    """Yield the fields given on the command line, with what was written."""
    words = iter(given)
    for word in words:
        name, has_value, value = word.removeprefix("--").partition("=")
        field = form.field(name) if word.startswith("--") else None
        if field is None:
            names = ", ".join(f"--{field.name}" for field in form.fields)
            raise UsageError(
                f"「{word}」という欄はない。使えるもの：{names}",
                f"there is no field “{word}”; choose from {names}",
            )
        if not has_value:
            following = next(words, None)
            if following is None:
                raise UsageError(f"--{name} には値がいる", f"--{name} needs a value")
            value = following
        yield field, value


def _draft(
    form: Form,
    values: Sequence[tuple[Field, str]],
    slug: str | None,
    dialogue: Dialogue | None,
    graph: Graph,
) -> Draft:
    """Return the entry, filled in from the command line and by asking."""
    draft = Draft(form, slug or "x")
    for field, text in values:
        draft.add(field, read_value(text, field, graph.catalogue))
    if dialogue is not None:
        dialogue.fill(draft)
    missing = draft.missing()
    if missing:
        names = ", ".join(f"--{field.name}" for field in missing)
        raise UsageError(f"足りない欄がある：{names}", f"fields are missing: {names}")
    suggested = slug_of(_english(draft))
    chosen = slug or (dialogue.slug(suggested) if dialogue else suggested)
    return Draft(form, chosen, draft.values)


def _english(draft: Draft) -> str:
    labels = [
        value.value
        for field, values in draft.values.items()
        for value in values
        if field.predicate == SKOS.prefLabel and field.language == "en"
        if isinstance(value, Literal)
    ]
    return next(iter(labels), "")


def _place(draft: Draft, owner: str | None, graph: Graph) -> Path:
    """Return the file that the entry goes into.

    Raises:
        UsageError: There is such an entry already, or it isn't clear whose file it is.
    """
    data = graph.project.data
    if draft.iri in graph.catalogue.entries:
        raise UsageError(
            f"{shorten(draft.iri)} はもうある。--slug で別の名前を付ける",
            f"there is {shorten(draft.iri)} already; give another name with --slug",
        )
    if draft.form.kind not in OWNED_KINDS:
        return data / draft.form.kind / f"{draft.slug}.ttl"
    if owner is not None:
        found = [graph.catalogue.resolve(owner).iri]
    else:
        links = [v.value for values in draft.values.values() for v in values if isinstance(v, Iri)]
        found = [iri for iri in links if kind_of(iri) in set(KINDS) - _NO_OWNERS]
    for iri in found:
        path = data / f"{iri.removeprefix(ID)}.ttl"
        if path.is_file():
            return path
    raise UsageError(
        "どの項目のファイルに書くか分からない。--in で示す",
        "it isn't clear whose file it goes into; say so with --in",
    )


def _write(
    path: Path,
    old: str,
    text: str,
    draft: Draft,
    graph: Graph,
    dialogue: Dialogue | None,
    settings: Settings,
) -> int:
    """Write the file, see what the gate says, and keep it if that is nothing."""
    made = [folder for folder in (path.parent,) if not folder.exists()]
    path.parent.mkdir(exist_ok=True)
    write([text.encode()], str(path))
    keeps = False
    try:
        told = [f for f in validate_project(graph.project, [path]).findings if _is_new(f, draft)]
        for finding in told:
            place = f":{finding.place.line}:{finding.place.column}" if finding.place else ""
            message = finding.message
            settings.say(
                f"{finding.file}{place}: {finding.code} {message.ja}",
                f"{finding.file}{place}: {finding.code} {message.en}",
            )
        keeps = all(f.severity is Severity.INFO for f in told) or bool(
            dialogue and dialogue.keeps()
        )
    finally:
        if not keeps:
            _take_back(path, old, made)
    if not keeps:
        settings.say("上の点を直すまでは書かない", "nothing was written; mend what is said above")
        return 1
    write_text(f"{name_of(path, Path.cwd())}\n")
    return 0


def _is_new(finding: Finding, draft: Draft) -> bool:
    return finding.focus in (None, draft.iri)


def _take_back(path: Path, old: str, made: Sequence[Path]) -> None:
    if old:
        write([old.encode()], str(path))
        return
    path.unlink(missing_ok=True)
    for folder in made:
        os.rmdir(folder)  # noqa: PTH106 - only where nothing else has come into it
