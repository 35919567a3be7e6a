"""Runs schemathesis with more examples than check_schemathesis.py, on both engines and with a new seed each time."""
import os
import random

from live_server import run_check
from postgres import throwaway_postgres
from schemathesis_run import run_schemathesis

SEED = os.environ.get("SEED") or str(random.SystemRandom().randrange(2**31))
EXAMPLES = int(os.environ.get("EXAMPLES", "100"))
ENGINES = os.environ.get("ENGINES", "sqlite postgres").split()


def check(server) -> None:
    run_schemathesis(server, SEED, EXAMPLES, f"SEED={SEED} scripts/test deep")


for engine in ENGINES:
    print(f"on {engine}", flush=True)
    if engine == "sqlite":
        run_check(check)
    else:
        with throwaway_postgres() as url:
            run_check(check, {"DATABASE_URL": url})
