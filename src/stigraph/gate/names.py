"""Names and terms: every IRI means something, every node stands in its file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from stigraph.dates import bounds
from stigraph.gate.codes import finding
from stigraph.gate.files import SourceFile
from stigraph.gate.finding import Finding
from stigraph.gate.nearest import nearest_names
from stigraph.store import LocalStore
from stigraph.terms import Blank, Iri, Literal, Term
from stigraph.vocab import (
    DATATYPES,
    DCTERMS,
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

__all__ = ["Vocabulary", "check_names"]

_DECLARED = f"""
SELECT ?term ?kind WHERE {{
  ?term a ?class .
  FILTER(?class IN (<{OWL.Class}>, <{OWL.ObjectProperty}>, <{OWL.DatatypeProperty}>,
                    <{OWL.AnnotationProperty}>, <{OWL.NamedIndividual}>, <{RDF.Property}>,
                    <{RDFS.Class}>))
  OPTIONAL {{ ?term <{STI.kind}> ?kind }}
}}
"""
_FEW = 3  # names that are worth proposing
_BUILT_IN = (RDF, RDFS, OWL, XSD)
_ALWAYS_VALID = frozenset({XSD.string, RDF.langString}) & DATATYPES


@dataclass(frozen=True)
class Vocabulary:
    """What the ontology declares: terms, which kinds of id a class has, what is deprecated."""

    terms: frozenset[str]
    kinds: Mapping[str, frozenset[str]]
    deprecated: Mapping[str, str | None]

    @cached_property
    def current(self) -> frozenset[str]:
        """The terms that are declared and not deprecated."""
        return self.terms - self.deprecated.keys()

    @classmethod
    def of(cls, store: LocalStore) -> Vocabulary:
        """Read the vocabulary in ``store``."""
        terms: set[str] = set()
        kinds: dict[str, set[str]] = defaultdict(set)
        for term, kind in store.select(_DECLARED):
            if isinstance(term, Iri):
                terms.add(term.value)
                if isinstance(kind, Literal):
                    kinds[term.value].add(kind.value)
        gone: dict[str, str | None] = {}
        for term, successor in store.select(
            f"SELECT ?t ?new WHERE {{ ?t <{OWL.deprecated}> true "
            f"OPTIONAL {{ ?t <{DCTERMS.isReplacedBy}> ?new }} }}"
        ):
            if isinstance(term, Iri):
                gone[term.value] = successor.value if isinstance(successor, Iri) else None
        return cls(frozenset(terms), {c: frozenset(k) for c, k in kinds.items()}, gone)

    def allowed_classes(self, kind: str) -> list[str]:
        """Return the classes that an id of ``kind`` may have."""
        return sorted(cls for cls, kinds in self.kinds.items() if kind in kinds)


def check_names(
    files: Sequence[SourceFile], store: LocalStore, vocabulary: Vocabulary
) -> Iterator[Finding]:
    """Yield the findings of names and terms in ``files``; ``store`` holds the whole graph."""
    known = _subjects(store)
    homes: dict[str, str] = {}
    for source in files:
        subjects = dict.fromkeys(s.value for s, _, _ in source.triples if isinstance(s, Iri))
        yield from _file_name(source, subjects)
        for triple in source.triples:
            yield from _check_triple(source, triple, known, vocabulary)
        yield from _classes(source, subjects, vocabulary)
        for subject in subjects:
            if subject in homes:
                yield finding(
                    "STI013",
                    source.name,
                    focus=subject,
                    subject=shorten(subject),
                    other=homes[subject],
                )
            homes.setdefault(subject, source.name)


def _subjects(store: LocalStore) -> frozenset[str]:
    rows = store.select("SELECT DISTINCT ?s WHERE { ?s a ?class }")
    return frozenset(s.value for (s,) in rows if isinstance(s, Iri))


def _file_name(source: SourceFile, subjects: Collection[str]) -> Iterator[Finding]:
    kind, slug = source.path.parent.name, source.path.stem
    own = f"{ID}{kind}/{slug}"
    if kind == "passage":
        for subject in subjects:
            if not subject.startswith(f"{own}/"):
                yield finding(
                    "STI009", source.name, focus=subject, subject=shorten(subject), owner=slug
                )
        return
    if own not in subjects:
        main = next((s for s in subjects if kind_of(s) not in OWNED_KINDS), None) or next(
            iter(subjects), None
        )
        if main is not None and main.startswith(ID):
            expected = f"{main[len(ID) :]}.ttl"
            yield finding(
                "STI008", source.name, focus=main, subject=shorten(main), expected=expected
            )
            own = main
    for subject in subjects:
        if subject != own and kind_of(subject) not in OWNED_KINDS:
            yield finding(
                "STI009", source.name, focus=subject, subject=shorten(subject), owner=shorten(own)
            )


def _check_triple(
    source: SourceFile,
    triple: tuple[Term, Term, Term],
    known: frozenset[str],
    vocabulary: Vocabulary,
) -> Iterator[Finding]:
    subject, predicate, value = triple
    focus = subject.value if isinstance(subject, Iri) else None
    path = predicate.value
    if focus is None:
        yield finding("STI012", source.name, focus=str(subject), path=path)
    if path not in vocabulary.current:
        yield from _term(source, path, focus, path, vocabulary)
    match value:
        case Blank():
            yield finding("STI012", source.name, focus=focus, path=path, value=value)
        case Literal():
            if value.datatype not in _ALWAYS_VALID:
                yield from _literal(source, focus, path, value)
        case Iri(iri):
            if iri not in vocabulary.current:
                yield from _reference(source, focus, path, iri, known, vocabulary)


def _reference(
    source: SourceFile,
    focus: str | None,
    path: str,
    value: str,
    known: frozenset[str],
    vocabulary: Vocabulary,
) -> Iterator[Finding]:
    if path == RDF.type or value.startswith(STI):
        yield from _term(source, value, focus, path, vocabulary)
    elif value.startswith(ID):
        if value not in known:
            ja, en = _hints(value, known)
            yield finding(
                "STI011",
                source.name,
                focus=focus,
                path=path,
                value=Iri(value),
                term=shorten(value),
                hint_ja=ja,
                hint_en=en,
            )
        else:
            yield from _deprecated(source, value, focus, path, vocabulary)


def _term(
    source: SourceFile, term: str, focus: str | None, path: str, vocabulary: Vocabulary
) -> Iterator[Finding]:
    if term not in vocabulary.terms and not term.startswith(_BUILT_IN):
        ja, en = _hints(term, vocabulary.terms)
        yield finding(
            "STI010",
            source.name,
            focus=focus,
            path=path,
            value=Iri(term),
            term=shorten(term),
            hint_ja=ja,
            hint_en=en,
        )
    yield from _deprecated(source, term, focus, path, vocabulary)


def _deprecated(
    source: SourceFile, term: str, focus: str | None, path: str, vocabulary: Vocabulary
) -> Iterator[Finding]:
    if term in vocabulary.deprecated:
        successor = vocabulary.deprecated[term]
        yield finding(
            "STI016",
            source.name,
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


def _literal(source: SourceFile, focus: str | None, path: str, value: Literal) -> Iterator[Finding]:
    datatype = value.datatype
    if datatype not in DATATYPES:
        allowed = ", ".join(sorted(shorten(d) for d in DATATYPES))
        yield finding(
            "STI014",
            source.name,
            focus=focus,
            path=path,
            value=value,
            datatype=shorten(datatype),
            allowed=allowed,
        )
    elif not _valid(value.value, datatype):
        yield finding(
            "STI017",
            source.name,
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


def _classes(
    source: SourceFile, subjects: Iterable[str], vocabulary: Vocabulary
) -> Iterator[Finding]:
    """Yield findings where a node's class doesn't fit the kind in its id."""
    types: dict[str, list[str]] = {subject: [] for subject in subjects}
    of_class = RDF.type
    for subject, predicate, value in source.triples:
        if predicate.value == of_class and isinstance(subject, Iri):
            types[subject.value].append(value.value)
    for node, classes in types.items():
        kind = kind_of(node)
        if not classes:
            yield finding("STI018", source.name, focus=node, subject=shorten(node))
        for cls in classes:
            if (
                kind is not None
                and cls in vocabulary.terms
                and kind not in vocabulary.kinds.get(cls, frozenset())
            ):
                allowed = ", ".join(shorten(c) for c in vocabulary.allowed_classes(kind))
                yield finding(
                    "STI015",
                    source.name,
                    focus=node,
                    path=RDF.type,
                    value=Iri(cls),
                    subject=shorten(node),
                    kind=kind,
                    cls=shorten(cls),
                    allowed=allowed or "-",
                )
