"""Delivers mails to a real relay (aiosmtpd) over STARTTLS and AUTH, with retries and permanent failures."""
import contextlib
import dataclasses
import email
import email.policy
import json
import logging
import os
import pathlib
import socketserver
import ssl
import subprocess
import sys
import tempfile
import threading
import time

from account import TOKEN_LINE
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session
from live_server import CheckFailed, LiveServer, free_port, run_check

USER, PASSWORD = "parley", "p@ss:word"
ACCOUNT_PASSWORD = "a long and quiet river"
SENDER = "no-reply@example.com"
LATER, REFUSED = "later@example.com", "refused@example.com"
MANY = 12
SECONDS_MAX = 20
CHECK_SECONDS_MAX = 30


@dataclasses.dataclass
class Received:
    sender: str
    recipients: list[str]
    content: bytes
    is_secure: bool
    user: str | None


class Relay:
    """The handler of the relay; runs on the relay's own thread."""

    def __init__(self) -> None:
        self.mails: list[Received] = []
        self.asked: dict[str, int] = {}

    async def handle_RCPT(self, _server, _session, envelope: Envelope, address: str, _options) -> str:
        self.asked[address] = self.asked.get(address, 0) + 1
        if address == REFUSED:
            return "550 5.1.1 no such user"
        if address == LATER and self.asked[address] < 3:
            return "451 4.3.0 try again"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, session: Session, envelope: Envelope) -> str:
        self.mails.append(Received(envelope.mail_from, envelope.rcpt_tos, envelope.content, session.ssl is not None,
                                   session.auth_data))
        return "250 queued"

    def authenticate(self, _server, _session, _envelope, _mechanism, data: LoginPassword) -> AuthResult:
        isright = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=isright, handled=False, auth_data=data.login.decode())

    def to(self, address: str) -> list[Received]:
        return [mail for mail in self.mails if address in mail.recipients]


def make_certificate(folder: pathlib.Path) -> pathlib.Path:
    """A self-signed certificate, with its key in the same file."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days",
                    "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out",
                    certificate], check=True, capture_output=True)
    return certificate


@contextlib.contextmanager
def running(relay: Relay, certificate: pathlib.Path, mechanism: str):
    """Runs the relay on a free port with one AUTH mechanism; yields the port."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate, certificate.with_name("key.pem"))
    controller = Controller(
        relay, hostname="127.0.0.1", port=free_port(), tls_context=tls, require_starttls=True, auth_required=True,
        authenticator=relay.authenticate, auth_exclude_mechanism=[mechanism])
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def url(port: int, certificate: pathlib.Path | None, password: str = "p%40ss%3Aword") -> str:
    authority = f"&ca={certificate}" if certificate else ""
    return f"smtp://{USER}:{password}@localhost:{port}?from=no-reply%40example.com{authority}"


def wait_for(what: str, condition) -> None:
    deadline = time.monotonic() + SECONDS_MAX
    while not condition():
        if time.monotonic() > deadline:
            raise CheckFailed(f"{what} did not happen within {SECONDS_MAX} s")
        time.sleep(0.05)


def register(server: LiveServer, address: str) -> None:
    server.expect(201, "POST", "/auth/register", {"email": address, "password": ACCOUNT_PASSWORD,
                                                  "displayName": "Ada"})


def expect_equal(what: str, found: object, expected: object) -> None:
    if found != expected:
        raise CheckFailed(f"{what} is {found!r}, expected {expected!r}")


def check_text(received: Received, address: str) -> str:
    """Checks that the mail conforms to RFC 5322; returns its token."""
    expect_equal("the envelope's sender", received.sender, SENDER)
    expect_equal("the envelope's recipients", received.recipients, [address])
    expect_equal("TLS", received.is_secure, True)
    expect_equal("the user", received.user, USER)
    bare = received.content.replace(b"\r\n", b"")
    expect_equal("a line end other than CRLF", b"\n" in bare or b"\r" in bare, False)
    mail = email.message_from_bytes(received.content, policy=email.policy.default)
    expect_equal("the defects", mail.defects, [])
    expect_equal("From", str(mail["From"]), f"Parley <{SENDER}>")
    expect_equal("To", str(mail["To"]), address)
    expect_equal("Content-Transfer-Encoding", str(mail["Content-Transfer-Encoding"]), "7bit")
    for field in ("Date", "Message-ID", "Subject", "MIME-Version"):
        expect_equal(f"the number of {field} fields", len(mail.get_all(field, [])), 1)
    tokens = TOKEN_LINE.findall(mail.get_content().replace("\r\n", "\n"))
    expect_equal("the number of tokens", len(tokens), 1)
    return tokens[0]


def check_delivery(server: LiveServer, relay: Relay) -> None:
    register(server, "ada@example.com")
    wait_for("the mail to ada", lambda: relay.to("ada@example.com"))
    token = check_text(relay.to("ada@example.com")[0], "ada@example.com")
    login = server.expect(200, "POST", "/auth/login", {"email": "ada@example.com", "password": ACCOUNT_PASSWORD})
    server.expect(204, "POST", "/auth/verify-email", {"token": token}, token=json.loads(login)["accessToken"])
    for number in range(MANY):
        register(server, f"user{number}@example.com")
    wait_for(f"the mails to {MANY} users", lambda: len(relay.mails) > MANY)
    print(f"{len(relay.mails)} mails were delivered over STARTTLS with AUTH, and conform to RFC 5322")


def check_refusals(server: LiveServer, relay: Relay) -> None:
    register(server, LATER)
    register(server, REFUSED)
    wait_for(f"the mail to {LATER}", lambda: relay.to(LATER))
    wait_for("giving up", lambda: "given up after 3 attempts" in server.log.read_text())
    expect_equal(f"the number of tries for {LATER}", relay.asked[LATER], 3)
    expect_equal(f"the number of tries for {REFUSED}", relay.asked[REFUSED], 3)
    for received in relay.mails:
        expect_equal(f"the number of mails to {received.recipients}", len(relay.to(received.recipients[0])), 1)
    print("a 451 was retried until it passed, a 550 was given up after three attempts; no mail was delivered twice")


def parley_check(address: str, folder: pathlib.Path) -> tuple[int, str]:
    done = subprocess.run(
        [pathlib.Path(sys.argv[1]).resolve(), "check"], cwd=folder, env={"PATH": os.environ["PATH"], "SMTP_URL": address},
        capture_output=True, text=True, timeout=CHECK_SECONDS_MAX)
    return done.returncode, done.stdout + done.stderr


def check_command(port: int, login_port: int, plain_port: int, certificate: pathlib.Path) -> None:
    """Runs `parley check`: it signs in, or prints the reason in one line."""
    folder = certificate.parent
    for good in (port, login_port):
        code, text = parley_check(url(good, certificate), folder)
        if code != 0 or f"mails: ok (localhost:{good}, from {SENDER})" not in text:
            raise CheckFailed(f"parley check ended with {code}: {text}")
    for words, address in (
            ("AUTH was rejected: 535 5.7.8", url(port, certificate, "wrong-word")),
            ("its certificate is for another host or not from a trusted authority", url(port, None)),
            ("its certificate is for another host", url(port, certificate).replace("localhost", "127.0.0.1")),
            ("the server cannot be reached: Connection refused", url(free_port(), certificate)),
            ("the server does not speak SMTP", url(plain_port, certificate))):
        code, text = parley_check(address, folder)
        last = text.splitlines()[-1]
        if code != 78 or not last.startswith("parley: SMTP_URL: ") or words not in last or "wrong-word" in text:
            raise CheckFailed(f"expected '{words}' from parley check, but it ended with {code}: {text}")
    print("parley check signs in with PLAIN and LOGIN, and prints failures in one line")


class NoRelay(socketserver.StreamRequestHandler):
    """A server that does not speak SMTP."""

    def handle(self) -> None:
        self.wfile.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")


@contextlib.contextmanager
def no_relay():
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), NoRelay) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()


def main() -> None:
    # The relay's warnings about failed handshakes and deprecated names do not matter here.
    logging.getLogger("mail.log").setLevel(logging.CRITICAL)
    relay = Relay()
    with contextlib.ExitStack() as stack:
        folder = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="parley-mail-")))
        certificate = make_certificate(folder)
        port = stack.enter_context(running(relay, certificate, "LOGIN"))
        login_port = stack.enter_context(running(relay, certificate, "PLAIN"))
        plain_port = stack.enter_context(no_relay())

        def check(server: LiveServer) -> None:
            check_command(port, login_port, plain_port, certificate)
            check_delivery(server, relay)
            check_refusals(server, relay)

        run_check(check, {"SMTP_URL": url(port, certificate)})


main()
