"""HTTPS by HAProxy: on an instance of its own, and on that of the application; certificates by ACME, and from files."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from roots.acme_server import DIRECTORY, AcmeServer
from roots.fleet import Fleet, same
from roots.repository import HERE

HOLDS = 600  # seconds that a certificate holds: it is renewed when two thirds are over
ENVIRONMENT = f"""\
balancer: haproxy
certificates:
  files: [desk]
  acme: {{ email: ops@example.org, directory: {DIRECTORY} }}
https: {{ hsts: true }}
"""
LOG = "tail -n 40 /var/log/cloud-init-output.log; journalctl --no-pager -n 30 -u haproxy -u camp-certificate"
RENEW = "/usr/local/lib/camp/camp-certificate renew"
SERIAL = "openssl x509 -noout -serial -in /etc/camp/certificates/{}/site.pem"
KEYS = "grep -rlZ -e 'PRIVATE KEY' /etc/camp /etc/haproxy /var/lib/camp /srv /usr/local /var/log 2> /dev/null"


def own_certificate(folder: Path) -> dict[str, object]:
    """A root, and a certificate of desk.example.org that it signed, as the operator's variables."""
    folder.mkdir()

    def openssl(*words: str) -> None:
        subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)

    new = ("-newkey", "rsa:2048", "-nodes")
    openssl("req", "-x509", *new, "-days", "90", "-subj", "/CN=Own root", "-keyout", "ca.key", "-out", "root.pem")
    openssl("req", *new, "-subj", "/CN=desk", "-keyout", "key.pem", "-out", "desk.csr")
    (folder / "names").write_text("subjectAltName=DNS:desk.example.org\n")
    sign = ("-CA", "root.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "60", "-extfile", "names")
    openssl("x509", "-req", "-in", "desk.csr", *sign, "-out", "cert.pem")
    texts = ((folder / name).read_text() for name in ("cert.pem", "key.pem"))
    return dict(zip(("https_certificate_desk", "https_key_desk"), texts, strict=True))


@pytest.fixture
def acme(tmp_path: Path) -> Iterator[AcmeServer]:
    server = AcmeServer(tmp_path / "acme", HOLDS)
    yield server
    server.close()


@pytest.fixture
def fleet(tmp_path: Path, acme: AcmeServer, root: str) -> Iterator[Fleet]:
    variables = own_certificate(tmp_path / "own")
    made = Fleet(HERE / "plans/https", tmp_path / "work", root, environment=ENVIRONMENT, variables=variables)
    made.trust = acme.trust
    yield made
    made.close()


def said(fleet: Fleet, name: str, words: str, seconds: int = 300) -> str:
    """The line of camp-status, as soon as it has these words."""
    end = time.monotonic() + seconds
    while words not in (line := fleet.status(name)):
        assert time.monotonic() < end, f"{line}\n{fleet.sh(name, LOG, check=False)}"
        time.sleep(2)
    return line


@pytest.mark.parametrize("root", ["bookworm", "trixie"])
def test_https(fleet: Fleet, acme: AcmeServer, root: str, tmp_path: Path) -> None:
    del root
    shop, office, desk = (fleet.address(name) for name in ("shop-balancer", "office", "desk"))
    for name in fleet.machines:
        fleet.up(name)
        if len(fleet.up_) == 1:
            acme.start(fleet)
            acme.point("office.example.org", office)
    for name in ("shop-1", "desk", "office"):
        said(fleet, name, ": ready", 400)

    refused(fleet, acme, shop)
    for host in ("shop.example.org", "www.example.org"):
        acme.point(host, shop)
    fleet.sh("shop-balancer", "systemctl start camp-certificate.service")
    said(fleet, "shop-balancer", ": ready", 60)

    served(fleet, acme, shop)
    own(fleet, desk, tmp_path / "own/root.pem")
    hidden(fleet)
    nothing_changes(fleet)
    rebuilt(fleet, acme, office)
    renewed(fleet, acme, shop)


def refused(fleet: Fleet, acme: AcmeServer, shop: str) -> None:
    """No record leads to the instance yet: it serves HTTP, and says what is missing."""
    line = said(fleet, "shop-balancer", "shop has no certificate: it was refused at", 400)
    assert "acme: error: 400 :: urn:ietf:params:acme:error:connection" in line, line
    assert "(see journalctl -u camp-certificate)" in line
    assert "There is no certificate yet." in fleet.curl(f"http://{shop}/", "--no-fail")
    with pytest.raises(AssertionError):
        fleet.curl(f"https://{shop}/", "-k", seconds=0)


def served(fleet: Fleet, acme: AcmeServer, shop: str) -> None:
    """Both names, with the chain to the server's root; redirects, HSTS, TLS 1.2 and nothing older."""
    for host in ("shop.example.org", "www.example.org"):
        head = acme.get(host, shop, "-D", "-")
        assert head.startswith("HTTP/2 200"), head
        assert "strict-transport-security: max-age=31536000" in head
        assert head.splitlines()[-1].startswith("https ")
    told = fleet.curl(f"http://{shop}/a?b=c", "--no-fail", "-H", "Host: www.example.org", "-D", "-")
    assert " 308 " in told.splitlines()[0]
    assert "location: https://www.example.org/a?b=c" in told.splitlines()
    ask = f"openssl s_client -connect {shop}:443 -servername shop.example.org -cipher DEFAULT@SECLEVEL=0"
    ask += " {} < /dev/null 2>&1"
    assert "Verification" in fleet.sh("shop-balancer", ask.format("-tls1_2"))
    old = fleet.sh("shop-balancer", ask.format("-tls1_1"), check=False)
    assert "no peer certificate available" in old, old
    with pytest.raises(AssertionError):
        acme.get("other.example.org", shop, "-k")


def own(fleet: Fleet, desk: str, root: Path) -> None:
    """The operator's certificate, in front of gunicorn on its only instance."""
    resolve = ("--cacert", str(root), "--resolve", f"desk.example.org:443:{desk}")
    assert fleet.curl("https://desk.example.org/", *resolve).startswith("https ")
    told = fleet.curl(f"http://{desk}/", "-H", "Host: desk.example.org", "-o", "/dev/null", "-w", "%{redirect_url}")
    assert told == "https://desk.example.org/"
    assert "https_key" not in fleet.sh("desk", "cat /etc/haproxy/haproxy.cfg")


def hidden(fleet: Fleet) -> None:
    """Only root can read a private key, and no command line or log has one."""
    for name in ("shop-balancer", "office", "desk"):
        found = fleet.sh(name, f"{KEYS} | xargs -0 stat -c '%a %U %n'").splitlines()
        assert found
        assert all(line.startswith("600 root ") for line in found), found


def nothing_changes(fleet: Fleet) -> None:
    """A second run gets no other certificate and restarts nothing."""
    names = ("shop-balancer", "office", "desk")
    before = fleet.files(), fleet.processes()
    for name in names:
        fleet.again(name)
    same(before[0], fleet.files(), "a second run")
    same(before[1], fleet.processes(), "a second run")


def rebuilt(fleet: Fleet, acme: AcmeServer, office: str) -> None:
    """A new instance has the certificate on the volume, and does not ask while it holds."""
    fleet.sh("office", f"{RENEW} --now")  # so that it holds long enough
    before = fleet.sh("office", SERIAL.format("office"))
    acme.point("office.example.org", "192.0.2.7")  # asking would fail
    fleet.down("office")
    fleet.up("office")
    said(fleet, "office", ": ready", 400)
    assert fleet.sh("office", SERIAL.format("office")) == before
    assert "It is open." in acme.get("office.example.org", office)
    asked = fleet.sh("office", "journalctl -u camp-certificate | grep -c acme", check=False)
    assert asked.strip() == "0", "it asked"
    fleet.sh("office", f"{RENEW} --now", check=False)
    line = said(fleet, "office", "and its renewal failed at", 60)
    assert re.search(r"the certificate of office ends 20.*, in 0 days, and its renewal failed at", line), line
    assert "[office.example.org] acme: error:" in line
    assert "It is open." in acme.get("office.example.org", office), "the old one is served"
    acme.point("office.example.org", office)
    fleet.sh("office", f"{RENEW} --now")
    said(fleet, "office", ": ready", 60)
    assert fleet.sh("office", SERIAL.format("office")) != before


def renewed(fleet: Fleet, acme: AcmeServer, shop: str) -> None:
    """The timer gets a new certificate when two thirds of the time of the old one are over."""
    begun = time.monotonic()
    fleet.sh("shop-balancer", f"{RENEW} --now")  # what came before may have taken long
    before = fleet.sh("shop-balancer", SERIAL.format("shop"))
    often = "/etc/systemd/system/camp-certificate.timer.d/often.conf"
    unit = "[Timer]\\nOnUnitInactiveSec=\\nOnUnitInactiveSec=10s\\nRandomizedDelaySec=0\\nAccuracySec=1s\\n"
    steps = [
        f"install -d {often.rpartition('/')[0]}",
        f"printf '{unit}' > {often}",
        "systemctl daemon-reload",
        "systemctl restart camp-certificate.timer",
        "systemctl start camp-certificate.service",
    ]
    fleet.sh("shop-balancer", " && ".join(steps))
    while (now := fleet.sh("shop-balancer", SERIAL.format("shop"))) == before:
        assert time.monotonic() - begun < HOLDS, "not renewed"
        acme.get("shop.example.org", shop)
        time.sleep(1)
    assert now != before
    assert time.monotonic() - begun > HOLDS * 2 / 3 - 60, "not before it is time"
    assert acme.get("shop.example.org", shop).startswith("https ")
    said(fleet, "shop-balancer", ": ready", 30)
    assert "HAProxy has a new certificate" in fleet.sh("shop-balancer", "journalctl -u camp-certificate")
