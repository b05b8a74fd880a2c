"""A machine with a real systemd: systemd-nspawn on an overlay of this machine's own root.

Needs root and the Debian package systemd-container. The overlay lies on a tmpfs in a mount namespace
of its own, so that nothing is left when the process ends; `reboot` boots again on the same overlay.
"""
import ctypes
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time

CLONE_NEWNS = 0x00020000
MS_REC_PRIVATE = 16384 | 1 << 18


class CannotBoot(Exception):
    """This machine does not allow it; the message says what is missing."""


class Machine:
    def __init__(self, files):
        """`files`: host path to its path within, copied before the first boot."""
        if os.geteuid() != 0:
            raise CannotBoot("only root can boot a container")
        for program in ("systemd-nspawn", "nsenter", "pgrep"):
            if shutil.which(program) is None:
                raise CannotBoot(f"there is no {program}")
        self.nspawn = None
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.unshare(CLONE_NEWNS) != 0:
            raise CannotBoot(f"no mount namespace: {os.strerror(ctypes.get_errno())}")
        if libc.mount(None, b"/", None, MS_REC_PRIVATE, None) != 0:
            raise CannotBoot(f"no private mounts: {os.strerror(ctypes.get_errno())}")
        self.scratch = pathlib.Path(tempfile.mkdtemp(prefix="danvan-system-"))
        self._mount("-t", "tmpfs", "danvan", self.scratch)
        for name in ("upper", "work", "root"):
            (self.scratch / name).mkdir()
        self.upper = self.scratch / "upper"
        layers = f"lowerdir=/,upperdir={self.upper},workdir={self.scratch}/work"
        self._mount("-t", "overlay", "danvan", "-o", layers, self.scratch / "root")
        self.root = self.scratch / "root"
        for wants in (self.root / "etc/systemd/system").glob("*.wants"):
            shutil.rmtree(wants)
        (self.root / "etc/machine-id").write_text("")
        # Containers forbid packages to start services; a real machine does not.
        (self.root / "usr/sbin/policy-rc.d").unlink(missing_ok=True)
        for source, target in files.items():
            place = self.root / target.lstrip("/")
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, place)
        self.boot()

    def _mount(self, *words):
        done = subprocess.run(["mount", *map(str, words)], capture_output=True, text=True)
        if done.returncode != 0:
            raise CannotBoot(done.stderr.strip())

    def boot(self):
        """Returns when systemd says that it runs; seconds it took."""
        started = time.monotonic()
        with open(self.scratch / "console.log", "ab") as console:
            self.nspawn = subprocess.Popen(
                ["systemd-nspawn", "-q", "-D", str(self.root), "-M", f"danvan-{os.getpid()}",
                 "--register=no", "--keep-unit", "--private-network", "--console=read-only", "-b",
                 "systemd.unit=multi-user.target"],
                stdin=subprocess.DEVNULL, stdout=console, stderr=console)
        self.leader = None
        while time.monotonic() - started < 60:
            if self.nspawn.poll() is not None:
                raise CannotBoot("systemd-nspawn ended: " + self.console()[-400:])
            if self.leader is None:
                found = subprocess.run(
                    ["pgrep", "-P", str(self.nspawn.pid), "-x", "systemd"],
                    capture_output=True, text=True)
                self.leader = int(found.stdout) if found.stdout.strip() else None
            elif self.run("systemctl is-system-running").stdout.strip() in ("running", "degraded"):
                return time.monotonic() - started
            time.sleep(0.1)
        raise CannotBoot("systemd did not come up within a minute: " + self.console()[-400:])

    def power_off(self):
        """Orderly: a kill of systemd-nspawn would leave its systemd behind."""
        self.nspawn.send_signal(signal.SIGTERM)
        self.nspawn.wait(timeout=60)

    def reboot(self):
        self.power_off()
        return self.boot()

    def run(self, command, user=None, timeout=60):
        """Runs a shell command within, as `user` or root."""
        inner = ["runuser", "-u", user, "--"] if user else []
        return subprocess.run(
            self.entering([*inner, "sh", "-c", command]), capture_output=True, text=True,
            timeout=timeout)

    def start(self, command, **options):
        """Starts a shell command within and does not wait for it."""
        return subprocess.Popen(self.entering(["sh", "-c", command]), **options)

    def entering(self, words):
        return ["nsenter", "-t", str(self.leader), "-a", "env", "-i",
                "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C.UTF-8", *words]

    def changed(self):
        """Paths within of all that was made or changed there since the first boot and is there still."""
        for folder, names, files in os.walk(self.upper):
            for path in (pathlib.Path(folder, name) for name in names + files):
                # A character device 0:0 stands for what was deleted.
                if not (path.is_char_device() and path.lstat().st_rdev == 0):
                    yield "/" + str(path.relative_to(self.upper))

    def console(self):
        return (self.scratch / "console.log").read_text(errors="replace")

    def close(self):
        if self.nspawn is not None and self.nspawn.poll() is None:
            self.power_off()
        for place in (self.scratch / "root", self.scratch):
            subprocess.run(["umount", str(place)], check=False)
        self.scratch.rmdir()
        # systemd-nspawn leaves empty control groups.
        for group in ("payload", "supervisor"):
            for root in ("/sys/fs/cgroup/systemd", "/sys/fs/cgroup/unified", "/sys/fs/cgroup"):
                remove_empty(pathlib.Path(root) / group)


def remove_empty(group):
    if group.is_dir():
        for below in group.iterdir():
            remove_empty(below) if below.is_dir() else None
        try:
            group.rmdir()
        except OSError:
            pass
