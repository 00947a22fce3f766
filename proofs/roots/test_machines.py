"""Boot and use the instances of plans, with the compiled networks and addresses."""

from __future__ import annotations

import html
import json
import os
import random
import re
import shlex
import shutil
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from roots.balancer import Balancer, listeners
from roots.fleet import PASSWORD, Fleet, same
from roots.machine import MAVEN, VM
from roots.outside_database import PROGRAMS, postgresql

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
GREETING = """50% "off", 'it's' $HOME ${PATH} %n `id` \\n \\\\ é 😀 #;\n  a second line\t"""
LETTERS = "Sn3llerAlsGister"  # a password as Terraform generates it
METADATA = "169.254.169.254"
TITLE = 'The harbour\'s "shop" & ${co}'
OUTSIDE = "203.0.113.9"
WORD = "50% \"off\" 'it' $HOME `id` \\ é"

OFTEN = "overrides: {{ artifacts: {{ {}: {{ org.camp2iac:Schedule: {{ name: {}, at: '* * * * *' }} }} }} }}\n"
BUCKET = "10.69.165.1"  # the gateway of the network of the tickets

BOTH = pytest.mark.parametrize("root", ["bookworm", "trixie"])

Boot = Callable[..., Fleet]


@pytest.fixture
def boot(tmp_path: Path) -> Iterator[Boot]:
    """All instances of a plan, ready. They are removed at the end."""
    made: list[Fleet] = []

    def make(package: Path, root: str = "bookworm", **more: object) -> Fleet:
        fleet = Fleet(package, tmp_path / f"fleet-{len(made)}", root, **more)  # type: ignore[arg-type]
        made.append(fleet)
        fleet.start()
        return fleet

    yield make
    for fleet in made:
        fleet.close()


def twice(fleet: Fleet) -> None:
    """A second run of everything changes no file and no process."""
    before = fleet.files(), fleet.processes()
    for name in fleet.machines:
        fleet.again(name)
    same(before[0], fleet.files(), "a second run")
    same(before[1], fleet.processes(), "a second run")


def test_static_site(boot: Boot) -> None:
    fleet = boot(EXAMPLES / "site")
    assert "Tide tables" in fleet.curl("http://{web}:8080/")
    found = fleet.curl("http://{web}:8080/nothing", "--no-fail", "-w", "%{http_code}")
    assert found.endswith("404")
    assert (EXAMPLES / "site/public/404.html").read_text().splitlines()[0] in found


@BOTH
def test_guestbook(boot: Boot, root: str) -> None:
    """Web instances behind a load balancer, with a database instance that is replaced and keeps its data."""
    fleet = boot(EXAMPLES / "guestbook", root=root, variables={"greeting": GREETING})
    page = fleet.curl("http://{web-1}:8080/")
    assert html.escape(GREETING) in page
    assert html.escape("Sign here, ${friend}") in page
    assert page.count("<li>the first guest</li>") == 1
    fleet.curl("http://{web-1}:8080/", "--data", "name=Ada")
    assert "<li>Ada</li>" in fleet.curl("http://{web-2}:8080/")
    twice(fleet)
    balanced(fleet, "guestbook", "web", f"http://{OUTSIDE}/")
    replaced(fleet, "database")
    assert "was loaded before: keeping it" in fleet.sh("database", "grep -a ^camp /var/log/cloud-init-output.log")
    now = fleet.curl("http://{web-1}:8080/")
    assert now.count("<li>Ada</li>") == now.count("<li>the first guest</li>") == 1
    for name in fleet.machines:
        hidden(fleet, name, fleet.password)


def test_three_tiers(boot: Boot) -> None:
    """All instances: shops behind a load balancer, stock and orders, then the database."""
    fleet = boot(EXAMPLES / "threetier", variables={"title": TITLE})

    def goods(page: str) -> dict[str, int]:
        return {name: int(left) for name, left in re.findall(r"<li>([^:<]+): (\d+)", page)}

    page = fleet.curl("http://{shop-1}:8000/")
    assert html.escape(TITLE) in page
    before = goods(page)
    good = next(name for name, left in before.items() if left > 1)
    seal = re.search(f"value='{re.escape(good)}'><input type=hidden name=seal value=(\\w+)", page)
    assert seal
    form = "--data-urlencode", f"good={good}", "--data", f"seal={seal[1]}"
    assert "is yours" in fleet.curl("http://{shop-2}:8000/", *form), "both shops know the seal"
    left = {**before, good: before[good] - 1}
    assert goods(fleet.curl("http://{shop-1}:8000/")) == left
    balanced(fleet, "harbour", "shop", f"http://{OUTSIDE}/", sticky=True)
    fleet.vm("stop", "--now", "stock-1")
    assert goods(fleet.curl("http://{shop-1}:8000/")) == left, "the other of the tier is asked"
    replaced(fleet, "database")
    assert goods(fleet.curl("http://{shop-2}:8000/")) == left


@BOTH
def test_bookings(boot: Boot, root: str) -> None:
    """Two instances of an API and one of its worker: one migration, one cleanup, and bookings that are confirmed."""
    environment = "certificates: { api: https://keys.example.org/v1/containers/1 }\n"
    fleet = boot(EXAMPLES / "bookings", root, environment=environment, password=LETTERS)
    tiers = ("api-1", "api-2", "background")
    migrated = [fleet.sh(name, "journalctl -u 'bookings-api*' | grep -c 'migrated 00'", check=False) for name in tiers]
    assert sorted(int(each) for each in migrated) == [0, 0, 2], "one instance ran both files"

    def day(tier: str) -> str:
        return f"http://{{{tier}}}:8080/rooms/attic/2027-01-31"

    assert fleet.curl(day("api-1")) == "[]"
    head = fleet.curl(day("api-1"), "-D", "-", "--data", '{"hour": 9, "name": "Ada"}', "-H", "X-Forwarded-Proto: https")
    assert "\nLocation: https://" in head.replace("\r", "")
    taken = fleet.curl(day("api-2"), "--data", '{"hour": 9, "name": "Bob"}', "--no-fail", "-w", "%{http_code}")
    assert taken.endswith("409")
    end = time.monotonic() + 60
    while '"confirmed": true' not in (found := fleet.curl(day("api-2"))):
        assert time.monotonic() < end, found
        time.sleep(1)
    unit = "bookings-api.schedule.cleanup"
    for name in tiers[:2]:
        assert unit in fleet.sh(name, "systemctl list-timers")
        fleet.sh(name, f"sed -i 's/^at .*/at * * * * */' /etc/camp/once/{unit}")
    for name in tiers[:2]:
        fleet.sh(name, f"systemctl start {unit}.service")
    ran = [fleet.sh(name, f"journalctl -u {unit} | grep -c 'deleted 0'", check=False) for name in tiers[:2]]
    assert 1 <= sum(int(each) for each in ran) <= 2, "twice only if a minute began"
    for name in tiers[:2]:
        fleet.sh(name, f"sed -i 's/^at .*/at 30 3 * * */' /etc/camp/once/{unit}")
    twice(fleet)
    replaced(fleet, "database")
    assert '"name": "Ada"' in fleet.curl(day("api-1"))
    for name in (*tiers, "database"):
        hidden(fleet, name, fleet.password)


@BOTH
def test_gallery(boot: Boot, tmp_path: Path, root: str) -> None:
    """nginx serves what users upload and what Django collects. A new instance still has the photos."""
    environment = 'parameters: { mail_server: "smtp://127.0.0.1:587" }\n'
    fleet = boot(
        EXAMPLES / "gallery", root, environment=environment, variables={"mail_password": PASSWORD}, password=LETTERS
    )
    site, jar, photo = "http://{web}:8080", str(tmp_path / "cookies"), tmp_path / "harbour.gif"
    photo.write_bytes(bytes.fromhex("47494638396101000100800000ff00000000002c00000000010001000002024401003b"))

    def add(file: Path, *arguments: str) -> str:
        page = fleet.curl(f"{site}/", "-c", jar)
        (token,) = re.findall('csrfmiddlewaretoken" value="([^"]+)', page)
        form = ("-F", f"csrfmiddlewaretoken={token}", "-F", "title=Harbour", "-F", f"image=@{file}")
        return fleet.curl(f"{site}/", "-b", jar, *form, *arguments)

    assert add(photo, "-o", "/dev/null", "-w", "%{http_code}") == "302"
    (place,) = re.findall('<img src="([^"]+)"', fleet.curl(f"{site}/"))
    head = fleet.curl(f"{site}{place}", "--head")
    assert "Server: nginx" in head
    assert "Content-Type: image/gif" in head
    assert "sans-serif" in fleet.curl(f"{site}/static/gallery.css")
    assert "Disallow" in fleet.curl(f"{site}/robots.txt")
    assert fleet.curl(f"{site}/healthz") == "ok\n"
    large = tmp_path / "large.gif"
    large.write_bytes(photo.read_bytes() + bytes(25 * 1024 * 1024))
    assert add(large, "-o", "/dev/null", "-w", "%{http_code}", "--no-fail") == "413"
    told = fleet.sh("web", "journalctl -u gallery-gallery | grep 'was not told about'")
    assert "photos/" in told, "the mail server is away"
    twice(fleet)
    replaced(fleet, "web")
    assert fleet.curl(f"{site}{place}", "--head").startswith("HTTP/1.1 200")
    for name in fleet.machines:
        hidden(fleet, name, fleet.password)


@BOTH
def test_recipes(boot: Boot, tmp_path: Path, root: str) -> None:
    """Pictures: uploaded, with the font of a package, kept on a volume, served by Apache, and swept by the clock."""
    fleet = boot(EXAMPLES / "recipes", root, variables={"title": TITLE}, environment=OFTEN.format("recipes", "sweep"))
    site, picture = "http://{web}:8080/", tmp_path / "picture.png"
    page = fleet.curl(site)
    assert TITLE in html.unescape(page)
    assert re.findall("<h2>(.+)</h2>", page) == ["Älplermagronen", "Bread", "Zopf"], "in the order of the language"
    picture.write_bytes(large_picture())
    assert picture.stat().st_size > 2 * 1024**2, "above PHP's own limit"
    form = ("-F", "title=Rösti", "-F", "text=Potatoes", "-F", f"picture=@{picture}")
    fleet.curl(site, *form)
    [place] = re.findall("/(pictures/[0-9a-f]+.jpg)", fleet.curl(site))
    assert "Content-Type: image/jpeg" in fleet.curl(site + place, "--head")
    refused = fleet.curl(site, *form[:-1], "picture=@/etc/passwd", "--no-fail")
    assert "This is not a picture" in refused
    fleet.sh("web", "cp /srv/pictures/*.jpg /srv/pictures/old.jpg && touch -d yesterday /srv/pictures/*.jpg")
    every_minute(fleet, "web", "recipes-recipes.schedule.sweep", "removed 1 pictures")
    assert fleet.sh("web", "ls /srv/pictures/*.jpg").split() == [f"/srv/{place}"]
    replaced(fleet, "web")
    assert "Content-Type: image/jpeg" in fleet.curl(site + place, "--head")
    for name in fleet.machines:
        hidden(fleet, name, fleet.password)


def every_minute(fleet: Fleet, name: str, unit: str, words: str) -> None:
    """Wait for a run of a schedule that says this."""
    until = time.monotonic() + 130
    while words not in (said := fleet.sh(name, f"journalctl --no-pager -u {unit}.service")):
        assert time.monotonic() < until, said
        time.sleep(3)


@BOTH
def test_board(boot: Boot, root: str) -> None:
    """Instances that build a workspace, and pass notes from one to the browsers of the other."""
    fleet = boot(EXAMPLES / "board", root, variables={"title": TITLE})
    assert f"<h1>{TITLE}</h1>" in html.unescape(fleet.curl("http://{board-1}:8080/"))
    script = """
      import { WebSocket } from "ws";
      const [one, two] = process.argv.slice(1).map((each) => new WebSocket(`ws://${each}:8080/notes`));
      const opened = (socket) => new Promise((done) => socket.once("message", done));
      await Promise.all([opened(one), opened(two)]);
      two.on("message", (data) => { console.log(String(data)); process.exit(); });
      one.send(JSON.stringify({ author: "Ada", text: "it's <b> & é" }));
      setTimeout(() => process.exit(1), 10000);
    """
    for first, second in (("board-1", "board-2"), ("board-2", "board-1")):
        ends = f"{fleet.address(first)} {fleet.address(second)}"
        run = f"cd /opt/board/board/apps/board && node --input-type=module -e {shlex.quote(script)} {ends}"
        assert json.loads(fleet.sh("board-1", run)) == [{"author": "Ada", "text": "it's <b> & é"}]
    assert "typescript" not in fleet.sh("board-1", "ls /opt/board/board/node_modules")
    balanced(fleet, "board", "board", f"http://{OUTSIDE}/")


@BOTH
@pytest.mark.skipif(not PROGRAMS.is_dir(), reason="this host has no PostgreSQL")
def test_ledger(tmp_path: Path, root: str) -> None:
    """Instances that build a Maven project, and share a database outside of the plan, which comes up after them."""
    gateway, port = "10.77.9.1", 5439
    more = f"""cidrs: {{ main: 10.77.9.0/24 }}
scale: {{ ledger: 2 }}
parameters: {{ database: "postgresql://{gateway}:{port}/ledger?connect_timeout=9" }}
overrides: {{ artifacts: {{ ledger: {{ org.camp2iac:Env: {{ CURRENCY: TEST }} }} }} }}
"""
    known = {"database_user": "ledger", "database_password": PASSWORD}
    fleet = Fleet(EXAMPLES / "ledger", tmp_path / "fleet", root, environment=more, variables=known, hosts=MAVEN)
    try:
        for name in fleet.machines:
            fleet.up(name)
        with postgresql(fleet, gateway, port, "ledger", PASSWORD):
            for name in fleet.machines:
                fleet.wait(name)
                fleet.ready(name, 60)
            assert fleet.curl("http://{ledger-1}:8080/accounts/ada", "-d", "250") == "2.50 TEST\n"
            assert fleet.curl("http://{ledger-2}:8080/accounts/ada", "-d", "-100") == "1.50 TEST\n"
            assert fleet.curl("http://{ledger-1}:8080/accounts/ada") == "1.50 TEST\n"
            released = "journalctl --no-pager -o cat -u ledger-ledger | grep -c '^the tables exist$'"
            assert sorted(fleet.sh(name, released, check=False).strip() for name in fleet.machines) == ["0", "1"]
            for name in fleet.machines:
                hidden(fleet, name, PASSWORD)
    finally:
        fleet.close()


@BOTH
def test_tickets(boot: Boot, tmp_path: Path, root: str) -> None:
    """Services in three languages call each other, through a private load balancer, with photos in an object store."""
    served, secret = tmp_path / "s3", tmp_path / "key"
    served.mkdir()
    environment = (
        OFTEN.format("tickets", "archive") + f"balancer: haproxy\ns3: {{ endpoint: 'http://{BUCKET}:9000' }}\n"
    )
    hosts = "proxy.golang.org", "sum.golang.org"
    # Go refuses URLs with a password that is not encoded; the module's own has only letters and digits
    fleet = boot(EXAMPLES / "tickets", root, environment=environment, password="Sn3llerAlsGister", hosts=hosts)
    keys = "sed -n 's/^PHOTOS_AWS_[A-Z_]*KEY[A-Z_]*=\"\\(.*\\)\"$/\\1/p' /etc/tickets/people.env | paste -sd :"
    secret.write_text(fleet.sh("people", keys).strip())
    script = Path(__file__).with_name("file_server.py")
    command = [VM, "net-exec", sys.executable, script, BUCKET, "9000", served, secret]
    server = subprocess.Popen(list(map(str, command)), env={**os.environ, "VM_STATE": str(fleet.world)})
    try:
        used(fleet, tmp_path / "photo")
    finally:
        server.terminate()
        server.wait()


def used(fleet: Fleet, photo: Path) -> None:
    """Open a ticket, upload a photo, stop an instance of the people, and close old tickets by the clock."""
    site = "http://{web}:8080/"
    assert "Ada Lovelace" in fleet.curl(site)
    fleet.curl(site, "--data", "title=Broken lamp", "--data", "person=ada")
    assert "#1 Broken lamp" in fleet.curl(site)
    assert "no such person" in fleet.curl(site, "--data", "title=x", "--data", "person=eve", "--no-fail")
    page = fleet.curl(site)
    assert "<li>#1 opened for Ada Lovelace</li>" in page, "tickets called web"
    assert page.count("Broken lamp: ") == 1
    photo.write_bytes(random.Random(1).randbytes(300_000))
    fleet.curl(site + "people/ada/photo", "--upload-file", str(photo))
    copy = photo.with_suffix(".copy")
    fleet.curl(site + "people/ada/photo", "--output", str(copy))
    assert copy.read_bytes() == photo.read_bytes()
    assert fleet.curl("http://{people-1}:8080/people", "--no-fail", "-o", "/dev/null", "-w", "%{http_code}") == "403"
    fleet.vm("stop", "--now", "people-1")
    fleet.curl(site, seconds=60)
    assert "Ada Lovelace" in fleet.curl(site)
    fleet.vm("start", "people-1")
    fleet.wait("people-1")
    fleet.sh("database", "runuser -u postgres -- psql tickets -c \"update ticket set opened = '2020-01-01'\"")
    every_minute(fleet, "tickets", "tickets-tickets.schedule.archive", "closed 1 tickets")
    page = fleet.curl(site)
    assert "<li>#1 closed</li>" in page
    assert "Broken lamp" not in page


def large_picture() -> bytes:
    """A PNG of noise, 1000 by 1000 pixels."""

    def part(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    rows = b"".join(b"\0" + random.Random(row).randbytes(3000) for row in range(1000))
    size = (1000).to_bytes(4, "big") * 2
    parts = part(b"IHDR", size + b"\x08\x02\0\0\0") + part(b"IDAT", zlib.compress(rows)) + part(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def balanced(fleet: Fleet, app: str, tier: str, url: str, *, sticky: bool = False) -> None:
    """Requests are spread over the instances of the tier. A dead instance is removed, and added again."""
    members = {f"{app}-{name}" for name, machine in fleet.machines.items() if machine.tier == tier}
    first = f"{tier}-1"
    balancer = Balancer(fleet, listeners(fleet.resources, OUTSIDE))
    try:
        balancer.wait(members)
        assert set(balancer.answering(url)) == members
        if sticky:
            jar = str(fleet.work / "cookies")
            fleet.curl(url, "-c", jar, "-o", "/dev/null")
            assert len(balancer.answering(url, 12, "-b", jar)) == 1, "who has been there comes back to the same"
        fleet.vm("stop", "--now", first)
        assert set(balancer.answering(url)) == members - {f"{app}-{first}"}
        balancer.wait(members - {f"{app}-{first}"})
        fleet.vm("start", first)
        fleet.wait(first)
        balancer.wait(members)
        assert set(balancer.answering(url)) == members
    finally:
        balancer.close()


def replaced(fleet: Fleet, name: str) -> None:
    """Replace an instance without a shutdown. It keeps its volumes, its address and its user data."""
    fleet.down(name, plug=True)
    fleet.up(name)
    fleet.wait(name)
    fleet.ready(name)


def hidden(fleet: Fleet, name: str, password: str) -> None:
    """No log, process list or file that users other than root can read contains a password.

    cloud-init of Debian 13 writes the user data to a file that only root can read: /run/cloud-init/combined-...
    """
    word = shlex.quote(password)
    found = fleet.sh(
        name,
        f"grep -rlaF -- {word} /var/log /run/log 2>/dev/null; journalctl --no-pager | grep -aF -- {word};"
        f"ps axww -o args | grep -vF grep | grep -F -- {word};"
        f"find / /run /tmp /dev/shm -xdev -type f -perm /044 ! -path '/proc/*' ! -path '/sys/*' -size -2M -print0"
        f" | xargs -0 grep -laF -- {word} 2>/dev/null",
        check=False,
    )
    secret = [line for line in found.splitlines() if not line.startswith("grep")]
    look = f"for f in {' '.join(map(shlex.quote, secret))}; do namei -m $f | grep -q 'd.....---' || echo $f; done"
    readable = fleet.sh(name, look) if secret else ""
    assert not readable.strip(), readable


def test_one_machine_with_everything(boot: Boot, tmp_path: Path) -> None:
    plan = tmp_path / "plan"
    shutil.copytree(Path(__file__).parent / "plans/everything", plan)
    name = "it's $HOME `id` ${x} %{y} é\\n.txt"
    (plan / "web" / name).write_text("odd")
    (plan / "web/run.sh").chmod(0o755)
    fleet = boot(plan)
    assert fleet.curl("http://{one}:3000/") == f"up 172800000 {WORD} redis:// true"
    assert fleet.curl("http://{one}:3001/").startswith("worker ")
    assert "hello" in fleet.curl("http://{one}:8088/")
    assert fleet.curl("http://{front}/").startswith("up 172800000")
    assert fleet.sh("one", f"cat /opt/nodes/pages/{shlex.quote(name)}") == "odd"
    assert "rwxr-xr-x" in fleet.sh("one", "stat -c %A /opt/nodes/pages/run.sh")
    twice(fleet)
    closed(fleet, "one", "nodes-api.service", "nodes-api.worker.service", "nginx.service")
    for unit in ("nodes-api", "nodes-api.worker"):
        confined(fleet, "one", unit)


def closed(fleet: Fleet, name: str, *units: str) -> None:
    """Processes of the plan cannot reach the metadata service. The instance can, and nothing else is blocked."""
    served = fleet.work / "metadata"
    served.mkdir()
    (served / "user_data").write_text("a secret")
    fleet.vm("net-files", served)
    fleet.vm("net-exec", "ip", "address", "add", f"{METADATA}/32", "dev", "lo")
    ask = "curl --silent --show-error --noproxy '*' --max-time 5 http://{}:8000/user_data 2>&1"
    assert fleet.sh(name, ask.format(METADATA)) == "a secret", "without this, the rest shows nothing"
    gateway = fleet.one(name).ports[0].gateway
    for unit in units:
        group = fleet.sh(name, f"systemctl show --property ControlGroup --value {unit}").strip()
        among = f"echo $$ > /sys/fs/cgroup{group}/cgroup.procs; "
        assert "curl: (" in fleet.sh(name, among + ask.format(METADATA), check=False), unit
        assert fleet.sh(name, among + ask.format(gateway)) == "a secret", unit
        fleet.sh(name, f"{among}exec bash -c 'exec 3<> /dev/tcp/127.0.0.1/6379 && getent hosts localhost'")


def confined(fleet: Fleet, name: str, unit: str) -> None:
    """A process of the plan can only write to its home and to /tmp, and so could root in its place."""
    pid = fleet.sh(name, f"systemctl show --property MainPID --value {unit}.service").strip()
    there = f"nsenter --target {pid} --mount "
    for place in ("/usr/new", "/etc/new", "/opt/nodes/new", "/var/lib/new", "/root/new"):
        assert "Read-only file system" in fleet.sh(name, f"{there} touch {place} 2>&1", check=False), place
    user = fleet.sh(name, f"stat --format %u /proc/{pid}").strip()
    assert user != "0"
    there += f"--setuid {user} --setgid {user} "
    fleet.sh(name, f"{there} touch /run/{unit}/new /tmp/new && rm /run/{unit}/new")
    for secret in ("/etc/nodes/api.env", "/var/lib/cloud/instance/user-data.txt", "/etc/nodes/cache.password"):
        assert "Permission denied" in fleet.sh(name, f"{there} cat {secret} 2>&1", check=False), secret
