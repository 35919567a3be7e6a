#!/usr/bin/env python3
"""make bench: every figure of the README in one run, the sides of each comparison interleaved.

Requests per second move with whatever else the machine does; CPU per request is the figure to trust. `--quick` runs
one short round of everything: it shows that the benchmarks work, not what they measure.
"""
import argparse
import json
import os
import pathlib
import platform
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from load import CONNECTIONS, Round, drive
from report import MICRO, MILLI, Row, at_least, at_most, spread, table
from sides import BenchFailed, Side, Sides, wait_until_answering

ROOT = pathlib.Path(__file__).resolve().parents[2]
SECRET = "a secret that only the benchmarks know"
MESSAGE_TEXT = "The quick brown fox jumps over the lazy dog, and then sits down to rest a while; the dog minds not. " * 2
ECHO = json.dumps({
    "recipientId": "0190a6b2-7c4e-7b1a-9f3d-2f1c5e8a9b00", "clientMessageId": "5f1d9a52-3c44-4b0e-9f9a-1f0c8f3f7a11",
    "text": MESSAGE_TEXT + "Tomorrow again.", "replyToId": "0190a6b2-7c4e-7b1a-9f3d-2f1c5e8a9b01",
}, separators=(",", ":"))
USERS = 1_000


class Bench:
    def __init__(self, options: argparse.Namespace, folder: pathlib.Path):
        self.folder, self.build = folder, pathlib.Path(options.build).resolve()
        self.rounds = 1 if options.quick else options.rounds
        self.seconds = 1.0 if options.quick else options.seconds
        self.only = options.only
        self.sides = Sides(self.build, folder, ROOT)
        self.rows: list[Row] = []
        self.details: list[str] = []

    def run(self) -> None:
        for name in ("get", "echo", "micro", "sends", "idle"):
            if not self.only or name in self.only:
                print(f"bench: {name}", file=sys.stderr, flush=True)
                getattr(self, name)()

    # -- servers

    def interleave(self, title: str, sides: list[Side], path: str, body: str | None = None) -> dict[str, list[Round]]:
        """Every round drives every side once, in an order of its own; the first, short one only warms up."""
        results: dict[str, list[Round]] = {side.name: [] for side in sides}
        for side in sides:
            drive(side, path, min(1.0, self.seconds), body)
        for number in range(self.rounds):
            for side in random.Random(number).sample(sides, len(sides)):
                results[side.name].append(drive(side, path, self.seconds, body))
        for name, rounds in results.items():
            self.details.append(f"| {title} | {name} | {spread([r.per_second for r in rounds], '{:.0f}')} | "
                                f"{spread([r.cpu_microseconds for r in rounds])} |")
        return results

    def get(self) -> None:
        sides = [self.sides.bench("SwiftNIO", "nio"), self.sides.bench("Parley, log off", "parley"),
                 self.sides.bench("Parley, log on", "parley", "--access-log")]
        rounds = self.interleave("GET", sides, "/health")
        for name, bound in (("off", 1.4), ("on", 1.7)):
            ratios = per_round(rounds[f"Parley, log {name}"], rounds["SwiftNIO"], lambda r: r.cpu_microseconds)
            self.rows.append(at_most(f"small GET, access log {name}: CPU per request",
                                     "plain SwiftNIO `ChannelHandler`, same response fields", bound, ratios, "×"))
        self.end(sides)

    def echo(self) -> None:
        sides = [self.sides.bench("Parley", "parley"), self.sides.bench("Hummingbird", "hummingbird"), self.sides.express()]
        rounds = self.interleave("POST", sides, "/echo", ECHO)
        for name, against, bound in (("Hummingbird", "Hummingbird `Router` + Codable, validates nothing", 2.0),
                                     ("express", "Express + ajv", 2.5)):
            ratios = per_round(rounds[name], rounds["Parley"], lambda r: r.cpu_microseconds)
            self.rows.append(at_least(f"`POST` of a message of {len(ECHO)} bytes, decoded, validated, answered: per CPU second",
                                      against, bound, ratios, "×"))
        self.end(sides)

    def end(self, sides: list[Side]) -> None:
        for side in sides:
            if not side.is_running():
                raise BenchFailed(f"{side.name} ended under load")
            side.end()

    # -- inside one process

    def micro(self) -> None:
        suites = pathlib.Path(os.environ.get("SPEC_SUITES", ROOT.parent / "shared" / "suites"))
        result = self.tool("micro", "--rounds", str(max(self.rounds, 1)), "--spec", str(ROOT / "spec"),
                           "--suite", str(suites / "openapi"))
        figures = {figure["name"]: figure for figure in map(json.loads, result.splitlines())}
        for name, what, against, bound in (("decode", "decode + validate that message", "`JSONDecoder`", 8.0),
                                           ("encode", "encode it", "`JSONEncoder`", 15.0)):
            ratios, note = self.comparison(figures[name], MICRO, "µs")
            self.rows.append(at_least(what, f"Foundation's {against}", bound, ratios, "×", note))
        ratios, note = self.comparison(figures["route"], 1, "ns")
        count = figures["route"]["allocations"]
        row = at_least("route lookup, 200 routes", "Hummingbird's router", 5.0, ratios, "×", f"{note}, {count:g} allocations")
        row.wanted += ", no allocation"
        row.is_met = row.is_met and count == 0
        self.rows.append(row)
        self.durations(figures)

    def comparison(self, figure: dict, unit: float, name: str) -> tuple[list[float], str]:
        ratios = [theirs / ours for ours, theirs in zip(figure["ours"], figure["theirs"])]
        ours = spread([value / unit for value in figure["ours"]])
        return ratios, f"; ours {ours} {name}"

    def durations(self, figures: dict[str, dict]) -> None:
        for name, what, bound in (("compile", "compiling `spec/`", 0.1), ("parse", "parsing `openai.yaml` (3 MB)", 0.2)):
            figure = figures[name]
            if "skipped" in figure:
                self.rows.append(Row(what, "–", f"≤ {bound:g} s", figure["skipped"], None))
            else:
                self.rows.append(at_most(what, "–", bound, [value / MILLI / 1e3 for value in figure["ours"]], "s"))

    def tool(self, *arguments: str) -> str:
        result = subprocess.run([self.build / "parley-bench", *arguments], capture_output=True, text=True, timeout=600)
        if result.returncode != 0:
            raise BenchFailed(f"parley-bench {arguments[0]} failed: {result.stdout}{result.stderr}")
        return result.stdout

    # -- the product

    def sends(self) -> None:
        """Durable sends: the whole product on SQLite, beside a loop that inserts the same row and nothing else."""
        served = self.folder / "sends"
        served.mkdir()
        users = self.folder / "users.txt"
        users.write_text(self.tool("seed", "--database", str(served / "parley.db"), "--secret", SECRET, "--users", str(USERS)))
        side = self.sides.parley(served, DATABASE_URL=f"sqlite:{served}/parley.db", JWT_SECRET=SECRET,
                                 RATE_LIMITS="off", LOG_LEVEL="info", LOG_FORMAT="json")
        wait_until_answering(side)
        drive(side, "/messages", min(1.0, self.seconds), MESSAGE_TEXT, users)
        sent, inserted, cpu = [], [], []
        for number in range(self.rounds):
            inserts = self.inserts(number)
            inserted.append(inserts.per_second)
            cpu.append(inserts)
            sent.append(drive(side, "/messages", self.seconds, MESSAGE_TEXT, users))
        for name, rounds in (("Parley, HTTP to disk", sent), ("GRDB, one transaction per row", cpu)):
            self.details.append(f"| durable sends | {name} | {spread([r.per_second for r in rounds], '{:.0f}')} | "
                                f"{spread([r.cpu_microseconds for r in rounds])} |")
        ratios = [ours.per_second / theirs for ours, theirs in zip(sent, inserted)]
        note = f"; {spread([r.per_second for r in sent], '{:.0f}')}/s beside {spread(inserted, '{:.0f}')}/s"
        self.rows.append(at_least(f"durable sends, SQLite, {CONNECTIONS} connections, {USERS:,} users",
                                  "a plain loop of one-transaction inserts through GRDB", 3.0, ratios, "×", note))
        self.end([side])

    def inserts(self, number: int) -> Round:
        folder = self.folder / f"inserts{number}"
        folder.mkdir()
        words = self.tool("inserts", "--database", str(folder / "parley.db"), "--seconds", str(self.seconds),
                          "--text", MESSAGE_TEXT).split()
        shutil.rmtree(folder)
        return Round(int(words[0]), float(words[1]), float(words[2]))

    def idle(self) -> None:
        """From exec to the first answer, the database made on the way; then what the process holds."""
        seconds, resident = [], []
        for number in range(self.rounds):
            folder = self.folder / f"idle{number}"
            folder.mkdir()
            start = time.monotonic()
            side = self.sides.parley(folder, LOG_FORMAT="json")
            wait_until_answering(side)
            seconds.append(time.monotonic() - start)
            time.sleep(0.5)
            resident.append(side.resident_bytes() / 1e6)
            self.end([side])
        self.rows.append(at_most("idle memory of `parley serve`", "–", 40, resident, "MB RSS"))
        self.rows.append(at_most("start to first answer, with a new database", "–", 0.3, seconds, "s"))


def per_round(ours: list[Round], theirs: list[Round], value) -> list[float]:
    """The ratio of two sides, round by round: what disturbed a round disturbed both."""
    return [value(a) / value(b) for a, b in zip(ours, theirs)]


def machine() -> str:
    model = next((line.partition(":")[2].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), "")
    return f"{os.cpu_count()} cores{', ' + model if model else ''}, Linux {platform.release()}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", default=ROOT / ".build/release", help="where the executables are")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=3.0, help="of load per side and round")
    parser.add_argument("--quick", action="store_true", help="one short round: shows that everything works")
    parser.add_argument("--only", nargs="*", choices=["get", "echo", "micro", "sends", "idle"])
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    # On the project's own disk: a temporary folder in memory would make every fsync free.
    (ROOT / ".build").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=ROOT / ".build") as folder:
        # Where a build that counts coverage puts what it counted.
        os.environ["LLVM_PROFILE_FILE"] = f"{folder}/%p.profraw"
        bench = Bench(options, pathlib.Path(folder))
        try:
            bench.run()
        except BenchFailed as failure:
            sys.exit(f"bench: error: {failure}")
        finally:
            bench.sides.end()
    print(f"Measured on {machine()}; {bench.rounds} rounds, wrk with {CONNECTIONS} connections on the same machine.\n")
    print(table(bench.rows))
    if bench.details:
        print("\n| load | side | requests/s | CPU per request, µs |\n| --- | --- | --- | --- |")
        print("\n".join(bench.details))


if __name__ == "__main__":
    main()
