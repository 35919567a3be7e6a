"""The processes that are compared, each on a free loopback port for as long as it is measured."""
import contextlib
import os
import pathlib
import re
import signal
import socket
import subprocess
import time

STARTING_SECONDS_MAX = 20
STOPPING_SECONDS_MAX = 15
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


class BenchFailed(Exception):
    """Why there are no figures, in a sentence."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def cpu_seconds(process: int) -> float:
    """User and system time of a process, of those that it has started, and of those of them that have ended."""
    try:
        fields = pathlib.Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        children = pathlib.Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / TICKS_PER_SECOND + sum(cpu_seconds(int(child)) for child in children)


class Side:
    """A running server: its port, and what it has cost."""

    def __init__(self, name: str, command: list[str], port: int | None = None, **options):
        self.name = name
        #: The `Cluster` beside it, whose CPU is told apart.
        self.database = None
        # stdout is where the access log goes: a file, as in a deployment that collects it.
        self.output = options.pop("output")
        self.process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=self.output, stderr=subprocess.PIPE, text=True, **options)
        self.port = port or self._announced_port()

    def _announced_port(self) -> int:
        line = self.process.stderr.readline()
        match = re.fullmatch(r"port (\d+)\n", line)
        if not match:
            rest = self.process.stderr.read() if self.process.poll() is not None else ""
            self.end()
            raise BenchFailed(f"{self.name} did not start: {line}{rest}")
        return int(match[1])

    def cpu_seconds(self) -> float:
        """User and system time of all its threads and workers so far."""
        return cpu_seconds(self.process.pid)

    def resident_bytes(self) -> int:
        return self._status("VmRSS")

    def forget_peak(self) -> None:
        """From here on `peak_bytes` counts."""
        pathlib.Path(f"/proc/{self.process.pid}/clear_refs").write_text("5")

    def peak_bytes(self) -> int:
        return self._status("VmHWM")

    def _status(self, name: str) -> int:
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(rf"^{name}:\s+(\d+) kB$", status, re.MULTILINE)[1]) * 1024

    def is_running(self) -> bool:
        return self.process.poll() is None

    def end(self) -> None:
        if self.is_running():
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(STOPPING_SECONDS_MAX)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.process.stderr.close()
        self.output.close()


def answers(port: int) -> bool:
    """Whether GET /health is answered with 200."""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        connection.sendall(b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        return connection.recv(64).startswith(b"HTTP/1.1 200 ")
    return False


def wait_until_answering(side: Side) -> None:
    deadline = time.monotonic() + STARTING_SECONDS_MAX
    while not answers(side.port):
        if not side.is_running():
            raise BenchFailed(f"{side.name} ended before it answered: {side.process.stderr.read()}")
        if time.monotonic() > deadline:
            raise BenchFailed(f"{side.name} did not answer within {STARTING_SECONDS_MAX} s")
        time.sleep(0.002)


class Sides:
    """Starts sides, and ends every one of them whatever happens."""

    def __init__(self, build: pathlib.Path, folder: pathlib.Path, root: pathlib.Path):
        self.build, self.folder, self.root = build, folder, root
        self.started: list[Side] = []

    def bench(self, name: str, *arguments: str) -> Side:
        return self._start(name, [str(self.build / "parley-bench"), "serve", *arguments])

    def express(self) -> Side:
        return self._start("express", ["node", str(self.root / "Tests/Bench/Peer/server.js")], env=self._node())

    def express_on(self, database: str, secret: str) -> Side:
        """The product as a team on Node would write it, with a worker for each core."""
        port = free_port()
        environment = self._node() | {"DATABASE_URL": database, "JWT_SECRET": secret, "PORT": str(port), "WORKERS": "2"}
        return self._start("Express + pg", ["node", str(self.root / "Tests/Bench/Peer/product.js")], port=port, env=environment)

    def _node(self) -> dict[str, str]:
        modules = self.root / ".build/peer/root/usr/share/nodejs"
        return os.environ | {"NODE_PATH": str(modules), "NODE_ENV": "production"}

    def parley(self, folder: pathlib.Path, **settings: str) -> Side:
        """The product itself, as `make run` serves it."""
        port = free_port()
        kept = ("PATH", "HOME", "LANG", "LLVM_PROFILE_FILE")
        environment = {name: os.environ[name] for name in kept if name in os.environ}
        environment |= {"HOST": "127.0.0.1", "PORT": str(port), "ADMIN_PORT": str(free_port()), **settings}
        return self._start("parley serve", [str(self.build / "parley"), "serve"], port=port, cwd=folder, env=environment)

    def _start(self, name: str, command: list[str], **options) -> Side:
        output = (self.folder / f"{len(self.started)}.log").open("wb")
        side = Side(name, command, output=output, **options)
        self.started.append(side)
        return side

    def end(self) -> None:
        for side in self.started:
            side.end()
