"""Property-based requests from the served document against the real server: none may break its promises."""
import os
import pathlib
import random
import subprocess
import sys

from account import sign_in
from live_server import CheckFailed, LiveServer, run_check

CONFIGURATION = pathlib.Path(__file__).with_name("schemathesis.toml")


def check(server: LiveServer) -> None:
    token = sign_in(server)
    seed = os.environ.get("SEED") or str(random.SystemRandom().randrange(2**31))
    print(f"schemathesis, seed {seed} (again with: SEED={seed} scripts/test schemathesis)", flush=True)
    status = subprocess.run(
        [str(pathlib.Path(sys.executable).with_name("schemathesis")), "--config-file", str(CONFIGURATION),
         "run", "--seed", seed, f"{server.url}/openapi.json"],
        cwd=server.folder, env=os.environ | {"PARLEY_TOKEN": token, "NO_COLOR": "1"}).returncode
    if status != 0:
        raise CheckFailed(f"schemathesis found failures (exit {status}); the same run again: SEED={seed} scripts/test schemathesis")


run_check(check)
