"""PNG: the SVG picture as pixels, with a Japanese font of this machine."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from stigraph.errors import UsageError
from stigraph.extras import required
from stigraph.network.model import Network
from stigraph.network.writers import svg

__all__ = ["japanese_fonts", "write"]

_ZOOM: Final = 2.0
_MOST: Final = 16e6  # pixels: a larger picture is drawn less finely
_FONTS: Final = (
    "NotoSansCJK-Regular",
    "NotoSansCJKjp-Regular",
    "NotoSansJP",
    "ヒラギノ角ゴシック W3",
    "HiraginoSans-W3",
    "YuGothR",
    "YuGothM",
    "meiryo",
    "msgothic",
    "ipaexg",
    "ipag",
    "TakaoPGothic",
    "VL-PGothic",
    "SourceHanSans",
    "BIZUDPGothic",
)
"""Beginnings of the names of files of fonts with Japanese letters, best first."""


def write(network: Network) -> Iterator[bytes]:
    """Yield the picture at twice its natural size.

    Raises:
        MissingExtraError: The library that draws isn't installed.
        UsageError: There are Japanese letters to draw and no font that has them.
    """
    resvg = required("resvg_py")
    document = "".join(svg.write(network))
    fonts = japanese_fonts()
    if not fonts and any(ord(character) > 0x2E80 for character in document):
        raise UsageError(
            "日本語のフォントが見つからない。入れるか（Debian なら apt install fonts-noto-cjk）、"
            "フォントファイルを STIGRAPH_FONT で指定する。svg なら要らない",
            "no font with Japanese letters was found; install one (on Debian: apt install "
            "fonts-noto-cjk) or name a font file in STIGRAPH_FONT, or export svg",
        )
    size = document.partition(' width="')[2].split('"', 3)
    area = float(size[0]) * float(size[2])
    yield bytes(
        resvg.svg_to_bytes(
            svg_string=document,
            zoom=min(_ZOOM, math.sqrt(_MOST / area)),
            font_files=[str(font) for font in fonts[:1]] or None,
            skip_system_fonts=bool(fonts),  # to read them all takes seconds
            font_family="Noto Sans CJK JP",
            languages=["ja"],
        )
    )


def japanese_fonts() -> list[Path]:
    """Return files of fonts with Japanese letters, the best first.

    ``STIGRAPH_FONT`` names one itself.
    """
    given = os.environ.get("STIGRAPH_FONT")
    if given:
        return [Path(given)] if Path(given).is_file() else []
    found = [
        (rank, file)
        for folder in _folders()
        if folder.is_dir()
        for file in sorted(folder.rglob("*"))
        for rank, name in enumerate(_FONTS)
        if file.name.startswith(name) and file.suffix.lower() in (".ttf", ".ttc", ".otf", ".otc")
    ]
    return [file for _, file in sorted(found)]


def _folders() -> Iterator[Path]:
    home = Path.home()
    yield from (home / ".fonts", home / ".local/share/fonts", home / "Library/Fonts")
    yield from map(Path, ("/usr/share/fonts", "/usr/local/share/fonts"))
    yield from map(Path, ("/System/Library/Fonts", "/Library/Fonts"))
    yield Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts"
