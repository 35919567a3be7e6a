"""Property-based tests of the real server, generated from the served document."""
import os

from live_server import run_check
from schemathesis_run import run_schemathesis

# A fixed seed, so that runs are reproducible; the deep run uses a new one each time.
SEED = os.environ.get("SEED") or "1202"
EXAMPLES = 20

run_check(lambda server: run_schemathesis(server, SEED, EXAMPLES, f"SEED={SEED} scripts/test schemathesis"))
