"""The forms in which answers are offered, and which one a request gets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from stigraph.store.answers import GRAPH_FORMS, RESULT_FORMS
from stigraph.store.workers.spool import ENCODINGS
from stigraph.web.negotiation import Offer, choose, quality
from stigraph.web.problems import ProblemError

__all__ = [
    "PAGE",
    "ROW_OFFERS",
    "TRIPLE_OFFERS",
    "choose_encoding",
    "content_type",
    "not_acceptable",
    "offer_for",
    "query_offers",
]

PAGE: Final = Offer("html", "text/html")
# Media types by which clients also ask for a form; they get it under that name.
_ALIASES: Final[Mapping[str, tuple[str, ...]]] = {
    "json": ("application/json",),
    "xml": ("application/xml", "text/xml"),
}
ROW_OFFERS: Final = (
    *(Offer(form.name, form.media_type) for form, _ in RESULT_FORMS.values()),
    *(Offer(name, kind) for name, kinds in _ALIASES.items() for kind in kinds),
    PAGE,
)
"""The forms of solutions and booleans, ours first."""

TRIPLE_OFFERS: Final = (
    *(Offer(form.name, form.media_type) for form, _ in GRAPH_FORMS.values()),
    PAGE,
)
"""The forms of triples."""


_OTHER_NAMES: Final[Mapping[str, str]] = {
    "json": "jsonld",
    "json-ld": "jsonld",
    "nq": "nquads",
    "nt": "ntriples",
    "rdf": "rdfxml",
    "ttl": "turtle",
    "xml": "rdfxml",
}
"""Names by which clients such as SPARQLWrapper ask for forms of triples."""


@lru_cache(maxsize=1024)
def query_offers(accept: str | None, form: str) -> tuple[Offer | None, Offer | None]:
    """Return the forms for solutions and for triples in which to answer a query; None for none."""
    return offer_for(accept, form, ROW_OFFERS), offer_for(accept, form, TRIPLE_OFFERS)


def offer_for(accept: str | None, form: str, offers: tuple[Offer, ...]) -> Offer | None:
    """Return the form to answer in: that of ``format``, else as ``Accept`` says, None for none."""
    return _named(form.lower(), offers) if form else choose(accept, offers)


def _named(form: str, offers: tuple[Offer, ...]) -> Offer | None:
    """Return the offer that goes by a name: ours, a media type or the end of one, or another's."""
    for each in offers:
        if form in (each.name, each.media_type, each.media_type.partition("/")[2]):
            return each
    other = _OTHER_NAMES.get(form)
    return next((each for each in offers if each.name == other), None)


@lru_cache(maxsize=256)
def choose_encoding(accept: str | None) -> str:
    """Return how to compress for ``Accept-Encoding`` (RFC 9110, section 12.5.3)."""
    wanted = {name: quality(accept or "", name) for name in ENCODINGS}
    if not accept or not any(wanted.values()):
        return "identity"
    named = {name: value for name, value in wanted.items() if name != "identity"}
    best = max(named, key=lambda name: named[name])
    return best if named[best] > 0 and named[best] >= _stated(accept) else "identity"


def _stated(accept: str) -> float:
    """Return the quality of sending it as it is, where the client says one."""
    return quality(accept, "identity") if "identity" in accept.lower() else 0.0


def content_type(media_type: str) -> str:
    """Return the value of ``Content-Type``: text says that it is UTF-8."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def not_acceptable(offers: Sequence[Offer]) -> ProblemError:
    """Return the problem of a client that wants none of the offers; they are listed in it."""
    kinds = [offer.media_type for offer in offers]
    names = ", ".join(dict.fromkeys(offer.name for offer in offers))
    return ProblemError(
        406,
        f"この答えはその形では返せない。Accept か format で選ぶ：{names}（{', '.join(kinds)}）",
        "this answer does not come in that form; choose with Accept or format from: "
        f"{names} ({', '.join(kinds)})",
        offers=kinds,
    )
