"""The journal arrives over TLS, but only at a trusted receiver. No line is lost when the receiver restarts."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from roots.fleet import Fleet
from roots.machine import VM

PLAN = "../../../camp2iac/catalogue/companions/logs/sample"
ENVIRONMENT = "logs: syslog+tls://logs.example.org:6514\n"
VERSION = "dpkg-query -W -f '${Version}' rsyslog"
RECEIVER = Path(__file__).parents[1] / "log_receiver.py"
LINES = 400


def use(fleet: Fleet) -> str:
    tls = fleet.work / "tls"
    if not tls.exists():
        trusted(fleet, tls)
    for name in ("stranger", "other-name"):
        with receiver(fleet, tls, name) as kept:
            fleet.sh("machine", f"logger for-{name}; systemctl restart camp-logs.service")
            time.sleep(15)
            assert kept.read_text() == "", f"lines for {name}"
    stamp = str(time.monotonic_ns())
    fleet.sh("machine", f"logger away-{stamp}; systemctl restart camp-logs.service; logger waiting-{stamp}")
    with receiver(fleet, tls, "right") as kept:
        arrived(kept, re.compile(f"away-{stamp}"), 1)
        arrived(kept, re.compile(f"waiting-{stamp}"), 1)
        script = f"for i in $(seq {LINES}); do echo line-{stamp}-$i-end; sleep 0.03; done"
        fleet.sh("machine", f"systemd-run --quiet --collect bash -c '{script}'")
        time.sleep(LINES * 0.03 / 2)
    time.sleep(2)
    with receiver(fleet, tls, "right") as kept:
        arrived(kept, re.compile(f"line-{stamp}-([0-9]+)-end"), LINES)
    return f"{LINES} lines"


def trusted(fleet: Fleet, tls: Path) -> None:
    """A receiver that instances trust, one of another authority, and one with another name."""
    tls.mkdir()
    for authority in ("trusted", "untrusted"):
        made = f"-keyout {authority}.key -out {authority}.pem -subj /CN={authority}"
        openssl(tls, f"req -x509 -newkey rsa:2048 -nodes -days 2 {made}")
    for name, authority, host in (
        ("right", "trusted", "logs.example.org"),
        ("stranger", "untrusted", "logs.example.org"),
        ("other-name", "trusted", "mail.example.org"),
    ):
        openssl(tls, f"req -newkey rsa:2048 -nodes -keyout {name}.key -out {name}.csr -subj /CN={host}")
        (tls / "names").write_text(f"subjectAltName=DNS:{host}\n")
        signer = f"-CA {authority}.pem -CAkey {authority}.key -CAcreateserial -days 2 -extfile names"
        openssl(tls, f"x509 -req -in {name}.csr -out {name}.pem {signer}")
    gateway = fleet.one("machine").ports[0].gateway
    authority = (tls / "trusted.pem").read_text()
    fleet.sh(
        "machine",
        f"cat > /usr/local/share/ca-certificates/proof.crt << 'END'\n{authority}END\n"
        f"update-ca-certificates > /dev/null 2>&1\necho '{gateway} logs.example.org' >> /etc/hosts",
    )


def openssl(folder: Path, words: str) -> None:
    subprocess.run(["openssl", *words.split()], cwd=folder, check=True, capture_output=True)


@contextmanager
def receiver(fleet: Fleet, tls: Path, name: str) -> Iterator[Path]:
    """A receiver as a host in the instances' networks, and the file with what it got."""
    kept = tls / f"{name}.log"
    kept.touch()
    certificate = (str(tls / f"{name}.pem"), str(tls / f"{name}.key"))
    words = [VM, "net-exec", sys.executable, RECEIVER, "0.0.0.0", "6514", *certificate, kept]
    environment = {**os.environ, "VM_STATE": str(fleet.world)}
    running = subprocess.Popen([str(word) for word in words], env=environment, stdout=subprocess.PIPE)
    try:
        assert running.stdout
        assert running.stdout.readline() == b"listening\n"
        yield kept
    finally:
        running.terminate()
        running.wait(20)


def arrived(kept: Path, line: re.Pattern[str], number: int) -> None:
    """Wait until so many different lines have arrived. One can arrive twice."""
    end = time.monotonic() + 90
    while len(found := set(line.findall(kept.read_text()))) < number:
        assert time.monotonic() < end, f"{len(found)} of {number} lines: {line.pattern}"
        time.sleep(1)
