"""What is wrong with a product's own files is said (CAMP306); a fault of ours is not blamed on them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support import phases

from camp2iac.targets.openstack.machine import install

HEAD = """\
title: Ledger
role: {role}
description: It keeps books.
characteristics: {{ Ledger: null }}
releases: ["1"]
available: {{ debian-12: "1" }}
port: 7000
"""
SCRIPT = '{% extends "configure-script.sh.j2" %}\n{% block about %}It{% endblock %}\n'
PLAN = "camp_version: CAMP 1.1\nname: shop\n"
BOOKS = "services:\n  - id: books\n    characteristics: [{ characteristic_type: Ledger }]\n"
WEB = """\
artifacts:
  - name: web
    artifact_type: {type}
    content: {{ href: web }}
    requirements:
{requirements}
"""
HOST = '      - { requirement_type: "org.example:HostOn", fulfillment: "id:books" }'
ON_PYTHON = (
    '      - requirement_type: com.python:wsgi\n      - { requirement_type: ConnectTo, fulfillment: "id:books" }'
)


def faults(
    folder: Path, product: str, plan: str, *, role: str = "service", script: str = SCRIPT, half: str = "configure"
) -> list[str]:
    """The errors of a plan with a product of the user's."""
    entry = folder / "catalogue/ledger"
    (entry / "templates").mkdir(parents=True)
    (entry / "product.yaml").write_text(HEAD.format(role=role) + product)
    (entry / f"templates/{half}.sh.j2").write_text(script)
    (entry / "templates/a.j2").write_text("{{ component.id }}\n")
    (folder / "plan/web").mkdir(parents=True)
    (folder / "plan/web/wsgi.py").write_text("def application(e, s): ...\n")
    (folder / "plan/camp.yaml").write_text(PLAN + plan)
    environment = folder / "openstack.yaml"
    environment.write_text("target: openstack\nos: debian-12\n")
    made = phases.compile(phases.load(folder / "plan"), environment=environment, catalogue=[folder / "catalogue"])
    return [f"{d.code}: {d.message} ({d.label})" for d in made.diagnostics if d.level.value == "error"]


@pytest.mark.parametrize(
    ("product", "script", "problem"),
    [
        ("", "{{ nobody }}", "UndefinedError: 'nobody' is undefined"),
        ("", "{{ port + 'x' }}", "TypeError: unsupported operand"),
        ("", "{% if %}", "TemplateSyntaxError"),
        ("", "{{ address }}", "ledger/templates/configure.sh.j2: a script cannot contain a value that only"),
        ('machine: { files: [{ path: "/a", template: a.j2 }] }', SCRIPT, "UndefinedError"),
        ("machine: { files: [{ path: /a, template: none.j2 }] }", SCRIPT, "TemplateNotFound: none.j2"),
    ],
)
def test_templates(product: str, script: str, problem: str, tmp_path: Path) -> None:
    (found,) = faults(tmp_path, product, BOOKS, script=script)
    assert found.startswith("CAMP306: the product ledger cannot be used: ")
    assert found.endswith(" (books is Ledger)")
    assert problem in found


@pytest.mark.parametrize("name", ["port", "address", "password", "attributes.memory", "data", "clients", "mounts"])
def test_the_install_half_cannot_use_what_depends_on_the_environment(name: str, tmp_path: Path) -> None:
    script = '{% extends "install-script.sh.j2" %}{% block work %}echo {{ NAME }}{% endblock %}'.replace("NAME", name)
    (found,) = faults(tmp_path, "", BOOKS, script=script, half="install")
    word = name.partition(".")[0]
    assert f"install.sh.j2: {word} depends on the environment: use it in configure.sh.j2" in found


@pytest.mark.parametrize(
    ("product", "problem"),
    [
        ('files: [{ path: "/{nobody}", template: a.j2 }]', "files[0].path: {nobody} ({lib}, {app}, {id})"),
        ('files: [{ path: "/{component}", template: a.j2 }]', "files[0].path: {component} ({lib}, {app}, {id})"),
        ('unit: { running: "{a}.service", drop_in: a.service }', "unit.running: {a} ({release})"),
        (
            'unit: { running: a.service, drop_in: a.service, more: ["A=1", "B={memry}"] }',
            "unit.more[1]: {memry} ({lib}, {release}, {port})",
        ),
        (
            'unit: { running: a.service, drop_in: a.service, more: ["Environment=D={data}"] }',
            "unit.more[0]: {data} ({lib}, {release}, {port})",
        ),
        ('web: { command: "/bin/a {}" }', "web.command: {} ({folder}, {application}, {jar}, {memory})"),
        ('path: "{lib}/bin"', "path: {lib} ({folder})"),
        ('families: { rhel: { path: "{lib.x}/bin" } }', "families.rhel.path: {lib.x} ({folder})"),
        ('jdbc: "jdbc:a://{nobody}"', "jdbc: {nobody} ({user}, {password}, {host}, {port}, {name}, {login})"),
    ],
)
def test_a_name_that_a_form_does_not_know(product: str, problem: str, tmp_path: Path) -> None:
    (found,) = faults(tmp_path, f"machine: {{ {product} }}", BOOKS)
    place, name, known = re.fullmatch(r"([^:]*): ([^ ]*) \((.*)\)", problem).groups()  # type: ignore[union-attr]
    said = f"CAMP306: machine.{place} of the product ledger cannot be filled in: it cannot contain {name}"
    assert found == f"{said} (it can contain {known})"


@pytest.mark.parametrize(
    ("product", "problem"),
    [
        ('machine: { unit: { running: a.service, drop_in: "a}.service" } }', "Single '}'"),
        ('machine: { unit: { running: a.service, drop_in: "a{release!r}" } }', "{release} is written with a format"),
        ('machine: { selinux: { data: "{lib}_t" } }', "{lib} is not filled in here"),
        ('data: "/var/lib/{id}"', "{id} is not filled in here"),
        ('machine: { apt: { debian-12: { name: "{id}", source: "deb [signed-by=$KEY_FILE]" } } }', "{id} is not"),
    ],
)
def test_braces_without_a_meaning(product: str, problem: str, tmp_path: Path) -> None:
    (found,) = faults(tmp_path, product, BOOKS)
    assert found.startswith("CAMP306: ")
    assert problem in found


UNIT = """\
attributes:
  memory: { type: integer, default: 64, description: MiB }
  motto: { type: string, description: Words }
  quiet: { type: boolean, default: true, description: Says nothing }
  key: { type: string, secret: true, description: A secret }
machine:
  patterns: { motto: ".*" }
  unit:
    running: a.service
    drop_in: a.service
    more:
      - "ExecStart="
      - "ExecStart=/usr/sbin/a -p {port} -s malloc,{memory}m -q {quiet} -l {lib} -m {motto}"
      - "Environment=MOTTO={motto}"
"""
SAYS = """\
services:
  - id: books
    characteristics:
      - characteristic_type: Ledger
      - characteristic_type: org.camp2iac:Attributes
        motto: '{motto}'
"""


def drop_in(folder: Path, plan: str) -> str:
    """The lines of the unit that follow ``ExecStart=``."""
    assert faults(folder, UNIT, plan) == []
    made = phases.compile(
        phases.load(folder / "plan"), environment=folder / "openstack.yaml", catalogue=[folder / "catalogue"]
    )
    assert made.result is not None
    documents = {document.path: document.data.decode() for document in made.result.lowered.documents}
    (text,) = [text for path, text in documents.items() if path.endswith(".tftpl")]
    return text.partition("ExecStart=\n")[2].partition("# No metadata")[0]


def test_lines_of_a_unit_name_ports_and_texts(tmp_path: Path) -> None:
    found = drop_in(tmp_path, SAYS.format(motto='a "b" $c %d'))
    assert [line.strip() for line in found.splitlines()][:2] == [
        r'ExecStart=/usr/sbin/a -p 7000 -s malloc,64m -q true -l /usr/local/lib/camp/books -m "a \"b\" $$c %%d"',
        r'Environment=MOTTO="a \"b\" $c %%d"',
    ]


def test_a_line_that_names_what_is_not_set_is_left_out(tmp_path: Path) -> None:
    assert "/usr/sbin/a" not in drop_in(tmp_path, BOOKS)


def test_a_line_of_a_unit_names_no_secret(tmp_path: Path) -> None:
    (found,) = faults(tmp_path, UNIT.replace("MOTTO={motto}", "KEY={key}"), BOOKS)
    assert "it cannot contain {key}" in found


def test_a_web_process_without_a_command(tmp_path: Path) -> None:
    product = 'artifacts: { "org.example:src": books }\nrequirements: ["org.example:HostOn"]\nmachine: { web: {} }\n'
    plan = WEB.format(type="org.example:src", requirements=HOST) + BOOKS
    (found,) = faults(tmp_path, product, plan, role="runtime")
    assert "machine.web has no command" in found


def test_a_link_is_its_own_products_fault(tmp_path: Path) -> None:
    """What is linked may be a built-in product's component: it is the user's product that is wrong."""
    product = 'link: { variable: LEDGER_URL, url: "ledger://{nobody}", label: Ledger }\n'
    plan = WEB.format(type="org.python:src", requirements=ON_PYTHON) + BOOKS
    found = faults(tmp_path, product, plan)
    assert [each.partition(" cannot")[0] for each in found] == ["CAMP306: link.url of the product ledger"]
    assert "it cannot contain {nobody}" in found[0]


def test_a_fault_of_ours_stays_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise TypeError("ours")

    monkeypatch.setattr(install, "attributes", broken)
    with pytest.raises(TypeError, match="ours"):
        faults(tmp_path, "", BOOKS)


COMMAND = """\
artifacts: {{ "org.example:src": books }}
requirements: ["org.example:HostOn"]
attributes:
  motto: {{ type: string, description: Words{default} }}
machine: {{ patterns: {{ motto: ".*" }}, web: {{ command: "/bin/a -m {{motto}} {{folder}}" }} }}
"""


def test_a_command_has_an_attribute_as_one_word(tmp_path: Path) -> None:
    product = COMMAND.format(default=", default: 'a b'")
    plan = WEB.format(type="org.example:src", requirements=HOST)
    assert faults(tmp_path / "1", product, plan + BOOKS, role="runtime") == []
    made = phases.compile(
        phases.load(tmp_path / "1/plan"),
        environment=tmp_path / "1/openstack.yaml",
        catalogue=[tmp_path / "1/catalogue"],
    )
    assert made.result is not None
    assert any(b'/bin/a -m "a b" /opt/shop/web' in document.data for document in made.result.lowered.documents)
    (found,) = faults(tmp_path / "2", COMMAND.format(default=""), plan + BOOKS, role="runtime")
    assert "machine.web.command names {motto}, which has no value: give it a default" in found
    assert faults(tmp_path / "3", COMMAND.format(default=""), plan + SAYS.format(motto="x"), role="runtime") == []
