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

    @property
    def per_second(self) -> float:
        return self.requests / self.seconds

    @property
    def cpu_microseconds(self) -> float:
        return self.cpu_seconds / self.requests * 1e6


def drive(side: Side, path: str, seconds: float, body: str | None = None, users: pathlib.Path | None = None) -> Round:
    """GETs `path`, or POSTs to it where there is a body; every answer must be a 2xx."""
    environment = os.environ | ({"BENCH_BODY": body} if body else {}) | ({"BENCH_USERS": str(users)} if users else {})
    command = ["wrk", "-t", str(THREADS), "-c", str(CONNECTIONS), "-d", f"{seconds:g}s"]
    command += (["-s", str(SCRIPT)] if body else []) + [f"http://127.0.0.1:{side.port}{path}"]
    before = side.cpu_seconds()
    result = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=seconds + 30)
    cpu = side.cpu_seconds() - before
    counted = re.search(r"(\d+) requests in ([\d.]+)(ms|s|m),", result.stdout)
    if result.returncode != 0 or not counted or int(counted[1]) == 0:
        raise BenchFailed(f"wrk failed against {side.name}: {result.stdout}{result.stderr}")
    for sign in ("Non-2xx or 3xx responses", "Socket errors"):
        if sign in result.stdout:
            raise BenchFailed(f"{side.name} answered wrongly under load: {result.stdout}")
    passed = float(counted[2]) * {"ms": 1e-3, "s": 1.0, "m": 60.0}[counted[3]]
    return Round(int(counted[1]), passed, cpu)
