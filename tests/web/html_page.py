"""A page as the tests read it: its elements, its text, and faults in how it is written."""

from __future__ import annotations

from html.parser import HTMLParser

import httpx

VOID = {"input", "link", "meta", "br", "img", "hr"}
Attributes = dict[str, str | None]


class Page(HTMLParser):
    """What a page holds: elements with their attributes, and faults in how it is written."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, Attributes]] = []
        self.texts: list[str] = []
        self.faults: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        self.faults += [f"<{tag}> isn't closed" for tag in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.faults.append(f"</{tag}> closes something else")

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())

    def all(self, *tags: str) -> list[Attributes]:
        return [attributes for tag, attributes in self.elements if tag in tags]

    def values(self, tag: str, name: str) -> list[str]:
        return [found for each in self.all(tag) if (found := each.get(name)) is not None]


def get(client: httpx.Client, path: str, status: int = 200, **headers: str) -> Page:
    accept = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8", **headers}
    response = client.get(path, headers=accept)
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    return Page(response.text)
