"""IRIs and language tags: well formed or not, and relative references resolved.

What is well formed (RFC 3987 §2.2, BCP 47 §2.2.9) is asked of the store's own
library, so that a file that reads here loads there.
"""

from __future__ import annotations

import re

import pyoxigraph as ox

from stigraph.turtle.faults import NO_BASE

__all__ = ["iri_fault", "language_fault", "resolve"]

# RFC 3986 appendix B: scheme, authority, path, query, fragment; always matches.
_PARTS = re.compile(
    r"(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.DOTALL
)
# One step of RFC 3986 §5.2.4 on the rest of a path.
_SEGMENT = re.compile(r"/?[^/]*")


def iri_fault(iri: str) -> str | None:
    """Return what is wrong with an absolute IRI, or None."""
    try:
        ox.NamedNode(iri)
    except ValueError as error:
        return str(error)
    return None


def language_fault(tag: str) -> str | None:
    """Return what is wrong with a language tag, or None."""
    try:
        ox.Literal("", language=tag)
    except ValueError as error:
        return str(error)
    return None


def resolve(reference: str, base: str | None) -> str:
    """Return the IRI that an IRI reference stands for (RFC 3986 §5.2, strict).

    An absolute IRI comes back as it is: Turtle resolves relative ones only
    (Turtle 1.1 §6.3), and normalises nothing.

    Args:
        reference: An absolute IRI or a relative reference.
        base: An absolute IRI, if there is one.

    Raises:
        ValueError: The reference is malformed, or relative without a base.
    """
    scheme, authority, path, query, fragment = _split(reference)
    # Parts may vanish on resolving, so a relative reference is checked on its own too.
    fault = iri_fault(reference if scheme else f"x:{reference}")
    if fault:
        raise ValueError(fault)
    if scheme:
        return reference
    if authority is None and ":" in path.partition("/")[0]:
        raise ValueError("what stands before the colon is no scheme")  # RFC 3986 §4.2
    if base is None:
        raise ValueError(NO_BASE)
    return _resolve_relative((authority, path, query, fragment), base)


def _resolve_relative(reference: tuple[str | None, str, str | None, str | None], base: str) -> str:
    authority, path, query, fragment = reference
    scheme, base_authority, base_path, base_query, _ = _split(base)
    if authority is not None:
        path = _without_dots(path)
    else:
        authority = base_authority
        if path:
            path = _without_dots(path if path[0] == "/" else _merge(path, authority, base_path))
        else:
            path = base_path
            query = base_query if query is None else query
    if authority is None and path.startswith("//"):
        raise ValueError("its path would begin with //")  # RFC 3986 §3.3
    iri = _join(scheme, authority, path, query, fragment)
    fault = iri_fault(iri)
    if fault:
        raise ValueError(fault)
    return iri


def _split(iri: str) -> tuple[str | None, str | None, str, str | None, str | None]:
    parts = _PARTS.fullmatch(iri)
    scheme, authority, path, query, fragment = parts.groups() if parts else (None,) * 5
    return scheme, authority, path or "", query, fragment


def _merge(path: str, authority: str | None, base_path: str) -> str:
    """Put a relative path in the place of the base's last segment (RFC 3986 §5.2.3)."""
    if authority is not None and not base_path:
        return f"/{path}"
    return base_path[: base_path.rfind("/") + 1] + path


def _without_dots(path: str) -> str:
    """Remove the segments ``.`` and ``..`` (RFC 3986 §5.2.4)."""
    if "." not in path:
        return path
    path = re.sub(r"\A(?:\.\.?/)+", "", path)
    kept: list[str] = []
    segments = [segment for segment in _SEGMENT.findall(path) if segment]
    for index, segment in enumerate(segments):
        name = segment.removeprefix("/")
        if name not in {".", ".."}:
            kept.append(segment)
            continue
        if name == ".." and kept:
            kept.pop()
        if index == len(segments) - 1 and segment[0] == "/":
            kept.append("/")
    return "".join(kept)


def _join(
    scheme: str | None, authority: str | None, path: str, query: str | None, fragment: str | None
) -> str:
    """Put the parts of an IRI together (RFC 3986 §5.3)."""
    iri = f"{scheme}:"
    if authority is not None:
        iri += f"//{authority}"
    iri += path
    if query is not None:
        iri += f"?{query}"
    if fragment is not None:
        iri += f"#{fragment}"
    return iri
