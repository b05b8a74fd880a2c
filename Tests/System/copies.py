"""Backups and copies by the units that docs/deploy.md tells an administrator to write."""
import pathlib
import re

from questions import articles, eventually

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]


def units_of_the_manual():
    """The units that docs/deploy.md tells an administrator to write, by their place."""
    text = (REPOSITORY / "docs/deploy.md").read_text(encoding="utf-8")
    return dict(re.findall(r"```ini\n# (/\S+)\n(.*?)```", text, re.S))


def copies(machine, check, article):
    """Backups by timer, and a copy that is renewed from them, by the units of docs/deploy.md."""
    units = units_of_the_manual()
    for place, text in units.items():
        machine.run(f"cat >{place} <<'END'\n{text}END")
    done = machine.run(f"systemctl daemon-reload; systemd-analyze verify {' '.join(units)}")
    check("the units of docs/deploy.md are sound", done.returncode == 0 and len(units) == 3, done.stderr)
    machine.run("install -d -o backup -g backup -m 700 /srv/backups; systemctl enable --now danvan-backup.timer")
    timers = machine.run("systemctl list-timers --no-pager danvan-backup.timer").stdout
    check("the timer waits", "03:15:00" in timers, timers.splitlines()[1] if "03:15" in timers else timers)
    done = machine.run("systemctl start danvan-backup.service")
    made = machine.run("stat -c '%U %a' /srv/backups/danvan-*.db.gz && gzip -t /srv/backups/danvan-*.db.gz")
    check("it makes a backup that is its owner's alone", made.stdout.strip() == "backup 600" and made.returncode == 0,
          made.stdout or machine.run("journalctl -u danvan-backup --no-pager -o cat | tail -4").stdout)
    machine.run(f"printf '%s\\n' '{article} Một bài nữa.' | dvctl ingest -", "editor")
    check("what comes after it", articles(machine) == 2)
    for turn in ("once", "and again"):
        done = machine.run("systemctl start danvan-copy.service")
        count = eventually(lambda: articles(machine) == 1)
        check(f"a copy is made of the backup, {turn}", done.returncode == 0 and count is not None,
              "" if done.returncode == 0 else machine.run("journalctl -u danvan-copy --no-pager -o cat | tail -4").stdout)
    machine.run("mv /srv/backups/danvan-*.db.gz /root; echo damaged >/srv/backups/danvan-2099-01-01.db.gz")
    done = machine.run("systemctl start danvan-copy.service")
    check("a damaged backup is refused, and the copy serves as before", done.returncode != 0 and articles(machine) == 1)
    machine.run("systemctl disable --now danvan-backup.timer; systemctl clean --what=state danvan-backup.timer")
    machine.run(f"rm -rf /srv/backups /root/danvan-*.db.gz {' '.join(units)} "
                "/var/lib/danvan/danvan.db.replaced*; systemctl daemon-reload; systemctl reset-failed")
