"""Durable sends on SQLite: the whole product, beside a loop that inserts the same row and nothing else."""
import shutil

from load import CONNECTIONS, Load, Round
from measurement import USERS, Measurement, beside, per_round, per_second, timed
from memory import peak_under_load
from protocol import MESSAGE_TEXT
from report import at_least
from sides import wait_until_answering

MANY_CONNECTIONS = 256
LOOP = "GRDB, one transaction per row"


def sqlite(run: Measurement) -> None:
    served = run.folder / "sqlite"
    served.mkdir()
    users = run.seed(served / "parley.db")
    side = run.product(served, f"sqlite:{served}/parley.db")
    wait_until_answering(side)
    side.forget_peak()
    loads = {f"Parley, {count} connections": Load("/messages", MESSAGE_TEXT, users, count)
             for count in (CONNECTIONS, MANY_CONNECTIONS)}
    sides = {name: side for name in loads} | {LOOP: lambda seconds, number: inserts(run, seconds, number)}
    rounds = run.interleave("durable sends, SQLite", sides, loads)
    for (name, load), bound in zip(loads.items(), (3.0, 5.0)):
        ratios = per_round(rounds[name], rounds[LOOP], per_second)
        run.rows.append(at_least(f"durable sends, SQLite, {load.connections} connections, {USERS:,} users",
                                 "a plain loop of one-transaction inserts through GRDB", bound, ratios, "×",
                                 beside(rounds[name], rounds[LOOP])))
    run.rows.append(peak_under_load("SQLite", side))
    run.end(side)


def inserts(run: Measurement, seconds: float, number: int) -> Round:
    folder = run.folder / f"inserts{number}"
    folder.mkdir()
    result = run.tool("inserts", "--database", folder / "parley.db", "--seconds", seconds, "--text", MESSAGE_TEXT)
    shutil.rmtree(folder)
    return timed(result)
