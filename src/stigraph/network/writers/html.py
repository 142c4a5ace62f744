"""HTML: one file that holds the picture, the data and the page's own script, and works offline.

The content security policy in it allows that script and style by their digests and nothing else:
no request leaves the page. Without JavaScript the picture is still there. ``#<id>`` at the end of
the address picks an entry.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from importlib import resources

from stigraph.network.drawing import drawn
from stigraph.network.model import Network
from stigraph.network.style import families_of
from stigraph.network.writers import node_link
from stigraph.network.writers.escape import one_line, xml
from stigraph.network.writers.svg import FONTS, graph

__all__ = ["write"]

_WORDS = {
    "search": ("検索", "Search"),
    "shown": ("表示する種類", "What is shown"),
    "entries": ("項目の一覧", "Entries"),
    "fit": ("全体", "All"),
    "other": ("English", "日本語"),
    "picture": (
        "ネットワークの図。矢印キーで動かし、+ と - で拡大・縮小、0 で全体、Esc で選択を解く",
        "The network. Arrow keys move it, + and - zoom, 0 shows all, Esc deselects",
    ),
}


def write(network: Network) -> Iterator[str]:
    """Yield the network as a page."""
    style, script = _asset("page.css"), _asset("page.js")
    said = network.attributes
    title = xml(one_line(said.get("view") or said.get("title") or "stigraph"))
    lang = _lang(network)
    policy = (
        f"default-src 'none'; script-src '{_digest(script)}'; style-src '{_digest(style)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    yield (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="UTF-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f"<header><h1>{title}</h1><p>{_edition(network)}</p></header>\n<main>\n"
    )
    yield from _picture(network, lang)
    yield f'<div id="tools" data-script hidden>{_tools(lang)}</div>\n</main>\n'
    yield from _side(network, lang)
    yield f"<footer>{_footer(network)}</footer>\n"
    yield '<script type="application/json" id="data">'
    for chunk in node_link.write(network):
        yield _in_script(chunk)
    yield f"</script>\n<script>{script}</script>\n</body>\n</html>\n"


def _picture(network: Network, lang: str) -> Iterator[str]:
    picture = drawn(network)
    left, top, right, bottom = picture.box
    yield (
        f'<svg id="graph" xmlns="http://www.w3.org/2000/svg" viewBox="{left:.1f} {top:.1f} '
        f'{max(right - left, 1):.1f} {max(bottom - top, 1):.1f}" font-family="{FONTS}" '
        f'font-size="11" tabindex="0" role="img" aria-label="{_word("picture", lang)}">\n'
    )
    yield from graph(network, picture)
    yield "</svg>\n"


def _side(network: Network, lang: str) -> Iterator[str]:
    yield (
        '<aside data-script hidden>\n<form id="search" role="search">'
        f'<label for="wanted" {_both("search")}>{_word("search", lang)}</label>'
        '<input type="search" id="wanted" autocomplete="off"></form>\n'
        '<div id="about" aria-live="polite"></div>\n'
        f'<fieldset id="families"><legend {_both("shown")}>{_word("shown", lang)}</legend>\n'
    )
    for family in families_of(node.kind for node in network.nodes):
        name = family.ja if lang == "ja" else family.en
        yield (
            f'<label><input type="checkbox" value="{family.color}" checked>'
            '<svg width="14" height="14" aria-hidden="true">'
            f'<circle cx="7" cy="7" r="6" fill="{family.color}"/></svg>'
            f'<span data-ja="{xml(family.ja)}" data-en="{xml(family.en)}">{xml(name)}</span>'
            "</label>\n"
        )
    yield (
        f"</fieldset>\n<h2 {_both('entries')}>{_word('entries', lang)}</h2>\n"
        '<p id="count" role="status"></p>\n<ul id="list"></ul>\n</aside>\n'
    )


def _tools(lang: str) -> str:
    return (
        '<button id="nearer" aria-label="拡大 zoom in">+</button>'
        '<button id="farther" aria-label="縮小 zoom out">−</button>'
        f'<button id="fit" {_both("fit")}>{_word("fit", lang)}</button>'
        f'<button id="language" {_both("other")}>{_word("other", lang)}</button>'
    )


def _edition(network: Network) -> str:
    said = network.attributes
    return xml(
        one_line(f"{said.get('title', '')} {said.get('version', '')} {said.get('date', '')}")
    )


def _footer(network: Network) -> str:
    said = network.attributes
    licence = said.get("licence", "")
    link = f'<a href="{xml(licence)}">{xml(licence)}</a>'
    shown = link if licence.startswith(("https://", "http://")) else xml(one_line(licence))
    return f"{xml(one_line(said.get('attribution', '')))} {shown}"


def _lang(network: Network) -> str:
    said = network.attributes
    return "ja" if said.get("attribution") == said.get("attribution_ja") else "en"


def _word(name: str, lang: str) -> str:
    return xml(_WORDS[name][0 if lang == "ja" else 1])


def _both(name: str) -> str:
    ja, en = _WORDS[name]
    return f'data-ja="{xml(ja)}" data-en="{xml(en)}"'


def _asset(name: str) -> str:
    return (resources.files("stigraph.network") / "page" / name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _in_script(text: str) -> str:
    r"""Return JSON that no parser of HTML can take for markup: ``<`` is ``\u003c``."""
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
