"""``camp2iac inventory``: recorded states of Terraform, by part of the plan.

The states of OpenStack come from the stand-in provider, those of Heroku from the real one against the simulated
platform, that of Kubernetes from the real one and a real control plane (without empty values), and that of Docker is
written by hand. What is secret in them begins with ``SECRET``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.deployed import RECORDED, DeployedOutput, deployed_output

from camp2iac.diagnostics.excerpt import columns as width_of
from camp2iac.review import known_secrets
from camp2iac.review.formats import inventory as formats
from camp2iac.review.inventory import report
from camp2iac.review.parts import DeployedParts
from camp2iac.review.terraform_state import read
from camp2iac.synth import sourcemap_json
from camp2iac.targets import registry
from camp2iac.targets.deployed import AttributeText, DeployedType, Inventory

ROOT = Path(__file__).parents[2]
PLATFORMS = ("openstack", "heroku", "docker", "kubernetes", "small")
Golden = Callable[[Path, str], None]


@pytest.fixture
def output(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> DeployedOutput:
    return deployed_output(getattr(request, "param", "openstack"), tmp_path, monkeypatch, capsys)


def shown(output: DeployedOutput, state: Any = None, *arguments: str) -> dict[str, Any]:
    given = output.recorded("state.json") if state is None else json.dumps(state).encode()
    status, out, err = output.call("inventory", "--output", "json", *arguments, given=given)
    assert (status, err) == (0, "")
    found: dict[str, Any] = json.loads(out)
    return found


def state_of(output: DeployedOutput) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(output.recorded("state.json"))
    return found


def resources(state: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = state["values"]["root_module"]["resources"]
    return found


def managed(state: dict[str, Any]) -> list[dict[str, Any]]:
    return [each for each in resources(state) if each["mode"] == "managed"]


def part(document: dict[str, Any], name: str | None) -> dict[str, Any]:
    return next(each for each in document["parts"] if each["name"] == name)


@pytest.mark.parametrize("form", ["pretty", "markdown", "json"])
@pytest.mark.parametrize("output", PLATFORMS, indirect=True)
def test_a_state(output: DeployedOutput, form: str, golden: Golden) -> None:
    status, out, err = output.call("inventory", "--output", form, given=output.recorded("state.json"))
    assert (status, err) == (0, "")
    ending = {"pretty": "txt", "markdown": "md", "json": "json"}[form]
    golden(RECORDED / output.name / f"inventory.{ending}", out)
    assert "SECRET" not in out
    assert form != "json" or json.loads(out)


@pytest.mark.parametrize("output", PLATFORMS, indirect=True)
def test_every_resource_of_the_state_is_shown_once(output: DeployedOutput) -> None:
    document = shown(output)
    listed = [each["address"] for part in document["parts"] for each in part["resources"]]
    listed += [each["address"] for each in document["orphans"]]
    assert sorted(listed) == sorted(each["address"] for each in managed(state_of(output)))


def test_secrets_are_not_shown_whatever_their_names(output: DeployedOutput) -> None:
    """All attributes that reports show, marked as sensitive."""
    state = state_of(output)
    for each in resources(state):
        each["values"] = dict.fromkeys(each["values"], "SECRET")
        each["sensitive_values"] = dict.fromkeys(each["values"], True)
    for each in state["values"]["outputs"].values():
        each |= {"sensitive": True, "value": "SECRET"}
    _, out, _ = output.call("inventory", given=json.dumps(state).encode())
    assert "openstack_compute_instance_v2.web" in out
    assert "SECRET" not in out
    for each in resources(state):
        each["sensitive_values"] = True
    assert "SECRET" not in output.call("inventory", given=json.dumps(state).encode())[1]


def test_an_id_that_is_the_secret_is_not_shown(output: DeployedOutput) -> None:
    values = {"id": "hunter2", "password": "hunter2"}
    found = {"address": "acme_login.x", "type": "acme_login", "name": "x", "values": values, "sensitive_values": {}}
    state = {"format_version": "1.0", "values": {"root_module": {"resources": [found]}}}
    assert shown(output, state)["orphans"][0]["id"] is None
    values["id"] = "https://user:hunter2@example.org/"
    assert shown(output, state)["orphans"][0]["id"] is None


def test_an_empty_state(output: DeployedOutput) -> None:
    document = shown(output, {"format_version": "1.0"})
    assert not any(part["resources"] for part in document["parts"])
    missing = [each["address"] for part in document["parts"] for each in part["missing"]]
    assert 'openstack_compute_instance_v2.web["web-2"]' in missing
    assert "random_password.database" in missing
    _, out, _ = output.call("inventory", given=b'{"format_version": "1.0"}')
    assert out.startswith("0 resources on openstack, 41 not deployed\n")
    assert out.endswith("Instances are counted at the defaults of the variables.\n")


@pytest.mark.parametrize("output", ["heroku"], indirect=True)
def test_a_plan_shows_the_state_before_it(output: DeployedOutput) -> None:
    _, out, _ = output.call("inventory", given=output.recorded("plan.json"))
    assert out.splitlines()[0] == ("5 resources on heroku. The input is a plan: this is the state that it was made for")
    document = json.loads(output.call("inventory", "--output", "json", given=output.recorded("plan.json"))[1])
    assert document["input"] == "plan"
    before_the_first = {"format_version": "1.2", "planned_values": {}, "resource_changes": []}
    assert not part(shown(output, before_the_first), "web")["resources"]


def test_what_one_side_lacks(output: DeployedOutput) -> None:
    state = state_of(output)
    there = resources(state)
    there[:] = [each for each in there if each["address"] != 'openstack_compute_instance_v2.web["web-2"]']
    there.append({"address": "openstack_networking_floatingip_v2.old", "type": "openstack_networking_floatingip_v2"})
    there[-1] |= {"name": "old", "values": {"id": "f1", "address": "203.0.113.9"}, "sensitive_values": {}}
    document = shown(output, state)
    assert [each["address"] for each in part(document, "web")["missing"]] == [
        'openstack_compute_instance_v2.web["web-2"]'
    ]
    assert part(document, "web")["missing"][0]["place"].startswith("camp.yaml:")
    assert [(each["address"], each["answers"]) for each in document["orphans"]] == [
        ("openstack_networking_floatingip_v2.old", ["203.0.113.9"])
    ]


def test_more_instances_than_the_default_are_not_missing(output: DeployedOutput) -> None:
    state = state_of(output)
    third = next(each for each in resources(state) if each["address"].endswith('instance_v2.web["web-2"]'))
    resources(state).append({**third, "address": 'openstack_compute_instance_v2.web["web-3"]', "index": "web-3"})
    document = shown(output, state)
    assert not document["orphans"]
    assert "web-3" in [each["key"] for each in part(document, "web")["resources"]]


def test_a_resource_that_moves_stays_in_its_part(output: DeployedOutput) -> None:
    digests = json.loads((output.folder / ".camp2iac.digests.json").read_text())
    digests["moves"] = {
        "openstack_compute_instance_v2.db": "openstack_compute_instance_v2.database",
        "openstack_networking_port_v2.a": "openstack_networking_port_v2.b",
        "openstack_networking_port_v2.b": "openstack_networking_port_v2.a",
    }
    (output.folder / ".camp2iac.digests.json").write_text(json.dumps(digests))
    state = state_of(output)
    for each in resources(state):
        if each["address"] == "openstack_compute_instance_v2.database":
            each["address"] = "openstack_compute_instance_v2.db"
    document = shown(output, state)
    moved = next(each for each in part(document, "database")["resources"] if each["moves_to"])
    assert (moved["address"], moved["moves_to"]) == (
        "openstack_compute_instance_v2.db",
        "openstack_compute_instance_v2.database",
    )
    assert not document["orphans"]
    assert not part(document, "database")["missing"]


def test_a_child_module(output: DeployedOutput) -> None:
    """Resources of other modules of the same state are counted, and not taken for orphans."""
    state = state_of(output)
    ours = [{**each, "address": f'module.shop["eu.x"].{each["address"]}'} for each in resources(state)]
    others = [{"address": "module.dns.acme_zone.x", "type": "acme_zone", "name": "x", "values": {"id": "z"}}]
    children = [{"address": 'module.shop["eu.x"]', "resources": ours}, {"address": "module.dns", "resources": others}]
    state["values"]["root_module"] = {"child_modules": children}
    document = shown(output, state)
    assert document["elsewhere"] == 1
    assert not document["orphans"]
    assert not any(each["missing"] for each in document["parts"])
    assert sum(len(each["resources"]) for each in document["parts"]) == len(managed(state_of(output)))


@pytest.mark.parametrize(
    ("given", "is_"),
    [
        (b"", "the input is empty"),
        (b"No state.\n", "the input is not JSON"),
        (b"[1]", "the input is not a JSON object"),
        (b'{"version": 4, "lineage": "x", "resources": [], "outputs": {"p": {"value": "SECRET"}}}', "a state file"),
        (b'{"@level": "info", "type": "version"}', "JSON of another kind"),
        (b'{"format_version": "1.0", "valid": true}', "JSON of another kind"),
        (b'{"format_version": "1.0", "values": {"root_module": {"resources": 1}}}', "JSON of another kind"),
        (b"[" * 100_000, "the input is not JSON"),
        (b"\xff\xfe", "the input is not JSON"),
    ],
)
def test_another_input(given: bytes, is_: str, output: DeployedOutput) -> None:
    status, out, err = output.call("inventory", given=given)
    assert (status, out) == (1, "")
    assert err.startswith("error[CAMP738]: the input is ")
    assert is_ in err
    assert "SECRET" not in err


def test_a_platform_that_declares_nothing() -> None:
    """A target of another package without an inventory shows addresses and ids; with one, what it declares."""
    standing = sourcemap_json.standing(
        (RECORDED / "openstack/sourcemap.json").read_bytes(), (RECORDED / "openstack/digests.json").read_bytes()
    )
    assert standing is not None
    state = read((RECORDED / "openstack/state.json").read_bytes())
    text = formats.pretty(report(state, DeployedParts(standing, Inventory()), Inventory()))
    assert "networking floatingip" not in text  # people know it as the floating IP
    assert "networking router\n" in text
    assert "id 91607128-f240-500d-aeb1-4c0ea9cd039b" in text
    assert "203.0.113.179\n" not in text.replace("http://203.0.113.179\n", "")
    own = Inventory({"openstack_networking_router_v2": DeployedType("gateway", (AttributeText("{name}!"),))})
    text = formats.pretty(report(state, DeployedParts(standing, own), own))
    assert re.search(r"^  gateway +guestbook!$", text, re.MULTILINE)


@pytest.mark.parametrize("columns", [24, 40, 80])
@pytest.mark.parametrize("output", PLATFORMS, indirect=True)
def test_it_fits(output: DeployedOutput, columns: int) -> None:
    standing = sourcemap_json.standing(
        (output.folder / ".camp2iac.json").read_bytes(), (output.folder / ".camp2iac.digests.json").read_bytes()
    )
    assert standing is not None
    types = getattr(registry.find(standing.target), "inventory", None)
    assert isinstance(types, Inventory)
    made = report(read(output.recorded("state.json")), DeployedParts(standing, types), types)
    for line in formats.pretty(made, columns).splitlines():
        assert sum(map(width_of, line)) <= columns, line


def test_words_of_the_state_are_data(output: DeployedOutput) -> None:
    state = state_of(output)
    for each in resources(state):
        if each["type"] == "openstack_compute_instance_v2":
            each["values"]["flavor_name"] = "x\x1b[2J\n::error::boo | `y` <b>"
    state["values"]["outputs"]["web_url"]["value"] = "\x1b]0;x\x07##[error]"
    for form in ("pretty", "markdown", "json"):
        _, out, _ = output.call("inventory", "--output", form, given=json.dumps(state).encode())
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]|^ *::|##\\[", out, re.MULTILINE)


def recorded_schema(platform: str) -> dict[str, Any]:
    """The recorded schemas of resources, by type."""
    file = next((ROOT / "proofs/standin").glob(f"[sd]*/{platform}-*.json"))
    provider = next(iter(json.loads(file.read_text())["provider_schemas"].values()))
    found: dict[str, Any] = provider["resource_schemas"]
    return found


def inside(form: Any) -> dict[str, Any] | None:
    """The attributes and blocks in a block, or in the type of an attribute. None: the schema does not say."""
    if isinstance(form, dict):
        block = form.get("block", form)
        below = {name: each.get("type") for name, each in block.get("attributes", {}).items()}
        return {**below, **block.get("block_types", {})}
    if form == "dynamic" or form[0] == "map":
        return None
    return inside(form[1]) if form[0] in ("list", "set") else form[1]


#: Attributes of which the schema does not say what is in them. The tests below have it
OPEN = {"kubernetes_manifest.object", "kubernetes_persistent_volume_claim_v1.spec.resources.requests"}


@pytest.mark.parametrize("platform", ["openstack", "heroku", "docker", "kubernetes"])
def test_declared_attributes_exist(platform: str) -> None:
    """By the recorded schema of the provider."""
    other = {"kubernetes": "docker", "openstack": "tls"}.get(platform)
    schemas = recorded_schema(platform) | (recorded_schema(other) if other else {})
    types = getattr(registry.find(platform), "inventory", None)
    assert isinstance(types, Inventory)
    for name, declared in types.types.items():
        for text in (*declared.answers, *declared.state):
            wanted = set(re.findall(r"\{(\w+)\}", text.text))
            there, place = inside(schemas[name]), name
            for step in text.each.split(".") if text.each else ():
                if there is not None:
                    there, place = inside(there[step]), f"{place}.{step}"
            if there is None:
                assert place in OPEN
                continue
            assert wanted <= there.keys(), (name, text)
            if not text.each:
                attributes = schemas[name]["block"]["attributes"]
                assert not any(attributes[each].get("sensitive") for each in wanted)


@pytest.mark.parametrize("output", ["kubernetes"], indirect=True)
def test_blocks_of_the_kubernetes_provider(output: DeployedOutput) -> None:
    """They are lists of one object, also in others. The names of objects with secrets are not secret."""
    found = {each["address"]: each for part in shown(output)["parts"] for each in part["resources"]}
    assert found["kubernetes_service_v1.database"]["answers"] == ["database.shop-staging"]
    assert found["kubernetes_service_v1.database"]["state"] == ["TCP 5432"]
    assert found["kubernetes_ingress_v1.web"]["answers"] == ["shop.example.org", "www.shop.example.org", "203.0.113.80"]
    assert found["kubernetes_stateful_set_v1.database"]["state"][-2:] == ["replicas: 1", "postgres:17-bookworm"]
    assert found["kubernetes_persistent_volume_claim_v1.database_data"]["state"][1:] == ["data-database-0", "10Gi"]
    assert found["kubernetes_horizontal_pod_autoscaler_v2.web"]["state"] == ["2 to 4 pods"]
    assert found["kubernetes_secret_v1.web"]["state"] == ["web-secrets"]
    assert found["kubernetes_job_v1.web_release"]["state"] == ["registry.example.org/shop/shop-web:7f9e850edfdf"]
    without = {address for address, each in found.items() if not (each["answers"] or each["state"])}
    assert {address.partition(".")[0] for address in without} == {"random_password", "terraform_data"}


def test_what_refers_to_a_secret_is_none() -> None:
    """Other values in such a block are, and so is what Terraform marks."""
    spec = {"image_pull_secret": [{"name": "registry"}], "volume": [{"secret": [{"secret_name": "a", "value": "b"}]}]}
    assert list(known_secrets.marked(spec, {})) == ["b"]
    marks = {"image_pull_secret": [{"name": True}], "volume": [{"secret": [{}]}]}
    assert set(known_secrets.marked(spec, marks)) == {"registry", "b"}
    assert set(known_secrets.marked(spec, {"image_pull_secret": True})) == {"registry", "b"}
    others = {"secret": "c", "image_pull_secret": {"name": "d"}, "secret_ref": ["e"], "secrets": [{"name": "f"}]}
    assert set(known_secrets.marked(others, {})) == {"c", "d", "e", "f"}


@pytest.mark.parametrize("output", ["kubernetes"], indirect=True)
def test_objects_of_the_kubernetes_provider(output: DeployedOutput) -> None:
    """A ``kubernetes_manifest`` has the object of the API, and a load balancer its addresses in ``status``."""
    metadata = {"name": "web", "namespace": "shop", "labels": {"app.kubernetes.io/name": "web"}}
    manifest = {"apiVersion": "gateway.networking.k8s.io/v1", "kind": "HTTPRoute", "metadata": metadata}
    route = {"address": "kubernetes_manifest.web", "type": "kubernetes_manifest", "name": "web"}
    route["values"] = {"field_manager": [], "manifest": manifest, "object": {**manifest, "spec": {}}}  # type: ignore[assignment]
    route["sensitive_values"] = {"field_manager": [], "object": {"metadata": {"labels": {}}}}  # type: ignore[assignment]
    service = {"address": "kubernetes_service_v1.x", "type": "kubernetes_service_v1", "name": "x"}
    balancers = [{"hostname": "", "ip": "203.0.113.9"}, {"hostname": "lb.example.org", "ip": ""}]
    service["values"] = {"metadata": [metadata], "status": [{"load_balancer": [{"ingress": balancers}]}]}  # type: ignore[assignment]
    service["sensitive_values"] = {"status": [{"load_balancer": [{"ingress": [{}, {}]}]}]}  # type: ignore[assignment]
    state = {"format_version": "1.0", "values": {"root_module": {"resources": [route, service]}}}
    first, second = shown(output, state)["orphans"]
    assert first["state"] == ["HTTPRoute", "web"]
    assert second["answers"] == ["web.shop", "lb.example.org", "203.0.113.9"]
    service["sensitive_values"] = {"status": [{"load_balancer": True}]}  # type: ignore[assignment]
    assert shown(output, state)["orphans"][1]["answers"] == ["web.shop"]


def test_each_type_of_the_examples_is_declared() -> None:
    for file in sorted((ROOT / "examples").glob("*/infra/*/.camp2iac.json")):
        standing = sourcemap_json.standing(file.read_bytes(), file.with_name(".camp2iac.digests.json").read_bytes())
        assert standing is not None
        types = getattr(registry.find(standing.target), "inventory", None)
        assert isinstance(types, Inventory)
        for block in DeployedParts(standing, types).blocks:
            assert types.of(block.partition(".")[0]).words, (file, block)


def test_which_output(output: DeployedOutput, tmp_path: Path) -> None:
    """Without ``-o``: this folder, or the only output beside the plan, here or above."""
    from camp2iac.cli import run

    def call(folder: Path, *arguments: str) -> tuple[int, str, str]:
        import io

        output.monkeypatch.chdir(folder)
        output.monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(output.recorded("state.json"))))
        status = run(["inventory", *arguments])
        out, err = output.capsys.readouterr()
        return status, out, err

    assert call(output.folder)[0] == 0
    status, _, err = call(tmp_path)
    assert status == 2
    assert "there is no output" in err
    (tmp_path / "camp.yaml").write_text("")
    (tmp_path / "web").mkdir()
    assert call(tmp_path / "web")[0] == 0
    assert call(tmp_path, "-o", "web")[0] == 2
    (tmp_path / "infra/other").mkdir()
    (tmp_path / "infra/other/.camp2iac.json").write_text("{}")
    status, _, err = call(tmp_path)
    assert status == 2
    assert "several outputs: write -o infra/openstack or -o infra/other" in err
    status, _, err = call(tmp_path, "-o", "infra/other")
    assert status == 2
    assert "cannot be read" in err


def test_the_examples_of_the_docs() -> None:
    """Blocks of docs/inventory.md are parts of recorded reports."""
    blocks = re.findall(r"```text\n(.*?)```", (ROOT / "docs/inventory.md").read_text(), re.DOTALL)
    assert (RECORDED / "docker/inventory.txt").read_text().startswith(blocks[0])
    assert (RECORDED / "small/interrupted.txt").read_text().startswith(blocks[3])
