"""What people look at: SVG, PNG and the page, drawn by the programs that show them."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest
from lxml import etree

from stigraph.entries import Catalogue
from stigraph.errors import UsageError
from stigraph.network.build import network_of_lens
from stigraph.network.drawing import drawn
from stigraph.network.lenses import LENSES
from stigraph.network.model import Network, Node
from stigraph.network.writers import gexf, html, png, svg
from stigraph.release import read_release
from stigraph.store import LocalStore

SVG = "{http://www.w3.org/2000/svg}"
Draw = Callable[[str, str], Network]
EVIL = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"


@pytest.fixture(scope="session")
def draw(store: LocalStore) -> Draw:
    """Return a function that draws a lens of the repository's own graph."""
    given = (store, Catalogue.of(store), read_release(store))
    return lambda name, lang: network_of_lens(*given, LENSES[name], lang)


@pytest.fixture
def browse(tmp_path: Path) -> Callable[[str, str], str]:
    """Return a function that opens a page in Chromium, offline, and returns its DOM."""
    command = shutil.which("chromium") or shutil.which("chromium-browser")
    if command is None:
        pytest.skip("Chromium is not installed (Debian: apt install chromium)")

    def browse(page: str, fragment: str = "") -> str:
        path = tmp_path / "page.html"
        path.write_text(page, encoding="utf-8")
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=2000"]
        offline = "--host-resolver-rules=MAP * ~NOTFOUND"
        done = subprocess.run(
            [command, *options, offline, f"--user-data-dir={tmp_path / 'profile'}",
             "--dump-dom", f"{path.as_uri()}{fragment}"],
            capture_output=True, check=True, timeout=60, encoding="utf-8",
        )  # fmt: skip
        return done.stdout

    return browse


@pytest.mark.parametrize("name", [name for name in LENSES if name != "everything"])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_label_of_a_named_lens_is_shown_and_none_overlaps(
    draw: Draw, name: str, lang: str
) -> None:
    network = draw(name, lang)
    labels = drawn(network).labels
    assert set(labels) == {node.iri for node in network.nodes}
    boxes = [label.box for label in labels.values()]
    for a, b in combinations(boxes, 2):
        assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def test_labels_that_have_no_room_are_left_to_the_title_of_their_node(draw: Draw) -> None:
    network = draw("everything", "ja")
    labels = drawn(network).labels
    assert 100 < len(labels) < len(network.nodes)
    text = "".join(svg.write(network))
    hidden = next(node for node in network.nodes if node.iri not in labels)
    assert f"<title>{hidden.label} · " in text


def test_chromium_draws_the_strategy_without_overlaps_of_its_own_measure(
    draw: Draw, browse: Callable[[str], str]
) -> None:
    picture = "".join(svg.write(draw("strategy", "ja"))).partition("?>")[2]
    script = """
      const boxes = [...document.querySelectorAll('.node text:last-child')].map(t => t.getBBox());
      let overlaps = 0;
      boxes.forEach((a, i) => boxes.slice(i + 1).forEach(b => {
        if (a.x < b.x + b.width - 1 && b.x < a.x + a.width - 1 &&
            a.y < b.y + b.height - 3 && b.y < a.y + a.height - 3) overlaps += 1;
      }));
      const least = Math.min(...boxes.map(b => b.width));
      document.title = `${boxes.length} labels ${overlaps} overlaps ${least > 5}`;
    """
    shown = browse(f"<!DOCTYPE html><meta charset=utf-8>{picture}<script>{script}</script>")
    assert "<title>117 labels 0 overlaps true</title>" in shown


def test_svg_has_a_legend_in_both_languages_and_says_whose_it_is(draw: Draw) -> None:
    network = draw("strategy", "ja")
    root = etree.fromstring("".join(svg.write(network)).encode())
    texts = ["".join(text.itertext()) for text in root.iter(f"{SVG}text")]
    assert "柱・施策群 pillars, groups of measures" in texts
    assert "".join(texts).count(network.attributes["licence"]) == 1
    assert len(root.findall(f".//{SVG}circle[@r]")) >= len(network.nodes)


def test_svg_holds_every_node_and_edge_with_its_colour(awkward: Network) -> None:
    root = etree.fromstring("".join(svg.write(awkward)).encode())
    drawn_nodes = root.findall(f".//{SVG}g[@data-n]")
    colors = [group.find(f"{SVG}circle").get("fill") for group in drawn_nodes]
    assert colors == [node.color for node in awkward.nodes]
    paths = root.findall(f".//{SVG}path[@data-e]")
    assert len({path.get("d") for path in paths}) == len(awkward.edges)  # parallel ones are apart


def test_png_shows_japanese_letters_and_not_boxes() -> None:
    pytest.importorskip("resvg_py", reason="pip install 'stigraph[images]'")
    image = pytest.importorskip("PIL.Image")
    if not png.japanese_fonts():
        pytest.skip("no font with Japanese letters (Debian: apt install fonts-noto-cjk)")

    def pixels(label: str) -> bytes:
        node = Node("urn:x", "field", label, label, label, "#f0e442", 10.0)
        (data,) = png.write(Network((node,), (), {}))
        path = io.BytesIO(data)
        drawn_image = image.open(path).convert("L")
        assert drawn_image.width >= 900
        return bytes(drawn_image.tobytes())

    # Letters without glyph are drawn alike: as a box, or as nothing.
    assert len({pixels("量子"), pixels("宇宙"), pixels("\U000f0000\U000f0000")}) == 3


def test_png_without_a_japanese_font_says_what_to_install(
    draw: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("resvg_py", reason="pip install 'stigraph[images]'")
    monkeypatch.setenv("STIGRAPH_FONT", "/nowhere/font.otf")
    with pytest.raises(UsageError, match="apt install fonts-noto-cjk"):
        list(png.write(draw("money", "ja")))


def test_the_page_runs_offline_and_knows_all_nodes_and_edges(
    draw: Draw, browse: Callable[[str, str], str]
) -> None:
    network = draw("programmes", "ja")
    dom = browse("".join(html.write(network)), "#programme:sbir")
    assert f'data-ready="{len(network.nodes)} {len(network.edges)}"' in dom
    about = dom.partition('id="about"')[2].partition("<fieldset")[0]
    assert "SBIR制度" in about
    assert 'href="https://w3id.org/stigraph/id/passage/overview-2025/3-c-1-3"' in about
    assert "← イノベーション・エコシステムの形成" in about or "→ イノベーション" in about


def test_a_label_with_markup_stays_text_in_the_page(browse: Callable[[str], str]) -> None:
    node = Node("https://e.org/x", "field", EVIL, EVIL, EVIL, "#f0e442", 10.0)
    page = "".join(html.write(Network((node,), (), {"title": EVIL, "attribution": EVIL})))
    assert page.count("<script") == 2
    assert "<img" not in page
    dom = browse(page)
    assert 'data-ready="1 0"' in dom
    assert "<img" not in dom


def test_the_page_allows_its_own_script_and_no_request(awkward: Network) -> None:
    page = "".join(html.write(awkward))
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    assert policy[1].startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy[1]
    assert not re.search(r'(?:src|href)="(?:https?:)?//(?!creativecommons)', page)
    assert not re.search(r"\sstyle=|\son\w+=", page)


def test_gexf_is_valid(awkward: Network, draw: Draw, root: Path) -> None:
    schema = root.parent / "shared" / "schemas" / "gexf-1.3" / "gexf.xsd"
    if not schema.is_file():
        pytest.skip("the schema of GEXF 1.3 is not at hand")
    known = etree.XMLSchema(etree.parse(schema))
    for network in (awkward, draw("everything", "ja"), draw("evolution", "en")):
        known.assertValid(etree.fromstring("".join(gexf.write(network)).encode()))


def test_gexf_is_dynamic_only_where_something_has_a_date(awkward: Network) -> None:
    assert 'mode="dynamic" timeformat="date"' in "".join(gexf.write(awkward))
    plain = Network((awkward.nodes[0],), (), {})
    assert 'idtype="string" mode="static"' in "".join(gexf.write(plain))
