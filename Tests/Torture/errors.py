#!/usr/bin/env python3
"""Let each system call of an ingest fail once, in each way it can, and check what danvand makes of it.

usage: errors.py [--every N] [--calls NAMES]

The ingest is that of syscalls.py, with a watcher beside it. Each of its calls to files and sockets is made to
fail by strace, once, with each error that the call may meet: a failing or a full disk, no memory, no descriptors,
an interruption. Then the request is sent again, danvand is killed, started again, and all is checked.

Holds each time: danvand does not die of a signal; it answers, if need be with an error; what it acknowledged is
there, and nothing by halves or twice; a commit whose sync failed is not acknowledged, and neither is any after
it, until danvand has been started again. --every N takes every Nth of the failures; those of syncs are
all taken.

Controls, which must be found out: a disk that says it has written and has not, and a danvand that dies of a
signal. Exits with 3 when anything was violated, with 1 when a control was not noticed.
"""
import argparse
import shutil
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

from daemon import PASSING, Daemon, end, trace  # puts the Python client on the path
from syscalls import REQUESTS, Run, counted

from danvan.errors import DanvanError, StatusError, Unavailable

#: What may go wrong with each call.
ERRORS = {
    "openat": "EIO ENOSPC ENOMEM EMFILE EINTR", "close": "EIO EINTR", "read": "EIO EINTR", "write": "EIO ENOSPC EINTR",
    "pread64": "EIO EINTR", "pwrite64": "EIO ENOSPC EINTR", "fdatasync": "EIO ENOSPC EINTR", "fsync": "EIO ENOSPC EINTR",
    "ftruncate": "EIO ENOSPC EINTR", "fstat": "EIO ENOMEM", "newfstatat": "EIO ENOMEM", "unlink": "EIO ENOMEM",
    "fcntl": "EIO EINTR", "mmap": "ENOMEM", "munmap": "ENOMEM", "accept4": "EMFILE ENFILE ENOMEM EINTR ECONNABORTED",
    "recvfrom": "EIO ENOMEM EINTR", "recvmsg": "EIO ENOMEM EINTR", "sendto": "EIO ENOMEM EINTR EPIPE",
    "sendmsg": "EIO ENOMEM EINTR EPIPE", "shutdown": "EIO", "epoll_wait": "EINTR", "epoll_ctl": "ENOMEM ENOSPC",
    "eventfd2": "EMFILE ENOMEM", "lseek": "EIO"}
SYNCS = ("fsync", "fdatasync")
#: After which danvand may refuse changes until it has been started again: a lock that it cannot give back.
LOCKS = ("fcntl",)
#: In which an answer must have come, and danvand must have come to itself, in seconds.
PATIENCE = 30


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--calls", default=",".join(ERRORS))
    options = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="dv-base-") as name:
        base = Path(name)
        daemon = Daemon(base)
        daemon.start()
        daemon.stop()
        counts = counted(base / "state", options.calls)
        failures = [(request, call, number, error) for request, call in sorted(counts)
                    for number in range(1, counts[(request, call)] + 1) for error in ERRORS[call].split()]
        # Neighbours are the same call with other errors: a stride meets all of both.
        chosen = [failure for n, failure in enumerate(failures) if n % options.every == 0 or failure[1] in SYNCS]
        outcomes, found = Counter(), []
        for request, call, number, error in chosen:
            outcome, faults = suffer(base, request, call, number, f"error={error}")
            outcomes[outcome] += 1
            found += [f"request {request + 1}, {call} {number} {error}: {text}" for text in faults]
        print(f"{len(chosen)} failures of {len(failures)} ({', '.join(f'{n} {what}' for what, n in outcomes.most_common())}); "
              f"{time.monotonic() - began:.0f} s; {len(found)} violations", flush=True)
        for text in found[:40]:
            print("  " + text)
        missed = control(base, counts)
    sys.exit(3 if found else 1 if missed else 0)


def control(base, counts):
    """Whether a misbehaviour was not noticed."""
    writes, missed = counts[(0, "pwrite64")], False
    for what, fault, word in (("a disk that only says it has written", "retval=8192", ""),
                              ("a danvand that dies", "signal=SEGV", "signal")):
        found = []
        # The last writes are those of the commit; this time there may be one or two fewer.
        for number in range(writes, max(0, writes // 2), -1):
            found = [text for text in suffer(base, 0, "pwrite64", number, fault)[1] if word in text]
            if found:
                break
        print(f"control, {what}: {found[0] if found else 'not noticed'}", flush=True)
        missed |= not found
    return missed


def suffer(base, request, call, number, fault):
    """One failure: how the request ended, and what is wrong."""
    with tempfile.TemporaryDirectory(prefix="dv-error-") as scratch:
        folder = Path(scratch)
        shutil.copytree(base / "state", folder / "state")
        run = Sufferer(folder)
        run.daemon.start()
        try:
            return run.suffer(request, call, number, fault)
        finally:
            run.daemon.kill()


class Sufferer(Run):
    """One ingest in which a call fails."""

    def suffer(self, request, call, number, fault):
        stop = threading.Event()
        watcher = threading.Thread(target=self.follow, args=(stop,))
        watcher.start()
        found = []
        if not self.ingest(range(request)):
            raise SystemExit("danvand is gone before anything failed")
        notes = self.daemon.folder / "trace"
        tracer = trace(self.daemon.process, "-y", "-o", notes, "-e", f"trace={call}", "-e", f"inject={call}:{fault}:when={number}")
        outcome = self.attempt(request)
        # What happens behind the answer belongs to it: the watcher is told, the connection closed.
        time.sleep(0.05)
        status = self.daemon.process.poll()
        end(tracer)
        injected = [line for line in notes.read_text(errors="replace").splitlines() if "(INJECTED)" in line]
        if not injected and "signal" not in fault:
            outcome = "not met"
        lost_sync = call in SYNCS and any("danvan.db" in line for line in injected)
        if lost_sync and outcome == "acknowledged":
            found.append("a commit was acknowledged whose sync failed")
        if status is None:
            found += self.again(lost_sync, call in LOCKS)
            status = self.daemon.process.poll()
        if status is not None:
            outcome = f"ended with {status}"
            if status < 0:
                found.append(f"danvand died of signal {-status}: {self.daemon.log.read_text()[-300:]}")
        self.daemon.kill()
        stop.set()
        watcher.join()
        return outcome, found + self.check()

    def check(self):
        try:
            return super().check()
        except StatusError as error:
            return [f"after a new start: {error!r}"]

    def follow(self, stop):
        try:
            self.watch(stop)
        except StatusError:
            # A watch may end with an error, as any call; it goes on from its cursor.
            self.watched.breaks += 1

    def attempt(self, request):
        """How the request ends."""
        try:
            return "acknowledged" if self.ingest(range(request, request + 1)) else "unavailable or broken off"
        except StatusError as error:
            return error.name.lower()
        except DanvanError as error:
            return type(error).__name__

    def again(self, lost_sync, may_refuse):
        """Sends what had no answer again: it must be taken, unless a sync or a lock had failed."""
        until = time.monotonic() + PATIENCE
        while self.daemon.process.poll() is None:
            try:
                with self.daemon.client(PATIENCE) as client:
                    client.hits("dan van")
                    if lost_sync:
                        return self.refuses(client)
                if self.ingest(range(REQUESTS)) or may_refuse and self.has_given_up():
                    return []
            except (StatusError, *PASSING) as error:
                if may_refuse and self.has_given_up():
                    return []
                if time.monotonic() > until:
                    return [f"danvand does not come to itself: {error!r}"]
            if time.monotonic() > until:
                return ["danvand does not come to itself"]
            time.sleep(0.05)
        return []

    def has_given_up(self):
        """Whether it says that it must be started again."""
        try:
            with self.daemon.client(PATIENCE) as client:
                client.delete([4_000])
        except Unavailable:
            return True
        except (StatusError, *PASSING):
            pass
        return False

    def refuses(self, client):
        try:
            client.delete([4_000])
        except Unavailable:
            return []
        return ["after a failed sync another change was acknowledged"]


if __name__ == "__main__":
    main()
