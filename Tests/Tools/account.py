"""A test user, registered and signed in through the API and the verification mail."""
import email
import email.policy
import json
import re
import time

from live_server import MAIL_SECONDS_MAX, CheckFailed, LiveServer

ADDRESS = "ada@example.com"
PASSWORD = "a long and quiet river"
TOKEN_LINE = re.compile(r"^\S{16,}$", re.MULTILINE)


def sign_in(server: LiveServer) -> str:
    """Registers, verifies and logs in; returns the access token."""
    server.expect(201, "POST", "/auth/register", {"email": ADDRESS, "password": PASSWORD, "displayName": "Ada"})
    session = json.loads(server.expect(200, "POST", "/auth/login", {"email": ADDRESS, "password": PASSWORD}))
    server.expect(204, "POST", "/auth/verify-email", {"token": mailed_token(server)}, token=session["accessToken"])
    return session["accessToken"]


def mailed_token(server: LiveServer) -> str:
    """The token of the only mail in the outbox, on a line of its own."""
    outbox = server.folder / "var/outbox"
    deadline = time.monotonic() + MAIL_SECONDS_MAX
    while not (mails := list(outbox.glob("*.eml"))):
        if time.monotonic() > deadline:
            raise CheckFailed(f"no mail in var/outbox {MAIL_SECONDS_MAX} s after register")
        time.sleep(0.05)
    mail = email.message_from_bytes(mails[0].read_bytes(), policy=email.policy.default)
    text = mail.get_body(("plain",)).get_content().replace("\r\n", "\n")
    tokens = TOKEN_LINE.findall(text)
    if len(tokens) != 1:
        raise CheckFailed(f"the verification mail has {len(tokens)} lines that could be its token, expected 1:\n{text}")
    return tokens[0]
