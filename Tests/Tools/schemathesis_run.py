"""Runs schemathesis against a live server with its configuration."""
import os
import pathlib
import subprocess
import sys

from account import sign_in
from live_server import CheckFailed, LiveServer

CONFIGURATION = pathlib.Path(__file__).with_name("schemathesis.toml")


def run_schemathesis(server: LiveServer, seed: str, examples: int, again: str) -> None:
    """`again` is the command that repeats the run."""
    token = sign_in(server)
    print(f"schemathesis, {examples} examples, seed {seed} (repeat with: {again})", flush=True)
    status = subprocess.run(
        [str(pathlib.Path(sys.executable).with_name("schemathesis")), "--config-file", str(CONFIGURATION),
         "run", "--seed", seed, "--max-examples", str(examples), f"{server.url}/openapi.json"],
        cwd=server.folder, env=os.environ | {"PARLEY_TOKEN": token, "NO_COLOR": "1"}).returncode
    if status != 0:
        raise CheckFailed(f"schemathesis found failures (exit {status}); repeat with: {again}")
