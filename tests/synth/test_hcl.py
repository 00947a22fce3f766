"""The HCL writer: how it reads, and that it is what ``terraform fmt`` leaves."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from support import terraform

from camp2iac.synth import hcl
from camp2iac.synth.module import Attribute, Block, Commented, Module, body, call, expr, ref, template


def one(*blocks: Block, header: str = "") -> str:
    module = Module()
    module.add("main.tf", *blocks)
    if header:
        module.headers["main.tf"] = header
    return hcl.write(module)["main.tf"]


def sample() -> Module:
    """Every layout rule once."""
    module = Module()
    module.headers["web.tf"] = "camp.yaml: web"
    port = "openstack_networking_port_v2.web"
    module.add(
        "web.tf",
        Block(
            "locals",
            body=(
                Attribute(
                    "web_machines",
                    expr(
                        "{ for n in range(1, ", ref("var.web_count"), " + 1) : ", template("web-", expr("n")), " => n }"
                    ),
                    (
                        "Machine => its number. Keys are stable:",
                        "a machine that comes or goes leaves the others alone.",
                    ),
                ),
                Attribute(
                    "web_content", {"guestbook.py": "65aa", "requirements.txt": "a379"}, "camp.yaml: web, content"
                ),
                Attribute(
                    "web_environment",
                    {
                        "DATABASE_URL": Commented(
                            template("postgresql://", ref("random_password.database", ".result"), "@x:5432"),
                            "ConnectTo database",
                        ),
                        "GREETING": Commented(ref("var.greeting"), "Env"),
                        "TITLE": Commented("Sign here, ${friend}", "Env"),
                    },
                ),
                Attribute(
                    "web_user_data",
                    call(
                        "templatefile",
                        template(expr("path.module"), "/cloud-init/web.yaml.tftpl"),
                        {
                            "scripts": template(expr("path.module"), "/cloud-init"),
                            "gateway": ref("openstack_networking_subnet_v2.front", ".gateway_ip"),
                            "environment": Commented(
                                call(
                                    "join",
                                    "",
                                    expr(
                                        "[\n  for name, value in ",
                                        ref("local.web_environment"),
                                        " : ",
                                        template(expr("name"), "=", expr("value"), "\n"),
                                        "\n]",
                                    ),
                                ),
                                "For systemd's EnvironmentFile.",
                                above=True,
                            ),
                        },
                    ),
                    "One document for the whole tier.",
                ),
            ),
        ),
        Block(
            "resource",
            ("openstack_networking_port_v2", "web"),
            body(
                Block(
                    "fixed_ip",
                    body=body(subnet_id=ref("openstack_networking_subnet_v2.front", ".id"), ip_address="10.0.0.4"),
                ),
                for_each=ref("local.web_machines"),
                name=template("guestbook-", expr("each.key"), "-front"),
                network_id=ref("openstack_networking_network_v2.front", ".id"),
                security_group_ids=(
                    ref("openstack_networking_secgroup_v2.machine", ".id"),
                    ref("openstack_networking_secgroup_v2.web", ".id"),
                ),
            ),
            "camp.yaml: web, Placement: networks",
        ),
        Block(
            "resource",
            ("openstack_compute_instance_v2", "web"),
            body(
                Block("network", body=body(port=ref(port, "[each.key].id"))),
                Block("network", body=body(port=ref(port, "[each.key].id"))),
                Block("scheduler_hints", body=body(group=ref("openstack_compute_servergroup_v2.web", ".id"))),
                Attribute(
                    "depends_on",
                    (ref("openstack_networking_router_interface_v2.front"),),
                    "Packages are fetched at the first boot.",
                ),
                Block(
                    "lifecycle",
                    body=(
                        Attribute("ignore_changes", (expr("image_id"),), "A newer image is for new machines."),
                        Block(
                            "precondition",
                            body=body(
                                condition=expr(
                                    "alltrue([\n  for name, sha256 in ",
                                    ref("local.web_content"),
                                    " : filesha256(name) == sha256\n])",
                                ),
                                error_message="web/ has changed.",
                            ),
                        ),
                    ),
                ),
                for_each=ref("local.web_machines"),
                name=template("guestbook-", expr("each.key")),
                metadata=call("merge", ref("local.metadata"), {"tier": "web"}),
            ),
        ),
        Block(
            "resource",
            ("openstack_networking_secgroup_rule_v2", "out"),
            body(
                for_each={"dns-tcp": {"protocol": "tcp", "port": 53}, "http": {"protocol": "tcp", "port": 80}},
                direction="egress",
                protocol=expr("each.value.protocol"),
            ),
        ),
    )
    return module


SAMPLE = """\
# camp.yaml: web

locals {
  # Machine => its number. Keys are stable:
  # a machine that comes or goes leaves the others alone.
  web_machines = { for n in range(1, var.web_count + 1) : "web-${n}" => n }

  # camp.yaml: web, content
  web_content = {
    "guestbook.py"     = "65aa"
    "requirements.txt" = "a379"
  }

  web_environment = {
    DATABASE_URL = "postgresql://${random_password.database.result}@x:5432" # ConnectTo database
    GREETING     = var.greeting                                             # Env
    TITLE        = "Sign here, $${friend}"                                  # Env
  }

  # One document for the whole tier.
  web_user_data = templatefile("${path.module}/cloud-init/web.yaml.tftpl", {
    scripts = "${path.module}/cloud-init"
    gateway = openstack_networking_subnet_v2.front.gateway_ip

    # For systemd's EnvironmentFile.
    environment = join("", [
      for name, value in local.web_environment : "${name}=${value}\\n"
    ])
  })
}

# camp.yaml: web, Placement: networks
resource "openstack_networking_port_v2" "web" {
  for_each = local.web_machines

  name       = "guestbook-${each.key}-front"
  network_id = openstack_networking_network_v2.front.id

  security_group_ids = [
    openstack_networking_secgroup_v2.machine.id,
    openstack_networking_secgroup_v2.web.id,
  ]

  fixed_ip {
    subnet_id  = openstack_networking_subnet_v2.front.id
    ip_address = "10.0.0.4"
  }
}

resource "openstack_compute_instance_v2" "web" {
  for_each = local.web_machines

  name     = "guestbook-${each.key}"
  metadata = merge(local.metadata, { tier = "web" })

  network {
    port = openstack_networking_port_v2.web[each.key].id
  }
  network {
    port = openstack_networking_port_v2.web[each.key].id
  }

  scheduler_hints {
    group = openstack_compute_servergroup_v2.web.id
  }

  # Packages are fetched at the first boot.
  depends_on = [openstack_networking_router_interface_v2.front]

  lifecycle {
    # A newer image is for new machines.
    ignore_changes = [image_id]

    precondition {
      condition = alltrue([
        for name, sha256 in local.web_content : filesha256(name) == sha256
      ])
      error_message = "web/ has changed."
    }
  }
}

resource "openstack_networking_secgroup_rule_v2" "out" {
  for_each = {
    dns-tcp = { protocol = "tcp", port = 53 }
    http    = { protocol = "tcp", port = 80 }
  }

  direction = "egress"
  protocol  = each.value.protocol
}
"""


def test_layout() -> None:
    assert hcl.write(sample())["web.tf"] == SAMPLE


def test_empty_files_are_left_out() -> None:
    assert hcl.write(Module(files={"a.tf": [], "b.tf": [Block("locals")]})) == {"b.tf": "locals {\n}\n"}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null"),
        (True, "true"),
        (-1, "-1"),
        (1.5, "1.5"),
        ('a"b\\c\n\r\t\x00\x7f', '"a\\"b\\\\c\\n\\r\\t\\u0000\\u007f"'),
        ("${a} $${b} %{c} 100% $", '"$${a} $$${b} %%{c} 100% $"'),
        ("‮Grüezi 😀", '"\\u202eGrüezi 😀"'),
        (("a", "b"), '["a", "b"]'),
        ((), "[]"),
        ({}, "{}"),
        (template("$", ref("var.x")), '"\\u0024${var.x}"'),
        (template(ref("var.x")), "var.x"),
        (template("$", "{x}"), '"$${x}"'),
        (template(), '""'),
        (call("f", {}), "f({})"),
        (call("f", {"for": 1, "a.b": 2, "c-d": 3}), 'f({ "for" = 1, "a.b" = 2, c-d = 3 })'),
    ],
)
def test_values(value: object, text: str) -> None:
    assert one(Block("locals", body=(Attribute("a", value),))) == f"locals {{\n  a = {text}\n}}\n"  # type: ignore[arg-type]


LONG = "x" * 100


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (call("f", LONG[:97]), f'f("{LONG[:97]}")'),
        (call("f", LONG), f'f("{LONG}")'),
        (call("f", LONG[:94], 1), f'f("{LONG[:94]}", 1)'),
        (call("f", LONG[:96], "1"), f'f(\n    "{LONG[:96]}",\n    "1",\n  )'),
        (call("f", 1, LONG), f'f(\n    1,\n    "{LONG}",\n  )'),
        (call("f", 1, {"a": LONG}), f'f(1, {{\n    a = "{LONG}"\n  }})'),
        (call("f", (LONG, "b")), f'f([\n    "{LONG}",\n    "b",\n  ])'),
    ],
)
def test_calls_at_the_end_of_the_line(value: object, text: str) -> None:
    """A line has at most 110 columns. A single argument that is too long stays where it is."""
    assert one(Block("locals", body=(Attribute("a", value),))) == f"locals {{\n  a = {text}\n}}\n"  # type: ignore[arg-type]


def test_comments_cannot_be_left() -> None:
    text = one(Block("locals", comment="a\n}\r\nb\u2028c"), header='x\nresource "a" "b" {}')
    assert text == '# x resource "a" "b" {}\n\n# a }  b c\nlocals {\n}\n'


@pytest.mark.parametrize("value", [float("inf"), template("a", expr("f(\n  1\n)"))])
def test_what_has_no_form_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"literal|string"):
        one(Block("locals", body=(Attribute("a", value),)))  # type: ignore[arg-type]


@pytest.mark.terraform
def test_fmt_leaves_the_sample(tmp_path: Path) -> None:
    (tmp_path / "web.tf").write_text(hcl.write(sample())["web.tf"], encoding="utf-8")
    subprocess.run([*terraform.command(), "fmt", "-check", "-diff", str(tmp_path)], check=True)
