"""Runs the real server on a free loopback port in its own folder, for the Python checks."""
import contextlib
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

STARTING_SECONDS_MAX = 20
STOPPING_SECONDS_MAX = 10  # the contract's bound on a graceful shutdown
MAIL_SECONDS_MAX = 5
LOG_LINES_SHOWN = 20


class CheckFailed(Exception):
    """A failed check, with the reason in one sentence."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class LiveServer:
    def __init__(self, executable: str, folder: str, variables: dict[str, str]):
        self.folder = pathlib.Path(folder)
        self.log = self.folder / "server.log"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        environment = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        environment |= {
            "HOST": "127.0.0.1", "PORT": str(self.port), "ADMIN_PORT": str(free_port()), "RATE_LIMITS": "off",
            "LOG_LEVEL": "warning", "LLVM_PROFILE_FILE": str(self.folder / "server.profraw"),
        } | variables
        path = pathlib.Path(executable).resolve()
        if not path.exists():
            raise CheckFailed(f"{executable} is not built: run scripts/test build")
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [str(path), "serve"], cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def wait_until_ready(self) -> None:
        deadline = time.monotonic() + STARTING_SECONDS_MAX
        while True:
            if self.process.poll() is not None:
                raise CheckFailed(f"the server exited with {self.process.returncode} during startup")
            with contextlib.suppress(OSError):
                if self.request("GET", "/health")[0] == 200:
                    return
            if time.monotonic() > deadline:
                raise CheckFailed(f"the server did not answer /health within {STARTING_SECONDS_MAX} s")
            time.sleep(0.05)

    def request(self, method: str, path: str, body: object = None, token: str | None = None) -> tuple[int, bytes]:
        """Sends one request, with a JSON body and an access token if they are given; returns status and body."""
        data = None if body is None else json.dumps(body).encode()
        fields = {"Content-Type": "application/json"} if data else {}
        if token is not None:
            fields["Authorization"] = f"Bearer {token}"
        request = urllib.request.Request(self.url + path, data, fields, method=method)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as refusal:
            with refusal:
                return refusal.code, refusal.read()

    def expect(
            self, status: int, method: str, path: str, body: object = None, token: str | None = None) -> bytes:
        got, answer = self.request(method, path, body, token)
        if got != status:
            raise CheckFailed(f"{method} {path} returned {got}, expected {status}: {answer[:500].decode(errors='replace')}")
        return answer

    def stop(self) -> None:
        if self.process.poll() is not None:
            raise CheckFailed(f"the server exited unexpectedly with {self.process.returncode}")
        self.process.send_signal(signal.SIGTERM)
        try:
            code = self.process.wait(STOPPING_SECONDS_MAX + 1)
        except subprocess.TimeoutExpired:
            raise CheckFailed(f"the server did not stop within {STOPPING_SECONDS_MAX} s of SIGTERM") from None
        if code != 0:
            raise CheckFailed(f"the server stopped with exit {code}, expected 0")

    def end(self) -> None:
        """Kills the process if it is still running."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def last_words(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-LOG_LINES_SHOWN:])


@contextlib.contextmanager
def live_server(executable: str, variables: dict[str, str]):
    """Runs the server with additional variables, and expects exit code 0 at the end; prints the end of its log on failure."""
    with tempfile.TemporaryDirectory(prefix="parley-check-") as folder:
        server = LiveServer(executable, folder, variables)
        try:
            server.wait_until_ready()
            yield server
            server.stop()
        except BaseException:
            print(f"The end of the server's log:\n{server.last_words()}", file=sys.stderr)
            raise
        finally:
            server.end()


def run_check(check, variables: dict[str, str] | None = None) -> None:
    """Runs a check against the executable given on the command line; exits with 1 and one line on failure."""
    if len(sys.argv) != 2:
        sys.exit(f"usage: {sys.argv[0]} EXECUTABLE")
    # SIGTERM unwinds the stack, so that the server is stopped too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with live_server(sys.argv[1], variables or {}) as server:
            check(server)
    except CheckFailed as failure:
        sys.exit(f"error: {failure}")
