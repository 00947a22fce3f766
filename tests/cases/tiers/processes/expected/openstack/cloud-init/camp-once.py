#!/usr/bin/python3 -I
"""Runs a command on one of the instances that share a database, or on the instance with the number 1.

camp-once slot NAME COMMAND...: a run of a schedule. Exit status 79: another instance has it, or it is too late.
camp-once key NAME: computes the identity of a release, as root. camp-once release NAME COMMAND...: runs a command once
for it, while other instances wait. camp-once result UNIT: tells camp-status whether a run failed, as root.

/etc/camp/once/NAME has lines of a word and a value. Claims are rows of camp_runs in the application's database, whose
URL is in the environment. Times in it are seconds of the database's clock.
"""

from __future__ import annotations

import hashlib
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from datetime import datetime, timezone
from pathlib import Path
from typing import NoReturn
from urllib.parse import parse_qs, unquote, urlsplit
from zoneinfo import ZoneInfo

ETC = Path("/etc/camp/once")
KEYS = Path("/run/camp-once")
STATE = Path("/var/lib/camp/once")
PAUSE = 3  # seconds between two attempts
NOT_MINE = 79
LATE = 300  # seconds after its time in which a run can start
BEAT, LOST = 20, 90  # seconds between two signs of life of a run, and without one until it is lost
HELD = 900  # seconds before another instance tries a failed release
PATIENCE = 60  # seconds in which the database must respond
WAIT = 270  # seconds that an instance waits for the release of another
KEPT = 30 * 86400  # seconds after which the record of a run is deleted
TABLE = """CREATE TABLE IF NOT EXISTS camp_runs (job varchar(190), slot varchar(64), token varchar(40) NOT NULL,
instance varchar(190) NOT NULL, state varchar(10) NOT NULL, seen bigint NOT NULL, PRIMARY KEY (job, slot))"""


def say(words: str) -> None:
    """Writes to the journal."""
    print(f"camp once: {words}", file=sys.stderr, flush=True)


def fail(reason: str) -> NoReturn:
    """Ends with a reason for the operator."""
    say(reason)
    sys.exit(1)


class AwayError(Exception):
    """The database did not respond. The text is the last line of its client."""


class Database:
    """The database of a URL, used with its client, which has the password in its environment only."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        user, password, name = (unquote(each or "") for each in (parts.username, parts.password, parts.path[1:]))
        host = parts.hostname or "127.0.0.1"
        self.environment = {key: os.environ[key] for key in ("PATH", "LANG", "HOME") if key in os.environ}
        if parts.scheme.startswith("postgres"):
            told = {"HOST": host, "PORT": str(parts.port or 5432), "USER": user, "PASSWORD": password}
            told |= {"DATABASE": name, "CONNECT_TIMEOUT": "5"}
            told |= {k.upper(): v[-1] for k, v in parse_qs(parts.query).items() if k in ("sslmode", "sslrootcert")}
            self.environment |= {f"PG{key}": value for key, value in told.items()}
            self.client = [
                *["psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--no-password"],
                "--set=ON_ERROR_STOP=1",
            ]
            self.now = "cast(extract(epoch FROM clock_timestamp()) AS bigint)"
            self.insert, self.source, self.unless = "INSERT", "", "ON CONFLICT DO NOTHING"
            self.begin = f"SET client_min_messages = warning; {TABLE}; BEGIN; LOCK TABLE camp_runs IN EXCLUSIVE MODE;"
            self.end = "COMMIT;"
        else:
            self.environment["MYSQL_PWD"] = password
            self.client = ["mariadb", "--no-defaults", "--batch", "--skip-column-names", "--connect-timeout=5"]
            self.client += [
                f"--host={host}",
                f"--port={parts.port or 3306}",
                f"--user={user}",
                f"--database={name}",
                "--protocol=tcp",
            ]
            self.now = "unix_timestamp()"
            self.insert, self.source, self.unless = "INSERT IGNORE", "FROM DUAL", ""
            self.begin = f"{TABLE} ENGINE=InnoDB; DO get_lock(concat(database(), '.camp_runs'), 20);"
            self.end = "DO release_lock(concat(database(), '.camp_runs'));"

    def ask(self, sql: str, seconds: float = PATIENCE) -> list[list[str]]:
        """The rows of statements that no other instance interrupts. It tries again for some time."""
        until = time.monotonic() + seconds
        while True:
            try:
                done = subprocess.run(
                    self.client,
                    input=f"{self.begin} {sql} {self.end}\n",
                    env=self.environment,
                    capture_output=True,
                    text=True,
                    timeout=30,
                    check=False,
                )
                said = done.stderr.strip().rpartition("\n")[2]
                if done.returncode == 0:
                    return [re.split(r"[|\t]", line) for line in done.stdout.splitlines() if line]
            except (OSError, subprocess.TimeoutExpired) as problem:
                said = f"{self.client[0]}: {type(problem).__name__}"
            if time.monotonic() > until:
                raise AwayError(said)
            time.sleep(PAUSE)


class Claim:
    """A row of camp_runs: ``job`` and ``slot`` are its key, ``token`` is that of this attempt."""

    def __init__(self, told: dict[str, str], slot: str) -> None:
        self.about, self.job, self.slot = told["about"], told["job"], slot
        self.token, self.instance = str(uuid.uuid4()), host()
        self.database = Database(os.environ.get(told["variable"]) or fail(f"{told['variable']} is not set"))
        self.now = self.database.now
        self.row = f"job = '{self.job}' AND slot = '{slot}'"
        self.mine = f"{self.row} AND token = '{self.token}'"
        self.holder = f"SELECT token, state, instance FROM camp_runs WHERE {self.row};"

    def add(self, more: str = "1 = 1") -> str:
        """SQL that claims it if nothing has its key. ``more``: another condition."""
        values = f"'{self.job}', '{self.slot}', '{self.token}', '{self.instance}', 'running', {self.now}"
        it = self.database
        return f"{it.insert} INTO camp_runs SELECT {values} {it.source} WHERE {more} {it.unless};"

    def alone(self) -> str:
        """The condition that no run of the job is alive."""
        alive = f"job = '{self.job}' AND state = 'running' AND seen > {self.now} - {LOST}"
        return f"NOT EXISTS (SELECT 1 FROM camp_runs AS other WHERE {alive})"

    def again(self) -> str:
        """SQL that claims what a lost instance has, and what failed here or long ago."""
        here = f"instance = '{self.instance}'"
        lost = f"state = 'running' AND ({here} OR seen < {self.now} - {LOST})"
        failed = f"state = 'failed' AND ({here} OR seen < {self.now} - {HELD})"
        values = f"token = '{self.token}', {here}, state = 'running', seen = {self.now}"
        where = f"{self.row} AND token <> '{self.token}' AND ({lost} OR {failed})"
        return f"UPDATE camp_runs SET {values} WHERE {where};"

    def ask(self, sql: str) -> list[list[str]]:
        """The rows of statements. It ends if the database does not respond."""
        try:
            return self.database.ask(sql)
        except AwayError as problem:
            fail(f"{self.about}: the database that decides where it runs does not respond: {problem}")

    def beat(self, ended: threading.Event) -> None:
        """Shows from time to time that it is alive."""
        while not ended.wait(BEAT):
            try:
                self.database.ask(f"UPDATE camp_runs SET seen = {self.now} WHERE {self.mine};", 0)
            except AwayError as problem:
                say(f"the database does not respond: {problem}")

    def run(self, command: list[str]) -> int:
        """Runs a command and records its end. Its exit status."""
        ended = threading.Event()
        threading.Thread(target=self.beat, args=(ended,), daemon=True).start()
        status = call(command)
        ended.set()
        state = "failed" if status else "done"
        self.ask(f"UPDATE camp_runs SET state = '{state}', seen = {self.now} WHERE {self.mine};")
        return status


def call(command: list[str]) -> int:
    """Runs a command. If systemd stops the unit, the command gets the signal too, and this waits for it."""
    signal.signal(signal.SIGTERM, lambda *_: None)
    try:
        status = subprocess.run(command, check=False).returncode
    except OSError as problem:
        fail(f"{command[0]}: {problem.strerror}")
    status = 128 - status if status < 0 else status
    return 1 if status == NOT_MINE else status


def host() -> str:
    """The name of this instance, which ends in its number."""
    return re.sub("[^A-Za-z0-9-]", "", socket.gethostname().partition(".")[0])


def first() -> bool:
    """Whether this is the instance with the number 1."""
    return re.fullmatch(r".*-0*1", host()) is not None


def settings(name: str) -> dict[str, str]:
    """The lines of /etc/camp/once/NAME."""
    lines = (line.partition(" ") for line in (ETC / name).read_text().splitlines())
    return {word: value for word, _, value in lines}


def matches(at: str, either: bool, moment: datetime) -> bool:
    """Whether the fields match a minute."""
    values = (moment.minute, moment.hour, moment.day, moment.month, moment.isoweekday() % 7)
    fields = zip(at.split(" "), values)
    minute, hour, day, month, weekday = (field == "*" or str(value) in field.split(",") for field, value in fields)
    return minute and hour and month and (day or weekday if either else day and weekday)


def due(at: str, zone: str, either: bool, now: float) -> int | None:
    """The last time of a schedule in seconds since 1970. None: it is too long ago."""
    minute = int(now) // 60 * 60
    for when in range(minute, minute - LATE, -60):
        moment = datetime.fromtimestamp(when, timezone.utc if zone == "UTC" else ZoneInfo(zone))
        if matches(at, either, moment):
            return when
    return None


def slot(name: str, command: list[str]) -> int:
    """A run of a schedule. Its exit status."""
    told = settings(name)
    when = due(told["at"], told["zone"], "either" in told, time.time())
    if when is None:
        say(f"{told['about']} is too late for its last time, so it does not run")
        return NOT_MINE
    if "variable" not in told:
        return call(command) if "first" not in told or first() else NOT_MINE
    claim = Claim(told, datetime.fromtimestamp(when, timezone.utc).strftime("%Y-%m-%dT%H:%MZ"))
    job = f"FROM camp_runs WHERE job = '{claim.job}'"
    old = f"DELETE {job} AND seen < {claim.now} - {KEPT};"
    last = f"SELECT 'last', state {job} AND state <> 'running' ORDER BY slot DESC LIMIT 1;"
    add = claim.add(claim.alone()) if "alone" in told else claim.add()
    rows = claim.ask(f"{old} {add} {claim.holder} {last}")
    if any(row[0] == claim.token for row in rows):
        say(f"this instance has the run of {claim.slot}")
        return claim.run(command)
    say(next((f"{row[2]} has the run of {claim.slot}" for row in rows if len(row) == 3), "the last run has not ended"))
    return 0 if ["last", "done"] in rows else NOT_MINE


def release(name: str, command: list[str]) -> int:
    """A command that runs once for each release. Its exit status; 0 if another instance ran it."""
    told = settings(name)
    if "variable" not in told:
        if first():
            return call(command)
        say(f"{told['about']} runs only on the instance with the number 1")
        return 0
    claim = Claim(told, (KEYS / f"{name}.key").read_text().strip())
    until, waits = time.monotonic() + WAIT, False
    while True:
        rows = claim.ask(f"{claim.add(claim.alone())} {claim.again()} {claim.holder}")
        # Without a row, another release of the component runs.
        token, state, instance = rows[0] if rows else ("", "running", "another instance, as another release,")
        if token == claim.token:
            return claim.run(command)
        if state == "done":
            say(f"{instance} ran {told['about']}")
            return 0
        if state == "failed":
            fail(f"{told['about']} failed on {instance}. See the log on that instance: journalctl -u {told['log']}")
        if time.monotonic() > until:
            fail(f"{told['about']} still runs on {instance} after {WAIT} s")
        if not waits:
            say(f"waiting for {told['about']} on {instance}")
        waits = True
        time.sleep(PAUSE)


def key(name: str, _: list[str]) -> int:
    """The identity of a release: a digest of files, and of what links refer to. The files can contain passwords and the
    database has the digest, so it is slow to compute.
    """
    told, digest = settings(name), hashlib.sha256()
    for path in map(Path, told["files"].split(" ")):
        data = os.readlink(path).encode() if path.is_symlink() else path.read_bytes() if path.is_file() else b""
        digest.update(hashlib.sha256(data).digest())
    made = hashlib.scrypt(digest.digest(), salt=told["job"].encode(), n=16384, r=8, p=1, dklen=32).hex()
    readable(KEYS, f"{name}.key", f"{made}\n")
    return 0


def result(unit: str, _: list[str]) -> int:
    """Records a run that failed, and removes the record after one that succeeded."""
    name = re.sub(r"(@.*)?\.service$", "", unit)
    shown = subprocess.run(
        ["systemctl", "show", "--property=Result,ExecMainStatus", unit], capture_output=True, text=True
    )
    said = dict(line.split("=", 1) for line in shown.stdout.splitlines())
    status = said["ExecMainStatus"]
    if said["Result"] == "success":
        if status == "0":
            (STATE / f"{name}.failed").unlink(missing_ok=True)
        return 0
    told = settings(name)
    reasons = {"timeout": "it took longer than its deadline", "exit-code": f"exit status {status}"}
    when = datetime.now(timezone.utc).strftime("%Y-%m-%d %H:%M:%S UTC")
    why = reasons.get(said["Result"], said["Result"])
    line = f"{told['about']} failed at {when}: {why} (see journalctl -u {told['log']} -n 20)"
    readable(STATE, f"{name}.failed", f"{said['Result']}\n{line}\n")
    if "@" in unit:
        subprocess.run(["systemctl", "reset-failed", unit], check=False)
    return 0


def readable(folder: Path, name: str, text: str) -> None:
    """Writes a file that all users can read, whatever the umask is."""
    (folder / name).write_text(text)
    (folder / name).chmod(0o644)


if __name__ == "__main__":
    sys.exit({"slot": slot, "release": release, "key": key, "result": result}[sys.argv[1]](sys.argv[2], sys.argv[3:]))
