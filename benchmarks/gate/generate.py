"""Make a graph of STI policy of a given size, with faults, and the shapes that find them.

    python benchmarks/gate/generate.py TRIPLES FOLDER [--seed N]

writes ``FOLDER/data.ttl``, ``FOLDER/shapes.ttl`` (copied) and ``FOLDER/faults.json``: how many
faults of each kind were put in.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
SHAPES = HERE / "shapes.ttl"
HEADER = """\
@prefix b: <https://bench.example/vocab#> .
@prefix i: <https://bench.example/id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

b:University rdfs:subClassOf b:Institution .
b:Ministry rdfs:subClassOf b:Institution .
b:Company rdfs:subClassOf b:Institution .
b:Grant rdfs:subClassOf b:Budget .
"""
FAULTS_PER_THOUSAND = 2
KINDS = ("appropriation", "request", "grant", "loan")
STATES = ("planned", "running", "closed")

Node = list[tuple[str, str]]


def text(value: str) -> str:
    return f'"{value}"'


def labels(kind: str, number: int) -> Node:
    return [("b:label", f'"{kind} {number}"@en'), ("b:label", f'"{kind}の{number}番"@ja')]


def day(year: int, number: int) -> str:
    return f'"{year}-{number % 12 + 1:02}-{number % 28 + 1:02}"^^xsd:date'


@dataclass
class Maker:
    """Writes nodes, some of them with a fault."""

    random: random.Random
    faults: Counter[str] = field(default_factory=Counter)
    triples: int = 0

    def node(self, name: str, node: Node, *broken: Callable[[Node], str]) -> str:
        if self.random.randrange(1000) < FAULTS_PER_THOUSAND:
            self.faults[self.random.choice(broken)(node)] += 1
        self.triples += len(node)
        body = " ;\n    ".join(f"{predicate} {value}" for predicate, value in node)
        return f"{name} {body} .\n"


def drop(predicate: str) -> Callable[[Node], str]:
    def change(node: Node) -> str:
        node[:] = [item for item in node if item[0] != predicate]
        return f"drop {predicate}"

    return change


def put(predicate: str, value: str) -> Callable[[Node], str]:
    def change(node: Node) -> str:
        node[:] = [item for item in node if item[0] != predicate] + [(predicate, value)]
        return f"put {predicate} {value}"

    return change


def add(predicate: str, value: str) -> Callable[[Node], str]:
    def change(node: Node) -> str:
        node.append((predicate, value))
        return f"add {predicate} {value}"

    return change


def institution(maker: Maker, n: int) -> str:
    node = [
        ("a", ("b:University", "b:Ministry", "b:Company")[n % 3]),
        *labels("Institution", n),
        ("b:corporateNumber", text(f"{n:013}")),
        ("b:homepage", f"<https://i{n}.example/>"),
        ("b:founded", f'"{1900 + n % 120}"^^xsd:gYear'),
        ("b:staff", str(10 + n % 5000)),
        ("b:abbreviation", text(f"I{n}")),
    ]
    return maker.node(
        f"i:o{n}",
        node,
        put("b:corporateNumber", text("12")),
        drop("b:label"),
        put("b:homepage", text("none")),
        put("b:founded", '"soon"^^xsd:gYear'),
        put("b:staff", "-1"),
        add("b:label", '"once more"@en'),
        put("b:abbreviation", text("a far too long abbreviation")),
    )


def strategy(maker: Maker, n: int) -> str:
    node = [
        ("a", "b:Strategy"),
        *labels("Strategy", n),
        ("b:from", day(2010 + n % 10, n)),
        ("b:to", day(2025, n)),
        ("b:owner", f"i:o{n % max(1, n)}"),
        ("b:url", f'"https://s.example/{n}"^^xsd:anyURI'),
    ]
    return maker.node(
        f"i:s{n}",
        node,
        put("b:to", '"2001-01-01"^^xsd:date'),
        drop("b:owner"),
        put("b:url", text("x")),
        add("b:from", '"2009-01-01"^^xsd:date'),
        put("b:label", '"nur deutsch"@de'),
    )


def measure(maker: Maker, n: int, strategies: int, pillars: int) -> str:
    node = [
        ("a", "b:Measure"),
        *labels("Measure", n),
        ("b:partOf", f"i:s{n % strategies}"),
        ("b:pillar", f"i:l{n % pillars}"),
        ("b:order", str(n % 90 + 1)),
        ("b:state", text(STATES[n % 3])),
        ("b:phrase", text(f"施策{n}")),
    ]
    return maker.node(
        f"i:m{n}",
        node,
        put("b:partOf", "i:nowhere"),
        put("b:order", "0"),
        put("b:order", '"1.5"^^xsd:decimal'),
        put("b:state", text("lost")),
        put("b:phrase", text("a" * 50)),
        add("b:comment", text("not allowed here")),
        put("b:pillar", "i:s0"),
    )


def pillar(maker: Maker, n: int, strategies: int) -> str:
    node = [
        ("a", "b:Pillar"),
        *labels("Pillar", n),
        ("b:partOf", f"i:s{n % strategies}"),
        ("b:number", text(f"{n % 9 + 1}.{n % 7 + 1}")),
        ("b:code", text(f"PL-{n:06}")),
    ]
    return maker.node(
        f"i:l{n}",
        node,
        put("b:number", text("one")),
        put("b:code", text("pl")),
        drop("b:partOf"),
        add("b:code", text("PL-999999")),
    )


def programme(maker: Maker, n: int, measures: int, institutions: int) -> str:
    node = [
        ("a", "b:Programme"),
        *labels("Programme", n),
        ("b:implements", f"i:m{n % measures}"),
        ("b:ministry", f"i:o{(n * 3 + 1) % institutions // 3 * 3 + 1}"),
        ("b:name", text(f"programme {n}")),
        ("b:shortName", text(f"p{n}")),
        ("b:active", "true" if n % 2 else "false"),
        ("b:start", day(2015 + n % 8, n)),
        ("b:end", day(2026, n)),
        ("b:lead", f"i:o{n % institutions}"),
        ("b:lead2", f"i:o{(n + 1) % institutions}"),
    ]
    return maker.node(
        f"i:g{n}",
        node,
        put("b:implements", text("a measure")),
        put("b:active", text("yes")),
        put("b:end", '"2010-01-01"^^xsd:date'),
        put("b:shortName", text(f"programme {n}")),
        put("b:lead2", f"i:o{n % institutions}"),
        drop("b:name"),
        put("b:ministry", "i:o0"),
    )


def project(maker: Maker, n: int, programmes: int, institutions: int) -> str:
    leader = n % institutions
    node = [
        ("a", "b:Project"),
        *labels("Project", n),
        ("b:under", f"i:g{n % programmes}"),
        ("b:code", text(f"JP{n:07}")),
        ("b:trl", str(n % 9 + 1)),
        ("b:share", f"0.{n % 9 + 1}"),
        ("b:start", day(2018 + n % 6, n)),
        ("b:end", day(2027, n)),
        ("b:partner", f"i:o{leader}"),
        ("b:partner", f"i:o{(leader + 1) % institutions}"),
        ("b:coordinator", f"i:o{leader}"),
        ("b:contact", f"i:c{n}"),
    ]
    return maker.node(
        f"i:p{n}",
        node,
        put("b:code", text("no code")),
        put("b:trl", "10"),
        put("b:share", "1.5"),
        put("b:share", text("half")),
        put("b:coordinator", "i:o999999999"),
        drop("b:under"),
        drop("b:partner"),
        drop("b:contact"),
        put("b:start", '"2018-02-31"^^xsd:date'),
        add("b:trl", "3"),
    )


def contact(maker: Maker, n: int) -> str:
    node = [
        ("a", "b:Contact"),
        ("b:email", text(f"p{n}@x.example")),
        ("b:role", "i:role-lead" if n % 4 else "i:role-admin"),
    ]
    return maker.node(
        f"i:c{n}", node, put("b:email", text("nobody")), drop("b:role"), put("b:role", "i:role-x")
    )


def budget(maker: Maker, n: int, projects: int) -> str:
    node = [
        ("a", "b:Grant" if n % 5 == 0 else "b:Budget"),
        ("b:for", f"i:p{n % projects}"),
        ("b:amount", str(1000 + n * 37 % 900000)),
        ("b:currency", text("JPY")),
        ("b:kind", text(KINDS[n % 4])),
        ("b:firstYear", str(2020 + n % 4)),
        ("b:lastYear", str(2024 + n % 4)),
        ("b:source", f"<https://src.example/{n % 1000}>"),
    ]
    return maker.node(
        f"i:b{n}",
        node,
        put("b:amount", "-5"),
        put("b:amount", text("much")),
        put("b:currency", text("EUR")),
        put("b:kind", text("gift")),
        put("b:lastYear", "1999"),
        drop("b:source"),
        drop("b:for"),
        add("b:amount", "7"),
    )


def indicator(maker: Maker, n: int) -> str:
    node = [
        ("a", "b:Indicator"),
        *labels("Indicator", n),
        ("b:unit", text("percent" if n % 2 else "count")),
        ("b:shownUnit", text("percent" if n % 2 else "count")),
        ("b:target", str(n % 100)),
        ("b:broader", f"i:k{n // 2}"),
    ]
    return maker.node(
        f"i:k{n}",
        node,
        put("b:unit", text("miles")),
        put("b:shownUnit", text("yen")),
        put("b:target", "101"),
    )


def event(maker: Maker, n: int, measures: int) -> str:
    node = [
        ("a", "b:Event"),
        ("b:about", f"i:m{n % measures}"),
        ("b:date", day(2020 + n % 6, n)),
        ("b:note", f'"note {n}"@en' if n % 2 else text(f"note {n}")),
    ]
    return maker.node(
        f"i:e{n}",
        node,
        put("b:note", "5"),
        drop("b:date"),
        put("b:about", "_:nobody"),
        put("b:date", '"2030-01-01"^^xsd:date'),
    )


def nodes(maker: Maker, triples: int) -> Iterator[str]:
    unit = triples / 1000
    institutions = max(9, int(unit * 8))
    strategies = max(3, int(unit * 0.5))
    pillars = max(5, int(unit * 3))
    measures = max(10, int(unit * 8))
    programmes = max(5, int(unit * 5))
    projects = max(20, int(unit * 26))
    budgets = max(20, int(unit * 24))
    indicators = max(5, int(unit * 6))
    events = max(5, int(unit * 10))
    yield from (strategy(maker, n) for n in range(strategies))
    yield from (institution(maker, n) for n in range(institutions))
    yield from (pillar(maker, n, strategies) for n in range(pillars))
    yield from (measure(maker, n, strategies, pillars) for n in range(measures))
    yield from (programme(maker, n, measures, institutions) for n in range(programmes))
    yield from (project(maker, n, programmes, institutions) for n in range(projects))
    yield from (contact(maker, n) for n in range(projects))
    yield from (budget(maker, n, projects) for n in range(budgets))
    yield from (indicator(maker, n) for n in range(indicators))
    yield from (event(maker, n, measures) for n in range(events))


def generate(triples: int, folder: Path, seed: int = 1) -> Counter[str]:
    """Write the graph, the shapes and the count of faults into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    maker = Maker(random.Random(seed))  # noqa: S311 (no secret: the same graph every time)
    with (folder / "data.ttl").open("w", encoding="utf-8") as file:
        file.write(HEADER)
        file.writelines(nodes(maker, triples))
    shutil.copy(SHAPES, folder / "shapes.ttl")
    counts = json.dumps(dict(sorted(maker.faults.items())), ensure_ascii=False, indent=2)
    (folder / "faults.json").write_text(counts, encoding="utf-8")
    return maker.faults


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("triples", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    generate(options.triples, options.folder, options.seed)
