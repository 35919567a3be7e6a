"""What all figures share: how long and how often they measure, the sides, and what they have found."""
import argparse
import pathlib
import random
import statistics
import subprocess

from load import Load, Round, drive
from report import Row, spread
from sides import BenchFailed, Side, Sides

ROOT = pathlib.Path(__file__).resolve().parents[2]
SECRET = "a secret that only the benchmarks know"
USERS = 1_000
#: 90 bytes.
SHORT_TEXT = "The quick brown fox jumps over the lazy dog, then sits down to rest a while; the dog naps."


class Measurement:
    def __init__(self, options: argparse.Namespace, folder: pathlib.Path):
        self.folder, self.build = folder, pathlib.Path(options.build).resolve()
        self.is_quick = options.quick
        self.rounds = 1 if options.quick else options.rounds
        self.seconds = 1 if options.quick else options.seconds
        self.sides = Sides(self.build, folder, ROOT)
        self.rows: list[Row] = []
        self.details: list[str] = []

    def interleave(self, title: str, sides: dict, load=None) -> dict[str, list[Round]]:
        """Every round runs every side once, in an order of its own; a first, short one only warms up.

        A side is a server, which the load is driven against, or a function from seconds and the number of the round.
        """
        def once(name: str, seconds: int, number: int) -> Round:
            if not isinstance(sides[name], Side):
                return sides[name](seconds, number)
            return drive(sides[name], load[name] if isinstance(load, dict) else load, seconds)

        results: dict[str, list[Round]] = {name: [] for name in sides}
        for name in sides:
            once(name, min(1, self.seconds), 0)
        for number in range(1, self.rounds + 1):
            for name in random.Random(number).sample(list(sides), len(sides)):
                results[name].append(once(name, self.seconds, number))
        for name, rounds in results.items():
            self.detail(title, name, rounds)
        return results

    def detail(self, title: str, name: str, rounds: list[Round]) -> None:
        database = [r.database_microseconds for r in rounds if r.database_microseconds is not None]
        self.details.append(f"| {title} | {name} | {spread([r.per_second for r in rounds], '{:.0f}')} | "
                            f"{spread([r.cpu_microseconds for r in rounds])} | {spread(database) if database else '–'} |")

    def tool(self, *arguments: object) -> str:
        """What `parley-bench` prints."""
        command = [self.build / "parley-bench", *map(str, arguments)]
        result = subprocess.run(command, capture_output=True, text=True, timeout=600)
        if result.returncode != 0:
            raise BenchFailed(f"parley-bench {arguments[0]} failed: {result.stdout}{result.stderr}")
        return result.stdout

    def seed(self, database: object) -> pathlib.Path:
        """Users who are signed in: a file with a token and an id per line."""
        users = self.folder / "users.txt"
        users.write_text(self.tool("seed", "--database", database, "--secret", SECRET, "--users", USERS))
        return users

    def product(self, folder: pathlib.Path, database: str) -> Side:
        return self.sides.parley(folder, DATABASE_URL=database, JWT_SECRET=SECRET, RATE_LIMITS="off", LOG_LEVEL="info",
                                 LOG_FORMAT="json")

    def end(self, *sides: Side) -> None:
        for side in sides:
            if not side.is_running():
                raise BenchFailed(f"{side.name} ended under load")
            side.end()


def timed(output: str) -> Round:
    """Rows, seconds and CPU seconds, as `parley-bench` prints them."""
    words = output.split()
    return Round(int(words[0]), float(words[1]), float(words[2]))


def per_round(ours: list[Round], theirs: list[Round], value) -> list[float]:
    """The ratio of two sides, round by round: what disturbed a round disturbed both."""
    return [value(a) / value(b) for a, b in zip(ours, theirs)]


def per_second(round: Round) -> float:
    return round.per_second


def beside(ours: list[Round], theirs: list[Round]) -> str:
    """Requests a second of both sides, and the CPU that ours takes for each."""
    return (f"; {spread([r.per_second for r in ours], '{:.0f}')}/s beside "
            f"{spread([r.per_second for r in theirs], '{:.0f}')}/s; "
            f"{statistics.median(r.cpu_microseconds for r in ours):.0f} µs of CPU beside "
            f"{statistics.median(r.cpu_microseconds for r in theirs):.0f} µs")
