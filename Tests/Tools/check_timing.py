"""Checks that a login with a wrong password takes the same time for known and unknown addresses."""
import os
import statistics
import time

from account import ADDRESS, sign_in
from live_server import CheckFailed, LiveServer, run_check

PAIRS = int(os.environ.get("PAIRS", "60"))
WARM_UPS = 3
DIFFERENCE_MAX = 0.05


def seconds(server: LiveServer, address: str) -> float:
    started = time.perf_counter()
    server.expect(401, "POST", "/auth/login", {"email": address, "password": "not this one"})
    return time.perf_counter() - started


def check(server: LiveServer) -> None:
    sign_in(server)
    for _ in range(WARM_UPS):
        seconds(server, ADDRESS)
        seconds(server, "nobody@example.com")
    known, unknown = [], []
    for number in range(PAIRS):
        # Alternates the order.
        order = [(known, ADDRESS), (unknown, f"nobody{number}@example.com")]
        for times, address in order if number % 2 else reversed(order):
            times.append(seconds(server, address))
    medians = statistics.median(known), statistics.median(unknown)
    difference = abs(medians[0] / medians[1] - 1)
    told = f"known {medians[0] * 1e3:.1f} ms, unknown {medians[1] * 1e3:.1f} ms over {PAIRS} pairs: {difference:.1%} apart"
    if difference > DIFFERENCE_MAX:
        raise CheckFailed(f"{told}, expected at most {DIFFERENCE_MAX:.0%}")
    print(told)


run_check(check)
