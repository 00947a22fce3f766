"""The graph of a module: what each value is, whatever its layout and the names of locals."""

from __future__ import annotations

import json

import pytest

from camp2iac.synth import graph_json
from camp2iac.synth.graph import Graph, Item, graph
from camp2iac.synth.module import Attribute, Block, Document, Module, Value, body, call, expr, ref, template

PORT = "openstack_networking_port_v2.web"
REPLACING = {"openstack_compute_instance_v2": frozenset({"user_data"})}


def of(value: Value, *others: Block, documents: tuple[Document, ...] = ()) -> Graph:
    """A graph with one local and other blocks."""
    return graph(Module({"a.tf": [Block("locals", body=(Attribute("it", value),)), *others]}), documents, REPLACING)


def same(one: Value, other: Value) -> bool:
    return of(one).nodes["local.it"] == of(other).nodes["local.it"]


METADATA = Block("locals", body=(Attribute("metadata", {"application": "a", "environment": "b"}),))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (template("a-", expr("each.key")), template("a-", expr("each.key"))),
        (("x", template("a", "b")), ("x", "ab")),
        (call("cidrhost", "10.0.0.0/24", 5), "10.0.0.5"),
        (
            expr("[for n in range(1, 3) : ", ref(PORT, '["web-${n}"].id'), "]"),
            (ref(PORT, '["web-1"].id'), ref(PORT, '["web-2"].id')),
        ),
        (
            expr("[for n in range(1, 3) : ", call("cidrhost", "10.0.0.0/24", expr("n")), "]"),
            ("10.0.0.1", "10.0.0.2"),
        ),
    ],
)
def test_values_that_are_the_same(one: Value, other: Value) -> None:
    assert same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1", 1),
        ("a", ref("var.a")),
        (call("f", "a"), call("g", "a")),
        (expr("[for n in range(1, 3) : ", expr("n"), "]"), expr("[for n in range(1, 4) : ", expr("n"), "]")),
        ({"a": "1"}, {"b": "1"}),
        ("\N{WHITE BULLET}", ref("var.a")),
        ("\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}each.key", template(expr("each.key"))),
    ],
)
def test_values_that_are_not(one: Value, other: Value) -> None:
    assert not same(one, other)


def test_a_loop_over_an_object_is_its_entries() -> None:
    every = expr("[for key, value in ", ref("local.metadata"), " : ", template(expr("key"), "=", expr("value")), "]")
    pair = template(expr("key"), "=", ref("local.metadata", "[key]"))
    two = expr("[for key in ", ("application", "environment"), " : ", pair, "]")
    assert of(every, METADATA).nodes["local.it"] == of(two, METADATA).nodes["local.it"]
    assert of(two, METADATA).nodes["local.it"].items["0"].references == ('local.metadata["application"]',)


def test_a_loop_that_cannot_be_unrolled_is_its_code() -> None:
    loop = expr("[for name in keys(", ref("local.metadata"), ") : ", ref(PORT, "[name].id"), "]")
    (item,) = of(loop).nodes["local.it"].items.values()
    assert item.references == ("local.metadata", f"{PORT}[name].id")
    inner = expr("[for n in range(1, 3) : ", expr("n + 1"), "]")
    (item,) = of(inner).nodes["local.it"].items.values()
    assert item.references == ()


def instance(*items: Attribute | Block, **arguments: Value) -> Block:
    return Block("resource", ("openstack_compute_instance_v2", "web"), body(*items, **arguments))


def test_arguments_of_a_resource() -> None:
    ignored = Block("lifecycle", body=(Attribute("ignore_changes", (expr("image_id"), expr("block_device[0].uuid"))),))
    disk = Block("block_device", body=body(uuid="a", size=3))
    other = Block("block_device", body=body(uuid="b", size=3))
    node = of("", instance(ignored, disk, image_id="i", user_data="u", depends_on=("x",))).nodes[
        "openstack_compute_instance_v2.web"
    ]
    assert set(node.items) == {"user_data", "block_device", "image_id"}, "the next output may no longer ignore it"
    assert node.forces == {"user_data"}
    assert node.ignored == {"image_id", "block_device[0].uuid"}
    again = of("", instance(ignored, other, user_data="u")).nodes["openstack_compute_instance_v2.web"]
    assert again.items["block_device"] == node.items["block_device"], "its image is ignored"


def test_a_template_is_its_content_and_its_scripts() -> None:
    path = template(expr("path.module"), "/", "cloud-init/web.yaml.tftpl")
    documents = (
        Document("cloud-init/web.yaml.tftpl", b'${indent(2, file("${scripts}/web.sh"))}'),
        Document("cloud-init/web.sh", b"echo"),
        Document("cloud-init/unused.sh", b"echo"),
    )
    found = of("", instance(user_data=call("templatefile", path, {})), documents=documents)
    node = found.nodes["openstack_compute_instance_v2.web"]
    assert node.items["user_data"].references == ("cloud-init/web.yaml.tftpl",)
    assert found.nodes["cloud-init/web.yaml.tftpl"].items[""].references == ("cloud-init/web.sh",)
    assert "cloud-init/unused.sh" not in found.nodes


def test_a_folder_that_is_built_is_its_files() -> None:
    path = call("trimprefix", template(expr("path.module"), "/build/web"), "./")
    documents = (Document("build/web/app.py", b"a"), Document("build/web/.camp2iac/run", b"b"))
    found = of("", instance(user_data=path), documents=documents)
    assert set(found.nodes["build/web"].items) == {"app.py", ".camp2iac/run"}
    assert found.nodes["build/web"].items["app.py"].references == ("build/web/app.py",)


KEYS = [
    ({"for_each": ref("local.many")}, {'["web-1"]': "1", '["web-2"]': "2"}),
    ({"for_each": ref("local.three")}, {'["web-1"]': "1", '["web-2"]': "2", '["web-3"]': "3"}),
    ({"for_each": call("toset", ("a", "b"))}, {'["a"]': '"a"', '["b"]': '"b"'}),
    ({"for_each": {"a": {"port": 1}}}, {'["a"]': '{"port": 1}'}),
    ({"count": expr("contains(", ("1", ref("var.b")), ", ", ref("var.a"), ") ? 0 : 1")}, {"[0]": "0"}),
    ({"count": expr("contains(", ("x",), ", ", ref("var.a"), ") ? 0 : 1")}, {}),
]


@pytest.mark.parametrize(("arguments", "keys"), KEYS)
def test_keys_of_instances(arguments: dict[str, Value], keys: dict[str, str]) -> None:
    name = template("web-", expr("n"))
    count = Block("variable", ("web_count",), body(default=2))
    cidrs = [Block("variable", (each,), body(default=value)) for each, value in (("a", "x"), ("b", "y"))]
    many = Attribute("many", expr("{ for n in range(1, ", ref("var.web_count"), " + 1", ") : ", name, " => n }"))
    three = Attribute("three", expr("{ for n in range(1, ", 4, ") : ", name, " => n }"))
    found = of("", count, *cidrs, Block("locals", body=(many, three)), instance(**arguments))
    assert found.sets[found.nodes["openstack_compute_instance_v2.web"].keys] == keys


def test_it_is_read_back() -> None:
    moved = Block("moved", body=(Attribute("from", ref("a.b")), Attribute("to", ref("a.b", '["x"]'))))
    many = instance(for_each=call("toset", ("a",)), name=template("n-", expr("each.key")), user_data=ref("local.it"))
    lifecycle = Block("lifecycle", body=(Attribute("ignore_changes", (expr("image_id"),)),))
    other = Block("resource", ("a", "b"), body(lifecycle))
    found = of(("x", ref("var.a")), many, other, moved, METADATA)
    again = graph_json.read(json.loads(json.dumps({name: dict(each) for name, each in graph_json.sections(found)})))
    assert again == found
    assert found.nodes["openstack_compute_instance_v2.web"].items["name"] == Item('"n-‹each.key›"')
    assert graph_json.read({}) is None
