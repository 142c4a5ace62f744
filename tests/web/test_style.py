"""The style sheet: contrast (WCAG 2.2, 1.4.3 and 1.4.11), and nothing from elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import stigraph.web

STYLE = (Path(stigraph.web.__file__).parent / "static" / "style.css").read_text(encoding="utf-8")
COLOURS = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", STYLE))


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rgb`` or ``#rrggbb`` (WCAG 2.2, glossary)."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, two: str) -> float:
    low, high = sorted(luminance(COLOURS.get(each, each)) for each in (one, two))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("ink", "ground"),
        ("ink", "tint"),
        ("soft", "ground"),
        ("soft", "tint"),
        ("link", "ground"),
        ("link", "tint"),
        ("#4b3a86", "ground"),
        ("#4b3a86", "tint"),
        ("#fff", "brand"),
        ("#fff", "#142a4e"),
        ("warn", "warn-tint"),
        ("ink", "warn-tint"),
        ("link", "warn-tint"),
    ],
)
def test_text_has_a_contrast_of_7_to_1(text: str, ground: str) -> None:
    assert contrast(text, ground) >= 7


@pytest.mark.parametrize(
    ("line", "ground"),
    [("line", "ground"), ("soft", "ground"), ("#b35c00", "ground"), ("#ffc66d", "brand")],
)
def test_lines_and_focus_have_a_contrast_of_3_to_1(line: str, ground: str) -> None:
    assert contrast(line, ground) >= 3


def test_nothing_is_fetched_from_elsewhere() -> None:
    assert "url(" not in STYLE
    assert "@import" not in STYLE
