"""``camp2iac why``: from an address or a line of an output to the plan, and back."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from running import Command

from camp2iac.review.trace import generated, why
from camp2iac.synth.sourcemap import DIGESTS, NAME

ROOT = Path(__file__).parents[2]
OUTPUTS = sorted(path.parent for path in ROOT.glob(f"examples/*/infra/*/{NAME}"))


@pytest.fixture
def guestbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The example with its outputs, as the working directory."""
    folder = tmp_path / "guestbook"
    shutil.copytree(ROOT / "examples/guestbook", folder)
    monkeypatch.chdir(folder)
    return folder


def statements(camp2iac: Command, *args: str) -> list[tuple[str, int, str]]:
    """The file, line and words of each statement."""
    done = camp2iac("why", *args, "--output", "json")
    assert done.status == 0, done.err
    return [(each["file"], each["line"], each["words"]) for each in json.loads(done.out)["statements"]]


@pytest.mark.parametrize(
    "address",
    [
        "openstack_compute_instance_v2.web",
        'openstack_compute_instance_v2.web["web-1"]',
        'module.shop["eu"].openstack_compute_instance_v2.web[0]',
    ],
)
def test_an_address_leads_to_its_statement(address: str, guestbook: Path, camp2iac: Command) -> None:
    done = camp2iac("why", address, "-o", "infra/openstack")
    assert done.status == 0
    what = "instance" if "[" in address else "instances"
    assert done.out.startswith(
        f"""\
openstack_compute_instance_v2.web, the {what} of web  (infra/openstack/web.tf:127)

service web asks for it:
   --> camp.yaml:13:15
    |
 13 |           id: web
    |               ^^^
  this statement also made:
    openstack_networking_floatingip_v2.web  infra/openstack/web.tf:222
"""
    )


def test_an_argument_leads_to_what_it_refers_to(guestbook: Path, camp2iac: Command) -> None:
    found = statements(camp2iac, "openstack_compute_instance_v2.web.flavor_name", "-o", "infra/openstack")
    assert found == [
        ("camp.yaml", 13, "asks for openstack_compute_instance_v2.web, which contains it"),
        (
            "environments/openstack.yaml",
            4,
            "asks for data.openstack_compute_flavor_v2.web.name, to which it refers",
        ),
    ]


def test_a_block_shows_the_statements_of_its_arguments(guestbook: Path, camp2iac: Command) -> None:
    found = statements(camp2iac, "var.web_count", "-o", "infra/openstack")
    assert found == [("camp.yaml", 20, "asks for it"), ("camp.yaml", 22, "sets default")]


def test_what_nothing_asks_for(guestbook: Path, camp2iac: Command) -> None:
    done = camp2iac("why", "openstack_networking_secgroup_v2.web", "-o", "infra/openstack")
    assert "neither the plan nor the environment file asks for it" in done.out
    assert "service web asks for openstack_networking_port_v2.web_back, for which camp2iac adds it:" in done.out
    done = camp2iac("why", "openstack_networking_router_v2.main", "-o", "infra/openstack")
    assert "neither the plan nor the environment file asks for it" in done.out
    assert "it serves several parts of the plan: network back, network front and service web" in done.out
    assert "-->" not in done.out


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("infra/openstack/web.tf:133", "service web asks for openstack_compute_instance_v2.web, which contains it"),
        ("infra/openstack/web.tf:121", " spread: soft"),
        ("infra/openstack/variables.tf:5", " initial: 2"),
        ("infra/openstack/cloud-init/web.yaml.tftpl:9", "asks for openstack_compute_instance_v2.web, which uses it"),
        ("infra/openstack/cloud-init/web.install.sh:9", "asks for openstack_compute_instance_v2.web, which uses it"),
        ("infra/heroku/build/web/guestbook.py:3", "component web asks for it"),
        ("infra/docker/build/web/Dockerfile:1", "component web asks for it"),
        ("infra/openstack/README.md:5", "camp2iac writes it for every output"),
        ("infra/openstack/.gitignore:1", "camp2iac writes it for every output"),
        ("infra/openstack/versions.tf:4", "every output has it"),
        ("infra/openstack/moved.tf:8", "it keeps resources whose addresses changed"),
        ("infra/openstack/web.tf:1000", "no block is on this line"),
    ],
)
def test_a_line_of_a_generated_file(place: str, said: str, guestbook: Path, camp2iac: Command) -> None:
    done = camp2iac("why", place)
    assert done.status == 0
    assert said in done.out


def test_inside_the_output(guestbook: Path, camp2iac: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(guestbook / "infra/openstack")
    for what in ("openstack_lb_monitor_v2.web.url_path", "web.tf:200", "outputs.tf:1"):
        assert "  --> ../../camp.yaml:" in camp2iac("why", what).out


def test_a_line_of_the_plan_and_of_the_environment(guestbook: Path, camp2iac: Command) -> None:
    done = camp2iac("why", "camp.yaml:22", "--output", "json")
    found = {each["output"]: [(m["name"], m["written"]["line"]) for m in each["made"]] for each in outputs(done.out)}
    assert found == {
        "infra/docker": [("var.web_count.default", 13)],
        "infra/heroku": [("var.web_count.default", 18)],
        "infra/kubernetes": [("var.web_count.default", 13)],
        "infra/openstack": [("var.web_count.default", 5)],
    }
    (only,) = outputs(camp2iac("why", "environments/openstack.yaml:3", "--output", "json").out)
    assert [each["name"] for each in only["made"]] == ["data.openstack_images_image_v2.machine.name"]
    done = camp2iac("why", "camp.yaml:18", "-o", "infra/openstack")
    assert "line 18 made nothing by itself; lines 17 to 19 around it made this" in done.out
    assert "data.openstack_compute_flavor_v2.web  infra/openstack/web.tf:43" in done.out
    assert "line 3 of camp.yaml made nothing" in camp2iac("why", "camp.yaml:3", "-o", "infra/openstack").out


def test_a_statement_whose_value_a_parameter_gives(guestbook: Path, camp2iac: Command) -> None:
    """The statement asks for the block; the parameter only gives an argument."""
    plan, environment = guestbook / "camp.yaml", guestbook / "environments/openstack.yaml"
    text = plan.read_text().replace("        size: 10 GiB", "        size: { parameter: volume_size }")
    plan.write_text(text.replace("  greeting: {", "  volume_size: { description: Of it }\n  greeting: {"))
    environment.write_text(f"{environment.read_text()}parameters:\n  volume_size: 10 GiB\n")
    assert camp2iac("synth", "-e", "environments/openstack.yaml").status == 0
    volume, number = "openstack_blockstorage_volume_v3.database_data", len(environment.read_text().splitlines())
    at = text.splitlines().index("        size: { parameter: volume_size }") + 1
    given = ("environments/openstack.yaml", number)
    options = ("-o", "infra/openstack")
    assert statements(camp2iac, volume, *options) == [("camp.yaml", at, "asks for it"), (*given, "sets size")]
    assert statements(camp2iac, f"{volume}.size", *options) == [(*given, "asks for it")]


LINES = """\
balancer: haproxy
certificates:
  acme:
    email: admin@example.org
backup:
  at: "03:00"
  keep:
    daily: 7
  s3:
    endpoint: https://objects.example.org
    bucket: shop-backups
"""


def test_each_line_of_an_environment_file_that_made_something(guestbook: Path, camp2iac: Command) -> None:
    environment = guestbook / "environments/openstack.yaml"
    plan = guestbook / "camp.yaml"
    plan.write_text(plan.read_text().replace("        as: 80\n", "        as: 443\n"))
    before = environment.read_text()
    environment.write_text(before + LINES)
    done = camp2iac("synth", "-e", "environments/openstack.yaml")
    assert done.status == 0, done.err
    first = len(before.splitlines()) + 1
    wanted = {before.splitlines().index(line) + 1 for line in before.splitlines() if line.startswith("ssh_from")}
    for line in sorted(wanted | set(range(first, first + len(LINES.splitlines())))):
        (only,) = outputs(camp2iac("why", f"environments/openstack.yaml:{line}", "--output", "json").out)
        assert only["made"], environment.read_text().splitlines()[line - 1]
        assert only["first_line"] <= line <= only["last_line"]


def outputs(text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(text)["outputs"]
    return found


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("openstack_compute_instance_v2.wbe", "did you mean  openstack_compute_instance_v2.web?"),
        ("openstack_compute_instance_v2.wbe.name", "did you mean  openstack_compute_instance_v2.web?"),
        (
            "openstack_compute_instance_v2.web.flavor_nmae",
            "did you mean  openstack_compute_instance_v2.web.flavor_name?",
        ),
        ("openstack_compute_instance.web", "did you mean  openstack_compute_instance_v2.web?"),
        ("aws_instance.shop", "name a block, or a line of a file"),
        ("cloud-init/web.yml.tftpl:1", "did you mean  cloud-init/web.yaml.tftpl?"),
        ("web/guestbook.py:1", "web/guestbook.py is not the plan or the environment file of an output"),
        ("infra/openstack/mine.tf:1", "mine.tf is not in the output"),
    ],
)
def test_what_the_output_does_not_have(what: str, said: str, guestbook: Path, camp2iac: Command) -> None:
    """CAMP717."""
    (guestbook / "infra/openstack/mine.tf").write_text("locals {}\n")
    folder = () if what.startswith(("web/", "infra/")) else ("-o", "infra/openstack")
    done = camp2iac("why", what, *folder)
    assert done.status == 1
    assert "error[CAMP717]: " in done.err
    assert said in done.err


def test_which_output(guestbook: Path, camp2iac: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    done = camp2iac("why", "var.web_count")
    assert done.status == 2
    assert (
        "several outputs: write -o infra/docker or -o infra/heroku or -o infra/kubernetes or -o infra/openstack"
        in done.err
    )
    assert "it has no .camp2iac.json" in camp2iac("why", "var.web_count", "-o", "infra").err
    assert "there is no file or folder infra/heruku; did you mean" in camp2iac("why", "x.y", "-o", "infra/heruku").err
    shutil.rmtree(guestbook / "infra/docker")
    shutil.rmtree(guestbook / "infra/heroku")
    shutil.rmtree(guestbook / "infra/kubernetes")
    monkeypatch.chdir(guestbook / "web")
    assert "../infra/openstack/variables.tf:" in camp2iac("why", "var.web_count").out
    shutil.rmtree(guestbook / "infra")
    done = camp2iac("why", "var.web_count")
    assert done.status == 2
    assert "there is no output here" in done.err


def test_without_the_plan(guestbook: Path, camp2iac: Command) -> None:
    (guestbook / "camp.yaml").unlink()
    done = camp2iac("why", "openstack_compute_instance_v2.web", "-o", "infra/openstack")
    assert "--> camp.yaml:13:15\n  this statement" in done.out
    assert "note: camp.yaml cannot be read, so its lines are not shown" in done.out


def test_a_plan_that_changed(guestbook: Path, camp2iac: Command) -> None:
    plan = guestbook / "camp.yaml"
    plan.write_text("# one line more\n" + plan.read_text())
    done = camp2iac("why", "var.web_count", "-o", "infra/openstack")
    assert "note: camp.yaml is not the file from which the output was compiled" in done.out


def test_a_source_map_that_cannot_be_read(guestbook: Path, camp2iac: Command) -> None:
    (guestbook / "infra/openstack" / DIGESTS).write_text("<<<<<<<")
    done = camp2iac("why", "var.web_count", "-o", "infra/openstack")
    assert done.status == 1
    assert f"error[CAMP705]: infra/openstack/{DIGESTS} cannot be read" in done.err


@pytest.mark.parametrize("plan", ["../../../secrets.yaml", "/etc/passwd", "../../link.yaml", "../other/../../x.yaml"])
def test_a_source_map_cannot_show_other_files(plan: str, guestbook: Path, camp2iac: Command) -> None:
    (guestbook / ".git").mkdir()
    (guestbook / ".git/HEAD").write_text("ref: refs/heads/main\n")
    (guestbook.parent / "secrets.yaml").write_text("hidden\n" * 90)
    (guestbook / "link.yaml").symlink_to(guestbook.parent / "secrets.yaml")
    file = guestbook / "infra/openstack" / NAME
    name = plan.rpartition("/")[2]
    text = file.read_text().replace("../../camp.yaml", plan).replace("camp.yaml#", f"../{name}#")
    file.write_text(text)
    done = camp2iac("why", "openstack_compute_instance_v2.web", "-o", "infra/openstack")
    assert done.status == 0
    assert "hidden" not in done.out
    assert "root:" not in done.out


def test_secrets_in_the_plan_are_hidden(guestbook: Path, camp2iac: Command) -> None:
    environment = guestbook / "environments/openstack.yaml"
    environment.write_text(environment.read_text().replace("m1.small", "m1.small, password: hunter2"))
    assert "hunter2" not in camp2iac("why", "environments/openstack.yaml:4").out


@pytest.mark.parametrize("form", ["hcl", "json"])
def test_the_forms_of_a_module(form: str, shop: Path, camp2iac: Command) -> None:
    assert camp2iac("synth", "camp.yaml", "--target", "heroku", "--format", form).status == 0
    ending = {"hcl": ".tf", "json": ".tf.json"}[form]
    done = camp2iac("why", "heroku_formation.web", "--output", "json")
    found = json.loads(done.out)
    assert found["written"]["file"] == f"infra/heroku/web{ending}"
    text = (shop / found["written"]["file"]).read_text().splitlines()
    number = next(n for n, line in enumerate(text, 1) if "quantity" in line)
    assert json.loads(camp2iac("why", f"infra/heroku/web{ending}:{number}", "--output", "json").out)["name"] == (
        "heroku_formation.web.quantity"
    )


@pytest.mark.parametrize("folder", OUTPUTS, ids=lambda path: f"{path.parents[1].name}-{path.name}")
def test_every_block_of_every_example_has_a_statement_or_a_reason(folder: Path) -> None:
    output = generated.read(folder)
    assert not output.changed
    assert not output.missing
    for name in sorted(output.blocks):
        report = why.of_address(output, name)
        assert report.because or report.reasons, name
        for each in report.because:
            assert output.lines(each.asked.span.file)[each.asked.span.line - 1].strip()
    for path in output.files:
        report = why.of_file(output, path)
        assert report.because or report.reasons, path


@pytest.mark.parametrize("name", ["guestbook/infra/heroku", "guestbook/infra/docker", "wsgi/infra/openstack"])
def test_every_line_of_every_file_has_an_answer(name: str) -> None:
    output = generated.read(ROOT / "examples" / name)
    nothing = []
    for path in sorted(output.files):
        text = (ROOT / "examples" / name / path).read_text(encoding="utf-8", errors="replace")
        for number, line in enumerate(text.split("\n"), 1):
            if line.strip():
                report = why.of_file(output, path, number)
                asked = [reason for reason in report.reasons if not reason.startswith("neither the plan nor")]
                if not report.because and not asked:
                    nothing.append((path, report.name))
    unexplained = {each for each in nothing if each[1] != "local"}  # the line  locals {
    assert not unexplained


def test_a_type_leads_to_its_addresses(guestbook: Path, camp2iac: Command) -> None:
    for type_ in ("openstack_networking_port_v2", "openstack_networking_port"):
        done = camp2iac("why", type_, "-o", "infra/openstack")
        assert done.status == 0
        assert done.out.startswith(
            f"{type_}, the 3 blocks of this output\n    openstack_networking_port_v2.database_back  "
        )
    found = json.loads(camp2iac("why", "variable", "-o", "infra/heroku", "--output", "json").out)["addresses"]
    assert found[0]["name"].startswith("var.")
    assert all(each["written"]["file"].endswith(".tf") for each in found)
    assert camp2iac("why", "openstack_networking_prt_v2", "-o", "infra/openstack").status == 1


def test_a_moved_block_leads_to_its_resource(guestbook: Path, camp2iac: Command) -> None:
    lines = (guestbook / "infra/openstack/moved.tf").read_text().split("\n")
    number = next(n for n, line in enumerate(lines, 1) if "to   = openstack_blockstorage_volume_v3" in line)
    for line in (number - 2, number):
        out = camp2iac("why", f"infra/openstack/moved.tf:{line}").out
        assert "service database asks for openstack_blockstorage_volume_v3.database_data:" in out
        assert "it keeps resources whose addresses changed" in out


def test_an_import_block_leads_to_its_resource(guestbook: Path, camp2iac: Command) -> None:
    environment = guestbook / "environments/heroku.yaml"
    environment.write_text(environment.read_text() + "adopt:\n  web: { app: signed-here }\n")
    assert camp2iac("synth", "-e", environment.as_posix(), "-o", "infra/heroku").status == 0
    lines = (guestbook / "infra/heroku/imports.tf").read_text().split("\n")
    number = next(n for n, line in enumerate(lines, 1) if "to = heroku_app.web" in line)
    for line in (number - 1, number, number + 1):
        out = camp2iac("why", f"infra/heroku/imports.tf:{line}").out
        assert "component web asks for heroku_app.web:" in out
        assert "it makes Terraform take over what exists" in out


def test_a_line_of_the_backend_and_a_comment_lead_to_the_environment_file(guestbook: Path, camp2iac: Command) -> None:
    environment = guestbook / "environments/openstack.yaml"
    environment.write_text(environment.read_text() + "backend:\n  s3:\n    bucket: states\n    key: guestbook\n")
    assert camp2iac("synth", "-e", environment.as_posix(), "-o", "infra/openstack").status == 0
    found = statements(camp2iac, "infra/openstack/backend.tf:4")
    assert [each[1:] for each in found] == [(10, "asks for it")]
    assert "every output has it" not in camp2iac("why", "infra/openstack/backend.tf:2").out
    found = statements(camp2iac, "infra/openstack/network.tf:95")
    assert [each[1:] for each in found] == [(6, "is what its comment names")]


def test_an_override_file_is_not_generated(guestbook: Path, camp2iac: Command) -> None:
    own = 'resource "openstack_compute_instance_v2" "web" {\n  flavor_name = "big"\n}\n'
    (guestbook / "infra/openstack/web_override.tf").write_text(own)
    done = camp2iac("why", "infra/openstack/web_override.tf:2")
    assert "it is not generated" in done.out
    assert (
        "it replaces the generated openstack_compute_instance_v2.web.flavor_name (infra/openstack/web.tf:" in done.out
    )


@pytest.mark.parametrize("line", ["environments/openstack.yaml:9", "camp.yaml:62"])
def test_a_parameter_leads_to_where_the_plan_uses_it(line: str, guestbook: Path, camp2iac: Command) -> None:
    plan, environment = guestbook / "camp.yaml", guestbook / "environments/openstack.yaml"
    text = plan.read_text().replace("memory: 2 GiB", "memory: { parameter: memory }", 1)
    plan.write_text(text.replace("  greeting: {", "  memory: { default: 2 GiB }\n  greeting: {"))
    environment.write_text(environment.read_text() + "parameters:\n  memory: 1 GiB\n")
    assert camp2iac("synth", "-e", "environments/openstack.yaml", "--force").status == 0
    done = camp2iac("why", line, "-o", "infra/openstack")
    assert done.out.startswith(
        f"""\
infra/openstack
  line {line.partition(":")[2]} gives the parameter memory; where the plan uses it:
   --> camp.yaml:17:36
    |
 17 |             - characteristic_type: org.camp2iac:Compute
    |                                    ^^^^^^^^^^^^^^^^^^^^
    data.openstack_compute_flavor_v2.web  infra/openstack/web.tf:"""
    )
    report = json.loads(camp2iac("why", line, "-o", "infra/openstack", "--output", "json").out)["outputs"][0]
    assert (report["parameter"], report["made"][0]["file"]) == ("memory", "camp.yaml")
