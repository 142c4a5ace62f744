"""A graph of people, departments of a thousand each, and whom they know; from a fixed seed."""

from __future__ import annotations

import random
from pathlib import Path

__all__ = ["EACH", "QUERIES", "departments", "generate", "people"]

EACH = 1000
"""People of a department: the rows of the join."""

_TRIPLES = 5
BASE = "http://bench.example/"


def people(triples: int) -> int:
    return triples // _TRIPLES


def departments(triples: int) -> int:
    return max(1, people(triples) // EACH)


def generate(triples: int, file: Path, seed: int = 1) -> None:
    """Write so many triples as N-Triples, which is Turtle too."""
    chance, count, groups = random.Random(seed), people(triples), departments(triples)  # noqa: S311
    integer = "http://www.w3.org/2001/XMLSchema#integer"
    kind = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    with file.open("w", encoding="utf-8") as out:
        for number in range(count):
            person = f"<{BASE}p/{number}>"
            out.write(
                f'{person} <{BASE}name> "Person number {number}" .\n'
                f'{person} <{BASE}age> "{number % 90}"^^<{integer}> .\n'
                f"{person} <{BASE}in> <{BASE}d/{number % groups}> .\n"
                f"{person} <{BASE}knows> <{BASE}p/{chance.randrange(count)}> .\n"
                f"{person} <{kind}> <{BASE}Person> .\n"
            )


# %N stands for a number that is new with each request, %P and %D for it among people, departments.
QUERIES = {
    "lookup": f"SELECT ?n {{ <{BASE}p/%P> <{BASE}name> ?n FILTER(?n != '%N') }}",
    "join": f"SELECT ?a ?n ?g {{ ?a <{BASE}in> <{BASE}d/%D> ; <{BASE}name> ?n ; "
    f"<{BASE}knows> ?k . ?k <{BASE}age> ?g FILTER(?g > -%N) }} LIMIT 1000",
    "aggregation": f"SELECT ?d (AVG(?g) AS ?m) (COUNT(*) AS ?c) {{ ?a <{BASE}in> ?d ; "
    f"<{BASE}age> ?g FILTER(?g > -%N) }} GROUP BY ?d",
    "CONSTRUCT": f"CONSTRUCT {{ ?a <{BASE}label> ?n }} WHERE {{ ?a <{BASE}in> <{BASE}d/%D> ; "
    f"<{BASE}name> ?n FILTER(?n != '%N') }}",
}
