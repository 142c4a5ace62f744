"""Evidence: phrases and passages against the texts of the documents, where they are at hand."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from stigraph.errors import UnreadableError
from stigraph.gate.codes import finding
from stigraph.gate.finding import Finding
from stigraph.gate.phrases import Node
from stigraph.store import Store
from stigraph.terms import Iri, Literal
from stigraph.vocab import OA, STI, XSD, shorten

__all__ = ["Passage", "SourceText", "check_texts", "read_passages", "read_texts"]


@dataclass(frozen=True, slots=True)
class SourceText:
    """The text of a document: the file it stands in and its code points."""

    path: Path
    text: str = field(repr=False)
    digest: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A slice of a document's text: code points from ``start`` to ``end`` (exclusive)."""

    iri: str
    document: str
    first_line: int
    last_line: int
    start: int
    end: int
    digest: str

    def slice(self, text: str) -> str:
        """Return what the passage points at."""
        return text[self.start : self.end]


def read_texts(folder: Path) -> list[SourceText]:
    """Return the texts (``*.txt``, ``*.md``) in ``folder``.

    Raises:
        UnreadableError: The folder is missing or a file can't be read.
    """
    if not folder.is_dir():
        raise UnreadableError(
            f"{folder} という原文のフォルダーがない。--sources には原文のあるフォルダーを渡す",
            f"{folder} is not a folder; give --sources the folder of the source texts",
        )
    texts = []
    for path in sorted(p for p in folder.iterdir() if p.suffix in (".txt", ".md")):
        try:
            data = path.read_bytes()
            texts.append(SourceText(path, data.decode("utf-8"), hashlib.sha256(data).hexdigest()))
        except (OSError, UnicodeDecodeError) as error:
            raise UnreadableError(
                f"{path} を読めない：{error}", f"can't read {path}: {error}"
            ) from error
    return texts


def check_texts(
    store: Store, nodes: Iterable[Node], texts: Sequence[SourceText]
) -> Iterator[Finding]:
    """Yield where passages and phrases don't stand in the texts as the data say."""
    found, faults = _match_texts(store, texts)
    yield from faults
    passages = {p.iri: p for p in read_passages(store)}
    for passage in passages.values():
        if passage.document in found:
            yield from _check_passage(passage, found[passage.document].text)
    for node in nodes:
        yield from _check_phrases(node, passages, found)


def _match_texts(
    store: Store, texts: Sequence[SourceText]
) -> tuple[dict[str, SourceText], list[Finding]]:
    by_digest = {text.digest: text for text in texts}
    by_name = {text.path.name: text for text in texts}
    found: dict[str, SourceText] = {}
    faults = []
    rows = store.select(
        f"SELECT ?d ?digest ?file WHERE {{ ?d <{STI.textDigest}> ?digest "
        f"OPTIONAL {{ ?d <{STI.textFile}> ?file }} }} ORDER BY ?d"
    )
    for document, digest, name in rows:
        if not isinstance(document, Iri) or digest is None:
            continue
        if digest.value in by_digest:
            found[document.value] = by_digest[digest.value]
            continue
        file = name.value if name is not None else ""
        code = "STI603" if file in by_name else "STI604"
        faults.append(
            finding(
                code,
                None,
                focus=document.value,
                path=STI.textDigest,
                value=digest,
                name=file,
                document=shorten(document.value),
            )
        )
    return found, faults


def read_passages(store: Store) -> list[Passage]:
    """Return the passages in ``store`` whose locators are complete."""
    rows = store.select(
        f"SELECT ?p ?d ?a ?b ?s ?e ?h WHERE {{ ?p <{STI.ofDocument}> ?d ; <{STI.firstLine}> ?a ; "
        f"<{STI.lastLine}> ?b ; <{OA.start}> ?s ; <{OA.end}> ?e ; "
        f"<{STI.sliceDigest}> ?h }} ORDER BY ?p"
    )
    passages = []
    for row in rows:
        iri, document, *numbers, digest = (term.value if term is not None else "" for term in row)
        if all(number.isdigit() for number in numbers):
            first, last, start, end = (int(number) for number in numbers)
            passages.append(Passage(iri, document, first, last, start, end, digest))
    return passages


def _check_passage(passage: Passage, text: str) -> Iterator[Finding]:
    piece = passage.slice(text)
    digest = hashlib.sha256(piece.encode()).hexdigest()
    if len(passage.digest) < 16 or not digest.startswith(passage.digest):
        yield finding(
            "STI601", None, focus=passage.iri, path=STI.sliceDigest, value=Literal(passage.digest)
        )
    first = text.count("\n", 0, passage.start) + 1
    last = text.count("\n", 0, passage.end) + 1
    if (first, last) != (passage.first_line, passage.last_line):
        wrong, value = (
            (STI.firstLine, passage.first_line)
            if first != passage.first_line
            else (STI.lastLine, passage.last_line)
        )
        yield finding(
            "STI602",
            None,
            focus=passage.iri,
            path=wrong,
            value=Literal(str(value), XSD.integer),
            first=first,
            last=last,
        )


def _check_phrases(
    node: Node, passages: Mapping[str, Passage], texts: Mapping[str, SourceText]
) -> Iterator[Finding]:
    cited = [term.value for term in node.objects(STI.statedIn) if isinstance(term, Iri)]
    own = [passages[iri] for iri in cited if iri in passages]
    if not own or any(passage.document not in texts for passage in own):
        return  # no text at hand to compare with: reported once per document
    slices = [_squeezed(passage.slice(texts[passage.document].text)) for passage in own]
    for phrase in node.phrases:
        if not any(_squeezed(phrase) in piece for piece in slices):
            yield finding(
                "STI600",
                None,
                focus=node.iri,
                path=STI.phrase,
                value=Literal(phrase),
                phrase=phrase,
            )


def _squeezed(text: str) -> str:
    return "".join(text.split())
