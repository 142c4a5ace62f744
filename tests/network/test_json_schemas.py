"""The JSON formats have the shape that their specifications give."""

from __future__ import annotations

import json
from importlib import import_module
from typing import Any, Final

import jsonschema
import pytest

from stigraph.network.model import Network

TEXT: Final = {"type": "string"}
NUMBER: Final = {"type": "number"}
WHOLE: Final = {"type": "integer"}
COLOR: Final = {"type": "string", "pattern": "^#[0-9a-f]{6}$"}


def shaped(required: dict[str, Any], *, closed: bool = False, **optional: Any) -> dict[str, Any]:
    """Return the schema of an object; a closed one has no other names."""
    return {
        "type": "object",
        "properties": {**required, **optional},
        "required": [*required],
        "additionalProperties": not closed,
    }


def items(schema: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": schema}


DATA: Final = shaped({"iri": TEXT, "kind": TEXT, "label": TEXT, "color": COLOR})
END: Final = {"source": TEXT, "target": TEXT}
SCHEMAS: Final[dict[str, dict[str, Any]]] = {
    # https://jsongraphformat.info/v2.1/json-graph-schema.json
    "jgf": shaped(
        {
            "graph": shaped(
                {
                    "id": TEXT,
                    "directed": {"const": True},
                    "nodes": {
                        "type": "object",
                        "additionalProperties": shaped(
                            {"label": TEXT, "metadata": DATA}, closed=True
                        ),
                    },
                    "edges": items(
                        shaped(
                            {**END, "id": TEXT, "relation": TEXT, "metadata": DATA},
                            closed=True,
                            directed={"type": "boolean"},
                            label=TEXT,
                        )
                    ),
                },
                closed=True,
                type=TEXT,
                label=TEXT,
                metadata={"type": "object"},
            )
        },
        closed=True,
    ),
    # https://graphology.github.io/serialization.html
    "graphology": shaped(
        {
            "options": shaped({"type": {"const": "directed"}, "multi": {"const": True}}),
            "attributes": {"type": "object"},
            "nodes": items(shaped({"key": TEXT, "attributes": DATA}, closed=True)),
            "edges": items(shaped({"key": TEXT, **END, "attributes": DATA}, closed=True)),
        },
        closed=True,
    ),
    "kumu": shaped(
        {
            "elements": items(shaped({"id": TEXT, "label": TEXT, "type": TEXT})),
            "connections": items(
                shaped({"from": TEXT, "to": TEXT, "direction": {"const": "directed"}})
            ),
        },
        closed=True,
    ),
    # https://jsoncanvas.org/spec/1.0/
    "canvas": shaped(
        {
            "nodes": items(
                shaped(
                    {
                        "id": TEXT,
                        "type": {"const": "text"},
                        **dict.fromkeys(("x", "y", "width", "height"), WHOLE),
                        "text": TEXT,
                    },
                    closed=True,
                    color=COLOR,
                )
            ),
            "edges": items(
                shaped(
                    {"id": TEXT, "fromNode": TEXT, "toNode": TEXT},
                    closed=True,
                    toEnd={"enum": ["none", "arrow"]},
                    color=COLOR,
                    label=TEXT,
                )
            ),
        },
        closed=True,
    ),
    # https://js.cytoscape.org/#notation/elements-json
    "cytoscape": shaped(
        {
            "elements": shaped(
                {
                    "nodes": items(
                        shaped(
                            {"data": DATA, "position": shaped({"x": NUMBER, "y": NUMBER})},
                            closed=True,
                        )
                    ),
                    "edges": items(shaped({"data": shaped(END)}, closed=True)),
                },
                closed=True,
            ),
            "style": items(shaped({"selector": TEXT, "style": {"type": "object"}})),
        }
    ),
}


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_json_format_has_the_shape_of_its_specification(awkward: Network, name: str) -> None:
    write = import_module(f"stigraph.network.writers.{name}").write
    for network in (awkward, Network((), (), {})):
        jsonschema.validate(json.loads("".join(write(network))), SCHEMAS[name])
