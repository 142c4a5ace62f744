"""Every text is there in both languages, and used."""

from __future__ import annotations

import re
from pathlib import Path

import stigraph.web
from stigraph.web.texts import TEXTS

FOLDER = Path(stigraph.web.__file__).parent
SOURCES = [*FOLDER.glob("*.py"), *(FOLDER / "templates").glob("*.html")]
# Names that are put together where they are used.
MADE = ("problem.", "ask.hint-", "ask.wrong-", "ask.csv", "ask.json", "ask.sparql")


def test_every_text_has_its_values_in_both_languages() -> None:
    for name, (ja, en) in TEXTS.items():
        assert ja, name
        assert set(re.findall(r"{\w*}", ja)) == set(re.findall(r"{\w*}", en)), name


def test_every_text_is_used() -> None:
    source = "".join(
        path.read_text(encoding="utf-8") for path in SOURCES if path.name != "texts.py"
    )
    unused = [name for name in TEXTS if not name.startswith(MADE) and f'"{name}"' not in source]
    unused = [name for name in unused if f"'{name}'" not in source]
    assert unused == []
