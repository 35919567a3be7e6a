"""Tests scripts/dev, the loop behind `make dev`, and follows "Your first endpoint" of CONTRIBUTING.md.

Runs on a copy of the pet store in the folder given on the command line, which check_fixture.py shares.
"""
import contextlib
import http.client
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import textwrap
import time

from live_server import STOPPING_SECONDS_MAX, CheckFailed, free_port
from pet_store import BUILD_SECONDS_MAX, KEY, ROOT, Package, expect

HOURS = "Sources/Services/Hours.swift"
SPEC = "spec/openapi.yaml"


class Loop:
    """scripts/dev on the copy, with its output in a file."""

    def __init__(self, package: Package, folder: pathlib.Path):
        self.package, self.port, self.log = package, free_port(), folder / "dev.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [ROOT / "scripts/dev", package.path, "App", str(self.port), folder / "pets.db", KEY], cwd=folder,
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
                env=os.environ | {"SCRATCH_PATH": str(package.scratch)})

    @property
    def output(self) -> str:
        return self.log.read_text(errors="replace")

    def ask(self, path: str) -> tuple[int, object]:
        """Status and JSON; (0, None) while nothing listens."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        with contextlib.closing(connection), contextlib.suppress(OSError, http.client.HTTPException):
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        return 0, None

    def until(self, what: str, is_reached) -> float:
        """Waits for something; returns the seconds that it took."""
        started = time.monotonic()
        while not is_reached():
            if self.process.poll() is not None:
                raise CheckFailed(f"{what}: scripts/dev exited with {self.process.returncode}:\n{self.output[-4000:]}")
            if time.monotonic() - started > BUILD_SECONDS_MAX:
                raise CheckFailed(f"{what}: not within {BUILD_SECONDS_MAX} s:\n{self.output[-4000:]}")
            time.sleep(0.05)
        return time.monotonic() - started

    def until_asked(self, path: str, status: int, body=None) -> float:
        def is_there():
            got = self.ask(path)
            return got[0] == status and (body is None or got[1] == body)
        return self.until(f"GET {path} returns {status} {body or ''}", is_there)

    def until_said(self, text: str, start: int) -> float:
        return self.until(f"the output has '{text}'", lambda: text in self.output[start:])

    def processes(self) -> list[str]:
        """The command lines that name the build folder: the server, and the compilers of a build."""
        found = []
        for name in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
            with contextlib.suppress(OSError):
                command = name.read_bytes().replace(b"\0", b" ").decode(errors="replace")
                if str(self.package.scratch) in command:
                    found.append(command[:200])
        return found

    def end(self) -> None:
        """Ends it as ctrl-C does, in the middle of a build, and expects that nothing is left."""
        expect("processes without a build", len(self.processes()), 1)
        self.package.edit(HOURS, "9 to 1", "9 to 2")
        self.until("a build is running", lambda: len(self.processes()) > 2)
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(2 * STOPPING_SECONDS_MAX + 5)
        expect("exit code of scripts/dev", code, 0)
        expect("server after the end", self.ask("/opening-hours"), (0, None))
        expect("processes after the end", self.processes(), [])

    def kill(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait()


def first_start(loop: Loop) -> None:
    seconds = loop.until_asked("/opening-hours?day=monday", 200, {"monday": "9 to 5"})
    print(f"first build and start: {seconds:.1f} s", flush=True)


def method_is_served_anew(loop: Loop) -> None:
    loop.package.edit(HOURS, '"monday": "9 to 5"', '"monday": "8 to 4"')
    seconds = loop.until_asked("/opening-hours?day=monday", 200, {"monday": "8 to 4"})
    print(f"edit of a service method: {seconds:.1f} s", flush=True)


def bound_is_enforced_anew(loop: Loop) -> None:
    expect("status above the bound", loop.ask("/pets?limit=51")[0], 400)
    loop.package.edit("spec/paths/pets.yaml", "maximum: 50", "maximum: 60")
    seconds = loop.until_asked("/pets?limit=51", 200)
    print(f"edit of a bound in YAML: {seconds:.1f} s", flush=True)


def mistake_leaves_the_server(loop: Loop) -> None:
    start = len(loop.output)
    loop.package.edit("spec/paths/pets.yaml", "maximum: 60", "maximun: 60")
    loop.until_said("the server goes on as it was before", start)
    said = loop.output[start:]
    line = next(number for number, text in enumerate(
        (loop.package.path / "spec/paths/pets.yaml").read_text().splitlines(), 1) if "maximun" in text)
    for text in (f"spec/paths/pets.yaml:{line}:11: error: a schema has no keyword 'maximun' [keyword-unknown]",
                 "          maximun: 60\n      |           ^~~~~~~\n", "help: did you mean 'maximum'?"):
        if text not in said:
            raise CheckFailed(f"this text is missing:\n{text}\nin the output:\n{said[-4000:]}")
    expect("old server", loop.ask("/pets?limit=51")[0], 200)
    start = len(loop.output)
    loop.package.edit("spec/paths/pets.yaml", "maximun: 60", "maximum: 60")
    loop.until_said("nothing to restart", start)
    expect("server after the repair", loop.ask("/pets?limit=51")[0], 200)


def first_endpoint(loop: Loop) -> None:
    """The steps of CONTRIBUTING.md, with its own words."""
    text = (ROOT / "CONTRIBUTING.md").read_text().split("## Your first endpoint")[1].split("\n## ")[0]
    blocks = [(kind, textwrap.dedent(body)) for kind, body in re.findall(r"    ```(\w+)\n(.*?)    ```", text, re.S)]
    expect("blocks", [kind for kind, _ in blocks], ["sh", "yaml", "swift", "console"])
    command, operation, method, request = (body for _, body in blocks)
    expect("command", command.split()[:3], ["scripts/dev", "Tests/Fixtures/PetStore", "App"])

    start = len(loop.output)
    loop.package.edit(SPEC, "paths:\n", "paths:\n" + textwrap.indent(operation, "  "))
    loop.until_said("the server goes on as it was before", start)
    missing = re.search(r"The build fails: `(.*?)`", text).group(1)
    if missing not in loop.output[start:]:
        raise CheckFailed(f"this text is missing:\n{missing}\nin the output:\n{loop.output[start:][-4000:]}")

    source = loop.package.path / HOURS
    whole = source.read_text().rstrip()
    source.write_text(whole.removesuffix("}") + "\n" + textwrap.indent(method, "    ") + "}\n")
    asked, answer = request.strip().splitlines()
    path = re.search(r"127\.0\.0\.1:8080(\S+)", asked).group(1)
    seconds = loop.until_asked(path, 200, json.loads(answer))
    print(f"method of a new endpoint: {seconds:.1f} s", flush=True)
    expect("status beyond the limit", loop.ask("/greetings/" + "a" * 21)[0], 400)


STEPS = (first_start, method_is_served_anew, bound_is_enforced_anew, mistake_leaves_the_server, first_endpoint)


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(f"usage: {sys.argv[0]} FOLDER")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    package = Package(pathlib.Path(sys.argv[1]).resolve())
    package.refresh()
    with tempfile.TemporaryDirectory(prefix="parley-dev-") as folder:
        loop = Loop(package, pathlib.Path(folder))
        try:
            for step in STEPS:
                step(loop)
            loop.end()
        except CheckFailed as failure:
            sys.exit(f"error: {failure}")
        finally:
            loop.kill()


main()
