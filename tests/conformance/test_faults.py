"""Whatever clients do, the server stays up, nothing leaks, and each gets a right answer or error.

``docs/explanation/endpoint.md`` has a sentence for each of these.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
from tests.serving import Served, serving, until

DEADLINE = 1.5
PLACE = "<http://d.example/p>"
NEXT = "<http://d.example/next>"
PRODUCT = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
DOUBLING = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(40))
JSON = "application/problem+json"
DIRECT = {"content-type": "application/sparql-query"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a chain of a thousand nodes."""
    found = tmp_path_factory.mktemp("chain")
    lines = [
        f"<http://d.example/{n}> {NEXT} <http://d.example/{n + 1}> ; {PLACE} {n} ."
        for n in range(1000)
    ]
    (found / "chain.ttl").write_text("\n".join(lines), encoding="utf-8")
    return found


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[Served]:
    """Return a server with a short deadline and little memory."""
    options = ("--deadline", str(DEADLINE), "--memory", "100M", "--data", str(folder))
    with serving(*options) as found:
        yield found


@pytest.fixture
def client(served: Served) -> Iterator[httpx.Client]:
    """Return a client; afterwards the server must be as it was before."""
    with httpx.Client(base_url=served.address, timeout=60) as made:
        yield made
    assert ask(served) == 200
    until(lambda: len(served.workers()) == 2, "two workers are back")
    assert served.process.poll() is None


def ask(served: Served) -> int:
    return httpx.get(f"{served.address}/sparql?query=ASK%7B%7D", timeout=30).status_code


def post(client: httpx.Client, query: str, accept: str = "*/*") -> httpx.Response:
    headers = {**DIRECT, "accept": accept}
    return client.post("/sparql", content=query.encode(), headers=headers)


HEAVY = {
    "cartesian COUNT": f"SELECT (COUNT(*) AS ?n) {{ {PRODUCT} }}",
    "ORDER BY on a product": f"SELECT * {{ {PRODUCT} }} ORDER BY ?c ?f ?i",
    "nested paths": f"SELECT (COUNT(*) AS ?n) {{ ?a (({NEXT}*)*/({NEXT}*)*)* ?b }}",
    "GROUP_CONCAT": f"SELECT (GROUP_CONCAT(STR(?a)) AS ?n) {{ {PRODUCT} }}",
    "CONCAT": f'SELECT (STRLEN(?x40) AS ?n) {{ BIND("0123456789" AS ?x0) {DOUBLING} }}',
    "a filter of 20,000 terms": "SELECT * { ?a ?b ?c FILTER("
    + " || ".join(f"?c = {n}" for n in range(20_000))
    + ") }",
    "a path of 10,000 steps": f"SELECT * {{ ?a {'/'.join([NEXT] * 10_000)} ?b }}",
    "a regular expression that explodes": 'SELECT * { ?a ?b ?c FILTER(REGEX(STR(?c), "'
    + "(" * 5
    + "a{1,100}"
    + "){1,100}" * 5
    + '")) }',
    "a product in a subquery": f"SELECT * {{ {{ SELECT DISTINCT ?c ?f ?i {{ {PRODUCT} }} }} }}",
}


@pytest.fixture(scope="module")
def heavy(served: Served) -> tuple[dict[str, httpx.Response], list[httpx.Response]]:
    """Return the answers to all heavy queries, sent at once, and to light ones beside them."""
    with httpx.Client(base_url=served.address, timeout=120) as client:
        with ThreadPoolExecutor(len(HEAVY) + 1) as senders:
            sent = {name: senders.submit(post, client, query) for name, query in HEAVY.items()}
            light = [
                client.get("/sparql", params={"query": f"SELECT ({number} AS ?n) {{}}"})
                for number in range(10)
            ]
        return {name: answer.result() for name, answer in sent.items()}, light


@pytest.mark.parametrize("name", HEAVY)
def test_a_heavy_query_costs_its_own_client_an_error_alone(
    heavy: tuple[dict[str, httpx.Response], list[httpx.Response]], served: Served, name: str
) -> None:
    response = heavy[0][name]
    assert response.status_code in (503, 504), response.text[:200]
    assert response.headers["content-type"] == JSON
    assert response.json()["status"] == response.status_code
    if response.status_code == 503:
        assert int(response.headers["retry-after"]) >= 1
    assert [light.status_code for light in heavy[1]] == [200] * 10
    until(lambda: len(served.workers()) == 2, "two workers are back")


def test_five_thousand_nested_groups_are_answered(client: httpx.Client) -> None:
    query = f"SELECT * {{ {'{' * 5000} <http://d.example/5> {PLACE} ?n {'}' * 5000} }}"
    response = post(client, query)
    assert response.status_code == 200
    assert response.json()["results"]["bindings"][0]["n"]["value"] == "5"


def test_deeper_nesting_than_can_be_read_costs_its_client_an_error(client: httpx.Client) -> None:
    response = post(client, f"SELECT ({'(' * 400_000}1{')' * 400_000} AS ?n) {{}}")
    assert response.status_code in (503, 504)
    assert response.headers["content-type"] == JSON


def test_a_path_over_the_whole_chain_is_answered(client: httpx.Client) -> None:
    query = f"SELECT (COUNT(*) AS ?n) {{ <http://d.example/0> {NEXT}+ ?b }}"
    assert post(client, query).json()["results"]["bindings"][0]["n"]["value"] == "1000"


@pytest.mark.parametrize("form", ["text/csv", "application/sparql-results+json"])
def test_a_result_over_the_cap_is_an_error_that_names_limit(
    client: httpx.Client, form: str
) -> None:
    response = post(client, "SELECT * { ?a ?b ?c . ?d ?e ?f }", form)
    # Where the machine is slow, the deadline comes first; a cut body comes never.
    assert response.status_code in (413, 504)
    if response.status_code == 413:
        assert "LIMIT" in response.json()["detail"]


@pytest.fixture
def listener() -> Iterator[tuple[int, list[str]]]:
    """Return the port of a listener on loopback, and the list of who called."""
    calls: list[str] = []

    def listen(server: socket.socket) -> None:
        with suppress(OSError):
            while True:
                connection, who = server.accept()
                calls.append(str(who))
                connection.close()

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=listen, args=(server,))
        thread.start()
        yield server.getsockname()[1], calls
        server.shutdown(socket.SHUT_RDWR)
        thread.join()


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT <URL> { ?s ?p ?o } }",
        "SELECT * { \\u0053ERVICE <URL> { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o . # \n seRVice#\n<URL>{ ?s ?p ?o } }",
        "SELECT * FROM <URL> { ?s ?p ?o }",
        "SELECT * FROM NAMED <URL> { GRAPH ?g { ?s ?p ?o } }",
        "LOAD <URL>",
        "LOAD SILENT <URL> INTO GRAPH <http://d.example/g>",
        "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
        "SELECT * { SERVICE <file:///etc/passwd> { ?s ?p ?o } }",
    ],
)
def test_no_query_reaches_out(
    client: httpx.Client, listener: tuple[int, list[str]], query: str
) -> None:
    port, calls = listener
    response = post(client, query.replace("URL", f"http://127.0.0.1:{port}/"))
    assert response.status_code == 400, response.text
    assert "passwd" not in response.text.replace(query, "").replace("file:///etc/passwd", "")
    assert calls == []


@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri"])
def test_no_dataset_reaches_out(
    client: httpx.Client, listener: tuple[int, list[str]], name: str
) -> None:
    port, calls = listener
    query = "SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    for place in (f"http://127.0.0.1:{port}/", "file:///etc/passwd"):
        response = client.get("/sparql", params={"query": query, name: place})
        assert response.json()["results"]["bindings"] == []
    assert calls == []


@pytest.mark.parametrize("declared", [True, False])
def test_a_body_of_100_mb_is_refused_before_it_is_sent(served: Served, declared: bool) -> None:
    port = int(served.address.rpartition(":")[2])
    length = b"content-length: 104857600" if declared else b"transfer-encoding: chunked"
    head = b"POST /sparql HTTP/1.1\r\nhost: x\r\ncontent-type: application/sparql-query\r\n"
    chunk = b"#" * 65536 if declared else b"10000\r\n" + b"#" * 65536 + b"\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(head + length + b"\r\n\r\n")
        if not declared:
            for _ in range(20):
                connection.sendall(chunk)
        assert connection.recv(64).startswith(b"HTTP/1.1 413 ")
        with suppress(OSError):  # whoever goes on sending harms nobody
            for _ in range(1600):
                connection.sendall(chunk)
    assert ask(served) == 200


def test_300_slow_connections_keep_nobody_out(served: Served) -> None:
    port = int(served.address.rpartition(":")[2])
    slow = [socket.create_connection(("127.0.0.1", port)) for _ in range(300)]
    try:
        for number, connection in enumerate(slow):
            connection.sendall(
                (
                    b"GET /sparql?query=ASK",
                    b"POST /sparql HTTP/1.1\r\ncontent-length: 50\r\n\r\nA",
                    b"",
                )[number % 3]
            )
        for _ in range(10):
            assert ask(served) == 200
        # A head that doesn't come in time is told so, and the connection is closed.
        slow[0].settimeout(20)
        told = b""
        while piece := slow[0].recv(4096):
            told += piece
        assert told.startswith(b"HTTP/1.1 408 ")
        assert JSON.encode() in told
    finally:
        for connection in slow:
            connection.close()


def test_an_endless_address_and_an_endless_head_are_refused(served: Served) -> None:
    port = int(served.address.rpartition(":")[2])
    for start, piece, status in (
        (b"GET /sparql?query=", b"a" * 8192, b"414"),
        (b"GET / HTTP/1.1\r\n", b"x-a: " + b"b" * 8192 + b"\r\n", b"431"),
    ):
        with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
            connection.sendall(start)
            with suppress(OSError):
                for _ in range(100):
                    connection.sendall(piece)
            with suppress(ConnectionResetError):
                told = connection.recv(64)
                assert told.startswith(b"HTTP/1.1 " + status)
    assert ask(served) == 200


def test_no_http_is_told(served: Served) -> None:
    port = int(served.address.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(b"\x16\x03\x01 hello\r\n\r\n")
        assert connection.recv(4096).startswith(b"HTTP/1.1 400 ")


def test_the_work_for_a_client_that_vanishes_is_stopped(
    served: Served, client: httpx.Client
) -> None:
    del client
    before = len(served.events("killed"))
    for number in range(3):
        with pytest.raises(httpx.ReadTimeout):
            httpx.get(
                f"{served.address}/sparql",
                params={"query": f"{HEAVY['cartesian COUNT']} #{number}"},
                timeout=0.3,
            )
    until(lambda: len(served.events("killed")) >= before + 3, "stopped")
    assert all(each["reason"] == "client gone" for each in served.events("killed")[before:])


def test_a_worker_killed_by_hand_is_back(served: Served, client: httpx.Client) -> None:
    del client
    for worker in served.workers():
        os.kill(worker, signal.SIGKILL)
        assert ask(served) == 200
        until(lambda gone=worker: gone not in served.workers(), "another worker")  # type: ignore[misc]


def test_fifty_clients_at_once_each_get_their_own_answer(served: Served) -> None:
    def one(number: int) -> str:
        query = f"SELECT ({number} AS ?n) {{ ?a {PLACE} {number} }}"
        response = httpx.get(f"{served.address}/sparql", params={"query": query}, timeout=60)
        assert response.status_code == 200, response.text
        return str(response.json()["results"]["bindings"][0]["n"]["value"])

    with ThreadPoolExecutor(50) as clients:
        assert list(clients.map(one, range(50))) == [str(number) for number in range(50)]


def test_a_full_disk_changes_nothing(folder: Path, tmp_path: Path) -> None:
    # Results never touch a disk: with nowhere to put a file, they come all the same.
    nowhere = tmp_path / "full"
    nowhere.touch()
    query = f"SELECT * {{ ?a {PLACE} ?b . ?c {PLACE} ?d }} LIMIT 20000"
    with serving("--data", str(folder), TMPDIR=str(nowhere), HOME=str(nowhere)) as found:
        told = httpx.get(f"{found.address}/sparql", params={"query": query}, timeout=60)
        assert len(told.json()["results"]["bindings"]) == 20_000


def test_data_replaced_in_the_middle_of_a_request(folder: Path, tmp_path: Path) -> None:
    place = tmp_path / "data"
    shutil.copytree(folder, place)
    slow = f"SELECT (COUNT(*) AS ?n) {{ ?a {PLACE} ?b . ?c {PLACE} ?d FILTER(?b + ?d > 1) }}"
    with serving("--data", str(place), "--watch") as found, ThreadPoolExecutor(1) as other:
        running = other.submit(
            httpx.get, f"{found.address}/sparql", params={"query": slow}, timeout=60
        )
        shutil.rmtree(place)
        place.mkdir()
        (place / "new.ttl").write_text("<http://d.example/x> a <http://d.example/New> .")
        assert running.result().json()["results"]["bindings"][0]["n"]["value"] == "999997"
        until(lambda: found.events("reloaded"), "reloaded")
        count = {"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"}
        told = httpx.get(f"{found.address}/sparql", params=count).json()
        assert told["results"]["bindings"][0]["n"]["value"] == "1"

        (place / "broken.ttl").write_text("this is no Turtle")
        until(lambda: found.events("reload refused"), "refused")
        assert "broken.ttl:1:" in found.events("reload refused")[0]["findings"][0]
        assert httpx.get(f"{found.address}/sparql", params=count).json() == told


def test_nothing_leaks_over_2000_requests(served: Served, client: httpx.Client) -> None:
    requests = [
        {"query": "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 3000"},
        {"query": "CONSTRUCT WHERE { ?a ?b ?c }"},
        {"query": "SELECT * {"},
        {"query": "ASK { SERVICE <http://x.example/> {} }"},
        {"query": "ASK {}", "format": "docx"},
        {},
    ]

    def round_of(count: int, start: int) -> None:
        for number in range(start, start + count):
            asked = dict(requests[number % len(requests)])
            if "query" in asked and number % 3:
                asked["query"] += f" #{number}"
            client.get("/sparql", params=asked)

    round_of(300, 0)
    time.sleep(0.2)
    before = held(served)
    round_of(2000, 300)
    until(lambda: len(served.workers()) == 2, "two workers")
    after = held(served)
    assert after["processes"] == before["processes"]
    assert after["descriptors"] <= before["descriptors"] + 4
    # What may grow is the cache of answers, up to its room of 64 MiB.
    assert after["memory"] <= before["memory"] + 100


def held(served: Served) -> dict[str, int]:
    """Return what the server holds: processes, descriptors, and MiB of the main process."""
    main = Path(f"/proc/{served.process.pid}")
    pages = int((main / "statm").read_text().split()[1])
    return {
        "processes": len(served.processes()),
        "descriptors": len(list((main / "fd").iterdir())),
        "memory": pages * os.sysconf("SC_PAGE_SIZE") // 1024**2,
    }


def test_sigterm_ends_all_processes_in_time_whatever_runs(folder: Path) -> None:
    with serving("--data", str(folder)) as found:
        until(lambda: len(found.workers()) == 2, "two workers")
        for number in range(3):
            with pytest.raises(httpx.ReadTimeout):
                httpx.get(
                    f"{found.address}/sparql",
                    params={"query": f"{HEAVY['cartesian COUNT']} #{number}"},
                    timeout=0.2,
                )
        every = [found.process.pid, *found.processes()]
        found.process.send_signal(signal.SIGTERM)
        assert found.process.wait(5) == 0
        until(lambda: not any(Path(f"/proc/{each}").exists() for each in every[1:]), "gone", 3)


def test_idle_there_are_the_main_process_a_template_and_the_workers(served: Served) -> None:
    until(lambda: len(served.processes()) == 3, "a template and two workers")


def test_a_server_that_is_killed_leaves_nothing_behind(folder: Path) -> None:
    with serving("--data", str(folder)) as found:
        until(lambda: len(found.workers()) == 2, "two workers")
        every = found.processes()
        found.process.kill()
        until(lambda: not any(Path(f"/proc/{each}").exists() for each in every), "gone")
