"""Tests the pet store, a package with its own spec: builds it, sends requests, and edits the spec.

Everything is built in the folder given on the command line; the fixture itself is not modified.
"""
import pathlib
import subprocess
import sys
import tempfile
import time

from live_server import STARTING_SECONDS_MAX, CheckFailed
from pet_answers import check_answers
from pet_store import KEY, Package, expect
from spec_reactions import check_reactions


def timed(what: str, work, *arguments) -> None:
    started = time.monotonic()
    work(*arguments)
    print(f"{what} ({time.monotonic() - started:.0f} s)", flush=True)


def check_access(package: Package) -> None:
    """The contract and a service in one target, for the access levels that the fixture itself does not have."""
    for access in ["internal", "public"]:
        package.edit("spec/openapi.yaml", "access: package", f"access: {access}")
        for mode in ["Swift5", "Swift5InternalImportsByDefault", "Swift6", "Swift6InternalImportsByDefault"]:
            package.build("--target", mode)
        package.refresh()


def check_wiring(package: Package) -> None:
    """A program without the store that its spec needs says so in one line, and ends with EX_CONFIG."""
    package.edit("Sources/App/PetStore.swift", "        configuration.idempotencyStore = responses\n", "")
    package.build("--product", "App")
    with tempfile.TemporaryDirectory(prefix="parley-wiring-") as folder:
        done = subprocess.run(
            [package.scratch / "debug/App", "0", f"{folder}/pets.db", KEY], stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=STARTING_SECONDS_MAX)
    expect("exit code", done.returncode, 78)
    expect("message", done.stderr, "App: the operation 'placeOrder' has x-idempotency, which needs an idempotency "
                                   "store: set HTTPService.Configuration.idempotencyStore\n")
    package.refresh()


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(f"usage: {sys.argv[0]} FOLDER")
    package = Package(pathlib.Path(sys.argv[1]).resolve())
    package.refresh()
    try:
        timed("the pet store builds, with its contract in every language mode", package.build)
        timed("the pet store's responses match its spec", check_answers, package)
        timed("the pet store does not start without the store that its spec needs", check_wiring, package)
        timed("contract and service build in one target with every access level", check_access, package)
        timed("the build reacts to edits of the spec", check_reactions, package)
    except CheckFailed as failure:
        sys.exit(f"error: {failure}")


main()
