"""Container images from registries on instances: their units, and how they are pulled."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from support import phases

from camp2iac.catalogue import load
from camp2iac.synth import hcl
from camp2iac.targets.openstack.machine.render import render
from tests.machine.conftest import Make

DIGEST = f"sha256:{'0123456789abcdef' * 4}"
PLAN = f"""camp_version: CAMP 1.2
name: shop
artifacts:
  - name: web
    artifact_type: org.opencontainers:Image
    content: {{ href: "docker://registry.example.org:5000/team/shop:1.4@{DIGEST}" }}
    requirements:
      - requirement_type: org.opencontainers:RunOn
        fulfillment:
          id: box
          characteristics:
            - characteristic_type: Podman
            - {{ characteristic_type: org.camp2iac:Volume, name: data, size: 1 GiB, mount: "/srv/data" }}
"""
ENVIRONMENT = "target: openstack\nimage: debian-12\nexternal_network: public\nssh_from: 192.0.2.0/24\n"
PULL = load().products["podman"].folder / "templates"


def compiled(folder: Path, plan: str, environment: str = "") -> tuple[dict[str, str], list[str]]:
    """The text of each file, and the codes of warnings and errors."""
    (folder / "camp.yaml").write_text(plan)
    (folder / "prod.yaml").write_text(ENVIRONMENT + environment)
    made = phases.compile(phases.load(folder), environment=folder / "prod.yaml")
    assert made.result is not None
    texts = hcl.write(made.result.lowered.module)
    texts |= {each.path: each.data.decode() for each in made.result.lowered.documents}
    return texts, [each.code for each in made.diagnostics if each.level.value != "note"]


def test_a_digest_wins_over_a_tag(tmp_path: Path) -> None:
    texts, codes = compiled(tmp_path, PLAN)
    assert codes == []
    script = texts["cloud-init/box.install.sh"]
    assert f"pull_image registry.example.org:5000/team/shop@{DIGEST} localhost/shop/web " in script
    document = texts["cloud-init/box.yaml.tftpl"]
    assert "registry.json" not in document, "no login"
    assert "box_to_registry" in texts["box.tf"]
    assert "port_range_min    = 5000" in texts["box.tf"]


@pytest.mark.parametrize("name", ["nginx:1", "nginx", "registry.example.org/a/b:latest"])
def test_a_tag_is_a_warning(tmp_path: Path, name: str) -> None:
    texts, codes = compiled(tmp_path, PLAN.replace(f"registry.example.org:5000/team/shop:1.4@{DIGEST}", name))
    assert codes == ["CAMP427"]
    full = {"nginx:1": "docker.io/library/nginx:1", "nginx": "docker.io/library/nginx:latest"}.get(name, name)
    assert f"pull_image {full} localhost/shop/web " in texts["cloud-init/box.install.sh"]
    assert "_to_registry" not in texts["box.tf"], "port 443 is open"


def test_a_login_is_the_only_secret_and_only_in_its_file(tmp_path: Path) -> None:
    environment = "registries:\n  Registry.example.org:5000: { user: 'robot$team+pull' }\n  docker.io: { user: me }\n"
    texts, codes = compiled(tmp_path, PLAN, environment)
    assert codes == ["CAMP230"], "docker.io"
    variable = "registry_password_registry_example_org_5000"
    assert f'variable "{variable}"' in texts["variables.tf"]
    assert "docker_io" not in texts["variables.tf"]
    assert f'base64encode("robot$team+pull:${{var.{variable}}}")' in texts["box.tf"]
    [login] = [part for part in texts["cloud-init/box.yaml.tftpl"].split("  - path: ") if "registry_login" in part]
    assert login.startswith('/etc/shop/web.registry.json\n    permissions: "0600"\n')
    assert '{"auths": {"registry.example.org:5000": {"auth": "${registry_login}"}}}' in login
    plain, _ = compiled(tmp_path, PLAN)
    for file in ("cloud-init/box.install.sh", "cloud-init/box.configure.sh"):
        assert texts[file] == plain[file], "the scripts are the same in every environment"


def test_what_podman_gets(tmp_path: Path) -> None:
    plan = PLAN + "            - { characteristic_type: org.camp2iac:Attributes, read_only: true }\n"
    texts, _ = compiled(tmp_path, plan)
    document = texts["cloud-init/box.yaml.tftpl"]
    start = next(line for line in document.splitlines() if "ExecStart=/usr/bin/podman run" in line)
    for words in ("--pull=never", "--security-opt=no-new-privileges", "--read-only", "--volume=/srv/data:/srv/data:U"):
        assert words in start
    assert "ExecStop=/usr/bin/podman stop --ignore --time=15 %N" in document
    assert "camp-web" not in document, "the image sets the user"
    assert "--read-only" not in compiled(tmp_path, PLAN)[0]["cloud-init/box.yaml.tftpl"]


def test_a_wrong_name_is_reported_once(make: Make) -> None:
    built = make(PLAN.replace("team/shop", "Team/Shop"))
    assert [code for code in built.codes if code != "CAMP317"] == ["CAMP229"]


def test_a_release_is_a_text_with_the_name(tmp_path: Path) -> None:
    texts, codes = compiled(tmp_path, PLAN, "object_store: true\n")
    assert codes == []
    assert texts["content/web"] == f"CAMP_IMAGE=registry.example.org:5000/team/shop@{DIGEST}\n"
    document = texts["cloud-init/box.yaml.tftpl"]
    assert " $${CAMP_IMAGE}\n" in document
    assert "EnvironmentFile=/opt/shop/web/current/app/image\n" in document
    assert DIGEST not in document + texts["cloud-init/web.build.sh"] + texts["cloud-init/box.install.sh"]
    other, _ = compiled(tmp_path, PLAN.replace("0123", "3210"), "object_store: true\n")
    changed = {name for name in texts if name.startswith("cloud-init/") and texts[name] != other[name]}
    assert not changed, "no instance is replaced"


@pytest.mark.parametrize("releases", ["", "releases: { from: git, repository: 'https://example.org/shop.git' }\n"])
def test_without_an_object_store_a_new_image_replaces(tmp_path: Path, releases: str) -> None:
    texts, _ = compiled(tmp_path, PLAN, releases)
    assert DIGEST in texts["cloud-init/box.install.sh"]
    assert "CAMP_IMAGE" not in texts["cloud-init/box.yaml.tftpl"]


PODMAN = """\
#!/bin/bash
echo "$*" >> calls
case $1 in
  image) [ -e "have-${*: -1}" ] && cat "have-${*: -1}" ;;
  pull) if [ -e says ]; then cat says >&2; exit 125; fi ;;
esac
"""


def pull(folder: Path, said: str | None, login: bool = True) -> tuple[int, str, list[str]]:
    """Run ``pull_image`` with a podman that says something. Returns its status, its output and podman's arguments."""
    folder.mkdir(exist_ok=True)
    for name, text in {"podman": PODMAN, "sleep": "#!/bin/bash\n", "timeout": '#!/bin/bash\nshift\n"$@"\n'}.items():
        (folder / name).write_text(text)
        (folder / name).chmod(0o755)
    if said is not None:
        (folder / "says").write_text(said)
    if login:
        (folder / "login.json").write_text("{}")
    functions = render(PULL, "pull.sh.j2", {})
    head = 'set -Eeuo pipefail\nsay() { echo "camp box: $*"; }\nfail() { say "FAILED: $1" && exit 1; }'
    script = f"{head}\n{functions}\npull_image r.org:5000/a/b@x local login.json\n"
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=folder,
        env={**os.environ, "PATH": f"{folder}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    calls = (folder / "calls").read_text().splitlines()
    return done.returncode, done.stdout + done.stderr, [call for call in calls if not call.startswith("image")]


@pytest.mark.parametrize(
    ("said", "login", "reason", "attempts"),
    [
        ("Error: unable to retrieve auth token: invalid username/password: unauthorized: x", True, "refuses", 1),
        ("reading manifest x: authentication required", False, "does not show a/b@x without a login", 1),
        ("reading manifest x: denied: requested access to the resource is denied", False, "without a login", 1),
        ("reading manifest x in r.org:5000/a/b: manifest unknown: manifest unknown", True, "has no image a/b@x", 1),
        ('pinging container registry: Get "https://r.org": x509: certificate signed by', True, "does not trust", 3),
        ("Manifest does not match provided manifest digest sha256:00", True, "sent another image than a/b@x", 3),
        ("dial tcp: lookup r.org: no such host", True, "cannot be reached", 3),
        ("", True, "cannot be reached", 3),
        ("first\nError: no space left on device", True, "Error: no space left on device", 3),
    ],
)
def test_why_an_image_cannot_be_pulled(tmp_path: Path, said: str, login: bool, reason: str, attempts: int) -> None:
    status, output, calls = pull(tmp_path / "x", said, login)
    assert status == 1
    last = output.splitlines()[-1]
    assert last.startswith("camp box: FAILED: ")
    assert reason in last
    assert len(calls) == attempts
    file = "--authfile login.json " if login else ""
    assert calls[0] == f"pull --quiet {file}r.org:5000/a/b@x"


def test_an_image_is_pulled_once(tmp_path: Path) -> None:
    status, _, calls = pull(tmp_path / "x", None)
    assert (status, calls[1:]) == (0, ["tag r.org:5000/a/b@x local"])
