#!/usr/bin/python3 -I
"""Certificates for HAProxy on this instance: files of the operator, or from an ACME server, with lego.

camp-certificate install: gives HAProxy the certificates that exist. camp-certificate renew: gets those that are
missing or end soon; with --now, all. camp-certificate status NAME: what is wrong with a certificate, for camp-status;
exit status 1: something is.

/etc/camp/certificates.json names the sites. HAProxy reads SITE/site.pem and SITE.state in the folder HERE, which only
root can read.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import re
import ssl
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import TypedDict

SETTINGS = Path("/etc/camp/certificates.json")
HERE = Path("/etc/camp/certificates")
READY = "ready\n"
LOCAL = "127.0.0.1:8402"  # HAProxy sends the questions of the ACME server there
AGAIN = 6 * 3600  # seconds between two attempts while the old certificate holds
DAY = 86400
SOON = 21 * DAY  # the operator's own files: camp-status complains this long before their end


class AccountSettings(TypedDict):
    """An account with an ACME server."""

    email: str
    directory: str


class SiteSettings(TypedDict):
    """``files``: the operator has the certificate."""

    files: bool
    hosts: list[str]


class Settings(TypedDict):
    """``store``: the folder that keeps certificates from the ACME server. ``volume``: the unit that mounts it."""

    acme: AccountSettings | None
    sites: dict[str, SiteSettings]
    store: str
    volume: str | None


class HeldCertificate:
    """A file with a certificate chain and its key. ``names``: its host names. Both times: seconds since 1970."""

    def __init__(self, file: Path) -> None:
        command = ("openssl", "x509", "-in", str(file), "-noout", "-startdate", "-enddate", "-ext", "subjectAltName")
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        found = dict(re.findall(r"^(notBefore|notAfter)=(.*)$", said, re.MULTILINE))
        self.begin, self.end = (ssl.cert_time_to_seconds(found[name]) for name in ("notBefore", "notAfter"))
        self.names = {name.lower() for name in re.findall(r"DNS:([^,\s]+)", said)}

    def covers(self, hosts: list[str]) -> bool:
        """Whether it has all of these names."""
        return {host.lower() for host in hosts} <= self.names

    @property
    def due(self) -> bool:
        """Whether it is time for a new one: two thirds of its time are over."""
        return time.time() > self.end - (self.end - self.begin) / 3

    @property
    def left(self) -> str:
        """When it ends, for people."""
        day = time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(self.end))
        if time.time() > self.end:
            return f"ended {day}"
        days = int(self.end - time.time()) // DAY
        return f"ends {day}, in {days} day{'' if days == 1 else 's'}"


class ServedSite:
    """A component with a certificate. ``given``: the operator has it. ``hosts``: what an ACME server gives it for."""

    def __init__(self, name: str, settings: Settings) -> None:
        self.name, told = name, settings["sites"][name]
        self.hosts, self.given = told["hosts"], told["files"]
        self.acme = settings["acme"] or {"email": "", "directory": ""}
        self.store = Path(settings["store"])
        self.failed = self.store / f"{name}.failed"

    @property
    def kept(self) -> Path:
        """The certificate and key from the ACME server."""
        return self.store / f"{self.name}.pem"

    def certificate(self) -> HeldCertificate | None:
        """The one from the ACME server, if it has the names of the plan and has not ended."""
        found = read(self.kept)
        return found if found and found.covers(self.hosts) and found.end > time.time() else None

    def install(self) -> bool:
        """Give HAProxy its certificate, if one exists. True: it is new."""
        if self.given:
            parts = [(HERE / f"{self.name}.{end}").read_text().strip() for end in ("crt", "key")]
            text = "\n".join((*parts, ""))
        else:
            text = self.kept.read_text() if self.certificate() else ""
        folder, state = HERE / self.name, HERE / f"{self.name}.state"
        folder.mkdir(mode=0o700, exist_ok=True)
        new = written(folder / "site.pem", text)
        return written(state, READY if text else "", empty=True) or new

    def renew(self, now: bool) -> bool:
        """Get a new certificate if it is time. False: it could not get one."""
        held = self.certificate()
        if self.given or (held and not now and not held.due):
            return True
        if held and not now and self.failed.exists() and time.time() - self.failed.stat().st_mtime < AGAIN:
            return True
        said = self.ask()
        if said:
            say(f"{self.name}: {said}")
            written(self.failed, f"{said}\n")
            return False
        self.failed.unlink(missing_ok=True)
        return True

    def ask(self) -> str:
        """Ask the ACME server. The reason if it refuses, or an empty string."""
        own = self.store / "lego"
        names = [word for host in self.hosts for word in ("--domains", host)]
        account = ("--accept-tos", "--email", self.acme["email"], "--server", self.acme["directory"])
        command = ("lego", "--path", str(own), *account, *names, "--http", "--http.port", LOCAL, "run")
        try:
            done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=600)
        except subprocess.TimeoutExpired:
            return f"{self.acme['directory']} did not answer within ten minutes"
        print(done.stdout, done.stderr, sep="", file=sys.stderr)
        if done.returncode:
            return reason(done.stdout + done.stderr)
        made = own / "certificates" / self.hosts[0]
        chain, key = (Path(f"{made}.{end}").read_text() for end in ("crt", "key"))
        written(self.kept, chain.strip() + "\n" + key)
        return "" if self.certificate() else f"the certificate of {self.acme['directory']} cannot be used"

    def status(self) -> str:
        """What is wrong, for camp-status. Empty: nothing."""
        said = self.failed.read_text().strip() if self.failed.exists() else ""
        when = f" at {time.strftime('%Y-%m-%d %H:%M UTC', time.gmtime(self.failed.stat().st_mtime))}" if said else ""
        log = "(see journalctl -u camp-certificate)"
        if self.given:
            held = read(HERE / self.name / "site.pem")
            if held and held.end - time.time() > min(SOON, (held.end - held.begin) / 3):
                return ""
            return f"the certificate of {self.name} {held.left if held else 'cannot be read'}: it needs a new one"
        held = self.certificate()
        if held is None:
            why = f": it was refused{when}: {said}" if said else " yet"
            return f"{self.name} has no certificate{why} {log}"
        if said:
            return f"the certificate of {self.name} {held.left}, and its renewal failed{when}: {said} {log}"
        late = time.time() > held.end - (held.end - held.begin) / 6
        return f"the certificate of {self.name} {held.left}, and was not renewed {log}" if late else ""


def own(folder: Path) -> None:
    """Create a folder for keys. If it exists, it must be root's: a volume may belong to the user of an application."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & 0o077:
        sys.exit(f"camp certificate: {folder} must be a folder of root that only root can read")


def read(file: Path) -> HeldCertificate | None:
    """A certificate, if it can be read."""
    try:
        return HeldCertificate(file)
    except (OSError, subprocess.CalledProcessError, KeyError, ValueError):
        return None


def reason(said: str) -> str:
    """The reason in the output of lego, on one line and not too long."""
    lines = [line.strip() for line in said.splitlines() if "acme: error" in line or "error:" in line]
    last = lines[-1:] or [line for line in said.splitlines() if line.strip()][-1:] or ["lego failed"]
    text = re.sub(r"^[0-9/]+ [0-9:]+ (\[INFO\] )?", "", last[0])
    return "".join(c if c.isprintable() else " " for c in text)[:300]


def written(file: Path, text: str, *, empty: bool = False) -> bool:
    """Write a file that only root can read, or remove it if there is no text. True: it is new."""
    before = file.read_text() if file.exists() else None
    if not text and not empty:
        file.unlink(missing_ok=True)
        return before is not None
    if before == text:
        return False
    part = file.with_name(f".{file.name}.part")
    with contextlib.suppress(FileNotFoundError):
        part.unlink()
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(text)
    part.replace(file)
    return True


def say(words: str) -> None:
    """Writes to the journal."""
    print(f"camp certificate: {words}", file=sys.stderr, flush=True)


def main(what: str, *more: str) -> int:
    """Run a command."""
    settings: Settings = json.loads(SETTINGS.read_text())
    sites = [ServedSite(name, settings) for name in settings["sites"]]
    if what == "status":
        said = next(site.status() for site in sites if site.name == more[0])
        print(said, end="")
        return 1 if said else 0
    os.umask(0o077)
    HERE.mkdir(parents=True, exist_ok=True)
    HERE.chmod(0o700)
    if settings["acme"]:
        if settings["volume"]:
            subprocess.run(("systemctl", "start", settings["volume"]), check=True)
        own(Path(settings["store"]))
    with (HERE / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        fine = [site.renew("--now" in more) for site in sites] if what == "renew" else []
        new = [site.install() for site in sites]
    if what == "renew" and any(new):
        subprocess.run(("systemctl", "reload", "haproxy.service"), check=True)
        say("HAProxy has a new certificate")
    return 0 if all(fine) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
