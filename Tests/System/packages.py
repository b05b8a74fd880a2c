"""The Debian packages in a real systemd, from installation to purge, as an administrator sees them.

usage: python3 Tests/System/packages.py [--packages DIR] [--kills N]

Builds nothing: DIR (default .build/deb) holds what `make deb` has made. Prints one line a check; ends
with 1 when one failed. Where the machine cannot boot a container it says why, and ends with 0.
"""
import argparse
import json
import pathlib
import subprocess
import sys
import time

from copies import copies
from machine import CannotBoot, Machine
from questions import articles, eventually

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
ARTICLE = "Bí thư Tỉnh ủy Nguyễn Văn An chủ trì hội nghị về công tác dân vận."


class Checks:
    def __init__(self):
        self.failures = 0

    def __call__(self, what, holds, detail=""):
        print(f"{'ok  ' if holds else 'FAIL'}  {what}{'  ' + str(detail).strip() if detail else ''}", flush=True)
        self.failures += not holds


def main_pid(machine):
    return int(machine.run("systemctl show -P MainPID danvand.service").stdout or 0)


def installation(machine, check):
    done = machine.run("dpkg -i /var/tmp/danvan/*.deb", timeout=180)
    check("dpkg -i danvand dvctl python3-danvan", done.returncode == 0, done.stderr[-300:] if done.returncode else "")
    for unit in ("danvand.socket", "danvand-admin.socket", "danvand.service"):
        state = machine.run(f"systemctl is-enabled {unit}; systemctl is-active {unit}").stdout.split()
        check(f"{unit} is enabled and active", state == ["enabled", "active"], " ".join(state))
    units = " ".join(f"/lib/systemd/system/{name}" for name in ("danvand.service", "danvand.socket", "danvand-admin.socket"))
    done = machine.run(f"systemd-analyze verify --recursive-errors=yes {units}")
    check("systemd-analyze verify --recursive-errors=yes", done.returncode == 0, done.stderr)
    done = machine.run("systemd-analyze security --offline=true --threshold=1 /lib/systemd/system/danvand.service")
    check("systemd-analyze security --offline=true: 0.1", done.returncode == 0)
    level = machine.run("systemd-analyze security --no-pager danvand.service | tail -1").stdout
    check("systemd-analyze security, live: 0.1", "level for danvand.service: 0.1" in level, level)
    done = machine.run("python3 -c 'import danvan; print(danvan.Client().status().version)'")
    check("the Python client asks for the status", done.returncode == 0, done.stdout + done.stderr[-200:])
    for page in ("1 dvctl", "8 danvand", "5 danvand.conf", "1 danvan-fetch"):
        check(f"man {page}", machine.run(f"test -e $(man -w {page})").returncode == 0)
    status = machine.run("systemctl show -P StatusText danvand.service").stdout
    check("systemctl status tells how many articles", "articles" in status, status)


def rights(machine, check):
    machine.run("useradd reader -G danvan; useradd editor -G danvan,danvan-admin; useradd stranger")
    ingest = f"printf '%s\\n' '{ARTICLE}' | dvctl ingest -"
    check("a member of danvan may read", articles(machine, "reader") == 0)
    done = machine.run(ingest, "reader")
    check("and may not write", done.returncode != 0 and articles(machine) == 0, done.stderr)
    done = machine.run("dvctl status", "stranger")
    check("others may not even read", done.returncode != 0, done.stderr)
    done = machine.run(ingest, "editor")
    check("a member of danvan-admin may write", done.returncode == 0 and articles(machine) == 1, done.stderr)


def activation(machine, check):
    machine.run("systemctl stop danvand.service")
    check("stopped", main_pid(machine) == 0)
    started = time.monotonic()
    count = articles(machine, "reader")
    check("the first client starts it through the socket", count == 1, f"{time.monotonic() - started:.2f} s")


def kills(machine, check, times):
    """Kills the daemon while clients connect one after another; none may be refused."""
    knock = f"""
import socket, time
refused, worst, rounds = 0, 0.0, 0
end = time.monotonic() + {0.4 * times + 1}
while time.monotonic() < end:
    began = time.monotonic()
    rounds += 1
    try:
        with socket.socket(socket.AF_UNIX) as s:
            s.connect('/run/danvan/danvand.sock')
    except OSError as error:
        refused += 1
    worst = max(worst, time.monotonic() - began)
    time.sleep(0.01)
print(rounds, refused, worst)
"""
    machine.run(f"cat >/tmp/knock.py <<'END'\n{knock}\nEND")
    knockers = [machine.start("python3 /tmp/knock.py", stdout=subprocess.PIPE, text=True) for _ in range(4)]
    pids = set()
    for _ in range(times):
        pids.add(main_pid(machine))
        machine.run("systemctl kill -s KILL danvand.service")
        time.sleep(0.3)
    rounds, refused, worst = 0, 0, 0.0
    for knocker in knockers:
        words = knocker.communicate(timeout=60)[0].split()
        rounds, refused, worst = rounds + int(words[0]), refused + int(words[1]), max(worst, float(words[2]))
    check(f"kill -9 x {times}: no connection refused", refused == 0 and rounds > 0,
          f"{refused} of {rounds} refused, worst wait {worst:.2f} s, {len(pids - {0})} daemons killed")
    took = eventually(lambda: articles(machine) == 1)
    check("and it serves what it had", took is not None)


def watchdog(machine, check):
    machine.run("mkdir -p /run/systemd/system/danvand.service.d; printf '[Service]\\nWatchdogSec=3s\\n' "
                ">/run/systemd/system/danvand.service.d/short.conf; systemctl daemon-reload; "
                "systemctl restart danvand.service")
    time.sleep(7)
    former = main_pid(machine)
    check("with WatchdogSec=3s it is left alone for 7 s",
          machine.run("systemctl show -P NRestarts danvand.service").stdout.strip() == "0" and former != 0)
    machine.run(f"kill -STOP {former}")
    took = eventually(lambda: main_pid(machine) not in (0, former), 10)
    check("SIGSTOP: the watchdog starts it anew", took is not None, f"after {took or 0:.1f} s")
    check("and its data is there", eventually(lambda: articles(machine) == 1) is not None)


def reload(machine, check):
    pid = main_pid(machine)
    machine.run("sed -i 's/^level = .*/level = \"nonsense\"/' /etc/danvan/danvand.toml; systemctl reload danvand")
    took = eventually(lambda: "danvand.toml" in machine.run("dvctl status").stdout, 5)
    check("a bad file at SIGHUP keeps the old configuration and says why", took is not None and main_pid(machine) == pid,
          machine.run("dvctl status | grep -i reload").stdout)
    check("so does systemctl status", "1 articles; not reloaded: " in status_text(machine), status_text(machine))
    last = json.loads(machine.run("dvctl status --format json").stdout)["last_errors"]
    check("and it stands among the last errors", bool(last) and "danvand.toml" in last[0]["reason"], last[:1])
    machine.run("sed -i 's/^level = .*/level = \"info\"/' /etc/danvan/danvand.toml; systemctl reload danvand")
    check("a good one takes the reason away", eventually(lambda: status_text(machine) == "1 articles", 10) is not None)


def status_text(machine):
    return machine.run("systemctl show -P StatusText danvand.service").stdout.strip()


def journal(machine, check):
    """What the daemon writes into the journal, by its fields."""
    def records(match):
        lines = machine.run(f"journalctl -u danvand -o json --no-pager {match}").stdout.splitlines()
        return [json.loads(line) for line in lines]

    ready = records("DANVAN_ARTICLES=1 PRIORITY=5")
    check("the journal has fields: it was ready with one article",
          bool(ready) and ready[-1].get("DANVAN_VERSION") and ready[-1]["MESSAGE"].startswith("ready "),
          ready[-1]["MESSAGE"] if ready else "")
    machine.run("dvctl rm 1 --socket /run/danvan/danvand.sock", "reader")
    denied = records("DANVAN_METHOD=danvan.v1.Corpus/Delete")
    check("what was refused is found by its method, with who asked",
          bool(denied) and denied[-1]["MESSAGE"].startswith("permission denied")
          and "DANVAN_PEER_UID" in denied[-1] and denied[-1]["PRIORITY"] == "4",
          denied[-1]["MESSAGE"] if denied else "")
    same = records(f"MESSAGE_ID={denied[-1]['MESSAGE_ID']}") if denied else []
    check("and by the id of its kind", bool(same) and same[-1]["__CURSOR"] == denied[-1]["__CURSOR"])
    check("each record has fields", all("SYSLOG_IDENTIFIER" in r for r in records("_COMM=danvand")))


def schemas(machine, check):
    """A store of an older schema is upgraded with a copy beside it; that of a newer one stops the daemon for good."""
    def put(statement):
        machine.run("systemctl stop danvand.service danvand.socket danvand-admin.socket; "
                    "test -e /root/kept || { mkdir /root/kept; mv /var/lib/danvan/* /root/kept; }; "
                    "rm -f /var/lib/danvan/*; gzip -dc /var/tmp/danvan/schema.db.gz >/var/lib/danvan/danvan.db; " + statement
                    + "chown danvan:danvan /var/lib/danvan/danvan.db")

    put("")
    machine.run("systemctl start danvand.socket danvand-admin.socket danvand.service")
    count = articles(machine)
    copies = machine.run("cd /var/lib/danvan; ls -l danvan.db.schema-*").stdout
    check("a store of an older schema is upgraded, and its copy is its owner's alone",
          count == 5 and copies.startswith("-rw-------"), copies)
    check("dvctl check finds nothing in it", machine.run("dvctl check").returncode == 0)
    put("""python3 -c "import sqlite3; d = sqlite3.connect('/var/lib/danvan/danvan.db'); """
        """d.execute('PRAGMA user_version = 999'); d.execute('PRAGMA journal_mode = DELETE')"; """)
    before = machine.run("sha256sum /var/lib/danvan/danvan.db").stdout
    machine.run("systemctl start danvand.service")
    time.sleep(1)
    show = machine.run("systemctl show -P ExecMainStatus -P NRestarts -P ActiveState danvand.service").stdout.split()
    check("a newer schema ends it with 65, without further starts, and the file is as it was",
          "65" in show and "failed" in show and before == machine.run("sha256sum /var/lib/danvan/danvan.db").stdout,
          " ".join(show))
    machine.run("systemctl stop danvand.service danvand.socket danvand-admin.socket; rm -f /var/lib/danvan/*; "
                "mv /root/kept/* /var/lib/danvan; systemctl reset-failed danvand.service; "
                "systemctl start danvand.socket danvand-admin.socket danvand.service")
    check("the former store serves again", eventually(lambda: articles(machine) == 1) is not None)


def hopeless(machine, check):
    """A service that cannot start turns its clients away, and is not started without end because one waits."""
    machine.run("sed -i 's/^level = .*/level = \"nonsense\"/' /etc/danvan/danvand.toml; systemctl stop danvand.service")
    began = time.monotonic()
    done = machine.run("dvctl status --timeout 30")
    check("a bad file at the start: a client is turned away at once", done.returncode not in (0, 5),
          f"{time.monotonic() - began:.1f} s, exit {done.returncode}: {done.stderr}")
    count = "journalctl -u danvand --no-pager -o cat | grep -c \"'log.level' must be\""
    time.sleep(1)
    before = int(machine.run(count).stdout)
    time.sleep(3)
    after = int(machine.run(count).stdout)
    check("and systemd does not start it again and again", after == before, f"{after - before} starts in 3 s")
    machine.run("sed -i 's/^level = .*/level = \"info\"/' /etc/danvan/danvand.toml")
    check("once it is mended the next client starts it", eventually(lambda: articles(machine) == 1) is not None)


def upgrade(machine, check):
    machine.run("sed -i 's/^limit = 20$/limit = 25/' /etc/danvan/danvand.toml")
    pid = main_pid(machine)
    done = machine.run("dpkg -i --force-confdef /var/tmp/danvan/danvand_*.deb", timeout=180)
    check("upgrade", done.returncode == 0, done.stderr[-200:] if done.returncode else "")
    took = eventually(lambda: main_pid(machine) not in (0, pid))
    kept = machine.run("grep -c '^limit = 25$' /etc/danvan/danvand.toml").stdout.strip()
    check("it runs anew, its data and the changed configuration are there",
          took is not None and kept == "1" and articles(machine) == 1)


def removal(machine, check):
    done = machine.run("dpkg -r danvand dvctl python3-danvan", timeout=180)
    check("remove", done.returncode == 0, done.stderr[-200:] if done.returncode else "")
    left = machine.run("test -e /var/lib/danvan/danvan.db && test -e /etc/danvan/danvand.toml")
    check("keeps data and configuration", left.returncode == 0)
    check("no socket, no process", machine.run("pgrep -x danvand; ls /run/danvan/*.sock").stdout == "")
    done = machine.run("dpkg -P danvand dvctl python3-danvan", timeout=180)
    check("purge", done.returncode == 0, done.stderr[-200:] if done.returncode else "")
    # Logs and the manual's cache are their own owners' to clear; the packages lie in /var/tmp/danvan.
    others = ("/var/log", "/var/cache/man", "/var/tmp/danvan")
    left = [path for path in machine.changed()
            if "danvan" in path.rsplit("/", 1)[1].lower() and not path.startswith(others)]
    check("leaves nothing", not left, " ".join(left))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--packages", type=pathlib.Path, default=REPOSITORY / ".build/deb")
    parser.add_argument("--kills", type=int, default=20)
    arguments = parser.parse_args()
    packages = sorted(arguments.packages.glob("*.deb"))
    if len(packages) != 3:
        sys.exit(f"{arguments.packages}: not the three packages of `make deb`")
    try:
        files = {str(p): f"/var/tmp/danvan/{p.name}" for p in packages}
        files[str(REPOSITORY / "Tests/Schemas/schema-9.db.gz")] = "/var/tmp/danvan/schema.db.gz"
        machine = Machine(files)
    except CannotBoot as reason:
        print(f"skipped: the packages in a real systemd: {reason}")
        return 0
    check = Checks()
    try:
        installation(machine, check)
        rights(machine, check)
        activation(machine, check)
        kills(machine, check, arguments.kills)
        watchdog(machine, check)
        copies(machine, check, ARTICLE)
        reload(machine, check)
        journal(machine, check)
        schemas(machine, check)
        hopeless(machine, check)
        took = machine.reboot()
        check("after a reboot the data is there", articles(machine, "reader") == 1, f"booted in {took:.1f} s")
        upgrade(machine, check)
        removal(machine, check)
        if check.failures:
            print(machine.run("journalctl -b --no-pager -u danvand | tail -40").stdout)
    finally:
        machine.close()
    return 1 if check.failures else 0


if __name__ == "__main__":
    sys.exit(main())
