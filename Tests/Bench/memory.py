"""Memory of the product: idle, under load, and while large files arrive."""
import http.client
import threading
import time

from measurement import Measurement
from report import Row, at_most
from sides import BenchFailed, Side, wait_until_answering

UPLOADS = 10
FILE_BYTES = 25 * 1024 * 1024
BOUNDARY = "parley-bench-boundary"
PIECE = bytes(range(256)) * 256


def idle(run: Measurement) -> None:
    """From exec to the first answer, the database made on the way; then what the process holds."""
    seconds, resident = [], []
    for number in range(run.rounds):
        folder = run.folder / f"idle{number}"
        folder.mkdir()
        start = time.monotonic()
        side = run.sides.parley(folder, LOG_FORMAT="json")
        wait_until_answering(side)
        seconds.append(time.monotonic() - start)
        time.sleep(0.5)
        resident.append(side.resident_bytes() / 1e6)
        run.end(side)
    run.rows.append(at_most("idle memory of `parley serve`", "–", 40, resident, "MB RSS"))
    run.rows.append(at_most("start to first answer, with a new database", "–", 0.3, seconds, "s"))


def peak_under_load(database: str, side: Side) -> Row:
    return at_most(f"peak memory under that load, {database}", "–", 80, [side.peak_bytes() / 1e6], "MB RSS")


def uploads(run: Measurement) -> None:
    """Ten files of 25 MiB at once, kept on the disk; the most that the process held meanwhile."""
    folder = run.folder / "uploads"
    folder.mkdir()
    # A user has four uploads at once at most.
    lines = run.seed(folder / "parley.db").read_text().splitlines()
    tokens = [line.split()[0] for line in lines[:UPLOADS]]
    side = run.product(folder, f"sqlite:{folder}/parley.db")
    wait_until_answering(side)
    peaks = []
    for _ in range(min(run.rounds, 3)):
        side.forget_peak()
        upload_all(side, tokens)
        peaks.append(side.peak_bytes() / 1e6)
    run.rows.append(at_most(f"peak memory during {UPLOADS} parallel uploads of 25 MiB", "–", 100, peaks, "MB RSS"))
    run.end(side)


def upload_all(side: Side, tokens: list[str]) -> None:
    answers: list[object] = []
    threads = [
        threading.Thread(target=lambda token: answers.append(upload(side, token)), args=(tokens[number % len(tokens)],))
        for number in range(UPLOADS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if answers != [201] * UPLOADS:
        raise BenchFailed(f"uploads were answered with {answers}")


def upload(side: Side, token: str) -> object:
    """The status of the answer, or what went wrong."""
    head = (f"--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.bin\"\r\n"
            "Content-Type: application/octet-stream\r\n\r\n").encode()
    tail = f"\r\n--{BOUNDARY}--\r\n".encode()
    connection = http.client.HTTPConnection("127.0.0.1", side.port, timeout=60)
    try:
        connection.putrequest("POST", "/media")
        connection.putheader("Authorization", f"Bearer {token}")
        connection.putheader("Content-Type", f"multipart/form-data; boundary={BOUNDARY}")
        connection.putheader("Content-Length", str(len(head) + FILE_BYTES + len(tail)))
        connection.endheaders(head)
        for _ in range(FILE_BYTES // len(PIECE)):
            connection.send(PIECE)
        connection.send(tail)
        return connection.getresponse().status
    except OSError as error:
        return error
    finally:
        connection.close()
