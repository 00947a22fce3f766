"""A canary in every place that a secret can stand in: nothing shows it, and it is written only where the user wrote it.

A literal in a plan is data of the user's: the module holds it, for the machines need it, and CAMP501 says so. No
message, report, README or source map repeats it. What is generated or asked for is a reference everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from support import phases
from support.plans import Compilation, compilations
from support.terraform import Terraform

from camp2iac.cli import run
from camp2iac.diagnostics.formats import FORMATS, render
from camp2iac.review.formats import json as port_json
from camp2iac.review.formats import markdown, text
from camp2iac.review.output import assemble
from camp2iac.review.port import Column, report
from camp2iac.synth import hcl
from camp2iac.synth.folder import write as write_folder
from camp2iac.synth.module import Attribute, Block, Module, Ref, walk
from camp2iac.synth.sourcemap_json import source_map
from tests.properties.plan import ATTRIBUTES, ENV, PARAMETERS, PLAN, SECRETS

CANARY = "c4n4ryXq7vT"
TARGETS = ("openstack", "heroku")


@dataclass(frozen=True)
class Place:
    """Where a canary stands: a part of the plan (by its mark), of the environment, or ``--set``.

    ``code``: what must be said of it. ``inside``: beginnings of the files that may hold it: the user wrote plain data.
    """

    mark: str = ""
    written: str = ""
    code: str | None = None
    inside: tuple[str, ...] = ()
    environment: str = ""
    overrides: tuple[tuple[str, str], ...] = ()
    more: str = ""


MACHINE = ("web.tf", "db.tf", "cloud-init/", "variables.tf", "build/")
PASSWORD_OF_PARAMETER = ATTRIBUTES + "password: { parameter: pw }\n"
PLACES = {
    "a password in plain": Place("DATABASE", ATTRIBUTES + f"password: {CANARY}\n", "CAMP501", MACHINE),
    "a password as a block": Place("DATABASE", f"{ATTRIBUTES}password: |\n          {CANARY}\n", "CAMP501", MACHINE),
    "a password as a list": Place("DATABASE", ATTRIBUTES + f"password: [ {CANARY} ]\n", "CAMP311"),
    "a password within": Place("DATABASE", ATTRIBUTES + f"password:\n          x: {CANARY}\n", "CAMP311"),
    "an attribute nobody knows": Place("DATABASE", ATTRIBUTES + f"admin_password: {CANARY}\n", "CAMP310"),
    "a URL in an attribute": Place("DATABASE", ATTRIBUTES + f"backup: ftp://me:{CANARY}@host/\n", "CAMP310"),
    "another's characteristic": Place(
        "DATABASE", f"      - characteristic_type: com.example:Auth\n        password: {CANARY}\n", "CAMP303"
    ),
    "a variable": Place("REQUIREMENTS", ENV + f"API_TOKEN: {CANARY}\n", "CAMP501", MACHINE),
    "a URL in a variable": Place("REQUIREMENTS", ENV + f"UPSTREAM: https://me:{CANARY}@host/\n", None, MACHINE),
    "a variable as a list": Place("REQUIREMENTS", ENV + f"API_TOKEN: [ {CANARY} ]\n", "CAMP311"),
    "a variable with keys": Place("REQUIREMENTS", ENV + f"API_TOKEN: {{ valeu: {CANARY} }}\n", "CAMP311"),
    "another's requirement": Place(
        "REQUIREMENTS", f"      - requirement_type: com.example:Auth\n        password: {CANARY}\n", "CAMP303"
    ),
    "an option nobody knows": Place(
        "REQUIREMENTS",
        "      - requirement_type: org.sql:ConnectTo\n        fulfillment: id:db\n"
        f"        com.java.jdbc.password: {CANARY}\n",
        "CAMP307",
    ),
    "a command line": Place(
        "REQUIREMENTS",
        f"      - requirement_type: org.camp2iac:Process\n        worker: ./w --token={CANARY}\n",
        None,
        MACHINE,
    ),
    "a service elsewhere": Place("SERVICE", f"    href: postgresql://me:{CANARY}@host/db\n", None, MACHINE),
    "content elsewhere": Place(
        "REQUIREMENTS",
        "      - requirement_type: com.python:wsgi\n        fulfillment: id:web\n"
        f"  - artifact_type: org.python:src\n    content: {{ href: 'https://me:{CANARY}@host/x.zip' }}\n",
        "CAMP214",
    ),
    "a secret that is a text": Place("PLAN", SECRETS + f"seal: {CANARY}\n", "CAMP311"),
    "a secret with a value": Place("PLAN", SECRETS + f"seal: {{ value: {CANARY} }}\n", "CAMP313"),
    "a secret with a value below": Place("PLAN", SECRETS + f"seal:\n    default: {CANARY}\n", "CAMP313"),
    "a secret of that length": Place("PLAN", SECRETS + f"seal: {{ generate: {CANARY} }}\n", "CAMP311"),
    "a key of the plan": Place("PLAN", f"com.example:password: {CANARY}\n"),
    "a parameter's default": Place(
        "PLAN", f"{PARAMETERS}pw: {{ default: {CANARY} }}\n", "CAMP501", ("variables.tf",), more=PASSWORD_OF_PARAMETER
    ),
    "a parameter by --set": Place(
        "PLAN",
        PARAMETERS + "pw: {}\n",
        "CAMP501",
        ("variables.tf",),
        more=PASSWORD_OF_PARAMETER,
        overrides=(("pw", CANARY),),
    ),
    "a parameter by --set that does not fit": Place(
        "PLAN",
        PARAMETERS + "pw: { allowed: [ abc, def ] }\n",
        "CAMP602",
        more=PASSWORD_OF_PARAMETER,
        overrides=(("pw", CANARY),),
    ),
    "a parameter by the environment": Place(
        "PLAN",
        PARAMETERS + "pw: {}\n",
        "CAMP501",
        ("variables.tf",),
        more=PASSWORD_OF_PARAMETER,
        environment=f"parameters:\n  pw: {CANARY}\n",
    ),
    "a parameter by the environment that does not fit": Place(
        "PLAN",
        PARAMETERS + "pw: { allowed: [ abc, def ] }\n",
        "CAMP602",
        more=PASSWORD_OF_PARAMETER,
        environment=f"parameters:\n  pw: {CANARY}\n",
    ),
    "a key of the environment": Place(environment=f"password: {CANARY}\n", code="CAMP313"),
}


def laid_out(folder: Path, place: Place, target: str) -> tuple[Path, Path]:
    """The plan and the environment file of a place."""
    plan = PLAN
    for mark, written in ((place.mark, place.written), ("DATABASE", place.more)):
        lines = plan.splitlines(keepends=True)
        plan = "".join(written if mark and line.strip() == f"# {mark}" else line for line in lines)
    (folder / "camp.yaml").write_text(plan)
    (folder / "app").mkdir()
    (folder / "app/app.py").write_text("def app(environ, start):\n    pass\n")
    (folder / "env.yaml").write_text(f"target: {target}\n{place.environment}")
    return folder / "camp.yaml", folder / "env.yaml"


def shown(compiled: phases.Compiled) -> Iterator[tuple[str, str]]:
    """All that is said and reported, by what it is."""
    for form in FORMATS:
        yield form, render(compiled.diagnostics, compiled.texts, form)
    if compiled.result is not None:
        column = Column(compiled.result.target.name, None, compiled.result.statements)
        found = report("shop", "camp.yaml", [column])
        yield from (("markdown", markdown.render(found)), ("port json", port_json.render(found)))
        yield "port", text.render(found, text.ASCII)


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("name", PLACES)
def test_canary(name: str, target: str, tmp_path: Path) -> None:
    place = PLACES[name]
    plan, environment = laid_out(tmp_path, place, target)
    loaded = phases.load(plan, leave_out=[environment])
    compiled = phases.compile(loaded, environment=environment, overrides=dict(place.overrides))
    assert place.code is None or place.code in {each.code for each in compiled.diagnostics}
    assert [what for what, said in shown(compiled) if CANARY in said] == []
    if not compiled.ok:
        assert phases.failed(compiled.diagnostics)
        return
    made = assemble(compiled.result, hcl.write, plan="camp.yaml", environment="env.yaml")
    files: Mapping[str, bytes] = {**made.read(), ".camp2iac.json": source_map(made.source_map)}
    holding = [path for path, data in files.items() if CANARY.encode() in data]
    assert [path for path in holding if not path.startswith(place.inside or ("nowhere",))] == []


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("name", [name for name in PLACES if not PLACES[name].overrides])
@pytest.mark.parametrize("command", ["validate", "port", "synth"])
def test_canary_on_the_command_line(
    command: str, name: str, target: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Whatever is said, with -v, shows nothing; ``synth --check`` shows a diff of files, so it is left out."""
    plan, environment = laid_out(tmp_path, PLACES[name], target)
    assert run([command, str(plan), "-e", str(environment), "-v"]) in (0, 1)
    said = capfd.readouterr()
    assert CANARY not in said.out + said.err


def tainted(module: Module) -> set[str]:
    """The addresses of what is secret: generated passwords, sensitive variables, local values made of these."""
    found = {block.address for block in module.blocks() if block.labels[:1] == ("random_password",)}
    found |= {b.address for b in module.blocks() if b.type == "variable" and b.get("sensitive") is True}
    while True:
        before = len(found)
        for block in module.blocks():
            for item in block.body if block.type == "locals" else ():
                if isinstance(item, Attribute) and {ref.address for ref in walk(item)} & found:
                    found.add(f"local.{item.name}")
        if len(found) == before:
            return {address for address in found if address}


def secret_in(value: Any, secrets: set[str]) -> bool:
    return any(isinstance(ref, Ref) and ref.address in secrets for ref in walk(value))


def leaks(module: Module) -> list[str]:
    """Where Terraform itself would show a secret: outputs, Heroku's plain variables, names, tags and metadata."""
    secrets = tainted(module)
    found = []
    for block in module.blocks():
        if block.type == "output" and secret_in(block, secrets) and block.get("sensitive") is not True:
            found.append(f"{block.address} is not sensitive")
        names = ("vars", "name", "tags", "metadata", "description") if block.type == "resource" else ()
        if block.labels[:1] == ("openstack_objectstorage_container_v1",):
            names = ("name",)  # Swift takes the key that signs URLs as metadata, and from nowhere else
        found += [f"{block.address}: {name}" for name in names if secret_in(block.get(name), secrets)]
    return found


def module_of(compilation: Compilation) -> Module:
    loaded = phases.load(compilation.package / "camp.yaml")
    target = compilation.target or None
    compiled = phases.compile(loaded, environment=compilation.environment, target=target, output=compilation.output)
    assert compiled.result is not None
    return compiled.result.lowered.module


@pytest.mark.parametrize("compilation", compilations(), ids=lambda each: each.id)
def test_terraform_shows_no_secret(compilation: Compilation) -> None:
    assert leaks(module_of(compilation)) == []


def test_some_compilation_has_secrets() -> None:
    assert sum(bool(tainted(module_of(each))) for each in compilations()) > 5


def test_a_leak_is_seen() -> None:
    module = Module()
    module.add("x.tf", Block("resource", ("random_password", "x"), ()))
    module.add("x.tf", Block("locals", (), (Attribute("y", Ref("random_password.x", ".result")),)))
    module.add("x.tf", Block("output", ("z",), (Attribute("value", Ref("local.y")),)))
    assert leaks(module) == ["output.z is not sensitive"]


EVERYWHERE = {
    "REQUIREMENTS": f"""\
{ENV}SEAL: {{ secret: seal }}
        MAIL: {{ secret: mail }}
        URL: postgresql://x:PASSWORD(db)@h/
        TOKEN: {{ parameter: token }}
""",
    "PLAN": f"{SECRETS}seal: {{ generate: 32 }}\n  mail: {{ description: The mail service's }}\n"
    f"{PARAMETERS}token: {{ description: A token }}\n",
}


@pytest.mark.terraform
def test_references_alone(tmp_path: Path, terraform: Terraform) -> None:
    """Generated and asked-for secrets are references; Terraform finds every output and variable well marked."""
    plan = PLAN
    for mark, written in EVERYWHERE.items():
        plan = plan.replace(f"      # {mark}\n", written).replace(f"# {mark}\n", written)
    (tmp_path / "camp.yaml").write_text(plan)
    (tmp_path / "app").mkdir()
    (tmp_path / "app/app.py").write_text("def app(environ, start):\n    pass\n")
    for target in TARGETS:
        chosen = plan if target == "openstack" else plan.replace("        URL: postgresql://x:PASSWORD(db)@h/\n", "")
        (tmp_path / "camp.yaml").write_text(chosen)
        loaded = phases.load(tmp_path / "camp.yaml")
        output = tmp_path / "infra" / target
        compiled = phases.compile(loaded, target=target, output=output)
        assert compiled.result is not None, [each.message for each in compiled.diagnostics]
        module = compiled.result.lowered.module
        variables = {block.labels[0]: block for block in module.blocks() if block.type == "variable"}
        assert variables["mail"].get("sensitive") is True
        assert variables["token"].get("sensitive") is True
        assert variables["mail"].get("default") is None
        secrets = tainted(module)
        assert {"random_password.seal", "var.mail", "var.token"} <= secrets
        assert leaks(module) == []
        if target == "heroku":
            association = next(b for b in module.blocks() if b.labels[:1] == ("heroku_app_config_association",))
            hidden = association.get("sensitive_vars")
            assert isinstance(hidden, Mapping)
            assert {"SEAL", "MAIL", "TOKEN"} <= hidden.keys()
        else:
            assert "random_password.db" in secrets
        made = assemble(compiled.result, hcl.write, plan="camp.yaml", environment=None)
        assert not write_folder(made, output).refused
        terraform.init(output)
        assert terraform.validate(output) == []
