"""What decides whether Terraform keeps a resource, followed to what is written."""

from __future__ import annotations

import pytest

from camp2iac.synth.identity import Identity, identities
from camp2iac.synth.module import Attribute, Block, Document, Module, Value, body, call, expr, ref, template
from camp2iac.targets.openstack.replacing import REPLACING

MACHINE = "openstack_compute_instance_v2.web"
PORT = "openstack_networking_port_v2.web"


def _module(
    *,
    size: str = "small",
    address: Value = "10.0.0.5",
    greeting: str = "Hello",
    many: bool = False,
    region: str = "One",
    ignored: tuple[str, ...] = (),
    network: str = "front",
    local: str = "address",  # empty: what it holds is written where it is used
) -> Module:
    key = "[each.key]" if many else ""
    where = ref(PORT, '["web-${n}"].all_fixed_ips[0]' if many else ".all_fixed_ips[0]")
    known = expr("[for n in range(1, 4) : ", where, "]") if many else where
    lifecycle = Block("lifecycle", body=(Attribute("ignore_changes", tuple(map(expr, ignored))),))
    own = ref(PORT, f"{key}.all_fixed_ips[0]")
    at = ref(f"local.{local}", "[0]" if many else "") if local else own
    values: dict[str, Value] = {"greeting": ref("var.greeting"), "at": at}
    named = [Attribute(local, known)] if local else []
    each = {"for_each": ref("local.machines")} if many else {}
    machine = Block(
        "resource",
        ("openstack_compute_instance_v2", "web"),
        body(
            Block("network", body=body(port=ref(PORT, f"{key}.id"))),
            lifecycle,
            **each,
            flavor_name=size,
            user_data=call("templatefile", template(expr("path.module"), "/cloud-init/web.yaml.tftpl"), values),
        ),
    )
    port = Block(
        "resource",
        ("openstack_networking_port_v2", "web"),
        body(
            Block("fixed_ip", body=body(ip_address=address)),
            **each,
            name="a",
            network_id=ref(f"openstack_networking_network_v2.{network}", ".id"),
        ),
    )
    nets = [Block("resource", ("openstack_networking_network_v2", name), body(name="n")) for name in ("front", "back")]
    variable = Block("variable", ("greeting",), body(default=greeting))
    provider = Block("provider", ("openstack",), body(region=region))
    machines = [Attribute("machines", expr("{}"))] if many else []
    return Module({"a.tf": [provider, variable, Block("locals", body=(*machines, *named)), *nets, port, machine]})


def _documents(script: bytes = b"echo") -> list[Document]:
    template_ = b'content: "${indent(2, file("${scripts}/web.sh"))}"'
    return [Document("cloud-init/web.yaml.tftpl", template_), Document("cloud-init/web.sh", script)]


def _identity(documents: list[Document] | None = None, **changed: object) -> Identity:
    module = _module(**changed)  # type: ignore[arg-type]
    return identities(module, documents or _documents(), [MACHINE], REPLACING)[MACHINE]


BEFORE = _identity()


@pytest.mark.parametrize(
    ("changed", "part"),
    [
        ({"greeting": "Hi"}, "var.greeting"),
        ({"address": "10.0.0.6"}, f"{PORT}.fixed_ip"),
        ({"network": "back"}, PORT),
        ({"documents": _documents(b"echo other")}, "cloud-init/web.sh"),
    ],
)
def test_what_replaces_an_instance(changed: dict[str, object], part: str) -> None:
    after = _identity(**changed)  # type: ignore[arg-type]
    assert after.exact != BEFORE.exact
    assert after.loose != BEFORE.loose
    assert after.parts[part] != BEFORE.parts[part]


SAME = [{"size": "large"}, {"region": "Two"}, {"local": "called_otherwise"}, {"local": ""}]


@pytest.mark.parametrize("changed", SAME)
def test_what_does_not(changed: dict[str, object]) -> None:
    assert _identity(**changed).exact == BEFORE.exact  # type: ignore[arg-type]


def test_what_is_ignored_is_known() -> None:
    assert _identity(ignored=("user_data",)).ignored == ("user_data",)


def test_one_instance_and_several_mean_the_same_loosely() -> None:
    several = _identity(many=True)
    assert several.loose == BEFORE.loose
    assert several.exact != BEFORE.exact
    assert _identity(many=True, local="").loose == BEFORE.loose, "its own address, not that of the first"
    assert _identity(many=True, greeting="Hi").loose != BEFORE.loose
