"""The tables of what replaces a resource say what the real providers plan, for every argument that is written."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from support.plans import CASES, ROOT
from support.terraform import PROVIDERS, Terraform

from camp2iac.synth import providers
from camp2iac.synth.force_new import replaces
from camp2iac.targets.heroku.replacing import REPLACING as HEROKU
from camp2iac.targets.openstack.replacing import REPLACING as OPENSTACK

pytestmark = pytest.mark.terraform

ONE, OTHER = "01234567-89ab-cdef-0123-456789abcdef", "fedcba98-7654-3210-fedc-ba9876543210"
#: where not any text will do: argument to a value and another
VALUES: dict[str, tuple[Any, Any]] = {
    "cidr": ("10.1.0.0/16", "10.2.0.0/16"),
    "data_cidr": ("10.3.0.0/16", "10.4.0.0/16"),
    "generation": ("cedar", "fir"),
    "stage": ("staging", "production"),
    "pipeline_stage": ("review", "test"),
    "owner_type": ("app", "space"),
    "exporter_type": ("otlp", "otlphttp"),
    "signals": (["logs"], ["traces"]),
    "endpoint": ("https://a.example.com", "https://b.example.com"),
    "url": ("https://a.example.com", "https://b.example.com"),
    "org_repo": ("a/b", "a/c"),
    "stale_days": (3, 5),
    "destroy_stale_apps": (True, False),
    "direction": ("ingress", "egress"),
    "ethertype": ("IPv4", "IPv6"),
    "remote_ip_prefix": ("10.0.0.0/8", "10.0.0.0/16"),
    "port_range_min": (80, 81),
    "port_range_max": (90, 91),
    "gateway_ip": ("10.1.0.1", "10.1.0.2"),
    "dns_nameservers": (["192.0.2.1"], ["192.0.2.2"]),
    "policies": (["affinity"], ["anti-affinity"]),
    "lb_method": ("ROUND_ROBIN", "LEAST_CONNECTIONS"),
    "method": ("get", "post"),
    "http_method": ("GET", "HEAD"),
    "tls_versions": (["TLSv1.2"], ["TLSv1.3"]),
    "alpn_protocols": (["h2"], ["http/1.1"]),
    "digest": ("sha256", "sha512"),
    "email": ("a@example.com", "b@example.com"),
    "allowed_cidrs": (["10.0.0.0/8"], ["10.0.0.0/16"]),
    "address": ("10.1.0.1", "10.1.0.2"),
    "ttl": (60, 70),
}
OF_TYPE: dict[str, tuple[Any, Any]] = {
    "openstack_lb_monitor_v2.type": ("HTTP", "TCP"),
    "openstack_lb_listener_v2.protocol": ("HTTP", "TCP"),
    "openstack_lb_pool_v2.protocol": ("HTTP", "TCP"),
    "openstack_networking_secgroup_rule_v2.protocol": ("tcp", "udp"),
    "openstack_dns_recordset_v2.type": ("A", "AAAA"),
    "openstack_dns_zone_v2.name": ("a.example.", "b.example."),
    "openstack_dns_recordset_v2.name": ("a.example.", "b.example."),
    "openstack_objectstorage_tempurl_v1.key": ("a", "b"),
    "heroku_app.name": ("an-app", "another-app"),
    "heroku_pipeline.name": ("an-app", "another-app"),
    "heroku_space.name": ("a-space", "another-space"),
    "heroku_addon_attachment.name": ("ONE", "OTHER"),
    "heroku_addon.plan": ("heroku-redis:mini", "heroku-redis:premium-0"),
    "heroku_app.stack": ("heroku-22", "heroku-24"),
}
#: what a type must have, too, though its schema does not say so: one of these, or all
EITHER = {
    "openstack_lb_pool_v2": ("loadbalancer_id", "listener_id"),
    "openstack_lb_loadbalancer_v2": ("vip_subnet_id", "vip_network_id", "vip_port_id"),
    "heroku_drain": ("url", "sensitive_url"),
    "openstack_objectstorage_object_v1": ("content", "source"),
}
ALL_OF = {
    "openstack_networking_secgroup_rule_v2": ("port_range_max", "port_range_min", "protocol"),
    "heroku_review_app_config": ("destroy_stale_apps", "stale_days"),
}
#: nested blocks: one and another
BLOCKS: dict[str, dict[str, tuple[Any, Any]]] = {
    "heroku_app": {"organization": ({"name": "one"}, {"name": "other"})},
    "heroku_build": {"source": ({"url": "https://a.example.com/"}, {"url": "https://b.example.com/"})},
    "heroku_pipeline": {"owner": ({"id": ONE, "type": "team"}, {"id": OTHER, "type": "team"})},
    "heroku_review_app_config": {"deploy_target": ({"id": "us", "type": "region"}, {"id": "eu", "type": "region"})},
    "openstack_compute_instance_v2": {
        "network": ({"uuid": ONE}, {"uuid": OTHER}),
        "block_device": (
            {"uuid": ONE, "source_type": "image", "boot_index": 0},
            {"uuid": OTHER, "source_type": "image", "boot_index": 0},
        ),
        "scheduler_hints": ({"group": ONE}, {"group": OTHER}),
    },
    "openstack_lb_pool_v2": {"persistence": ({"type": "SOURCE_IP"}, {"type": "HTTP_COOKIE"})},
    "openstack_networking_port_v2": {"fixed_ip": ({"subnet_id": ONE}, {"subnet_id": OTHER})},
}
#: what no example has, and environments may ask for
BESIDES = {"heroku_space": {"cidr", "data_cidr", "shield"}, "heroku_app": {"internal_routing"}}
_BASE_ONLY = {"for_each", "depends_on", "provider", "lifecycle", "count", "timeouts"}


def written(target: str) -> Mapping[str, set[str]]:
    """The arguments of each type in the outputs of examples and cases; nested blocks are left out."""
    found: dict[str, set[str]] = {}
    folders = [*(ROOT / "examples").rglob(f"infra/{target}"), *CASES.rglob(f"expected/{target}")]
    for text in (file.read_text() for folder in folders for file in folder.rglob("*.tf")):
        for type_, body in re.findall(r'(?ms)^resource "(\w+)" "\w+" \{\n(.*?)^\}', text):
            found.setdefault(type_, set()).update(set(re.findall(r"(?m)^  (\w+) +=", body)) - _BASE_ONLY)
    return found


def two(type_: str, name: str, form: Any) -> tuple[Any, Any]:
    """A value of an argument and another."""
    known = OF_TYPE.get(f"{type_}.{name}") or VALUES.get(name)
    if known:
        return known
    match form:
        case "bool":
            return False, True
        case "number":
            return 1, 2
        case ["map", _]:
            return {"A": "one"}, {"A": "other"}
        case ["list" | "set", _]:
            return [ONE], [OTHER]
    return (ONE, OTHER) if name.endswith("id") or name == "pipeline" else ("one", "other")


def changes(target: str) -> Iterator[tuple[str, str, dict[str, Any], Any]]:
    """Type, argument, the arguments before, and the value that the one has after."""
    table = providers.load(target)
    assert table is not None
    for type_, names in sorted(written(target).items()):
        form = table.type("resource", type_)
        if form is None:
            continue
        blocks = BLOCKS.get(type_, {})
        needed = {name: two(type_, name, found.type)[0] for name in form.required() if (found := form.argument(name))}
        needed |= {name: [blocks[name][0]] for name, least, _, _ in form.blocks() if least}
        for name, (block, other) in blocks.items():
            either = {each: two(type_, each, None)[0] for each in EITHER.get(type_, ())[:1]}
            yield type_, name, {**needed, **either, name: [block]}, [other]
        one = EITHER.get(type_, ())
        for name in sorted(names | BESIDES.get(type_, set())):
            argument = form.argument(name)
            beside = (*ALL_OF.get(type_, ()), *(one[:1] if name not in one else ()))
            if argument is not None:
                before, after = two(type_, name, argument.type)
                yield (
                    type_,
                    name,
                    {**needed, **{each: two(type_, each, None)[0] for each in beside}, name: before},
                    after,
                )


@pytest.mark.parametrize(("target", "table"), [("heroku", HEROKU), ("openstack", OPENSTACK)])
def test_the_table_is_what_the_provider_plans(
    target: str, table: Mapping[str, frozenset[str]], tmp_path: Path, terraform: Terraform
) -> None:
    if not terraform.real:
        pytest.skip("only the real providers know")
    source, version = PROVIDERS[target]
    asked = {f"c{number}": each for number, each in enumerate(changes(target))}
    resources: dict[str, dict[str, Any]] = {}
    for label, (type_, name, before, after) in asked.items():
        resources.setdefault(type_, {})[label] = {**before, name: after}
    head = {"required_providers": {target: {"source": source, "version": version}}}
    (tmp_path / "main.tf.json").write_text(json.dumps({"terraform": head, "resource": resources}, indent=1))
    terraform.init(tmp_path)
    schemas = json.loads(terraform.run(tmp_path, "providers", "schema", "-json"))["provider_schemas"]
    (own,) = schemas.values()
    state = [
        {
            "mode": "managed",
            "type": type_,
            "name": label,
            "provider": f'provider["registry.terraform.io/{source}"]',
            "instances": [
                {
                    "schema_version": own["resource_schemas"][type_]["version"],
                    "attributes": {"id": ONE, **before},
                }
            ],
        }
        for label, (type_, _, before, _) in asked.items()
    ]
    (tmp_path / "terraform.tfstate").write_text(
        json.dumps({"version": 4, "terraform_version": "1.5.0", "serial": 1, "lineage": ONE, "resources": state})
    )
    planned = terraform.plan(tmp_path)["resource_changes"]
    because = {each["name"]: {path[0] for path in each["change"].get("replace_paths", ())} for each in planned}
    same = {each["name"] for each in planned if each["change"]["actions"] == ["no-op"]}
    assert not same
    real = {f"{type_}.{name}": name in because[label] for label, (type_, name, _, _) in asked.items()}
    ours = {f"{type_}.{name}": replaces(table, type_, name) for type_, name, _, _ in asked.values()}
    assert len(real) > 20
    assert ours == real
