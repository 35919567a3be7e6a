"""The product on PostgreSQL beside Express on the same one, and beside the bare statement."""
import base64
import hashlib
import hmac
import json
import pathlib
import re
import time

from cluster import Cluster
from load import CONNECTIONS, Load
from measurement import ROOT, SECRET, SHORT_TEXT, USERS, Measurement, beside, per_round, per_second
from memory import peak_under_load
from report import at_least
from sides import Side, wait_until_answering

SEED = ROOT / "Tests/Bench/Seed"
MESSAGES_PER_CONVERSATION = 200
OURS, PEER, BARE = "Parley", "Express + pg", "pgbench"
#: The words of SHORT_TEXT as the product's index has them, `#` for the conversation.
TOKENS = " ".join(f"#{word}" for word in dict.fromkeys(re.findall(r"\w+", SHORT_TEXT.lower())))


def postgres(run: Measurement) -> None:
    cluster = Cluster(run.folder / "postgres")
    try:
        measure(run, cluster)
    finally:
        run.sides.end()
        cluster.end()


def measure(run: Measurement, cluster: Cluster) -> None:
    ours, our_users = start_product(run, cluster)
    peer, peer_users = start_peer(run, cluster, our_users)
    sides = {OURS: ours, PEER: peer}
    ours.forget_peak()
    for what, path, bound in (("`GET /messages?limit=50`", "/messages?limit=50&with=PARTNER", 8.0),
                              ("`GET /users/me`", "/users/me", 4.0)):
        cluster.settle()
        rounds = run.interleave(what, sides, {OURS: Load(path, users=our_users), PEER: Load(path, users=peer_users)})
        ratios = per_round(rounds[OURS], rounds[PEER], per_second)
        run.rows.append(at_least(f"{what}, PostgreSQL, {CONNECTIONS} connections", f"{PEER}, 2 workers", bound, ratios, "×",
                                 beside(rounds[OURS], rounds[PEER])))
    sends(run, cluster, sides, {OURS: our_users, PEER: peer_users})
    run.rows.append(peak_under_load("PostgreSQL", ours))
    run.end(ours, peer)


def sends(run: Measurement, cluster: Cluster, sides: dict[str, Side], users: dict[str, pathlib.Path]) -> None:
    cluster.settle()
    script = make_script(run, cluster)
    bare = lambda seconds, number: cluster.pgbench("bare", seconds, "-f", script, "-D", f"n={number * 1_000_000}")
    loads = {name: Load("/messages", SHORT_TEXT, users[name]) for name in sides}
    rounds = run.interleave("durable sends, PostgreSQL", sides | {BARE: bare}, loads)
    for name, against, bound in ((PEER, f"{PEER}, 2 workers", 2.5),
                                 (BARE, "`pgbench -c 64 -M prepared`, the same statement without HTTP", 1.0)):
        ratios = per_round(rounds[OURS], rounds[name], per_second)
        run.rows.append(at_least(f"durable sends, PostgreSQL, {CONNECTIONS} connections, {USERS:,} users", against, bound,
                                 ratios, "×", beside(rounds[OURS], rounds[name])))


def start_product(run: Measurement, cluster: Cluster) -> tuple[Side, pathlib.Path]:
    url = cluster.create("parley")
    users = run.seed(url)
    seed(run, cluster, "parley")
    folder = run.folder / "product"
    folder.mkdir()
    side = run.product(folder, url)
    return ready(side, cluster), users


def start_peer(run: Measurement, cluster: Cluster, our_users: pathlib.Path) -> tuple[Side, pathlib.Path]:
    side = ready(run.sides.express_on(cluster.create("peer"), SECRET), cluster)
    ids = [line.split()[1] for line in our_users.read_text().splitlines()]
    (cluster.folder / "people").write_text("".join(f"{id}\n" for id in ids))
    seed(run, cluster, "peer")
    users = run.folder / "peer-users.txt"
    users.write_text("".join(f"{peer_token(id)} {id}\n" for id in ids))
    return side, users


def ready(side: Side, cluster: Cluster) -> Side:
    wait_until_answering(side)
    side.database = cluster
    return side


def seed(run: Measurement, cluster: Cluster, database: str) -> None:
    count = 20 if run.is_quick else MESSAGES_PER_CONVERSATION
    cluster.sql(database, "-v", f"messages={count}", "-v", f"text={SHORT_TEXT}", "-f", SEED / f"{database}.sql")


def peer_token(subject: str) -> str:
    claims = {"sub": subject, "exp": int(time.time()) + 3_600}
    text = ".".join(base64url(json.dumps(part).encode()) for part in ({"alg": "HS256", "typ": "JWT"}, claims))
    return f"{text}.{base64url(hmac.digest(SECRET.encode(), text.encode(), hashlib.sha256))}"


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def make_script(run: Measurement, cluster: Cluster) -> pathlib.Path:
    """The product's statement, for one message, for pgbench, which has numbers only: every id is one, written as a UUID."""
    # Makes the tables; its own users are not used.
    run.tool("seed", "--database", cluster.create("bare"), "--secret", SECRET, "--users", 1)
    cluster.sql("bare", "-f", SEED / "bare.sql")
    id = "lpad(:{}, 32, '0')".format
    values = [id("message"), id("low"), id("high"), id("message"), id("sender"), id("recipient"), f"'{SHORT_TEXT}'", "NULL",
              "now()", id("sender"), "NULL", "'\\x" + "5a" * 32 + "'", "'{}'",
              f"replace('{TOKENS}', '#', lpad(:low, 7, 'c') || lpad(:high, 7, '0'))", "1", "0", "'message.new'"]
    statement = re.sub(r"\$(\d+)", lambda match: f"ARRAY[{values[int(match[1]) - 1]}]", run.tool("statement")).strip()
    script = run.folder / "send.sql"
    script.write_text("\n".join((
        "\\set n :n + 1", "\\set message :n * 100 + :client_id", f"\\set sender random(0, {USERS - 1})",
        f"\\set recipient (:sender * 7 + 1) % {USERS}", "\\set low least(:sender, :recipient)",
        "\\set high greatest(:sender, :recipient)", f"{statement};", "")))
    script.chmod(0o644)
    return script
