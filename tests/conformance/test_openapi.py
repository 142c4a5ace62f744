"""Requests made up by Schemathesis from the OpenAPI description: no 5xx, no undocumented status."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, status_code_conformance
from tests.serving import serving

from stigraph.web.openapi import describe

SMALL = Path(__file__).parents[1] / "web" / "project"


@schemathesis.serializer("application/sparql-query")
def as_text(_: schemathesis.SerializationContext, value: object) -> bytes:
    """Send a query as it is, whatever characters are in it."""
    return str(value).encode("utf-8", "surrogatepass")


schema = schemathesis.openapi.from_dict(describe(linked=True))


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Return the address of a server over a small project."""
    with serving("--deadline", "5", cwd=SMALL) as served:
        yield served.address


@schema.parametrize()
@settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_whatever_is_sent_the_answer_is_documented(case: Any, address: str) -> None:
    response = case.call(base_url=address, timeout=30)
    case.validate_response(
        response,
        checks=[not_a_server_error, status_code_conformance, content_type_conformance],
    )


def test_the_description_is_served(address: str) -> None:
    assert httpx.get(f"{address}/openapi.json").json() == describe(linked=True)
