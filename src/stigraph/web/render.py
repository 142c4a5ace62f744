"""Templates and the language of a page."""

from __future__ import annotations

import hashlib
import re
from functools import cached_property, partial
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from stigraph.release import Release
from stigraph.web.negotiation import choose_language
from stigraph.web.texts import LANGUAGES, say

__all__ = ["STATIC", "Renderer", "language"]

_HERE = Path(__file__).parent
_JAPANESE = re.compile(r"[\u3041-\u30ff]")
STATIC: Final = _HERE / "static"
"""The folder of the style sheet and the icon."""


def language(request: Request, default: str) -> str:
    """Return the language for ``request``: the path's, that of ``?lang=``, else as preferred."""
    for given in (_of_path(request.url.path), request.query_params.get("lang", "")):
        if given in LANGUAGES:
            return given
    accept = ",".join(request.headers.getlist("accept-language"))
    return choose_language(accept, LANGUAGES, default)


def _of_path(path: str) -> str:
    return path.lstrip("/").partition("/")[0]


def _elsewhere(request: Request, lang: str) -> str:
    """Return the address of the same page in ``lang``."""
    # A path that begins with two slashes would be another host's address.
    path, here = f"/{request.url.path.lstrip('/')}", _of_path(request.url.path)
    query = [(name, value) for name, value in request.query_params.multi_items() if name != "lang"]
    if here in LANGUAGES:
        path = f"/{lang}{path.removeprefix(f'/{here}')}"
    else:
        query.append(("lang", lang))
    return f"{path}?{urlencode(query)}" if query else path


def _sentence(text: str) -> str:
    """Return a message as a sentence of its own, with its capital and its full stop."""
    end = "" if text.endswith((".", "。", "?", "？")) else "。" if _JAPANESE.search(text) else "."
    return f"{text[:1].upper()}{text[1:]}{end}"


class Renderer:
    """Makes pages out of templates.

    Args:
        lang: The language for who asks for none that we have.
        release: What the graph says of itself; None where it is anybody's data.
    """

    def __init__(self, lang: str, release: Release | None) -> None:
        self.lang = lang
        self.release = release
        self._templates = Environment(
            loader=FileSystemLoader(_HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters["sentence"] = _sentence

    @cached_property
    def _style(self) -> str:
        """The address of the style sheet: a new one with every change, so that caches let go."""
        digest = hashlib.sha256((STATIC / "style.css").read_bytes()).hexdigest()
        return f"/static/style.css?v={digest[:12]}"

    def page(
        self, request: Request, lang: str, template: str, status: int = 200, **values: object
    ) -> HTMLResponse:
        """Return the page that ``template`` makes of ``values``, in ``lang``."""
        other = next(each for each in LANGUAGES if each != lang)
        content = self._templates.get_template(template).render(
            lang=lang,
            other=other,
            other_address=_elsewhere(request, other),
            say=partial(say, lang),
            say_other=partial(say, other),
            release=self.release,
            style=self._style,
            path=request.url.path,
            **values,
        )
        headers = {"Content-Language": lang, "Vary": "Accept, Accept-Language"}
        return HTMLResponse(content, status, headers)
