"""Plans' machines, booted and used. Each test has addresses of its own; all are on one network."""

from __future__ import annotations

import html
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fleet import PASSWORD, Fleet, run

ROOT = Path(__file__).resolve().parents[2]
PRODUCTS = ROOT / "camp2iac/catalogue/products"
EXAMPLES = ROOT / "examples"
GREETING = """50% "off", 'it's' $HOME ${PATH} %n `id` \\n \\\\ é 😀 #;\n  a second line\t"""
VOLUME = "0123456789abcdef-0123-4567"  # the id that Fleet gives


@pytest.fixture
def fleets(tmp_path: Path) -> Iterator[list[Fleet]]:
    made: list[Fleet] = []
    yield made
    for fleet in made:
        fleet.down()


def boot(fleets: list[Fleet], package: Path, work: Path, first: int, prefix: str, **more: object) -> Fleet:
    """All machines of a plan, up and ready, the scripts run a second time without effect."""
    tiers = plan_tiers(package)
    fleet = Fleet(package, work, {tier: first + n for n, tier in enumerate(tiers)}, prefix, **more)  # type: ignore[arg-type]
    fleets.append(fleet)
    for tier in tiers:
        disk: tuple[str, ...] = ()
        if fleet.topology.tiers[tier].volumes:
            work.mkdir(exist_ok=True)
            file = work / f"{tier}.disk"
            if not file.exists():
                run("truncate", "-s", "1G", file)
            disk = ("--volume", f"{file}:{VOLUME}")
        fleet.up(tier, *disk)
    for tier in tiers:
        fleet.wait(tier)
        fleet.ready(tier)
        fleet.again(tier)
    return fleet


def plan_tiers(package: Path) -> list[str]:
    from camp2iac import compiler

    compiled = compiler.compile(compiler.load(package))
    assert compiled is not None
    return list(compiled.topology.tiers)


@pytest.mark.parametrize(
    ("product", "first", "path"),
    [("python", 20, "/"), ("nodejs", 22, "/"), ("tomcat", 24, "/hello/"), ("php", 26, "/")],
)
def test_runtime(fleets: list[Fleet], tmp_path: Path, product: str, first: int, path: str) -> None:
    fleet = boot(fleets, PRODUCTS / product / "sample", tmp_path, first, f"r-{product}")
    assert fleet.curl(f"http://{fleet.address('web')}:8080{path}").strip() == 'it\'s "here", ${HOME}'


def test_static_site(fleets: list[Fleet], tmp_path: Path) -> None:
    fleet = boot(fleets, EXAMPLES / "site", tmp_path, 30, "r-site")
    url = f"http://{fleet.address('web')}:8080"
    assert "Tide tables" in fleet.curl(f"{url}/")
    found = run(Path(__file__).with_name("vm"), "net-exec", "curl", "-s", "-w", "%{http_code}", f"{url}/nothing").stdout
    assert found.endswith("404")
    assert (EXAMPLES / "site/public/404.html").read_text().splitlines()[0] in found


def test_guestbook_from_two_machines(fleets: list[Fleet], tmp_path: Path) -> None:
    fleet = boot(fleets, EXAMPLES / "guestbook", tmp_path, 32, "r-guestbook", parameters={"greeting": GREETING})
    url = f"http://{fleet.address('web')}:8080/"
    page = fleet.curl(url)
    assert html.escape(GREETING) in page
    assert html.escape("Sign here, ${friend}") in page
    fleet.curl(url, "--data", "name=Ada")
    assert "<li>Ada</li>" in fleet.curl(url)
    # Another machine on the same volume: the names are kept, the schema is not loaded again
    fleet.sh("database", "systemctl stop 'postgresql@*' camp-volume-data.service")
    run(Path(__file__).with_name("vm"), "down", fleet.machine("database"))
    fleet.up("database", "--volume", f"{tmp_path / 'database.disk'}:{VOLUME}")
    fleet.wait("database")
    assert "was loaded before: kept" in fleet.sh("database", "grep -a ^camp /var/log/cloud-init-output.log")
    assert "<li>Ada</li>" in fleet.curl(url)
    hidden(fleet, "database", fleet.password)
    hidden(fleet, "web", fleet.password)


def hidden(fleet: Fleet, tier: str, password: str) -> None:
    """A password is in no log, process list or file that others than root may read."""
    logs = "/var/log /run/log /run/cloud-init"
    found = fleet.sh(
        tier,
        f"grep -rlaF -- '{password}' {logs} 2>/dev/null; journalctl --no-pager | grep -aF -- '{password}';"
        f"ps axww -o args | grep -vF grep | grep -F -- '{password}';"
        f"find / -xdev -type f -perm /044 ! -path '/proc/*' ! -path '/sys/*' -size -2M -print0"
        f" | xargs -0 grep -laF -- '{password}' 2>/dev/null",
        check=False,
    )
    secret = [line for line in found.splitlines() if not line.startswith("grep")]
    readable = (
        fleet.sh(tier, f"for f in {' '.join(secret)}; do namei -m $f | grep -q 'd.....---' || echo $f; done")
        if secret
        else ""
    )
    assert not readable.strip(), readable


PASSWORD_OF = "$(cat /etc/*/{service}.password)"
QUESTIONS = {
    "postgresql": "PGPASSWORD={password} psql -h {address} -U postgresql-sample -tAc 'select words from greeting'",
    "mariadb": "export MYSQL_PWD={password}; mariadb -h {address} -u mariadb-sample -Ne 'select words from greeting' "
    "mariadb-sample",
    "redis": 'export REDISCLI_AUTH={password}; redis-cli -h {address} set words "it\'s here"; '
    "redis-cli -h {address} get words",
    "rabbitmq": 'rabbitmqctl -q list_permissions -p rabbitmq-sample | grep -F rabbitmq-sample && echo "it\'s here"',
}


@pytest.mark.parametrize(
    ("product", "service", "first"),
    [("postgresql", "database", 36), ("mariadb", "database", 38), ("redis", "cache", 40), ("rabbitmq", "jobs", 42)],
)
def test_service_with_a_volume_and_an_awkward_password(
    fleets: list[Fleet], tmp_path: Path, product: str, service: str, first: int
) -> None:
    fleet = boot(fleets, PRODUCTS / product / "sample", tmp_path, first, f"r-{product}", password=PASSWORD)
    password = f'"{PASSWORD_OF.format(service=service)}"'
    question = QUESTIONS[product].format(address=fleet.address(service), password=password, service=service)
    assert "it's here" in fleet.sh(service, question)
    assert "running" in fleet.sh("machine", "systemctl show -p SubState 'pg*' '*-worker.worker.service'")
    assert "/srv/data" in fleet.sh(service, "findmnt --noheadings --output TARGET /srv/data")


def test_one_machine_with_everything(fleets: list[Fleet], tmp_path: Path) -> None:
    plan = tmp_path / "plan"
    shutil.copytree(Path(__file__).parent / "plans/everything", plan)
    name = "it's $HOME `id` ${x} %{y} é\\n.txt"
    (plan / "web" / name).write_text("odd")
    (plan / "web/run.sh").chmod(0o755)
    fleet = boot(fleets, plan, tmp_path / "work", 46, "r-all")
    one = fleet.address("one")
    assert fleet.curl(f"http://{one}:3000/") == f"up 172800000 {WORD} redis:// true"
    assert fleet.curl(f"http://{one}:3001/").startswith("worker ")
    assert "hello" in fleet.curl(f"http://{one}:8088/")
    assert fleet.curl(f"http://{fleet.address('front')}/").startswith("up 172800000")
    assert fleet.sh("one", f"cat /opt/nodes/pages/{shlex.quote(name)}") == "odd"
    assert "rwxr-xr-x" in fleet.sh("one", "stat -c %A /opt/nodes/pages/run.sh")


WORD = "50% \"off\" 'it' $HOME `id` \\ é"
