"""A temporary PostgreSQL server on loopback in its own folder, run by an unprivileged user."""
import contextlib
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time

from live_server import free_port

STARTING_SECONDS_MAX = 20
STOPPING_SECONDS_MAX = 10


@contextlib.contextmanager
def throwaway_postgres():
    """Yields the URL of an empty database; stops the server afterwards."""
    folder, port = tempfile.mkdtemp(prefix="parley-postgres-"), free_port()
    server = None
    try:
        unprivileged = _unprivileged(folder)
        _run([*unprivileged, _program("initdb"), "-D", f"{folder}/data", "-U", "parley", "--auth=trust", "-E", "UTF8",
              "--locale=C.UTF-8", "--no-sync"], folder)
        with open(f"{folder}/log", "wb") as log:
            server = subprocess.Popen(
                [*unprivileged, _program("postgres"), "-D", f"{folder}/data", "-p", str(port), "-c",
                 "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={folder}", "-c", "fsync=off"],
                cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        _wait_until_ready(server, port, folder)
        yield f"postgres://parley@127.0.0.1:{port}/postgres"
    finally:
        _end(server)
        shutil.rmtree(folder, ignore_errors=True)


def _program(name: str) -> str:
    versions = pathlib.Path("/usr/lib/postgresql").glob(f"*/bin/{name}")
    found = max(versions, key=lambda path: int(path.parts[-3]), default=None) or shutil.which(name)
    if found is None:
        raise SystemExit(f"error: {name} is missing: run scripts/setup test")
    return str(found)


def _unprivileged(folder: str) -> list[str]:
    """The command prefix that drops root privileges; changes the owner of the folder to the other user."""
    if os.getuid() != 0:
        return []
    shutil.chown(folder, "postgres")
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]


def _run(command: list[str], folder: str) -> None:
    done = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"error: initdb: {done.stderr}")


def _wait_until_ready(server: subprocess.Popen, port: int, folder: str) -> None:
    deadline = time.monotonic() + STARTING_SECONDS_MAX
    while subprocess.run([_program("pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]).returncode != 0:
        if server.poll() is not None or time.monotonic() > deadline:
            raise SystemExit(f"error: PostgreSQL did not start: {pathlib.Path(folder, 'log').read_text()[-2000:]}")
        time.sleep(0.05)


def _end(server: subprocess.Popen | None) -> None:
    if server is None or server.poll() is not None:
        return
    server.send_signal(signal.SIGINT)  # at once, without waiting for clients
    try:
        server.wait(STOPPING_SECONDS_MAX)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
