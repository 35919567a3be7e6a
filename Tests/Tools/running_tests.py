"""Names the tests that were started and had not ended: running_tests.py EVENTS, an event stream of `swift test`."""
import json
import pathlib
import sys

SHOWN_MAX = 40


def events(path: pathlib.Path):
    """The events of the stream; its last line may be cut off."""
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            # The descriptions of tests are most of the stream.
            if not line.startswith('{"kind":"event"') or not line.endswith("\n"):
                continue
            yield json.loads(line)["payload"]


def running(path: pathlib.Path) -> tuple[dict[str, float], float]:
    """Each test that is under way with the time of its start, and the time of the last event."""
    started, last = {}, 0.0
    for event in events(path):
        last = event["instant"]["since1970"]
        if event["kind"] == "testStarted":
            started[event["testID"]] = last
        elif event["kind"] in ("testEnded", "testSkipped"):
            started.pop(event["testID"], None)
    return started, last


def main() -> None:
    path = pathlib.Path(sys.argv[1])
    if not path.exists():
        print("no test was started")
        return
    started, last = running(path)
    # A suite is under way as long as one of its tests.
    tests = {name: since for name, since in started.items() if "/" in name}
    print(f"{len(tests)} tests had not ended:")
    for name, since in sorted(tests.items(), key=lambda test: test[1])[:SHOWN_MAX]:
        print(f"  {name} (begun {last - since:.0f} s before the last event)")


main()
