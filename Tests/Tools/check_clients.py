"""Generates Python clients from /openapi.json with two generators, and lets two users converse through each."""
import json
import pathlib
import re
import sys
import tempfile
import uuid

from generated_clients import MINIMAL, OpenAPIGenerator, OpenAPIPythonClient
from live_server import CheckFailed, LiveServer, run_check

PASSWORD = "a long and quiet river"
FILE = bytes(range(256)) * 40


class Conversation:
    """Two users, and every step that a client takes: each expects its status and looks at the value."""

    def __init__(self, generator, server: LiveServer):
        self.generator, self.server = generator, server

    def client(self, token: str | None = None):
        return self.generator(self.server.url, token)

    def expect(self, status: int, client, operation: str, *body, **parameters):
        return self.expect_value(status, operation, client.call(operation, *body, **parameters))

    def expect_value(self, status: int, operation: str, answer):
        if answer[0] != status:
            raise CheckFailed(f"{operation} returned {answer[0]}, expected {status}: {answer[1]}")
        return answer[1]

    @staticmethod
    def same(what: str, got, expected) -> None:
        if got != expected:
            raise CheckFailed(f"{what}: got {got!r}, expected {expected!r}")

    def sign_up(self, name: str):
        """Registers and signs in; returns the session."""
        address = f"{name}.{uuid.uuid4().hex[:8]}@example.com"
        body = self.generator.model("RegisterRequest", email=address, password=PASSWORD, display_name=name)
        user = self.expect(201, self.client(), "register", body)
        self.same("displayName", user.display_name, name)
        body = self.generator.model("LoginRequest", email=address, password=PASSWORD)
        return self.expect(200, self.client(), "login", body)

    def run(self) -> None:
        ada, bob = self.sign_up("Ada"), self.sign_up("Bob")
        first, second = self.client(ada.access_token), self.client(bob.access_token)
        self.same("getMe", self.expect(200, first, "getMe").id, ada.user.id)
        message = self.send(first, bob.user.id)
        self.read(second, message, ada.user.id)
        self.react(second, message)
        self.edit_and_delete(first, second, message)
        self.refuse(first)
        self.renew(ada)

    def send(self, client, recipient):
        """Uploads two files and sends them in the reverse order."""
        files = [self.expect_value(201, "uploadMedia", client.upload(f"{number}.bin", FILE + bytes([number])))
                 for number in range(2)]
        ids = [file.id for file in reversed(files)]
        body = self.generator.model("SendMessageRequest", recipient_id=recipient, client_message_id=uuid.uuid4(),
                                    text="Hello, Bob.", media_ids=ids)
        message = self.expect(201, client, "sendMessage", body)
        self.same("files of the message", [file.id for file in message.media], ids)
        self.same("the repeated message", self.expect(200, client, "sendMessage", body).id, message.id)
        return message

    def read(self, client, message, sender) -> None:
        page = self.expect(200, client, "listMessages", **{"with": sender, "limit": 10})
        self.same("listMessages", [item.id for item in page.items], [message.id])
        self.same("text", page.items[0].text, "Hello, Bob.")
        content = self.expect(200, client, "getMedia", media_id=message.media[0].id)
        self.same("getMedia", self.generator.file(content), FILE + b"\x01")
        events = self.expect(200, client, "sync", after=0)
        found = [self.generator.data(event) for event in events.items if getattr(event.event, "value", event.event) == "message:new"]
        self.same("message:new in sync", [data.id for data in found], [message.id])

    def react(self, client, message) -> None:
        body = self.generator.model("AddReactionRequest", emoji="👍")
        reaction = self.expect(201, client, "addReaction", body, message_id=message.id)
        self.same("emoji", reaction.emoji, "👍")
        self.expect(204, client, "removeReaction", message_id=message.id, reaction_id=reaction.id)

    def edit_and_delete(self, client, other, message) -> None:
        body = self.generator.model("EditMessageRequest", text="Hello again.")
        self.same("editMessage", self.expect(200, client, "editMessage", body, message_id=message.id).text, "Hello again.")
        self.expect(204, client, "deleteMessage", message_id=message.id)
        deleted = self.expect(200, other, "getMessage", message_id=message.id)
        self.same("text of the deleted message", deleted.text, None)

    def refuse(self, client) -> None:
        """A problem is a value of its own type, with its code."""
        problem = self.expect(404, client, "getMessage", message_id=uuid.uuid4())
        self.same("code", problem.code, "not-found")

    def renew(self, session) -> None:
        body = self.generator.model("RefreshRequest", refresh_token=session.refresh_token)
        renewed = self.expect(200, self.client(), "refresh", body)
        self.same("the user of the renewed session", renewed.user.id, session.user.id)
        self.expect(204, self.client(renewed.access_token), "logout")
        self.expect(401, self.client(renewed.access_token), "getMe")


def check_warnings(generator, document: bytes, folder: pathlib.Path) -> None:
    """Generates the client; expects no warning that the generator does not have about a minimal document, too."""
    found = []
    for name, text in (("minimal", json.dumps(MINIMAL).encode()), ("whole", document)):
        path = folder / f"{name}.json"
        path.write_bytes(text)
        found.append(generator.generate(path, folder))
    if found[1] - found[0]:
        raise CheckFailed(f"{generator.name} warns of the document:\n" + "\n".join(sorted(found[1] - found[0])))


def check(server: LiveServer) -> None:
    document = server.expect(200, "GET", "/openapi.json")
    with tempfile.TemporaryDirectory(prefix="parley-clients-") as folder:
        sys.path.insert(0, folder)
        for generator in (OpenAPIPythonClient, OpenAPIGenerator):
            try:
                check_warnings(generator, document, pathlib.Path(folder))
                Conversation(generator, server).run()
            except CheckFailed as failure:
                raise CheckFailed(f"{generator.name}: {failure}") from None
            print(f"{generator.name}: two users converse through the generated client", flush=True)


run_check(check)
