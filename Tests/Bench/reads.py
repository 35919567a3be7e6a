"""Rows by their key through the store, beside pgbench asking for the same."""
from cluster import Cluster
from load import Round
from measurement import Measurement, beside, per_round, per_second, timed
from report import at_least

CALLERS = 256
OURS, BARE = "the store, 256 callers", "pgbench -S"


def reads(run: Measurement) -> None:
    cluster = Cluster(run.folder / "accounts")
    try:
        url = cluster.create("accounts")
        cluster.initialise_pgbench("accounts")
        cluster.settle()
        rounds = run.interleave("single-row reads", {
            OURS: lambda seconds, _: through_store(run, cluster, url, seconds),
            BARE: lambda seconds, _: cluster.pgbench("accounts", seconds, "-S"),
        })
    finally:
        cluster.end()
    run.rows.append(at_least(f"single-row reads through the store, {CALLERS} callers", "`pgbench -S -c 64 -M prepared`", 1.3,
                             per_round(rounds[OURS], rounds[BARE], per_second), "×", beside(rounds[OURS], rounds[BARE])))


def through_store(run: Measurement, cluster: Cluster, url: str, seconds: float) -> Round:
    before = cluster.cpu_seconds()
    round = timed(run.tool("reads", "--database", url, "--seconds", seconds, "--callers", CALLERS))
    round.database_seconds = cluster.cpu_seconds() - before
    return round
