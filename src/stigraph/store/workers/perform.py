"""The work of a worker: from a job to its reply."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import IO, Any, Final, Protocol

from stigraph.errors import QueryError, ResultLimitError
from stigraph.store.answers import Answer, Boolean, Solutions, Statements
from stigraph.store.guard import checked, is_volatile
from stigraph.store.workers.job import Job, Reply
from stigraph.store.workers.settings import Limits
from stigraph.store.workers.spool import Spool
from stigraph.terms import Blank, Iri, Literal, Term

__all__ = ["PAGE_FORM", "Queryable", "Worksheet", "perform", "term_of"]

PAGE_FORM: Final = "page"
"""The form for a page: the first rows as JSON, and the number of all."""

PAGE_ROWS: Final = 500


class Queryable(Protocol):
    """A store, local or remote."""

    def graphs(self) -> Iterator[str]:
        """Yield the IRIs of the named graphs."""

    def query(
        self,
        text: str,
        *,
        default_graphs: Iterable[str] = (),
        named_graphs: Iterable[str] = (),
        base: str | None = None,
        prefixes: Mapping[str, str] | None = None,
    ) -> Answer:
        """Answer a query."""


class Worksheet:
    """What does not change from job to job.

    Args:
        store: The dataset.
        prefixes: Prefixes that need no declaration.
        limits: What a result may be.
        dump: What writes the whole dataset in a form; None where that isn't offered.
        digest: A digest of the data, in hex; empty where they may change at any time.
    """

    def __init__(
        self,
        store: Queryable,
        prefixes: Mapping[str, str],
        limits: Limits,
        dump: Callable[[IO[bytes], str], None] | None = None,
        digest: str = "",
    ) -> None:
        self.store = store
        self.prefixes = prefixes
        self.limits = limits
        self.dump = dump
        self.digest = digest
        # Where nothing says when the data change, the graphs are looked up each time.
        self.graphs: Collection[str] = frozenset(store.graphs()) if digest else _Graphs(store)


class _Graphs(Collection[str]):
    """The named graphs as they are when they are asked for."""

    def __init__(self, store: Queryable) -> None:
        self._store = store

    def __contains__(self, name: object) -> bool:
        return name in set(self._store.graphs())

    def __iter__(self) -> Iterator[str]:
        return self._store.graphs()

    def __len__(self) -> int:
        return sum(1 for _ in self._store.graphs())


def perform(sheet: Worksheet, job: Job) -> Reply:
    """Answer ``job``; whatever goes wrong is told in the reply."""
    try:
        return _dumped(sheet, job) if not job.query else _answered(sheet, job)
    except QueryError as error:
        return Reply(
            "refused", ja=error.ja, en=error.en, line=error.line or 0, column=error.column or 0
        )
    except ResultLimitError as error:
        return Reply("too-large", ja=error.ja, en=error.en)
    except (MemoryError, OSError):  # the memory or the place for the result is used up
        return Reply("failed")


def _answered(sheet: Worksheet, job: Job) -> Reply:
    text = checked(job.query, graphs=sheet.graphs, prefixes=sheet.prefixes, base=job.base)
    volatile = not sheet.digest or is_volatile(text)
    answer = sheet.store.query(
        text,
        default_graphs=job.default_graphs,
        named_graphs=job.named_graphs,
        base=job.base or None,
        prefixes=sheet.prefixes,
    )
    sort = "triples" if isinstance(answer, Statements) else "rows"
    form = job.triples_form if isinstance(answer, Statements) else job.rows_form
    if not form:
        return Reply("unacceptable", sort=sort)
    with Spool(sheet.limits, form, job.encoding) as spool:
        if form == PAGE_FORM:
            spool.write(_page(answer, spool))
        elif isinstance(answer, Statements):
            answer.write_to(spool, form, spool.check_rows)  # type: ignore[arg-type]
        else:
            answer.write_to(spool, form)  # type: ignore[arg-type]
        return Reply(
            "answered",
            sort=sort,
            form=form,
            encoding=job.encoding,
            rows=spool.rows,
            volatile=volatile,
            content=spool.finish(),
        )


def _dumped(sheet: Worksheet, job: Job) -> Reply:
    if sheet.dump is None:
        return Reply("failed")
    everything = Limits(rows=2**62, size=2**62)
    with Spool(everything, "", job.encoding, hashed=True) as spool:
        sheet.dump(spool, job.triples_form)  # type: ignore[arg-type]
        content = spool.finish()
        return Reply(
            "answered",
            sort="triples",
            form=job.triples_form,
            encoding=job.encoding,
            digest=spool.digest,
            content=content,
        )


def _page(answer: Answer, spool: Spool) -> bytes:
    header: Sequence[str]
    if isinstance(answer, Boolean):
        return _json({"boolean": answer.value, "header": (), "rows": (), "total": 0})
    if isinstance(answer, Solutions):
        header = tuple(f"?{name}" for name in answer.variables)
    else:
        header = ("subject", "predicate", "object")
    rows: Iterator[Sequence[Term | None]] = iter(answer)
    shown = [[_plain(term) for term in row] for row in islice(rows, PAGE_ROWS)]
    total = len(shown)
    for _ in rows:
        total += 1
        spool.check_rows(total)
    return _json({"boolean": None, "header": header, "rows": shown, "total": total})


def _json(fields: dict[str, Any]) -> bytes:
    return json.dumps(fields).encode()


def _plain(term: Term | None) -> list[str | None] | None:
    match term:
        case Iri(value):
            return ["iri", value]
        case Blank(value):
            return ["blank", value]
        case Literal(value, datatype, language):
            return ["literal", value, datatype, language]
    return None


def term_of(fields: list[Any] | None) -> Term | None:
    """Return a term of a page's rows."""
    match fields:
        case ["iri", value]:
            return Iri(value)
        case ["blank", value]:
            return Blank(value)
        case ["literal", value, datatype, language]:
            return Literal(value, datatype, language)
    return None
