"""A login while others keep the password hasher busy: logins of unknown addresses from one network and from three, from
clients that hang up, and signed-in users who check their own right passwords; with the limits on."""
import http.client
import json
import socket
import statistics
import threading
import time
import uuid

from measurement import Measurement
from report import Row, at_most
from sides import BenchFailed, Side, wait_until_answering

PASSWORD = "correct horse battery"
VICTIM = "victim@example.org"
REPEATS = 3
QUIET_LOGINS = 5
LOGINS = 90
ACCOUNTS = 29
#: How long the attack is under way when the login comes.
HEAD_START_SECONDS = 0.05


class Networks:
    """Loopback addresses, each of a network of its own: the limits count by network."""

    def __init__(self):
        self.last = 0

    def next(self) -> str:
        self.last += 1
        return f"127.{1 + self.last // 200}.{self.last % 200}.1"


def send(side: Side, address: str, method: str, path: str, body: object, token: str | None = None) -> tuple[int, object]:
    connection = http.client.HTTPConnection("127.0.0.1", side.port, timeout=120, source_address=(address, 0))
    fields = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    try:
        connection.request(method, path, json.dumps(body), fields)
        response = connection.getresponse()
        text = response.read()
        return response.status, json.loads(text) if text else None
    finally:
        connection.close()


def login(email: str, password: str = PASSWORD) -> dict[str, str]:
    return {"email": email, "password": password}


def besieged(run: Measurement) -> None:
    folder = run.folder / "besieged"
    folder.mkdir()
    side = run.sides.parley(folder, DATABASE_URL=f"sqlite:{folder}/parley.db", LOG_LEVEL="error")
    wait_until_answering(side)
    networks = Networks()
    register(side, networks, VICTIM)
    quiet = statistics.median(seconds(side, networks) for _ in range(QUIET_LOGINS))
    found = {what: max(under(attack, side, networks) for _ in range(1 if run.is_quick else REPEATS))
             for what, attack in ATTACKS.items()}
    run.rows.append(row(quiet, found))
    run.end(side)


def row(quiet: float, found: dict[str, float]) -> Row:
    worst = max(found, key=found.get)
    rest = ", ".join(f"{what} {value:.2f}" for what, value in found.items())
    bound = round(2 * quiet + 0.5, 2)
    return at_most("another network's login under attack", f"2 × its quiet {quiet:.2f} s + 0.5 s", bound, [found[worst]],
                   "s", f" ({rest})")


def register(side: Side, networks: Networks, email: str) -> None:
    status, value = send(side, networks.next(), "POST", "/auth/register", login(email) | {"displayName": "User"})
    if status != 201:
        raise BenchFailed(f"POST /auth/register was answered with {status}: {value}")


def seconds(side: Side, networks: Networks) -> float:
    start = time.monotonic()
    status, value = send(side, networks.next(), "POST", "/auth/login", login(VICTIM))
    if status != 200:
        raise BenchFailed(f"the login was answered with {status}: {value}")
    return time.monotonic() - start


def under(attack, side: Side, networks: Networks) -> float:
    """The seconds of a login that comes when the attack is under way; waits for the end of the attack."""
    threads = [threading.Thread(target=work) for work in attack(side, networks)]
    for thread in threads:
        thread.start()
    time.sleep(HEAD_START_SECONDS)
    taken = seconds(side, networks)
    for thread in threads:
        thread.join()
    return taken


# Attacks: functions to run at once

def guesses(count: int, networks_count: int):
    def attack(side: Side, networks: Networks) -> list:
        addresses = [networks.next() for _ in range(networks_count)]
        return [lambda address=address: send(side, address, "POST", "/auth/login", login(unknown(), "wrong password"))
                for address in addresses for _ in range(count)]
    return attack


def hang_ups(side: Side, networks: Networks) -> list:
    """Clients that close their connection when they have sent their request."""
    def work(address: str) -> None:
        body = json.dumps(login(unknown(), "wrong password"))
        with socket.create_connection(("127.0.0.1", side.port), 60, source_address=(address, 0)) as connection:
            connection.sendall((f"POST /auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                f"Content-Length: {len(body)}\r\n\r\n{body}").encode())
    return [lambda address=networks.next(): work(address) for _ in range(LOGINS)]


def own_passwords(side: Side, networks: Networks) -> list:
    """Signed-in users of one network who change their password, which checks the current one and hashes the new one."""
    tokens = []
    for _ in range(ACCOUNTS):
        email = unknown()
        register(side, networks, email)
        status, session = send(side, networks.next(), "POST", "/auth/login", login(email))
        if status != 200:
            raise BenchFailed(f"POST /auth/login was answered with {status}: {session}")
        tokens.append(session["accessToken"])
    address = networks.next()
    change = {"currentPassword": PASSWORD, "newPassword": f"{PASSWORD} staple"}
    return [lambda token=token: send(side, address, "PUT", "/users/me/password", change, token) for token in tokens]


def unknown() -> str:
    return f"{uuid.uuid4()}@example.org"


ATTACKS = {
    "one network": guesses(LOGINS, 1), "three networks": guesses(LOGINS, 3), "hang-ups": hang_ups,
    "own passwords": own_passwords,
}
