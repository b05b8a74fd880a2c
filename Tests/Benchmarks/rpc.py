#!/usr/bin/env python3
"""Measure DanvanRPC's calls and streams beside peers over Unix sockets in the same run, all interleaved.

usage: rpc.py [--rounds N] [--milliseconds N] [--messages N]

Peers: C with nothing between frames and sockets, Go ttrpc and grpc-go from Debian's packages
(golang-go, golang-github-containerd-ttrpc-dev, golang-google-grpc-dev, golang-goprotobuf-dev), redis
(redis-server), grpcio (`make bench` puts it into .build/rpc-peers;
PEER_PYTHON names another Python that has it). Those that are absent are
named. One connection a client, echo of 64 bytes with 1, 16 and 64 calls in flight and of 64 KiB with 1; a
stream of 1 KiB messages; CPU time a call of client and server together; resident memory. Medians of the
rounds; then the ratios that DanvanRPC is held to.
"""
import argparse
import csv
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from harness import BIN, ROOT, Daemon, machine, memory_of

HERE = Path(__file__).resolve().parent / "rpc"
GO = {**os.environ, "GO111MODULE": "off", "GOPATH": "/usr/share/gocode", "GOPROXY": "off", "CGO_ENABLED": "0"}
WIDTHS = (1, 16, 64)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--milliseconds", type=int, default=400)
    parser.add_argument("--messages", type=int, default=60000)
    options = parser.parse_args()
    print(f"== rpc: {machine()}")
    with tempfile.TemporaryDirectory(prefix="danvan-bench-") as scratch:
        scratch = Path(scratch)
        peers = [p for p in (build(scratch, name) for name in BUILDERS) if p]
        for peer in peers:
            peer.start()
        try:
            for _ in range(options.rounds):
                for peer in peers:
                    peer.measure(options)
            table(peers)
            stalled(peers[0], options)
        finally:
            for peer in peers:
                peer.stop()
        daemon = Daemon(scratch)
        resident = daemon.memory()[0]
        daemon.stop()
        print(f"danvand, fresh: {resident:.1f} MiB resident (bar: 24)")
        bars({p.name: p for p in peers})


class Peer:
    """A server and clients of it: `command` serves, calls or streams by its first word."""

    def __init__(self, scratch, name, command):
        self.name, self.command = name, [str(word) for word in command]
        self.socket = scratch / f"{name.replace(' ', '-')}.sock"
        self.figures = {}

    def start(self):
        self.process = subprocess.Popen(
            self.serving(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while not self.socket.exists():
            if self.process.poll() is not None:
                sys.exit(f"{self.name} does not serve")
            time.sleep(0.01)
        time.sleep(0.2)
        self.fresh = memory_of(self.process.pid)[0]

    def serving(self):
        return [*self.command, "serve", self.socket]

    def stop(self):
        self.process.kill()
        self.process.wait()

    def measure(self, options):
        for width in WIDTHS:
            self.note(f"calls {width}", self.run("calls", options.milliseconds, width, 64))
        self.note("large", self.run("calls", options.milliseconds, 1, 65536))
        if self.name != "Go ttrpc":  # 1.1.1 has no streams
            self.note("stream", self.run("stream", options.messages, 1024))

    def run(self, *words):
        before = self.cpu()
        done = subprocess.run([*self.command, words[0], self.socket, *map(str, words[1:])],
                              capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"{self.name} {words}: {done.stderr}")
        figures = json.loads(done.stdout)
        if "calls" in figures:
            figures["cpu"] += (self.cpu() - before) / figures["calls"]
        return figures

    def cpu(self):
        """Microseconds that all threads of the server have run; without those that are just ending."""
        spent = 0
        for task in Path(f"/proc/{self.process.pid}/task").iterdir():
            try:
                spent += int((task / "schedstat").read_text().split()[0])
            except (FileNotFoundError, ProcessLookupError):
                continue
        return spent / 1000

    def note(self, what, figures):
        for key, value in figures.items():
            self.figures.setdefault((what, key), []).append(value)

    def get(self, what, key):
        values = self.figures.get((what, key))
        return statistics.median(values) if values else None


class Redis(Peer):
    """ECHO by redis-benchmark; its stream is a list read 100 at a time, which is no stream: not measured."""

    def serving(self):
        return ["redis-server", "--port", "0", "--unixsocket", self.socket, "--save", ""]

    def measure(self, options):
        for width in WIDTHS:
            self.note(f"calls {width}", self.echo(options, width, 64))
        self.note("large", self.echo(options, 1, 65536))

    def echo(self, options, width, size):
        count = options.milliseconds * (50 if size == 64 else 10)
        before = self.cpu()
        usage = os.times()
        done = subprocess.run(
            ["redis-benchmark", "-s", self.socket, "-c", str(width), "-n", str(count), "--csv", "--precision", "3",
             "ECHO", "x" * size], capture_output=True, text=True)
        row = list(csv.DictReader(done.stdout.splitlines()))[-1]
        spent = os.times()
        client = spent.children_user + spent.children_system - usage.children_user - usage.children_system
        return {"rate": float(row["rps"]), "p50": float(row["p50_latency_ms"]) * 1000,
                "p99": float(row["p99_latency_ms"]) * 1000,
                "cpu": (self.cpu() - before + client * 1e6) / count}


def build(scratch, name):
    """The peer, or None with a line that says what is missing."""
    try:
        return BUILDERS[name](scratch, name)
    except (OSError, subprocess.CalledProcessError) as error:
        detail = getattr(error, "stderr", None) or str(error)
        print(f"absent: {name}: {detail.strip().splitlines()[0]}")
    return None


def danvan(scratch, name):
    program = Path(os.environ.get("RPC_BENCH", ROOT / ".build-bench/release/rpc-bench"))
    if not program.exists():
        sys.exit(f"{program} is missing: run `make bench TOPICS=rpc`")
    return Peer(scratch, name, [program])


def compiled(scratch, name):
    program = scratch / "pingpong"
    run(["cc", "-O2", "-pthread", "-o", program, HERE / "pingpong.c"])
    return Peer(scratch, name, [program])


def go(folder):
    def build(scratch, name):
        program = scratch / folder
        run(["go", "build", "-o", program, HERE / folder / "main.go"],
            env={**GO, "GOCACHE": str(scratch / "cache"), "HOME": str(scratch)})
        return Peer(scratch, name, [program])
    return build


def redis(scratch, name):
    for program in ("redis-server", "redis-benchmark"):
        if not shutil.which(program):
            raise FileNotFoundError(f"no {program}")
    return Redis(scratch, name, [])


def grpcio(scratch, name):
    own = ROOT / ".build/rpc-peers/bin/python"
    python = os.environ.get("PEER_PYTHON", own if own.exists() else sys.executable)
    run([python, "-c", "import grpc"])
    return Peer(scratch, name, [python, HERE / "grpcio_peer.py"])


def run(command, **options):
    subprocess.run(command, check=True, capture_output=True, text=True, **options)


BUILDERS = {
    "DanvanRPC": danvan, "C": compiled, "Go ttrpc": go("ttrpc"), "grpc-go": go("grpc"), "redis": redis,
    "grpcio": grpcio}


def table(peers):
    def cell(value, form):
        return form.format(value) if value is not None else "-"

    print(f"{'':10} {'1 in flight':>27} {'16 in flight':>18} {'64 in flight':>18} {'64 KiB':>8} {'1 KiB':>10} {'RSS MiB':>13}")
    print(f"{'':10} {'p50':>7} {'p99':>7} {'CPU':>5} {'/s':>7} {'p99':>8} {'/s':>9} {'p99':>8} {'/s':>9} {'MB/s':>8} {'stream/s':>10} {'fresh after':>13}")
    for peer in peers:
        after = memory_of(peer.process.pid)[0]
        large = peer.get("large", "rate")
        print(f"{peer.name:10} {cell(peer.get('calls 1', 'p50'), '{:7.1f}')} {cell(peer.get('calls 1', 'p99'), '{:7.0f}')} "
              f"{cell(peer.get('calls 1', 'cpu'), '{:5.0f}')} {cell(peer.get('calls 1', 'rate'), '{:7.0f}')} "
              + " ".join(f"{cell(peer.get(f'calls {w}', 'p99'), '{:8.0f}')} {cell(peer.get(f'calls {w}', 'rate'), '{:9.0f}')}"
                         for w in WIDTHS[1:])
              + f" {cell(large and large * 65536 / 1e6, '{:8.0f}'):>8} {cell(peer.get('stream', 'rate'), '{:10.0f}'):>10} "
              f"{peer.fresh:6.1f} {after:6.1f}")
    print("times in microseconds; CPU: client and server, a call with 1 in flight")


def stalled(peer, options):
    """Unary calls beside 100 streams that nobody reads, half of them on the caller's own connection."""
    runs = [peer.run("stalled", options.milliseconds, 100) for _ in range(max(options.rounds, 3))]
    ratio = statistics.median(r["beside"] / r["alone"] for r in runs)
    alone = statistics.median(r["alone"] for r in runs)
    print(f"unary p99 beside 100 stalled streams: {ratio:.2f} x the p99 alone, {alone:.0f} us (bar: 2)")


def bars(peers):
    ours = peers["DanvanRPC"]

    def ratio(label, other, what, key, bar):
        if other in peers and peers[other].get(what, key):
            value = ours.get(what, key) / peers[other].get(what, key)
            print(f"{label}: {value:.2f} x {other} (bar: {bar})")
        else:
            print(f"{label}: {other} is absent")

    ratio("unary p50", "Go ttrpc", "calls 1", "p50", "at most 0.35")
    ratio("CPU a call", "Go ttrpc", "calls 1", "cpu", "at most 0.5")
    ratio("64 KiB echo", "Go ttrpc", "large", "rate", "at least 5")
    ratio("1 KiB stream", "grpc-go", "stream", "rate", "at least 3")


if __name__ == "__main__":
    main()
