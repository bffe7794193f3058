"""A Dask cluster of real processes over TCP, whose workers and scheduler can be killed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from running import PATIENCE, environment

_QUICK: Final = {
    "DASK_DISTRIBUTED__WORKER__DAEMON": "False",
    "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "60s",
    "DASK_DISTRIBUTED__SCHEDULER__WORKER_TTL": "20s",
}


class Processes:
    """A scheduler and some workers, each a process in a group of its own."""

    def __init__(self, folder: Path, cache: Path | str, workers: int, **more: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{self._port}"
        self._folder = folder
        self._environment = environment(cache, **_QUICK) | more
        self.scheduler = self._scheduler()
        self.workers = [self.worker() for _ in range(workers)]

    def _scheduler(self) -> subprocess.Popen[bytes]:
        at = ("--host", "127.0.0.1", "--port", str(self._port))
        return self._started("dask_scheduler", *at)

    def worker(self, **environment: str) -> subprocess.Popen[bytes]:
        """One more worker, of one thread; nobody starts it anew."""
        flags = ("--nthreads", "1", "--no-nanny", "--death-timeout", "120")
        return self._started("dask_worker", self.address, *flags, **environment)

    def kill(self, number: int) -> None:
        """Kill a worker as a power cut does, and start another in its place."""
        os.killpg(self.workers[number].pid, signal.SIGKILL)
        self.workers[number].wait(PATIENCE)
        self.workers[number] = self.worker()

    def restart(self) -> None:
        """Kill all of it, and start it anew at the same address."""
        for process in (self.scheduler, *self.workers):
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(PATIENCE)
        self.scheduler = self._scheduler()
        self.workers = [self.worker() for _ in self.workers]

    def close(self) -> None:
        """End every process."""
        for process in (*self.workers, self.scheduler):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(PATIENCE)

    def _started(self, module: str, *arguments: str, **environment: str) -> subprocess.Popen[bytes]:
        log = (self._folder / "cluster.log").open("ab")
        with log:
            return subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.{module}", *arguments, "--no-dashboard"],
                cwd=self._folder,
                env=self._environment | environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def wait(self) -> None:
        """Until every worker is there."""
        from distributed import Client

        with Client(self.address, timeout=PATIENCE, set_as_default=False) as client:
            client.wait_for_workers(len(self.workers), timeout=PATIENCE)


@contextmanager
def cluster(folder: Path, cache: Path | str, workers: int = 2, **more: str) -> Iterator[Processes]:
    """A cluster whose workers use that cache and have these variables; nothing of it is left."""
    processes = Processes(folder, cache, workers, **more)
    try:
        processes.wait()
        yield processes
    finally:
        processes.close()


def until(path: Path) -> None:
    """Wait for a file."""
    for _ in range(PATIENCE * 50):
        if path.exists():
            return
        time.sleep(0.02)
    raise TimeoutError(path)
