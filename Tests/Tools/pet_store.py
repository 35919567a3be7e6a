"""A copy of the package Tests/Fixtures/PetStore that can be built, edited and started."""
import contextlib
import http.client
import json
import os
import pathlib
import select
import shutil
import signal
import subprocess

from live_server import STARTING_SECONDS_MAX, STOPPING_SECONDS_MAX, CheckFailed

ROOT = pathlib.Path(__file__).resolve().parents[2]
FIXTURE = ROOT / "Tests/Fixtures/PetStore"
KEY = "open sesame"
BUILD_SECONDS_MAX = 900


def expect(what: str, got, wanted) -> None:
    if got != wanted:
        raise CheckFailed(f"{what}: got {got!r}, expected {wanted!r}")


class Package:
    """The copy, as deep as the fixture, so that its relative path to the framework is the same."""

    def __init__(self, folder: pathlib.Path):
        self.path = folder / "package/PetStore"
        self.scratch = folder / "build"

    def refresh(self) -> None:
        """Undoes every edit; unchanged files keep their modification time, so that they are not rebuilt."""
        wanted = {path.relative_to(FIXTURE) for path in walk(FIXTURE)}
        for path in walk(self.path):
            if path.relative_to(self.path) not in wanted:
                path.unlink()
        for name in sorted(wanted):
            if not same(FIXTURE / name, self.path / name):
                (self.path / name).parent.mkdir(parents=True, exist_ok=True)
                (self.path / name).unlink(missing_ok=True)
                shutil.copy2(FIXTURE / name, self.path / name, follow_symlinks=False)

    def edit(self, name: str, old: str, new: str) -> None:
        text = (self.path / name).read_text()
        if text.count(old) != 1:
            raise CheckFailed(f"{name} has {text.count(old)} matches, expected one: {old!r}")
        (self.path / name).write_text(text.replace(old, new))

    def swift(self, command: str, *arguments: str) -> tuple[int, str]:
        """Runs `swift build …` or `swift package …` in the package; returns its exit code and output.

        SwiftPM 6.3 itself sometimes crashes with SIGSEGV in libdispatch, whatever the package: the command is then run
        once more, and the output of both runs is returned.
        """
        code, output = self.swift_once(command, *arguments)
        if code != -signal.SIGSEGV:
            return code, output
        print(f"swift {command} itself crashed (signal 11); retrying", flush=True)
        code, more = self.swift_once(command, *arguments)
        return code, output + more

    def swift_once(self, command: str, *arguments: str) -> tuple[int, str]:
        done = subprocess.run(
            ["swift", command, "--scratch-path", str(self.scratch), *arguments], cwd=self.path, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=BUILD_SECONDS_MAX)
        return done.returncode, done.stdout

    def build(self, *arguments: str) -> str:
        code, output = self.swift("build", *arguments)
        if code != 0:
            raise CheckFailed(f"swift build {' '.join(arguments)} ended with {code}:\n{output[-4000:]}")
        return output

    def refused(self, *arguments: str) -> str:
        code, output = self.swift("build", *arguments)
        if code != 1:
            raise CheckFailed(f"swift build {' '.join(arguments)} ended with {code}, expected 1:\n{output[-4000:]}")
        return output

    def product(self, name: str) -> pathlib.Path:
        return self.scratch / "debug" / name

    def generated(self, target: str) -> dict[str, pathlib.Path]:
        """The generated files of a target by name."""
        folder = self.scratch / "plugins/outputs/petstore" / target / "destination/SpecPlugin"
        return {path.name: path for path in folder.iterdir()}


def walk(folder: pathlib.Path):
    """Files and links below a folder, without build products."""
    for parent, folders, files in os.walk(folder):
        links = [name for name in folders if (pathlib.Path(parent) / name).is_symlink()]
        folders[:] = [name for name in folders if name not in links and not name.startswith(".")]
        yield from (pathlib.Path(parent) / name for name in files + links)


def same(first: pathlib.Path, second: pathlib.Path) -> bool:
    if first.is_symlink() or second.is_symlink():
        return second.is_symlink() and first.is_symlink() and os.readlink(first) == os.readlink(second)
    return second.exists() and first.read_bytes() == second.read_bytes()


class Answer:
    def __init__(self, status: int, fields: dict[str, str], body: bytes):
        self.status, self.fields, self.body = status, fields, body

    @property
    def type(self) -> str:
        return self.fields.get("content-type", "")

    @property
    def json(self):
        return json.loads(self.body)


class Shop:
    """The fixture's server on a loopback port."""

    def __init__(self, executable: pathlib.Path, database: pathlib.Path):
        self.process = subprocess.Popen(
            [str(executable), "0", str(database), KEY], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            bufsize=0)  # so that select sees every line that was not read

    def wait_until_ready(self) -> None:
        """The port, from the first line of the log."""
        if not select.select([self.process.stdout], [], [], STARTING_SECONDS_MAX)[0]:
            raise CheckFailed(f"App did not listen within {STARTING_SECONDS_MAX} s")
        line = self.process.stdout.readline()
        if not line:
            raise CheckFailed(f"App exited with {self.process.wait()} before it listened")
        self.port = int(json.loads(line)["port"])

    def ask(self, method: str, path: str, body=None, key: str | None = None, type: str | None = None,
            once: str | None = None, time: str | None = None) -> Answer:
        """Sends one request; a body that is not bytes is encoded as JSON."""
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        fields = {} if key is None else {"X-Shop-Key": key}
        if once is not None:
            fields["Idempotency-Key"] = once
        if time is not None:
            fields["X-Shop-Time"] = time
        if data is not None:
            fields["Content-Type"] = type or "application/json"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        with contextlib.closing(connection):
            connection.request(method, path, data, fields)
            answer = connection.getresponse()
            return Answer(
                answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())

    def wait_for_line(self, message: str) -> dict:
        """The next line of the log with this message."""
        while select.select([self.process.stdout], [], [], 5)[0]:
            line = self.process.stdout.readline()
            if not line:
                break
            record = json.loads(line)
            if message in (record.get("message"), record.get("msg")):
                return record
        raise CheckFailed(f"App did not log '{message}'")

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(STOPPING_SECONDS_MAX + 1)
        if code != 0:
            raise CheckFailed(f"App stopped with exit {code}, expected 0")


@contextlib.contextmanager
def shop(executable: pathlib.Path, database: pathlib.Path):
    """Runs the shop, and expects exit code 0 at the end; the process is always stopped."""
    server = Shop(executable, database)
    try:
        server.wait_until_ready()
        yield server
        server.stop()
    finally:
        if server.process.poll() is None:
            server.process.kill()
            server.process.wait()
