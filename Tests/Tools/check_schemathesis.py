"""Property-based requests from the served document against the real server: none may break its promises."""
import os

from live_server import run_check
from schemathesis_run import run_schemathesis

# Always the same, so that a red run is no matter of luck; the deep run takes another each time.
SEED = os.environ.get("SEED") or "1202"
EXAMPLES = 20

run_check(lambda server: run_schemathesis(server, SEED, EXAMPLES, f"SEED={SEED} scripts/test schemathesis"))
