"""What checks ask of a machine, and wait for."""
import json
import time


def eventually(question, seconds=20.0):
    """The seconds until `question()` is true; nil when it stays false."""
    started = time.monotonic()
    while time.monotonic() - started < seconds:
        if question():
            return time.monotonic() - started
        time.sleep(0.05)
    return None


def articles(machine, user=None):
    answer = machine.run("dvctl status --format json", user)
    return json.loads(answer.stdout)["articles"] if answer.returncode == 0 else None
