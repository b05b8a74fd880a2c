"""danvand under attack, or a server that misbehaves in its place; its figures from /proc."""
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
BIN = Path(os.environ.get("DANVAN_BIN", ROOT / ".build/debug"))
TICKS = os.sysconf("SC_CLK_TCK")
#: What danvand and the honest client are started by; see --ahead of peers.py.
AHEAD = []
# As systemd does it: the socket is descriptor 3, and its name gives the rights.
LAUNCH = ("import os,sys;os.dup2(int(sys.argv[1]),3,inheritable=True);os.environ.update("
          "LISTEN_PID=str(os.getpid()),LISTEN_FDS='1',LISTEN_FDNAMES=sys.argv[2]);os.execv(sys.argv[3],sys.argv[3:])")


class Target:
    """danvand on a scratch state, reached through one socket that gives the rights of its name, or, without
    such, through its own; or, named by `vice`, a server that has it. A vice `fault:…` is danvand's own, which a
    debug build can be told to have."""

    def __init__(self, folder, vice=None, rights="read", settings=""):
        fault = vice.removeprefix("fault:") if vice and vice.startswith("fault:") else None
        program = ROOT / ".build/debug/danvand" if fault else BIN / "danvand"
        vice = None if fault else vice
        self.folder, self.path, self.vice = Path(folder), str(Path(folder) / "s"), vice
        if vice:
            command = [sys.executable, Path(__file__).with_name("misbehaving.py"), vice, self.path]
            self.process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        else:
            (self.folder / "conf").write_text(settings)
            command = [program, "--state", self.folder / "state", "--config", self.folder / "conf", "--rules",
                       ROOT / "Sources/DanvanExtract/Resources/vi"]
            options = {"stderr": open(self.folder / "log", "wb"),
                       "env": dict(os.environ, **({"DANVAN_FAULT": fault} if fault else {}))}
            if rights:
                listener = socket.socket(socket.AF_UNIX)
                listener.bind(self.path)
                listener.listen(4096)
                launch = [*AHEAD, sys.executable, "-c", LAUNCH, str(listener.fileno()), rights, *command]
                self.process = subprocess.Popen(launch, pass_fds=[listener.fileno()], **options)
                listener.close()
            else:
                self.process = subprocess.Popen([*AHEAD, *command, "--socket", self.path], **options)
        while not os.path.exists(self.path) and self.alive():
            time.sleep(0.01)

    def alive(self):
        return self.process.poll() is None

    def memory(self):
        """Anonymous resident memory in MiB."""
        return self._memory("RssAnon")

    def peak(self):
        """The most resident memory in MiB since `forget_peak`."""
        return self._memory("VmHWM")

    def forget_peak(self):
        if self.alive():
            Path(f"/proc/{self.process.pid}/clear_refs").write_text("5")

    def resident(self):
        return self._memory("VmRSS")

    def _memory(self, name):
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines() if self.alive() else []
        return next((int(l.split()[1]) / 1024 for l in lines if l.startswith(name)), 0)

    def cpu(self):
        """Seconds of CPU time so far."""
        if not self.alive():
            return 0.0
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def descriptors(self):
        """Sockets that are open there; the store opens files as it needs readers."""
        count = 0
        for entry in Path(f"/proc/{self.process.pid}/fd").glob("*"):
            try:
                count += os.readlink(entry).startswith("socket:")
            except OSError:
                pass
        return count

    def settle(self, count):
        """Waits until closed connections are closed there as well."""
        for _ in range(200):
            if self.descriptors() <= count:
                return True
            time.sleep(0.05)
        return False

    def stop(self):
        self.process.kill()
        self.process.wait()
