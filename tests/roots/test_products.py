"""Catalogue entries, booted and used as their users would. Each test has addresses of its own, 10.77.0.90 and after."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from fleet import PASSWORD, Fleet, run
from test_machines import PRODUCTS, boot

VM = Path(__file__).with_name("vm")
TRIXIE = {"os": "debian-13", "root": "trixie"}
BOOKWORM = {"os": "debian-12", "root": "bookworm"}


@pytest.fixture
def fleets(tmp_path: Path) -> Iterator[list[Fleet]]:
    made: list[Fleet] = []
    yield made
    for fleet in made:
        fleet.down()


def status(url: str, *arguments: str) -> str:
    """The HTTP status of an answer, as a host on the machines' network gets it."""
    form = ("-s", "-o", "/dev/null", "-w", "%{http_code}", "--max-time", "10")
    return run(VM, "net-exec", "curl", *form, *arguments, url, check=False).stdout


def memcached(fleet: Fleet) -> None:
    said = "journalctl --no-pager -u memcached-sample-worker.worker.service"
    assert "it's here" in fleet.sh("machine", said)
    assert "limit_maxbytes 33554432" in fleet.sh(
        "cache", "bash -c \"exec 3<>/dev/tcp/127.0.0.1/11211; printf 'stats\\r\\nquit\\r\\n' >&3; cat <&3\""
    )


def valkey(fleet: Fleet) -> None:
    ask = f'export REDISCLI_AUTH="$(cat /etc/*/cache.password)"; valkey-cli -h {fleet.address("cache")}'
    assert fleet.sh("cache", f'{ask} set words "it\'s here"').strip() == "OK"
    assert fleet.sh("cache", f"{ask} get words").strip() == "it's here"
    assert "NOAUTH" in fleet.sh("cache", f"valkey-cli -h {fleet.address('cache')} get words 2>&1", check=False)
    fleet.sh("cache", "systemctl restart valkey-server")
    assert fleet.sh("cache", f"{ask} get words").strip() == "it's here"
    assert "/srv/data" in fleet.sh("cache", "findmnt --noheadings --output TARGET /srv/data")


def httpd(fleet: Fleet) -> None:
    url = f"http://{fleet.address('web')}:8080"
    assert "A page as it is." in fleet.curl(f"{url}/")
    assert fleet.curl(f"{url}/cgi-bin/greeting").strip() == 'it\'s "here", ${HOME}'
    assert status(f"{url}/nothing") == "404"
    assert status(f"{url}/cgi-bin/") in ("403", "404")


def nginx(fleet: Fleet) -> None:
    url = f"http://{fleet.address('web')}:8080"
    assert "A page as it is." in fleet.curl(f"{url}/")
    assert fleet.curl(f"{url}/api/words").startswith(f"/api/words of {fleet.address('web')}:8080 for 10.77.0.")
    assert status(f"{url}/nothing") == "404"


@dataclass(frozen=True)
class Entry:
    """A product, how it is used, and the last number of the first machine's address."""

    name: str
    use: Callable[[Fleet], None]
    first: int
    systems: tuple[str, ...] = ("bookworm", "trixie")
    password: str = PASSWORD


ENTRIES = [
    Entry("memcached", memcached, 90),
    Entry("valkey", valkey, 92, ("trixie",)),
    Entry("httpd", httpd, 94),
    Entry("nginx", nginx, 95),
]


@pytest.mark.parametrize(
    ("entry", "system"),
    [pytest.param(entry, system, id=f"{entry.name}-{system}") for entry in ENTRIES for system in entry.systems],
)
def test_entry(fleets: list[Fleet], tmp_path: Path, entry: Entry, system: str) -> None:
    more = TRIXIE if system == "trixie" else BOOKWORM
    if not (Path("/var/tmp/vmroots/roots") / system / "etc/vm-root").exists():
        pytest.fail(f"no root file system: tests/roots/vm root-make {system}  makes it")
    sample = tmp_path / "sample"
    shutil.copytree(PRODUCTS / entry.name / "sample", sample)
    prefix = f"p-{entry.name}"
    fleet = boot(fleets, sample, tmp_path, entry.first, prefix, password=entry.password, **more)
    entry.use(fleet)
