"""``stigraph fmt``: Turtle files in their canonical form."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

import click

import stigraph
from stigraph.caches import cache_folder
from stigraph.cli.options import Command, Settings, option
from stigraph.cli.output import write, write_text
from stigraph.digests import Digests
from stigraph.errors import StigraphError, TurtleSyntaxError, UnreadableError, UsageError
from stigraph.gate.paths import name_of, turtle_files
from stigraph.project import require_project
from stigraph.store.reading import read_bytes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from stigraph.gate.beside import Turns

__all__ = ["command"]

# The reader and the formatter are imported where a file needs them: if all are known to be
# formatted, most of the time would go into that.


_MANY: Final = 200
"""Files from which a second process is worth its while."""
_SOME: Final = 32
"""Files that a process takes at once."""


@dataclass(frozen=True, slots=True)
class _Tally:
    """How many files were looked at, how many are in another form, how many couldn't be done."""

    files: int = 0
    others: int = 0
    failed: int = 0


@click.command(
    "fmt",
    cls=Command,
    examples=(
        "stigraph fmt",
        "stigraph fmt --check",
        "stigraph fmt --diff data/ttl/programme/sbir.ttl",
        "stigraph fmt - < any.ttl",
    ),
)
@click.argument("paths", nargs=-1)
@option(
    "--check",
    is_flag=True,
    ja="書き換えず、形の違うファイルの名前を示し、あれば 1 で終える",
    en="change nothing; name the files in another form, and exit with 1 if there are any",
)
@option(
    "--diff",
    is_flag=True,
    ja="書き換えず、何が変わるかを示す",
    en="change nothing; print what would change",
)
@option(
    "--no-cache",
    is_flag=True,
    ja="整っていると分かっているファイルの記録を使わない",
    en="don't use the record of files that are known to be formatted",
)
@click.pass_obj
def command(
    settings: Settings, paths: tuple[str, ...], check: bool, diff: bool, no_cache: bool
) -> int:
    """Rewrite files in canonical form; say which would change with ``--check``."""
    if "-" in paths:
        if len(paths) > 1:
            raise UsageError(
                "「-」（標準入力）はほかのファイルと一緒に渡せない",
                "“-” (standard input) can't be given together with files",
            )
        return _standard_input(settings, check=check, diff=diff)
    tally = _Tally()
    known = _known(use=not no_cache)
    files = _files(paths)
    contents = _contents(files)
    _look_ahead([content for content in contents.values() if content not in known], known)
    for path in files:
        content = contents.get(path)
        tally = _treated(path, content, tally, known, settings, check=check, diff=diff)
    known.save()
    _summarise(settings, tally, rewritten=not (check or diff))
    if tally.failed:
        return 2
    return 1 if check and tally.others else 0


def _files(paths: Sequence[str]) -> list[Path]:
    """Return the files to look at, each once: all Turtle files of the project by default."""
    if paths:
        found = [file for path in paths for file in turtle_files(Path(path))]
    else:
        project = require_project(Path.cwd())
        found = [*turtle_files(project.ontology), *turtle_files(project.data)]
    return list(dict.fromkeys(found))


def _known(*, use: bool) -> Digests:
    """Return the contents that are known to be formatted, by this very formatter."""
    package = Path(stigraph.__file__).parent
    makers = [package / "vocab.py", package / "terms.py", *(package / "turtle").glob("*.py")]
    folder = cache_folder(Path.cwd()) if use else None
    return Digests(folder and folder / "formatted", makers)


def _contents(files: Sequence[Path]) -> dict[Path, bytes]:
    """Return what files hold; what keeps one from being read is told when its turn comes."""
    found: dict[Path, bytes] = {}
    for path in files:
        with suppress(UnreadableError):
            found[path] = read_bytes(path)
    return found


def _look_ahead(contents: Sequence[bytes], known: Digests) -> None:
    """Take note of contents that are formatted, in two processes where there are many."""
    if len(contents) < _MANY:
        return
    from stigraph.gate.beside import Beside, Turns

    turns = Turns(-(-len(contents) // _SOME))
    look = partial(_formatted_among, contents, turns)
    beside = Beside(look)
    try:
        mine = look()
        theirs = beside.result()
    finally:
        turns.close()
        beside.drop()
    for number in (*mine, *theirs):
        known.add(contents[number])


def _formatted_among(contents: Sequence[bytes], turns: Turns) -> list[int]:
    """Return the numbers of the contents that are surely formatted, of those whose turn it is."""
    from stigraph.turtle.canonical import surely_formatted

    def is_utf8(content: bytes) -> bool:
        with suppress(UnicodeDecodeError):
            content.decode()
            return True
        return False

    return [
        number
        for turn in turns
        for number in range(turn * _SOME, min((turn + 1) * _SOME, len(contents)))
        if is_utf8(contents[number]) and surely_formatted(contents[number].decode())
    ]


def _treated(
    path: Path,
    held: bytes | None,
    tally: _Tally,
    known: Digests,
    settings: Settings,
    *,
    check: bool,
    diff: bool,
) -> _Tally:
    """Look at one file, rewrite it if it is to be, and return the tally with it.

    ``held`` is what it holds, None where that couldn't be read before.
    """
    tally = replace(tally, files=tally.files + 1)
    try:
        content = path.read_bytes() if held is None else held
        if content in known:
            return tally
        formatted = _formatted(content)
        if formatted.encode() == content:
            known.add(content)
            return tally
        name = name_of(path, Path.cwd())
        if diff:
            _show_difference(content.decode(), formatted, name, settings)
        elif check:
            write_text(f"{name}\n")
        else:
            _rewrite(path, content, formatted.encode())
            known.add(formatted.encode())
            settings.detail(f"{name} を整えた", f"formatted {name}")
    except (OSError, UnicodeDecodeError, StigraphError) as error:
        _tell(settings, name_of(path, Path.cwd()), error)
        return replace(tally, failed=tally.failed + 1)
    return replace(tally, others=tally.others + 1)


def _formatted(content: bytes) -> str:
    from stigraph.turtle import format_text, is_formatted

    text = content.decode()
    return text if is_formatted(text) else format_text(text)


def _show_difference(old: str, new: str, name: str, settings: Settings) -> None:
    from stigraph.cli.differences import unified

    write_text(unified(old, new, name, settings))


def _rewrite(path: Path, content: bytes, wanted: bytes) -> None:
    """Replace a file, once what stands on the disk has been read back and compared."""
    from stigraph.turtle import UnfaithfulError, reads_alike

    def check(draft: Path) -> None:
        written = draft.read_bytes()
        if written != wanted or not reads_alike(content, written):
            raise UnfaithfulError

    write([wanted], str(path), check=check)


def _standard_input(settings: Settings, *, check: bool, diff: bool) -> int:
    """Format standard input to standard output, as a file is formatted."""
    name = "<stdin>"
    try:
        content = sys.stdin.buffer.read()
        formatted = _formatted(content)
    except (UnicodeDecodeError, StigraphError) as error:
        _tell(settings, name, error)
        return 2
    if diff:
        _show_difference(content.decode(), formatted, name, settings)
    elif not check:
        write([formatted.encode()])
    return 1 if check and formatted.encode() != content else 0


def _tell(settings: Settings, name: str, error: Exception) -> None:
    """Say why a file is left as it is; that is an error, so ``--quiet`` doesn't silence it."""
    ja, en = _reason(error)
    place = f":{error.line}:{error.column}" if isinstance(error, TurtleSyntaxError) else ""
    replace(settings, quiet=False).say(f"{name}{place}: {ja}", f"{name}{place}: {en}")


def _reason(error: Exception) -> tuple[str, str]:
    match error:
        case TurtleSyntaxError():
            return f"構文エラー：{error.ja}", f"syntax error: {error.en}"
        case StigraphError():
            return error.ja, error.en
        case UnicodeDecodeError():
            return "UTF-8 として読めない。UTF-8 で保存し直す", "it is not UTF-8; save it as UTF-8"
    reason = getattr(error, "strerror", None) or str(error)
    return (
        f"読み書きできない（{reason}）。場所と権限を確かめる",
        f"can't be read or written ({reason}); check the path and its permissions",
    )


def _summarise(settings: Settings, tally: _Tally, *, rewritten: bool) -> None:
    files = "file" if tally.files == 1 else "files"
    ja = f"{tally.files}件のファイルのうち{tally.others}件"
    en = f"{tally.others} of {tally.files} {files}"
    failed_ja = f"。{tally.failed}件は読めず、そのまま" if tally.failed else ""
    failed_en = f"; {tally.failed} left as they are" if tally.failed else ""
    if rewritten:
        settings.say(f"{ja}を整えた{failed_ja}", f"formatted {en}{failed_en}")
    else:
        settings.say(f"{ja}が決まった形でない{failed_ja}", f"{en} would change{failed_en}")
