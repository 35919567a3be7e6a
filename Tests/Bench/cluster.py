"""A throw-away PostgreSQL on loopback, run by an unprivileged user, that keeps its promises: a commit is on the disk."""
import glob
import os
import pathlib
import pwd
import re
import shutil
import signal
import subprocess
import time

from load import Round
from sides import BenchFailed, cpu_seconds, free_port

STARTING_SECONDS_MAX = 20
STOPPING_SECONDS_MAX = 30
#: No checkpoint shall fall on one side only: there is one before each comparison, and none within.
SETTINGS = ("fsync=on", "synchronous_commit=on", "max_connections=200", "shared_buffers=256MB",
            "checkpoint_timeout=30min", "max_wal_size=4GB")


class Cluster:
    def __init__(self, folder: pathlib.Path):
        self.folder, self.port = folder, free_port()
        self.programs = pathlib.Path(find_programs())
        folder.mkdir()
        self.owner: dict[str, object] = {}
        if os.geteuid() == 0:
            # PostgreSQL refuses to be root.
            user = pwd.getpwnam("postgres")
            os.chown(folder, user.pw_uid, user.pw_gid)
            self.owner = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        self._run("initdb", "-D", folder / "data", "-U", "parley", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8",
                  "--no-sync", **self.owner)
        self.process = self._start()

    def _start(self) -> subprocess.Popen:
        command = [self.programs / "postgres", "-D", self.folder / "data", "-p", str(self.port), "-c",
                   "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={self.folder}"]
        for setting in SETTINGS:
            command += ["-c", setting]
        with (self.folder / "log").open("wb") as log:
            process = subprocess.Popen(command, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **self.owner)
        deadline = time.monotonic() + STARTING_SECONDS_MAX
        while subprocess.run([self.programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)]).returncode != 0:
            if process.poll() is not None or time.monotonic() > deadline:
                process.kill()
                raise BenchFailed(f"PostgreSQL did not start: {(self.folder / 'log').read_text()[-500:]}")
            time.sleep(0.05)
        return process

    def _run(self, program: str, *arguments: object, **options) -> str:
        result = subprocess.run([self.programs / program, *map(str, arguments)], stdin=subprocess.DEVNULL, cwd=self.folder,
                                capture_output=True, text=True, timeout=300, **options)
        if result.returncode != 0:
            raise BenchFailed(f"{program} failed: {result.stdout[-500:]}{result.stderr[-500:]}")
        return result.stdout

    def _reach(self, database: str) -> list[object]:
        return ["-h", "127.0.0.1", "-p", self.port, "-U", "parley", database]

    def create(self, database: str) -> str:
        """Its URL."""
        self._run("createdb", *self._reach(database))
        return f"postgres://parley@127.0.0.1:{self.port}/{database}"

    def sql(self, database: str, *arguments: object) -> None:
        """What psql does with `-c`, `-f`, `-v`; the first mistake ends it."""
        self._run("psql", "-qX", "-v", "ON_ERROR_STOP=1", *arguments, *self._reach(database))

    def settle(self) -> None:
        """Everything is on the disk, so that the next comparison begins with nothing left to write."""
        self.sql("postgres", "-c", "CHECKPOINT")

    def pgbench(self, database: str, seconds: float, *arguments: object) -> Round:
        """What 64 clients get done, each on a connection of its own."""
        before, started = os.times(), self.cpu_seconds()
        output = self._run("pgbench", "-n", "-c", 64, "-j", 2, "-M", "prepared", "-T", max(1, round(seconds)), *arguments,
                           *self._reach(database))
        after = os.times()
        done = re.search(r"number of transactions actually processed: (\d+)", output)
        rate = re.search(r"^tps = ([\d.]+)", output, re.MULTILINE)
        if not done or not rate or float(rate[1]) == 0 or "aborted" in output:
            raise BenchFailed(f"pgbench did not get through: {output}")
        cpu = after.children_user + after.children_system - before.children_user - before.children_system
        return Round(int(done[1]), int(done[1]) / float(rate[1]), cpu, self.cpu_seconds() - started)

    def initialise_pgbench(self, database: str) -> None:
        self._run("pgbench", "-i", "-q", "-s", 1, *self._reach(database))

    def cpu_seconds(self) -> float:
        return cpu_seconds(self.process.pid)

    def end(self) -> None:
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(STOPPING_SECONDS_MAX)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def find_programs() -> str:
    """The folder of the newest PostgreSQL: Debian keeps its programs off the PATH."""
    folders = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda path: int(path.split("/")[-2]))
    if folders:
        return folders[-1]
    found = shutil.which("postgres")
    if not found:
        raise BenchFailed("PostgreSQL is missing: scripts/setup bench")
    return os.path.dirname(found)
