"""Names and terms: every IRI means something, every node stands in its file."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from stigraph.dates import bounds
from stigraph.gate.codes import finding
from stigraph.gate.files import SourceFile
from stigraph.gate.finding import Finding
from stigraph.gate.nearest import nearest_names
from stigraph.gate.vocabulary import Vocabulary
from stigraph.store import LocalStore
from stigraph.terms import Blank, Iri, Literal, Term
from stigraph.vocab import (
    DATATYPES,
    ID,
    OWL,
    OWNED_KINDS,
    RDF,
    RDFS,
    STI,
    XSD,
    kind_of,
    shorten,
)

__all__ = [
    "check_classes",
    "check_file_name",
    "check_names",
    "check_predicate",
    "check_value",
    "homeless_events",
    "subjects",
]

_FEW = 3  # names that are worth proposing
_BUILT_IN = (RDF, RDFS, OWL, XSD)
_ALWAYS_VALID = frozenset({XSD.string, RDF.langString}) & DATATYPES


def check_names(
    files: Sequence[SourceFile],
    store: LocalStore,
    vocabulary: Vocabulary,
    known: frozenset[str] | None = None,
) -> Iterator[Finding]:
    """Yield the findings of names and terms in ``files``.

    Args:
        files: The files.
        store: The whole graph.
        vocabulary: Its terms.
        known: What the graph says something about, as far as the files mention it.
    """
    known = subjects(store) if known is None else known
    events = homeless_events(store)
    homes: dict[str, str] = {}
    for source in files:
        classes = _classes(source)
        yield from check_file_name(source.name, source.path, classes, events)
        for subject, predicate, value in source.triples:
            focus = subject.value if isinstance(subject, Iri) else None
            path = predicate.value
            if focus is None:
                yield finding("STI012", source.name, focus=str(subject), path=path)
            yield from check_predicate(source.name, focus, path, vocabulary)
            yield from check_value(source.name, focus, path, value, known, vocabulary)
        yield from check_classes(source.name, classes, vocabulary)
        for node in classes:
            if node in homes:
                yield finding(
                    "STI013", source.name, focus=node, subject=shorten(node), other=homes[node]
                )
            homes.setdefault(node, source.name)


def subjects(store: LocalStore) -> frozenset[str]:
    """Return the IRIs that ``store`` says something about."""
    rows = store.select("SELECT DISTINCT ?s WHERE { ?s a ?class }")
    return frozenset(s.value for (s,) in rows if isinstance(s, Iri))


def _classes(source: SourceFile) -> dict[str, list[str]]:
    """Return the nodes that a file is about, with their classes in it."""
    found: dict[str, list[str]] = {}
    of_class = RDF.type
    for subject, predicate, value in source.triples:
        if isinstance(subject, Iri):
            classes = found.setdefault(subject.value, [])
            if predicate.value == of_class:
                classes.append(value.value)
    return found


def homeless_events(store: LocalStore) -> frozenset[str]:
    """Return the events that don't say what they are about: each needs a file of its own."""
    rows = store.select(
        f"SELECT ?e WHERE {{ ?e a <{STI.PolicyEvent}> "
        f"FILTER NOT EXISTS {{ ?e <{STI.about}> ?thing }} }}"
    )
    return frozenset(e.value for (e,) in rows if isinstance(e, Iri))


def check_file_name(
    file: str, path: Path, nodes: Collection[str], events: frozenset[str]
) -> Iterator[Finding]:
    """Yield what is wrong with the place of a file, or of a node in it.

    Args:
        file: What reports call the file.
        path: Where it is.
        nodes: What it is about.
        events: The events that don't say what they are about.
    """
    kind, slug = path.parent.name, path.stem
    if kind != "event":
        for node in events & set(nodes) if events else ():
            yield finding("STI596", file, focus=node, path=STI.about)
    own = f"{ID}{kind}/{slug}"
    if kind == "passage":
        for node in nodes:
            if not node.startswith(f"{own}/"):
                yield finding("STI009", file, focus=node, subject=shorten(node), owner=slug)
        return
    if own not in nodes:
        main = next((n for n in nodes if kind_of(n) not in OWNED_KINDS), None) or next(
            iter(nodes), None
        )
        if main is not None and main.startswith(ID):
            expected = f"{main[len(ID) :]}.ttl"
            yield finding("STI008", file, focus=main, subject=shorten(main), expected=expected)
            own = main
    for node in nodes:
        if node != own and kind_of(node) not in OWNED_KINDS:
            yield finding("STI009", file, focus=node, subject=shorten(node), owner=shorten(own))


def check_predicate(
    file: str, focus: str | None, path: str, vocabulary: Vocabulary
) -> Iterator[Finding]:
    """Yield what is wrong with the predicate ``path``."""
    if path not in vocabulary.current:
        yield from _term(file, path, focus, path, vocabulary)


def check_value(
    file: str,
    focus: str | None,
    path: str,
    value: Term,
    known: frozenset[str],
    vocabulary: Vocabulary,
) -> Iterator[Finding]:
    """Yield what is wrong with the object of a triple.

    Args:
        file: What reports call the file.
        focus: The subject, None for a blank node.
        path: The predicate.
        value: The object.
        known: What the graph says something about.
        vocabulary: The terms of the ontology.
    """
    match value:
        case Blank():
            yield finding("STI012", file, focus=focus, path=path, value=value)
        case Literal():
            if value.datatype not in _ALWAYS_VALID:
                yield from _literal(file, focus, path, value)
        case Iri(iri):
            if iri not in vocabulary.current:
                yield from _reference(file, focus, path, iri, known, vocabulary)


def _reference(
    file: str,
    focus: str | None,
    path: str,
    value: str,
    known: frozenset[str],
    vocabulary: Vocabulary,
) -> Iterator[Finding]:
    if path == RDF.type or value.startswith(STI):
        yield from _term(file, value, focus, path, vocabulary)
    elif value.startswith(ID):
        if value not in known:
            ja, en = _hints(value, known)
            yield finding(
                "STI011",
                file,
                focus=focus,
                path=path,
                value=Iri(value),
                term=shorten(value),
                hint_ja=ja,
                hint_en=en,
            )
        else:
            yield from _deprecated(file, value, focus, path, vocabulary)


def _term(
    file: str, term: str, focus: str | None, path: str, vocabulary: Vocabulary
) -> Iterator[Finding]:
    if term not in vocabulary.terms and not term.startswith(_BUILT_IN):
        ja, en = _hints(term, vocabulary.terms)
        yield finding(
            "STI010",
            file,
            focus=focus,
            path=path,
            value=Iri(term),
            term=shorten(term),
            hint_ja=ja,
            hint_en=en,
        )
    yield from _deprecated(file, term, focus, path, vocabulary)


def _deprecated(
    file: str, term: str, focus: str | None, path: str, vocabulary: Vocabulary
) -> Iterator[Finding]:
    if term in vocabulary.deprecated:
        successor = vocabulary.deprecated[term]
        yield finding(
            "STI016",
            file,
            focus=focus,
            path=path,
            value=Iri(term),
            term=shorten(term),
            hint_ja=f"。代わりに {shorten(successor)} を使う" if successor else "",
            hint_en=f"; use {shorten(successor)} instead" if successor else "",
        )


def _hints(term: str, known: frozenset[str]) -> tuple[str, str]:
    """Return the ends of a message that name the nearest known term, empty where none is near."""
    near = [shorten(iri) for iri in nearest_names(term, known)[:_FEW]]
    if not near:
        return "", ""
    return f"。{'、'.join(near)} のことか", f"; did you mean {' or '.join(near)}?"


def _literal(file: str, focus: str | None, path: str, value: Literal) -> Iterator[Finding]:
    datatype = value.datatype
    if datatype not in DATATYPES:
        allowed = ", ".join(sorted(shorten(d) for d in DATATYPES))
        yield finding(
            "STI014",
            file,
            focus=focus,
            path=path,
            value=value,
            datatype=shorten(datatype),
            allowed=allowed,
        )
    elif not _valid(value.value, datatype):
        yield finding(
            "STI017",
            file,
            focus=focus,
            path=path,
            value=value,
            lexical=value.value,
            datatype=shorten(datatype),
        )


def _valid(lexical: str, datatype: str) -> bool:
    if datatype in (XSD.date, XSD.gYearMonth, XSD.gYear):
        return bounds(Literal(lexical, datatype)) is not None
    if datatype == XSD.integer:
        return lexical.lstrip("+-").isascii() and lexical.lstrip("+-").isdigit()
    if datatype == XSD.boolean:
        return lexical in ("true", "false", "1", "0")
    return True


def check_classes(
    file: str, nodes: Mapping[str, Sequence[str]], vocabulary: Vocabulary
) -> Iterator[Finding]:
    """Yield findings where a class of a node, or none, doesn't fit the kind in its id."""
    for node, classes in nodes.items():
        kind = kind_of(node)
        if not classes:
            yield finding("STI018", file, focus=node, subject=shorten(node))
        for cls in classes:
            if (
                kind is not None
                and cls in vocabulary.terms
                and kind not in vocabulary.kinds.get(cls, frozenset())
            ):
                allowed = ", ".join(shorten(c) for c in vocabulary.allowed_classes(kind))
                yield finding(
                    "STI015",
                    file,
                    focus=node,
                    path=RDF.type,
                    value=Iri(cls),
                    subject=shorten(node),
                    kind=kind,
                    cls=shorten(cls),
                    allowed=allowed or "-",
                )
