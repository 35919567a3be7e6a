"""Reads and marks among 100,000 messages of one conversation and 10,000 contacts of one user: the CPU of each, and how long
others wait while that user asks for all that the rate limits allow."""
import dataclasses
import http.client
import json
import statistics
import threading
import time
import urllib.parse

from cluster import Cluster
from load import Load, drive
from measurement import SECRET, SHORT_TEXT, Measurement
from report import Row, at_most
from sides import BenchFailed, Side, wait_until_answering

MESSAGES = 100_000
CONTACTS = 10_000
#: CPU is counted in hundredths of a second.
REPEATS = 100
CPU_MILLISECONDS_MAX = 8.0
QUIET_REQUESTS = 200
BURST_CONNECTIONS = 32
#: The server's limit of other requests than searches and sends.
BURST_REQUESTS = 600
WAIT_MILLISECONDS_MAX = 60.0
WAIT_RATIO_MAX = 8


class Client:
    """A connection of a user who is signed in."""

    def __init__(self, side: Side, token: str):
        self.connection = http.client.HTTPConnection("127.0.0.1", side.port, timeout=60)
        self.fields = {"Authorization": f"Bearer {token}"}

    def send(self, method: str, path: str, body: object = None) -> tuple[int, object]:
        fields = self.fields | ({"Content-Type": "application/json"} if body is not None else {})
        self.connection.request(method, path, None if body is None else json.dumps(body), fields)
        response = self.connection.getresponse()
        text = response.read()
        return response.status, json.loads(text) if text else None

    def get(self, path: str, **query: object) -> object:
        status, value = self.send("GET", f"{path}?{urllib.parse.urlencode(query)}")
        if status != 200:
            raise BenchFailed(f"GET {path} {query} was answered with {status}: {value}")
        return value


@dataclasses.dataclass
class Crowd:
    """The user with many messages and contacts, the other one of the conversation, and somebody else."""
    ada: tuple[str, str]
    bob: tuple[str, str]
    other: tuple[str, str]
    #: Ids of messages to Ada, spread over the conversation from its start to its end.
    marks: list[str] = dataclasses.field(default_factory=list)
    #: A time in the middle of the conversation.
    middle: str = ""


def crowded(run: Measurement) -> None:
    folder = run.folder / "crowded"
    folder.mkdir()
    measure(run, "SQLite", f"sqlite:{folder}/parley.db", folder, None)
    cluster = Cluster(run.folder / "crowded-postgres")
    try:
        measure(run, "PostgreSQL", cluster.create("crowded"), folder, cluster)
    finally:
        run.sides.end()
        cluster.end()


def measure(run: Measurement, engine: str, database: str, folder, cluster: Cluster | None) -> None:
    seeded = run.tool("seed", "--database", database.removeprefix("sqlite:"), "--secret", SECRET, "--users", CONTACTS + 2)
    users = [tuple(line.split()) for line in seeded.splitlines()]
    crowd = Crowd(ada=users[0], bob=users[1], other=users[2])
    side = run.product(folder, database)
    side.database = cluster
    wait_until_answering(side)
    fill(run, side, crowd, users)
    run.rows.append(cost(side, crowd, engine))
    run.end(side)
    limited = run.sides.parley(folder, DATABASE_URL=database, JWT_SECRET=SECRET, LOG_LEVEL="info", LOG_FORMAT="json")
    wait_until_answering(limited)
    run.rows.append(waits(limited, crowd, engine))
    run.end(limited)


# Data

def fill(run: Measurement, side: Side, crowd: Crowd, users: list[tuple[str, str]]) -> None:
    pair = run.folder / "pair.txt"
    pair.write_text("".join(f"{token} {user}\n" for token, user in (crowd.ada, crowd.bob)))
    sent = 0
    while sent < MESSAGES:
        sent += drive(side, Load("/messages", SHORT_TEXT, pair), 1 if run.is_quick else 3).requests
        if run.is_quick:
            break
    ada = Client(side, crowd.ada[0])
    for _, user in users[1:20] if run.is_quick else users[1:CONTACTS + 1]:
        status, value = ada.send("POST", "/contacts", {"userId": user})
        if status != 201:
            raise BenchFailed(f"POST /contacts was answered with {status}: {value}")
    find_marks(ada, crowd, sent)


def find_marks(ada: Client, crowd: Crowd, sent: int) -> None:
    """Pages through the conversation from its start, and keeps a message to Ada of every so many pages."""
    every = max(1, sent // 100 // (REPEATS + 1))
    query: dict[str, object] = {"with": crowd.bob[1], "order": "asc", "limit": 100}
    for number in range(sent // 100):
        page = ada.get("/messages", **query)
        to_ada = [item for item in page["items"] if item["recipientId"] == crowd.ada[1]]
        if number % every == 0 and to_ada:
            crowd.marks.append(to_ada[0]["id"])
        if number == sent // 200:
            crowd.middle = page["items"][0]["createdAt"]
        if not page["nextCursor"]:
            break
        query["cursor"] = page["nextCursor"]


# Cost

def cost(side: Side, crowd: Crowd, engine: str) -> Row:
    """The dearest operation, of both the server's CPU and the database's."""
    ada = Client(side, crowd.ada[0])
    costs = {what: milliseconds(side, ada, requests) for what, requests in operations(crowd).items()}
    dearest = max(costs, key=costs.get)
    rest = ", ".join(f"{what} {value:.1f}" for what, value in costs.items())
    return at_most(f"CPU of the dearest read or mark among {MESSAGES:,} messages and {CONTACTS:,} contacts, {engine}", "–",
                   CPU_MILLISECONDS_MAX, [costs[dearest]], "ms", f", {dearest} ({rest})")


def operations(crowd: Crowd) -> dict[str, list[tuple]]:
    def messages(**query: object) -> list[tuple]:
        return [("GET", "/messages?" + urllib.parse.urlencode({"with": crowd.bob[1], "limit": 50} | query))] * REPEATS
    return {
        "newest page": messages(),
        "oldest page": messages(order="asc"),
        "from a time": messages(order="asc", **{"from": crowd.middle}),
        "to a time": messages(to=crowd.middle),
        "a word of all": messages(search="fox"),
        "a word of all, from a time": messages(search="fox dog", **{"from": crowd.middle}),
        "a word of none": messages(search="elephant"),
        "conversations": [("GET", "/conversations?limit=50")] * REPEATS,
        "contacts": [("GET", "/contacts?limit=50")] * REPEATS,
        "one contact": [("GET", "/contacts?limit=50&search=777+user")] * REPEATS,
        "many contacts": [("GET", "/contacts?limit=50&search=user")] * REPEATS,
        "no contact": [("GET", "/contacts?limit=50&search=nobody")] * REPEATS,
        "read marks": [("PUT", f"/messages/{message}/status", {"status": "read"}) for message in crowd.marks],
    }


def milliseconds(side: Side, client: Client, requests: list[tuple]) -> float:
    def used() -> float:
        return side.cpu_seconds() + (side.database.cpu_seconds() if side.database else 0.0)
    before = used()
    for request in requests:
        status, value = client.send(*request)
        if status != 200:
            raise BenchFailed(f"{request} was answered with {status}: {value}")
    return (used() - before) / len(requests) * 1e3


# Waits

def waits(side: Side, crowd: Crowd, engine: str) -> Row:
    """The 95th of 100 waits of somebody else, while Ada sends whatever the limits allow; the worst of the bursts."""
    quiet = percentile(others(side, crowd, lambda number: number < QUIET_REQUESTS))
    bound = round(max(WAIT_RATIO_MAX * quiet, WAIT_MILLISECONDS_MAX))
    found = {}
    for what, requests in bursts(crowd).items():
        burst = Burst(side, crowd, requests)
        found[what] = percentile(others(side, crowd, lambda number: number < QUIET_REQUESTS or burst.is_running()))
        burst.end()
    worst = max(found, key=found.get)
    rest = ", ".join(f"{what} {value:.0f}" for what, value in found.items())
    return at_most(f"p95 of others' requests while one user asks for all that is allowed, {engine}",
                   f"the larger of {WAIT_MILLISECONDS_MAX:g} ms and {WAIT_RATIO_MAX} × its quiet {quiet:.1f} ms",
                   bound, [found[worst]], "ms", f" ({rest})")


def bursts(crowd: Crowd) -> dict[str, list[tuple]]:
    all = operations(crowd)
    reads = [request for what in ("newest page", "from a time", "conversations", "contacts") for request in all[what]]
    searches = [request for what in ("a word of all", "many contacts", "no contact") for request in all[what]]
    return {"searches": searches, "pages": reads, "read marks": all["read marks"]}


class Burst:
    """Ada's requests on many connections at once, each sent again and again; refusals by a limit are part of it."""

    def __init__(self, side: Side, crowd: Crowd, requests: list[tuple]):
        self.rest = (requests * (BURST_REQUESTS // len(requests) + 1))[:BURST_REQUESTS]
        self.lock = threading.Lock()
        self.failed: list[object] = []
        self.threads = [threading.Thread(target=self.send, args=(Client(side, crowd.ada[0]),))
                        for _ in range(BURST_CONNECTIONS)]
        for thread in self.threads:
            thread.start()

    def send(self, client: Client) -> None:
        while True:
            with self.lock:
                if not self.rest:
                    return
                request = self.rest.pop()
            try:
                status, value = client.send(*request)
            except OSError as error:
                status, value = 0, error
            if status not in (200, 429):
                self.failed.append((request, status, value))

    def is_running(self) -> bool:
        return any(thread.is_alive() for thread in self.threads)

    def end(self) -> None:
        for thread in self.threads:
            thread.join()
        if self.failed:
            raise BenchFailed(f"a burst was answered with {self.failed[0]}")


def others(side: Side, crowd: Crowd, goes_on) -> list[float]:
    """The milliseconds of somebody else's reads, a pause of 5 ms after each, and of the probe /ready of a balancer."""
    client, found, number = Client(side, crowd.other[0]), [], 0
    while goes_on(number):
        path = "/users/me" if number % 2 else "/ready"
        start = time.monotonic()
        status, value = client.send("GET", path)
        found.append((time.monotonic() - start) * 1e3)
        if status not in (200, 429):
            raise BenchFailed(f"GET {path} of somebody else was answered with {status}: {value}")
        number += 1
        time.sleep(0.005)
    return found


def percentile(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]
