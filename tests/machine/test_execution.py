"""What documents and scripts hold, executed: names and values of strangers stay data."""

from __future__ import annotations

import base64
import gzip
import hashlib
import http.server
import io
import shutil
import socket
import subprocess
import tarfile
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from roots.paper import Paper

from camp2iac.targets.openstack.machine import content
from camp2iac.targets.openstack.machine.render import SCRIPTS, UnquotedError, render, shell, single, unit

PLAN = Path(__file__).parents[2] / "proofs/roots/plans/everything"
HOSTILE = [
    "",
    "plain",
    "it's $HOME `id` $(id) ${x} %{y} \\ \" ' ! * ? [a] {b,c} ~ # ; & | < >",
    "two\nlines",
    "tab\t and \x7f",
    "-n",
    "é 😀 \u2028",
    "%n %h $$ \\n",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_word_of_bash(text: str) -> None:
    done = subprocess.run(["bash", "-c", f"printf '%s|' {shell(text)}"], capture_output=True, check=True, cwd="/")
    assert done.stdout.decode() == f"{text}|"


@pytest.mark.parametrize("text", HOSTILE)
def test_a_word_of_a_unit_has_no_line_break_and_no_open_specifier(text: str) -> None:
    word = unit(text)
    assert word.isprintable()
    assert "%" not in word.replace("%%", "")
    assert "$" not in word.replace("$$", "")


def test_what_is_not_quoted_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.j2").write_text("a={{ value }}\n")
    assert render(tmp_path, "x.j2", {"value": "plain-1.0"}) == "a=plain-1.0\n"
    assert render(tmp_path, "x.j2", {"value": shell("a b")}) == "a='a b'\n"
    assert render(tmp_path, "x.j2", {"value": single("it's")}) == "a='it''s'\n"
    for value in ("a b", "$x", "`id`", "\0", "a\nb", None, True):
        with pytest.raises(UnquotedError):
            render(tmp_path, "x.j2", {"value": value})


@pytest.fixture(scope="module")
def received(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """The files of a machine's document as cloud-init would read them: path to entry, ``content`` in bytes."""
    folder = tmp_path_factory.mktemp("received")
    plan = folder / "plan"
    shutil.copytree(PLAN, plan)
    (plan / "web" / "it's $HOME `id` ${x} %{y} é\\n: #.txt").write_bytes(b"\x00\xffodd\n")
    (plan / "web/run.sh").chmod(0o755)
    machines = {machine.tier: machine for machine in Paper(plan, folder / "work").machines()}
    document = yaml.safe_load(machines["one"].user_data)
    for entry in document["write_files"]:
        text = entry["content"]
        entry["content"] = base64.b64decode(text) if entry.get("encoding") == "b64" else text.encode()
    return {entry["path"]: entry for entry in document["write_files"]}


def test_every_byte_of_content_arrives(received: dict[str, dict[str, Any]], tmp_path: Path) -> None:
    name = "it's $HOME `id` ${x} %{y} é\\n: #.txt"
    assert received[f"/opt/nodes/pages/{name}"]["content"] == b"\x00\xffodd\n"
    assert received["/opt/nodes/pages/run.sh"]["permissions"] == "0755"
    for path in (path for path in received if path.startswith("/opt/nodes/pages")):
        (tmp_path / path[1:]).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path[1:]).write_bytes(received[path]["content"])
    check = ["sha256sum", "--check", "--strict", "--quiet", str(tmp_path / "opt/nodes/pages.sha256")]
    subprocess.run(check, cwd=tmp_path / "opt/nodes/pages", check=True)
    (tmp_path / "opt/nodes/pages" / name).write_bytes(b"changed")
    assert subprocess.run(check, cwd=tmp_path / "opt/nodes/pages", check=False, capture_output=True).returncode == 1


def test_variables_arrive(received: dict[str, dict[str, Any]], tmp_path: Path) -> None:
    """bash reads what is between double quotes as systemd's EnvironmentFile does."""
    entry = received["/etc/nodes/api.env"]
    assert entry["permissions"] == "0600"
    (tmp_path / "env").write_bytes(entry["content"])
    done = subprocess.run(["bash", "-c", '. ./env; printf %s "$WORD"'], cwd=tmp_path, capture_output=True, check=True)
    assert done.stdout.decode() == "50% \"off\" 'it' $HOME `id` \\ é"


def test_commands_of_the_plan_stand_in_no_unit(received: dict[str, dict[str, Any]]) -> None:
    units = [entry["content"] for path, entry in received.items() if path.endswith(".service")]
    assert units
    assert not any(b"createServer" in text or b"released by" in text for text in units)
    assert received["/opt/nodes/api.release.sh"]["content"] == b'echo "released by $WORD" > $HOME/released\n'


def script(*names: str, contents: list[content.DeliveredContent]) -> str:
    """The functions that fetch and unpack, and calls of them for contents."""
    texts = [render(SCRIPTS, name, {"contents": contents}) for name in names]
    return 'set -Eeuo pipefail\nsay() { echo "$*"; }\n' + "".join(str(text) for text in texts)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    folder = tmp_path / "served"
    folder.mkdir()

    class Handler(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *args: Any) -> None:
            super().__init__(*args, directory=str(folder))

        def log_message(self, *args: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as made:
        threading.Thread(target=made.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{made.server_port}", folder
        made.shutdown()


def archive(form: str) -> bytes:
    """The same bytes at any time: neither ZIP's entries nor gzip's header hold the clock's (``w:gz`` would)."""
    data = io.BytesIO()
    if form == "zip":
        with zipfile.ZipFile(data, "w") as packed:
            packed.writestr(zipfile.ZipInfo("shop-1.0/shop.py"), "x = 1\n")
            packed.writestr(zipfile.ZipInfo("shop-1.0/lib/a.py"), "")
    else:
        with gzip.GzipFile(fileobj=data, mode="wb", mtime=0) as packed, tarfile.open(fileobj=packed, mode="w") as tar:
            for name in ("shop.py", "lib/a.py"):
                info = tarfile.TarInfo(name)
                info.size = 6
                tar.addfile(info, io.BytesIO(b"x = 1\n"))
    return data.getvalue()


@pytest.mark.parametrize("form", ["zip", "tar.gz"])
def test_an_archive_is_fetched_checked_and_unpacked_once(server: tuple[str, Path], tmp_path: Path, form: str) -> None:
    url, served = server
    (served / f"shop.{form}").write_bytes(archive(form))
    digest = hashlib.sha256(archive(form)).hexdigest()
    app = tmp_path / "opt/app"
    sent = content.DeliveredContent(
        "archive", f"{app}.{form}", "", "", (), f"{url}/shop.{form}", digest, folder=str(app)
    )
    text = script("fetch.sh.j2", "content.sh.j2", contents=[sent])
    subprocess.run(["bash", "-c", text], check=True, capture_output=True)
    assert (app / "shop.py").read_text() == "x = 1\n"
    assert (app / "lib/a.py").exists()
    (app / "made").touch()
    (served / f"shop.{form}").unlink()
    subprocess.run(["bash", "-c", text], check=True, capture_output=True)  # there and right: nothing is asked for
    assert (app / "made").exists()


def test_other_content_than_was_meant_is_refused(server: tuple[str, Path], tmp_path: Path) -> None:
    url, served = server
    (served / "shop.war").write_bytes(b"something else")
    sent = content.DeliveredContent("file", str(tmp_path / "shop.war"), "", "", (), f"{url}/shop.war", "0" * 64)
    text = script("fetch.sh.j2", "content.sh.j2", contents=[sent])
    done = subprocess.run(["bash", "-c", text], check=False, capture_output=True)
    assert done.returncode != 0
    assert not (tmp_path / "shop.war").exists()


def test_a_commit_is_cloned(tmp_path: Path) -> None:
    repository = tmp_path / "repository"
    git = ["git", "-C", str(repository), "-c", "user.name=x", "-c", "user.email=x@example.org"]
    subprocess.run(["git", "init", "-q", str(repository)], check=True)
    (repository / "shop.py").write_text("x = 1\n")
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-q", "-m", "x"], check=True)
    commit = subprocess.run([*git, "rev-parse", "HEAD"], check=True, capture_output=True, text=True).stdout.strip()
    app = tmp_path / "opt/app"
    app.parent.mkdir()
    sent = content.DeliveredContent("git", str(app), "", "", (), f"file://{repository}", "", commit)
    text = script("fetch.sh.j2", "content.sh.j2", contents=[sent])
    subprocess.run(["bash", "-c", text], check=True, capture_output=True)
    assert (app / "shop.py").read_text() == "x = 1\n"
    subprocess.run(["bash", "-c", text], check=True, capture_output=True)


def test_waiting_is_bounded(tmp_path: Path) -> None:
    program = ["bash", str(SCRIPTS / "wait-for.sh")]
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = str(listening.getsockname()[1])
        subprocess.run([*program, "127.0.0.1", port, "5"], check=True)
    gone = subprocess.run([*program, "127.0.0.1", port, "1"], check=False, capture_output=True, text=True)
    assert gone.returncode == 1
    assert gone.stderr == f"no response from 127.0.0.1 {port} within 1 s\n"
    (tmp_path / "mark").touch()
    subprocess.run([*program, str(tmp_path / "mark"), "1"], check=True)
    assert subprocess.run([*program, str(tmp_path / "none"), "1"], check=False, capture_output=True).returncode == 1
