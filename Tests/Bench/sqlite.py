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
#: As fast as the product could be, if HTTP, JSON, tokens and logs cost nothing.
STORE = f"the store alone, {MANY_CONNECTIONS} callers"


def sqlite(run: Measurement) -> None:
    served = run.folder / "sqlite"
    served.mkdir()
    users = run.seed(served / "parley.db")
    side = run.product(served, f"sqlite:{served}/parley.db")
    wait_until_answering(side)
    side.forget_peak()
    loads = {f"Parley, {count} connections": Load("/messages", MESSAGE_TEXT, users, count)
             for count in (CONNECTIONS, MANY_CONNECTIONS)}
    sides = {name: side for name in loads} | {
        LOOP: lambda seconds, number: inserted(run, number, "inserts", "--seconds", seconds),
        STORE: lambda seconds, number: inserted(run, number, "store-sends", "--seconds", seconds, "--callers", MANY_CONNECTIONS),
    }
    rounds = run.interleave("durable sends, SQLite", sides, loads)
    for (name, load), bound in zip(loads.items(), (3.0, 5.0)):
        ratios = per_round(rounds[name], rounds[LOOP], per_second)
        run.rows.append(at_least(f"durable sends, SQLite, {load.connections} connections, {USERS:,} users",
                                 "a plain loop of one-transaction inserts through GRDB", bound, ratios, "×",
                                 beside(rounds[name], rounds[LOOP])))
    run.rows.append(peak_under_load("SQLite", side))
    run.end(side)


def inserted(run: Measurement, number: int, command: str, *arguments: object) -> Round:
    folder = run.folder / f"{command}{number}"
    folder.mkdir()
    result = run.tool(command, "--database", folder / "parley.db", "--text", MESSAGE_TEXT, *arguments)
    shutil.rmtree(folder)
    return timed(result)
