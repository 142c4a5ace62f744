"""Every exception that stigraph raises on purpose.

    StigraphError
    ├── UsageError            a wrong call: unknown name, missing project, ambiguous entry
    ├── UnreadableError       a file or directory can't be read
    ├── TurtleSyntaxError     a Turtle file that doesn't parse, with its place
    ├── QueryError            a SPARQL query that doesn't parse or can't be run, with its place
    ├── EvaluationError       a query that was begun or has waited, and has no answer
    │   ├── DeadlineError     it ran longer than it may
    │   ├── WorkerLostError   the process that ran it is gone
    │   ├── ResultLimitError  its result is larger than may be given
    │   └── BusyError         there are too many queries at once
    ├── ShapesError           shapes that can't be run
    ├── PortInUseError        another process listens where the server should
    ├── ServiceError          a SPARQL service that is down, refuses, or doesn't answer in SPARQL
    │   └── ServiceTimeoutError   … that doesn't answer in time
    └── MissingExtraError     a library that isn't installed, and the extra that installs it

Each carries its sentence in Japanese and English; the command line prints the
one that the user reads and exits with 2. Faults in *data* are never
exceptions: they are :class:`stigraph.gate.Finding`.
"""

from __future__ import annotations

__all__ = [
    "BusyError",
    "DeadlineError",
    "EvaluationError",
    "MissingExtraError",
    "PortInUseError",
    "QueryError",
    "ResultLimitError",
    "ServiceError",
    "ServiceTimeoutError",
    "ShapesError",
    "StigraphError",
    "TurtleSyntaxError",
    "UnreadableError",
    "UsageError",
    "WorkerLostError",
]


class StigraphError(Exception):
    """The root of the tree.

    Args:
        ja: The sentence in Japanese: what is wrong and what to do.
        en: The same in English.
    """

    def __init__(self, ja: str, en: str) -> None:
        super().__init__(en)
        self.ja = ja
        self.en = en

    def text(self, lang: str) -> str:
        """Return the sentence in ``lang`` (``ja``, else English)."""
        return self.ja if lang == "ja" else self.en


class UsageError(StigraphError):
    """A wrong call: the caller can mend it by calling differently."""


class UnreadableError(StigraphError):
    """A file or directory that is missing or can't be read."""


class _LocatedError(StigraphError):
    """An error at a place of a text: lines and columns are 1-based, in code points."""

    def __init__(
        self,
        ja: str,
        en: str,
        line: int | None = None,
        column: int | None = None,
        end_line: int | None = None,
        end_column: int | None = None,
        expected: str = "",
    ) -> None:
        super().__init__(ja, en)
        self.line = line
        self.column = column
        self.end_line = end_line if end_line is not None else line
        self.end_column = end_column if end_column is not None else column
        self.expected = expected


class TurtleSyntaxError(_LocatedError):
    """A text that isn't Turtle 1.1. ``expected`` says what should have stood there."""


class QueryError(_LocatedError):
    """A query that isn't SPARQL 1.1, or that the store refuses."""


class EvaluationError(StigraphError):
    """A query that got no answer, for a reason other than its text."""


class DeadlineError(EvaluationError):
    """A query that ran longer than it may.

    Args:
        seconds: How long it may run.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"問い合わせが {seconds:g} 秒以内に終わらなかったので打ち切った。条件を絞る",
            f"the query was stopped because it did not finish within {seconds:g} s; narrow it down",
        )


class WorkerLostError(EvaluationError):
    """A query whose process was lost.

    Args:
        memory: Whether it ran out of memory.
    """

    def __init__(self, *, memory: bool) -> None:
        if memory:
            super().__init__(
                "問い合わせに使えるメモリーが足りなくなったので打ち切った。条件を絞る",
                "the query was stopped because it needed more memory than it may have; "
                "narrow it down",
            )
        else:
            super().__init__(
                "問い合わせの途中で処理が失われた。もう一度送るか、問い合わせを簡単にする",
                "the query was lost while it ran; send it again, or make it simpler",
            )


class ResultLimitError(EvaluationError):
    """A query whose result is larger than may be given.

    Args:
        rows: The most rows or triples.
        size: The most bytes.
    """

    def __init__(self, rows: int, size: int) -> None:
        super().__init__(
            f"結果が上限（{rows:,} 行、{size:,} バイト）を超える。LIMIT を付けるか、条件を絞る",
            f"the result is larger than {rows:,} rows or {size:,} bytes; "
            "add a LIMIT, or narrow the query down",
        )


class BusyError(EvaluationError):
    """Too many queries wait.

    Args:
        alone: Whether they are all from the same client.
        seconds: After how long to come back.
    """

    def __init__(self, *, alone: bool, seconds: int) -> None:
        self.alone = alone
        self.seconds = seconds
        if alone:
            super().__init__(
                f"このクライアントの問い合わせが多すぎる。{seconds} 秒後に送り直す",
                f"there are too many queries from this client at once; try again in {seconds} s",
            )
        else:
            super().__init__(
                f"いま混んでいて答えられない。{seconds} 秒後に送り直す",
                f"the server is busy; try again in {seconds} s",
            )


class ShapesError(StigraphError):
    """Shapes that mean nothing or that the engine can't run."""


class PortInUseError(StigraphError):
    """The address that the server should listen on is taken."""


class ServiceError(StigraphError):
    """A SPARQL service that can't be reached, refuses, or doesn't answer in SPARQL."""


class ServiceTimeoutError(ServiceError):
    """A SPARQL service that doesn't answer in time."""


class MissingExtraError(StigraphError, ImportError):
    """A library that an optional part needs is missing.

    Args:
        library: Its name.
        extra: The extra of this package that installs it.
    """

    def __init__(self, library: str, extra: str) -> None:
        command = f"pip install 'stigraph[{extra}]'"
        super().__init__(
            f"{library} が入っていない。{command} で入れる",
            f"{library} is not installed; install it with: {command}",
        )
        self.library = library
        self.extra = extra
