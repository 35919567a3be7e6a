#!/usr/bin/env python3
"""make bench: every figure of docs/figures.md in one run, the sides of each comparison interleaved.

Requests per second move with whatever else the machine does; CPU per request is the figure to trust. `--quick` runs
one short round of everything: it shows that the benchmarks work, not what they measure.
"""
import argparse
import os
import pathlib
import platform
import signal
import sys
import tempfile

from besieged import besieged
from crowded import crowded
from load import CONNECTIONS
from measurement import ROOT, Measurement
from memory import idle, uploads
from micro import micro
from postgres import postgres
from protocol import echo, get
from report import table
from reads import reads
from sides import BenchFailed
from sqlite import sqlite

FIGURES = {figure.__name__: figure for figure in (get, echo, micro, sqlite, postgres, reads, crowded, besieged, idle, uploads)}


def machine() -> str:
    model = next((line.partition(":")[2].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "")
    return f"{os.cpu_count()} cores{', ' + model if model else ''}, Linux {platform.release()}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", default=ROOT / ".build/release", help="where the executables are")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=3, help="of load per side and round")
    parser.add_argument("--quick", action="store_true", help="one short round: shows that everything works")
    parser.add_argument("--only", nargs="*", choices=list(FIGURES))
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    # On the project's own disk: a temporary folder in memory would make every fsync free.
    (ROOT / ".build").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=ROOT / ".build") as folder:
        # Where a build that counts coverage puts what it counted.
        os.environ["LLVM_PROFILE_FILE"] = f"{folder}/%p.profraw"
        # PostgreSQL runs as another user, in a folder of its own within.
        os.chmod(folder, 0o711)
        run = Measurement(options, pathlib.Path(folder))
        try:
            for name in options.only or FIGURES:
                print(f"bench: {name}", file=sys.stderr, flush=True)
                FIGURES[name](run)
        except BenchFailed as failure:
            sys.exit(f"bench: error: {failure}")
        finally:
            run.sides.end()
    print(f"Measured on {machine()}; {run.rounds} rounds, wrk with {CONNECTIONS} connections on the same machine.\n")
    print(table(run.rows))
    if run.details:
        print("\n| load | side | requests/s | its CPU per request, µs | PostgreSQL's, µs |\n| --- | --- | --- | --- | --- |")
        print("\n".join(run.details))


if __name__ == "__main__":
    main()
