"""Another package builds its own spec with this framework: it builds, answers, and reacts to edits.

Everything is built in the folder that the command line names; nothing is written to the fixture itself.
"""
import pathlib
import sys
import time

from live_server import CheckFailed
from pet_answers import check_answers
from pet_store import Package
from spec_reactions import check_reactions


def timed(what: str, work, *arguments) -> None:
    started = time.monotonic()
    work(*arguments)
    print(f"{what} ({time.monotonic() - started:.0f} s)", flush=True)


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(f"usage: {sys.argv[0]} FOLDER")
    package = Package(pathlib.Path(sys.argv[1]).resolve())
    package.refresh()
    try:
        timed("the pet store builds, its contract in every language mode", package.build)
        timed("the pet store answers as its spec says", check_answers, package)
        timed("the build reacts to edits of the spec", check_reactions, package)
    except CheckFailed as failure:
        sys.exit(f"error: {failure}")


main()
