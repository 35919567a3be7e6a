"""Drives a side with wrk and says what that cost."""
import dataclasses
import os
import pathlib
import re
import subprocess

from sides import BenchFailed, Side

CONNECTIONS = 64
THREADS = 2
SCRIPT = pathlib.Path(__file__).with_name("load.lua")


@dataclasses.dataclass
class Round:
    """One side under load for some seconds."""
    requests: int
    seconds: float
    cpu_seconds: float
    #: What a database took meanwhile, if there is one beside it.
    database_seconds: float | None = None

    @property
    def per_second(self) -> float:
        return self.requests / self.seconds

    @property
    def cpu_microseconds(self) -> float:
        return self.cpu_seconds / self.requests * 1e6

    @property
    def database_microseconds(self) -> float | None:
        return None if self.database_seconds is None else self.database_seconds / self.requests * 1e6


@dataclasses.dataclass
class Load:
    """What wrk asks for: GETs `path`, or POSTs to it where there is a body."""
    path: str
    body: str | None = None
    #: A token and an id per line; every request is another user's then, and PARTNER in the path is the user behind them.
    users: pathlib.Path | None = None
    connections: int = CONNECTIONS

    def environment(self) -> dict[str, str]:
        return ({"BENCH_BODY": self.body} if self.body else {}) | ({"BENCH_USERS": str(self.users)} if self.users else {})


def drive(side: Side, load: Load, seconds: float) -> Round:
    """Every answer must be a 2xx."""
    command = ["wrk", "-t", str(THREADS), "-c", str(load.connections), "-d", f"{seconds:g}s"]
    command += (["-s", str(SCRIPT)] if load.environment() else []) + [f"http://127.0.0.1:{side.port}{load.path}"]
    before = side.cpu_seconds()
    database_before = side.database.cpu_seconds() if side.database else 0.0
    result = subprocess.run(command, env=os.environ | load.environment(), capture_output=True, text=True, timeout=seconds + 30)
    cpu = side.cpu_seconds() - before
    database = side.database.cpu_seconds() - database_before if side.database else None
    counted = re.search(r"(\d+) requests in ([\d.]+)(ms|s|m),", result.stdout)
    if result.returncode != 0 or not counted or int(counted[1]) == 0:
        raise BenchFailed(f"wrk failed against {side.name}: {result.stdout}{result.stderr}")
    for sign in ("Non-2xx or 3xx responses", "Socket errors"):
        if sign in result.stdout:
            raise BenchFailed(f"{side.name} answered wrongly under load: {result.stdout}")
    passed = float(counted[2]) * {"ms": 1e-3, "s": 1.0, "m": 60.0}[counted[3]]
    return Round(int(counted[1]), passed, cpu, database)
