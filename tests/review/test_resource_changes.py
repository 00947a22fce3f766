"""What Terraform does with each resource instance, from the graphs of two outputs: one rule after the other."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from camp2iac.record import replace
from camp2iac.review.difference.effects import effects
from camp2iac.review.difference.model import Action, ResourceChange
from camp2iac.synth import graph_json
from camp2iac.synth.graph import Graph, graph
from camp2iac.synth.module import Attribute, Block, Document, Module, Value, body, call, expr, ref, template
from camp2iac.synth.sourcemap import Standing
from camp2iac.synth.tracked import Tracked
from camp2iac.targets.kubernetes.replacing import REPLACING as PODS
from camp2iac.targets.openstack.replacing import REPLACING

WEB = "openstack_compute_instance_v2.web"
PORT = "openstack_networking_port_v2.web"
NETWORK = "openstack_networking_network_v2.front"
ATTACHMENT = "openstack_compute_volume_attach_v2.web"
IMAGE = "data.openstack_images_image_v2.debian"
RERUNS = {"local.web_sha256": WEB}


def resource(address: str, *items: Block, **arguments: Value) -> Block:
    type_, _, name = address.partition(".")
    return Block("resource", (type_, name), body(*items, **arguments))


def output(
    *,
    size: str = "small",
    greeting: str = "Hello",
    name: str = "front",
    network: str = NETWORK,
    digest: str = "1",
    script: bytes = b"echo",
    image: str = "debian-12",
    ignored: tuple[str, ...] = (),
    many: int = 0,
    most: int = 3,
    local: str = "address",
    others: tuple[Block, ...] = (),
    moves: Mapping[str, str] | None = None,
) -> Standing:
    """A tier with one instance, or ``many``."""
    key = "[each.key]" if many else ""
    each: dict[str, Value] = {"for_each": ref("local.web_machines")} if many else {}
    where = expr("[for n in range(1, 4) : ", ref(PORT, '["web-${n}"].all_fixed_ips[0]'), "]")
    address: Value = where if many else ref(PORT, ".all_fixed_ips[0]")
    user_data: dict[str, Value] = {
        "greeting": ref("local.web_environment"),
        "own": ref(f"local.{local}", "[0]" if many else ""),
    }
    path = template(expr("path.module"), "/", "cloud-init/web.yaml.tftpl")
    lifecycle = Block("lifecycle", body=(Attribute("ignore_changes", tuple(map(expr, ignored))),))
    numbers = expr("{ for n in range(1, ", ref("var.web_count"), " + 1", ") : ", template("web-", expr("n")), " => n }")
    blocks = [
        Block("variable", ("web_count",), body(default=many or 1)),
        Block("data", ("openstack_images_image_v2", "debian"), body(name=image)),
        Block(
            "locals",
            body=(
                Attribute(local, address),
                Attribute("web_environment", {"GREETING": greeting, "PORT": "8080"}),
                Attribute("web_sha256", digest),
                Attribute("web_machines", numbers),
            ),
        ),
        resource(network, name=name),
        resource(
            PORT,
            **each,
            name=template("app-", expr("each.key")) if many else "app-web-1",
            network_id=ref(network, ".id"),
        ),
        resource(
            WEB,
            Block("network", body=body(port=ref(PORT, f"{key}.id"))),
            lifecycle,
            **each,
            image_id=ref(IMAGE, ".id"),
            flavor_name=size,
            metadata={"release": ref("local.web_sha256")},
            user_data=call("templatefile", path, user_data),
        ),
        resource(ATTACHMENT, **each, instance_id=ref(WEB, f"{key}.id")),
        *others,
        *(Block("moved", body=(_end("from", one), _end("to", other))) for one, other in (moves or {}).items()),
    ]
    documents = (
        Document("cloud-init/web.yaml.tftpl", b'${indent(2, file("${scripts}/web.sh"))}'),
        Document("cloud-init/web.sh", script),
    )
    tracked = Tracked("web", "instance", "tier", instances=(many, most) if many else None)
    found = graph(Module({"a.tf": blocks}), documents, REPLACING, RERUNS)
    return Standing("openstack", "", {}, {WEB: tracked}, found)


def _end(name: str, address: str) -> Attribute:
    at, bracket, key = address.partition("[")
    return Attribute(name, ref(at, bracket + key))


BEFORE = output()


def told(before: Standing, after: Standing) -> dict[str, str]:
    return {each.address: each.action.value for each in effects(before, after) if not each.perhaps}


def one(before: Standing, after: Standing, address: str) -> ResourceChange:
    (found,) = [each for each in effects(before, after) if each.address == address]
    return found


def test_nothing_changes() -> None:
    assert effects(BEFORE, output()) == ()
    assert effects(BEFORE, output(local="called_otherwise")) == (), "a local is its value"


NEW = {WEB: "replace", ATTACHMENT: "replace"}
EDITS = [
    ({"greeting": "Hi"}, NEW, "local.web_environment.GREETING"),
    ({"script": b"echo other"}, NEW, "cloud-init/web.sh"),
    ({"size": "large"}, {WEB: "update"}, f"{WEB}.flavor_name"),
    ({"image": "debian-13"}, {WEB: "update"}, f"{IMAGE}.name"),
    ({"digest": "2"}, {WEB: "rerun"}, "local.web_sha256"),
]


@pytest.mark.parametrize(("changed", "actions", "cause"), EDITS)
def test_an_edit(changed: dict[str, object], actions: dict[str, str], cause: str) -> None:
    after = output(**changed)  # type: ignore[arg-type]
    assert told(BEFORE, after) == actions
    assert [each.what for each in one(BEFORE, after, WEB).causes] == [cause]


def test_a_name_that_is_changed_in_place_keeps_its_users() -> None:
    assert told(BEFORE, output(name="other")) == {NETWORK: "update"}


def test_another_network_replaces_what_has_its_id() -> None:
    other = "openstack_networking_network_v2.back"
    after = output(network=other)
    assert told(BEFORE, after) == {NETWORK: "destroy", other: "create", PORT: "replace", **NEW}
    assert one(BEFORE, after, PORT).arguments == ("network_id",)
    assert {each.what for each in one(BEFORE, after, WEB).causes} == {PORT}


def test_a_network_that_moves_is_the_same() -> None:
    other = "openstack_networking_network_v2.back"
    after = output(network=other, moves={NETWORK: other})
    assert told(BEFORE, after) == {other: "move"}
    assert one(BEFORE, after, other).previous == NETWORK
    renamed = output(network=other, moves={NETWORK: other}, name="back")
    assert (one(BEFORE, renamed, other).action, one(BEFORE, renamed, other).previous) == (Action.UPDATE, NETWORK)


def test_what_is_ignored_does_not_count() -> None:
    kept = output(ignored=("user_data", "image_id"))
    assert told(BEFORE, output(ignored=("user_data", "image_id"), greeting="Hi", image="debian-13")) == {}
    after = output(ignored=("image_id",))
    assert told(kept, after) == {}
    unknown = {each.address: each.action.value for each in effects(kept, after) if each.perhaps}
    assert unknown == NEW, "what it was created with is unknown"


KEYED = {each: f'{each}["web-1"]' for each in (WEB, PORT, ATTACHMENT)}


def test_a_tier_that_gets_scale_keeps_its_first_instance() -> None:
    after = output(many=2, moves=KEYED)
    second = {address.replace("web-1", "web-2"): "create" for address in KEYED.values()}
    assert told(BEFORE, after) == {**dict.fromkeys(KEYED.values(), "move"), **second}
    assert told(after, output(moves={new: old for old, new in KEYED.items()})) == {
        **dict.fromkeys(KEYED, "move"),
        **dict.fromkeys(second, "destroy"),
    }


def test_without_moves_it_is_another_instance() -> None:
    assert told(BEFORE, output(many=1)) == {
        **dict.fromkeys(KEYED, "destroy"),
        **dict.fromkeys(KEYED.values(), "create"),
    }


def test_a_chain_of_moves() -> None:
    old = {f"{each.rpartition('.')[0]}.old": each for each in KEYED}
    assert BEFORE.graph is not None
    network = BEFORE.graph.nodes[NETWORK]
    nodes = {name: node for name, node in BEFORE.graph.nodes.items() if name not in KEYED} | dict.fromkeys(old, network)
    before = replace(BEFORE, graph=replace(BEFORE.graph, nodes=nodes))
    after = output(many=1, moves={**old, **KEYED})
    found = {each.address: each.previous for each in effects(before, after)}
    assert found == {KEYED[now]: then for then, now in old.items()}


def test_a_move_whose_target_is_there_is_not_done() -> None:
    both = output(others=(resource("openstack_networking_network_v2.old", name="x"),))
    after = output(moves={"openstack_networking_network_v2.old": NETWORK})
    assert told(both, after) == {"openstack_networking_network_v2.old": "destroy"}


def test_instances_that_exist_only_if_the_operator_wants_them() -> None:
    before, after = output(many=2), output(many=2, greeting="Hi", most=3)
    found = {each.address: each.perhaps for each in effects(before, after) if each.address.startswith(WEB)}
    assert found == {f'{WEB}["web-1"]': False, f'{WEB}["web-2"]': False, f'{WEB}["web-3"]': True}
    fewer = one(before, output(many=2, most=2), f'{WEB}["web-3"]')
    assert (fewer.action, fewer.perhaps) == (Action.DESTROY, True)
    assert told(before, output(many=3)) == {address.replace("web-1", "web-3"): "create" for address in KEYED.values()}
    assert not any(each.perhaps for each in effects(before, output(many=3)))


RULE = "openstack_networking_secgroup_rule_v2.out"


def rules(ports: Mapping[str, int]) -> tuple[Block, ...]:
    given: dict[str, Value] = {name: {"port": port} for name, port in ports.items()}
    return (resource(RULE, for_each=given, description=expr("each.key"), port_range_min=expr("each.value.port")),)


def test_an_instance_depends_on_its_own_entry() -> None:
    before, after = output(others=rules({"a": 1, "b": 2, "c": 3})), output(others=rules({"a": 1, "b": 5, "d": 3}))
    assert told(before, after) == {f'{RULE}["b"]': "replace", f'{RULE}["c"]': "destroy", f'{RULE}["d"]': "create"}


def test_all_instances_are_referred_to() -> None:
    names = expr("[for name in keys(", ref("local.web_machines"), ") : ", ref(PORT, "[name].id"), "]")
    record = "openstack_dns_recordset_v2.web"
    before, after = (output(many=each, others=(resource(record, records=names),)) for each in (2, 3))
    assert told(before, before) == {}
    assert told(before, after)[record] == "update"


def test_outputs_of_older_releases() -> None:
    assert effects(replace(BEFORE, graph=None), BEFORE) == ()


def test_which_part_of_the_plan() -> None:
    origins = {NETWORK: "camp.yaml#service database+3:4"}
    after = replace(output(name="x", size="large"), origins=origins, anchors={"camp.yaml#service database": 3})
    before = replace(BEFORE, resources={WEB: Tracked("web", "instance", "tier")})
    found = {each.address: (each.node, each.part) for each in effects(before, after)}
    assert found == {WEB: ("web", "tier"), NETWORK: ("database", "service")}
    group = output(others=(resource("openstack_networking_secgroup_v2.web_extra", name="x"),))
    created = one(BEFORE, group, "openstack_networking_secgroup_v2.web_extra")
    assert (created.node, created.part, created.words) == ("web", "tier", "networking secgroup")


BUILD = "heroku_build.web"


def built(stack: str, *triggers: str, buildpacks: str = "heroku/python") -> Standing:
    """An app, and its build, which names arguments of the app in ``replace_triggered_by``."""
    again = Attribute("replace_triggered_by", tuple(ref("heroku_app.web", f".{each}") for each in triggers))
    blocks = [
        Block("resource", ("heroku_app", "web"), body(stack=stack, buildpacks=(buildpacks,))),
        Block("resource", ("heroku_build", "web"), body(Block("lifecycle", body=(again,)), source="build/web")),
    ]
    module = Module({"web.tf": blocks})
    tracked = {"heroku_app.web": Tracked("web", "app", "component")}
    return Standing("heroku", "", {}, tracked, graph=sections_read(graph(module)))


def sections_read(of: Graph) -> Graph:
    """As it comes back from the file."""
    found = graph_json.read(json.loads(json.dumps({name: dict(each) for name, each in graph_json.sections(of)})))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("before", "after", "replaced"),
    [
        (built("24", "stack"), built("26", "stack"), True),
        (built("24"), built("26", "stack"), True),  # what the new configuration lists counts
        (built("24", "stack"), built("26"), False),
        (built("24"), built("24", "stack"), False),  # to list it changes nothing
        (built("24", "stack"), built("24", "stack", buildpacks="heroku/go"), False),
    ],
)
def test_replace_triggered_by(before: Standing, after: Standing, replaced: bool) -> None:
    found = {each.address: each for each in effects(before, after)}
    assert (BUILD in found) is replaced
    if replaced:
        assert found[BUILD].action is Action.REPLACE
        assert [cause.what for cause in found[BUILD].causes] == ["heroku_app.web.stack"]


def pods(type_: str, image: str, *, annotation: str = "", product: str = "PostgreSQL") -> Standing:
    """A database in pods. ``product``: it keeps its data in them, because it has no volume."""
    address = f"{type_}.database"
    container = Block("container", body=body(image=image))
    spec = Block("spec", body=body(Block("template", body=body(Block("spec", body=body(container))))))
    metadata = Block("metadata", body=body(name="database", annotations={"note": annotation}))
    found = graph(Module({"a.tf": [resource(address, metadata, spec)]}), (), PODS, {})
    tracked = Tracked("database", "Deployment", holds_data=bool(product), product=product)
    return Standing("kubernetes", "", {}, {address: tracked}, found)


@pytest.mark.parametrize("type_", ["kubernetes_deployment_v1", "kubernetes_stateful_set_v1"])
def test_new_pods_lose_what_is_in_them(type_: str) -> None:
    """Terraform updates the object in place, and the cluster replaces its pods."""
    before = pods(type_, "postgres:17")
    (found,) = effects(before, pods(type_, "postgres:18"))
    assert (found.action, found.data) == (Action.UPDATE, "PostgreSQL's data")
    (found,) = effects(before, pods(type_, "postgres:17", annotation="other"))
    assert (found.action, found.data) == (Action.UPDATE, "")
    (found,) = effects(pods(type_, "postgres:17", product=""), pods(type_, "postgres:18", product=""))
    assert (found.action, found.data) == (Action.UPDATE, "")
