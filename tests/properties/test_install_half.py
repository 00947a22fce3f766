"""The install half: the same in every environment, without a secret, an address or a value of Terraform."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support import phases
from support.plans import ROOT, compilations

from camp2iac.record import Record, asdict
from camp2iac.synth.module import Attribute, Expr, Ref, Template, expr, template
from camp2iac.targets.openstack import target
from camp2iac.targets.openstack.machine import build
from camp2iac.targets.openstack.machine.contract import TierSoftware
from camp2iac.targets.openstack.machine.halves import InstallHalf
from tests.properties.plan import ATTRIBUTES, ENV, PLAN

CANARY = "c4n4ryXq7vT"
# Two environments of one plan. Their settings have nothing in common except what decides what is installed.
ENVIRONMENTS = {
    "staging": """\
target: openstack
image: debian-12
external_network: stagingnet
ssh_from: 192.0.2.0/24
callback: https://staging.example.org/canary
""",
    "production": """\
target: openstack
image: debian-12
external_network: productionnet
ssh_from: 198.51.100.0/24
callback: https://production.example.org/canary
""",
}
PRODUCTS = sorted(ROOT.glob("camp2iac/catalogue/products/*/sample"))
#: the environment files of this plan give values to parameters that have no defaults
OWN = ROOT / "tests" / "cases" / "values" / "environments"
CASES = sorted({c.package for c in compilations() if c.target == "openstack" or c.environment} - {OWN})


def halves(
    plan: Path, monkeypatch: pytest.MonkeyPatch, environment: Path | None = None
) -> tuple[dict[str, InstallHalf], phases.Compiled]:
    """The install half of each tier."""
    found: dict[str, InstallHalf] = {}

    def record(*arguments: object) -> TierSoftware:
        made = build.build(*arguments)  # type: ignore[arg-type]
        found[arguments[1].id] = made.install  # type: ignore[attr-defined]
        return made

    monkeypatch.setattr(target, "build", record)
    chosen = None if environment else "openstack"
    compiled = phases.compile(phases.load(plan), target=chosen, environment=environment, output=plan / "infra/x")
    return found, compiled


def leaves(value: object) -> Iterator[object]:
    """Everything in a record that is not a record or a collection."""
    if isinstance(value, Record):
        assert not isinstance(value, Ref | Expr | Template), value
        value = tuple(asdict(value).values())
    if isinstance(value, tuple):
        for each in value:
            yield from leaves(each)
    else:
        yield value


def strings(half: InstallHalf) -> str:
    """All strings of a half."""
    found = list(leaves(half))
    assert all(isinstance(each, str | bool) for each in found)
    return "\n".join(map(str, found))


@pytest.mark.parametrize("plan", [*PRODUCTS, *CASES], ids=lambda path: f"{path.parent.name}-{path.name}")
def test_it_is_the_same_in_every_environment(plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = []
    for name, text in ENVIRONMENTS.items():
        environment = tmp_path / f"{name}.yaml"
        environment.write_text(text)
        half, compiled = halves(plan, monkeypatch, environment)
        assert compiled.result is not None
        found.append(half)
        words = "\n".join(map(strings, half.values()))
        assert not [
            word for word in ("stagingnet", "productionnet", "192.0.2.", "198.51.100.", "canary") if word in words
        ]
    assert found[0] == found[1]


@pytest.mark.parametrize("compilation", compilations(), ids=lambda compilation: compilation.id)
def test_it_holds_plain_strings_only(compilation: object, monkeypatch: pytest.MonkeyPatch) -> None:
    found, _ = halves(compilation.package, monkeypatch, compilation.environment)  # type: ignore[attr-defined]
    for half in found.values():
        assert "${" not in "".join(script.path + script.file for script in half.scripts)
        strings(half)


@pytest.mark.parametrize(
    ("mark", "written"),
    [
        ("DATABASE", f"{ATTRIBUTES}password: {CANARY}\n"),
        ("REQUIREMENTS", f"{ENV}API_TOKEN: {CANARY}\n"),
        ("REQUIREMENTS", f"{ENV}UPSTREAM: https://me:{CANARY}@host/\n"),
        ("REQUIREMENTS", f"      - requirement_type: org.camp2iac:Process\n        worker: ./w --token={CANARY}\n"),
        ("SERVICE", f"    href: postgresql://me:{CANARY}@host/db\n"),
    ],
)
def test_no_secret_of_the_plan_is_in_it(
    mark: str, written: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "app").mkdir()
    (tmp_path / "app/app.py").write_text("app = None\n")
    text = PLAN
    for each in ("REQUIREMENTS", "SERVICE", "DATABASE"):
        text = text.replace(
            next(line for line in PLAN.splitlines(True) if each in line), written if each == mark else ""
        )
    if mark == "SERVICE":
        text = text.replace("    characteristics:\n      - characteristic_type: PostgreSQL\n", "")
    (tmp_path / "camp.yaml").write_text(text)
    found, compiled = halves(tmp_path, monkeypatch)
    assert found
    assert not [half for half in found.values() if CANARY in strings(half)]
    documents = compiled.result.lowered.documents if compiled.result else ()
    scripts = {each.path: each.data for each in documents if each.path.endswith(".install.sh")}
    assert scripts
    assert not [path for path, data in scripts.items() if CANARY.encode() in data]


def test_a_value_of_terraform_in_it_stops_the_compiler() -> None:
    """Only content may be a variable of its section: digests that the module holds, and paths in the module."""

    class Document:
        locals = (Attribute("web_content", {"a.py": "0" * 64}), Attribute("web_environment", {"A": Ref("var.a")}))

    def allowed(value: object) -> bool:
        return build._is_content(Document(), value)  # type: ignore[arg-type]

    assert allowed(Ref("local.web_content"))
    assert allowed(template(expr("path.module"), "/content"))
    assert allowed(("bin/run",))
    for value in (
        Ref("local.web_environment"),
        Ref("local.unknown"),
        Ref("var.password"),
        Ref("random_password.db", ".result"),
        template(expr("path.module"), "/", Ref("var.name")),
        template("https://", Ref("openstack_networking_port_v2.web", ".all_fixed_ips[0]")),
        expr("var.name"),
        (Ref("var.name"),),
    ):
        assert not allowed(value), value
