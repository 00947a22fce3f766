"""``backend:`` of the environment file: Terraform knows each argument of the table, and uses what is generated."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from support.compiler import camp2iac
from support.plans import EXAMPLES
from support.terraform import Terraform

from camp2iac.synth import hcl
from camp2iac.synth import json as json_writer
from camp2iac.synth.module import Attribute, Block, Module, Value
from camp2iac.targets.backends import CLOUD, BackendArguments, BackendType, table

pytestmark = pytest.mark.terraform

PROBE = "camp2iac_probe"  # an argument that no backend has: Terraform stops before it connects
SAMPLES: dict[str, Value] = {
    "string": "sample",
    "boolean": True,
    "number": 1,
    "list": ("sample",),
    "map": {"sample": "sample"},
    "any": ("sample",),
}
REFUSED = re.compile(r'(?:named|Blocks of type) "(\w+)"')


def sampled(known: BackendArguments) -> Iterator[Attribute | Block]:
    for kind, names in known.by_kind().items():
        yield from (Attribute(name, SAMPLES[kind]) for name in names)
    for name, nested in known.nested.items() if isinstance(known, BackendType) else ():
        items = tuple(sampled(nested))
        if nested.block:
            yield Block(name, body=items)
        else:
            yield Attribute(name, {item.name: item.value for item in items if isinstance(item, Attribute)})


def module(name: str, body: tuple[Attribute | Block, ...]) -> Module:
    inner = Block(CLOUD, (), body) if name == CLOUD else Block("backend", (name,), body)
    return Module({"backend.tf": [Block("terraform", (), (inner,))]})


def initialised(terraform: Terraform, folder: Path) -> str:
    """What ``terraform init`` says, on one line."""
    done = subprocess.run(
        [*terraform.command, "init", "-input=false", "-no-color"],
        cwd=folder,
        env=terraform.environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=terraform.timeout,
    )
    return " ".join((done.stdout + done.stderr).replace("│", " ").split())


def release(terraform: Terraform) -> tuple[bool, tuple[int, ...]]:
    """Whether it is OpenTofu, and the release."""
    found = re.search(r"(Terraform|OpenTofu) v([\d.]+)", terraform.says)
    assert found, terraform.says
    return found[1] == "OpenTofu", tuple(int(part) for part in found[2].split("."))


@pytest.mark.parametrize("form", ["hcl", "json"])
@pytest.mark.parametrize("name", sorted(table().backends))
def test_terraform_knows_each_argument(name: str, form: str, terraform: Terraform, tmp_path: Path) -> None:
    known = table().backends[name]
    body = (*sampled(known), Attribute(PROBE, "x"))
    for file, text in (hcl if form == "hcl" else json_writer).write(module(name, body)).items():
        (tmp_path / file).write_text(text)
    said = initialised(terraform, tmp_path)
    is_tofu, version = release(terraform)
    if known.since and (is_tofu or version < tuple(map(int, known.since.split(".")))):
        assert "Unsupported backend type" in said
        return
    missing = set(known.terraform if is_tofu else known.opentofu)
    missing |= {each for each, since in known.later.items() if version < tuple(map(int, since.split(".")))}
    assert set(REFUSED.findall(said)) == {PROBE, *(each.rpartition(".")[2] for each in missing)}, said
    assert "Incorrect attribute value type" not in said


MAIN = 'resource "terraform_data" "one" {\n  input = "kept"\n}\n'


def with_backend(text: str, place: Path, form: str) -> Path:
    """A module with a resource that needs no cloud, and the backend of the output of an example."""
    plan = place / "plan"
    shutil.copytree(EXAMPLES / "guestbook", plan, ignore=shutil.ignore_patterns("infra"))
    with (plan / "environments/heroku.yaml").open("a") as file:
        file.write(text)
    output = place / "output"
    camp2iac("synth", plan / "camp.yaml", "-e", plan / "environments/heroku.yaml", "-o", output, "--format", form)
    (place / "module").mkdir()
    shutil.copy(next(output.glob("backend.tf*")), place / "module")
    (place / "module/main.tf").write_text(MAIN)
    return place / "module"


@pytest.mark.parametrize("form", ["hcl", "json"])
def test_a_file(form: str, terraform: Terraform, tmp_path: Path) -> None:
    folder = with_backend("backend: { local: { path: states/prod.tfstate } }\n", tmp_path, form)
    terraform.run(folder, "init", "-input=false")
    terraform.run(folder, "apply", "-auto-approve", "-input=false")
    assert "kept" in (folder / "states/prod.tfstate").read_text()
    assert not (folder / "terraform.tfstate").exists()


@pytest.mark.parametrize("form", ["hcl", "json"])
def test_values_are_data(form: str, terraform: Terraform, tmp_path: Path) -> None:
    """The writers keep what looks like an expression, although an environment file cannot have it (CAMP362)."""
    path = 'a "${b}" %{c} $${d}.tfstate'
    written = module("local", (Attribute("path", path),))
    for file, text in (hcl if form == "hcl" else json_writer).write(written).items():
        (tmp_path / file).write_text(text)
    (tmp_path / "main.tf").write_text(MAIN)
    terraform.run(tmp_path, "init", "-input=false")
    terraform.run(tmp_path, "apply", "-auto-approve", "-input=false")
    assert (tmp_path / path).exists()


class StateServer(BaseHTTPRequestHandler):
    """Keeps one state, with a lock."""

    state = b""
    lock = b""
    seen: list[str]

    def do_GET(self) -> None:
        self._answer(200 if StateServer.state else 404, StateServer.state)

    def do_POST(self) -> None:
        StateServer.state = self._body()
        self._answer(200)

    def do_LOCK(self) -> None:
        body = self._body()
        if StateServer.lock:
            self._answer(423, StateServer.lock)
            return
        StateServer.lock = body
        self._answer(200)

    def do_UNLOCK(self) -> None:
        self._body()
        StateServer.lock = b""
        self._answer(200)

    def _body(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def _answer(self, status: int, body: bytes = b"") -> None:
        StateServer.seen.append(self.command)
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        """Keep the test's output clean."""


@pytest.fixture
def server() -> Iterator[str]:
    StateServer.state, StateServer.lock, StateServer.seen = b"", b"", []
    found = ThreadingHTTPServer(("127.0.0.1", 0), StateServer)
    thread = threading.Thread(target=found.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{found.server_address[1]}/prod"
    found.shutdown()
    found.server_close()


@pytest.mark.parametrize("form", ["hcl", "json"])
def test_a_server_with_locks(form: str, server: str, terraform: Terraform, tmp_path: Path) -> None:
    text = f"backend:\n  http:\n    address: {server}\n    lock_address: {server}\n    unlock_address: {server}\n"
    folder = with_backend(f"{text}    retry_max: 0\n", tmp_path, form)
    terraform.run(folder, "init", "-input=false")
    terraform.run(folder, "apply", "-auto-approve", "-input=false")
    assert "kept" in json.dumps(json.loads(StateServer.state))
    assert StateServer.seen.index("LOCK") < StateServer.seen.index("POST") < StateServer.seen.index("UNLOCK")
    assert not list(folder.glob("*.tfstate"))
    StateServer.lock = json.dumps({"ID": "x", "Who": "another person"}).encode()
    refused = subprocess.run(
        [*terraform.command, "apply", "-auto-approve", "-input=false", "-no-color"],
        cwd=folder,
        env=terraform.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert refused.returncode == 1
    assert "Error acquiring the state lock" in refused.stderr


def test_the_state_moves(server: str, terraform: Terraform, tmp_path: Path) -> None:
    """What the README and the difference say: ``terraform init -migrate-state``."""
    folder = with_backend(f"backend: {{ http: {{ address: {server} }} }}\n", tmp_path, "hcl")
    moved = (folder / "backend.tf").read_text()
    (folder / "backend.tf").unlink()
    terraform.run(folder, "init", "-input=false")
    terraform.run(folder, "apply", "-auto-approve", "-input=false")
    assert "kept" in (folder / "terraform.tfstate").read_text()
    (folder / "backend.tf").write_text(moved)
    assert "state migration" in initialised(terraform, folder)
    terraform.run(folder, "init", "-migrate-state", "-force-copy", "-input=false")
    assert b"kept" in StateServer.state
