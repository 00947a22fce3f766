"""The kit: names, values, outcomes, checks, and a module written with it."""

from __future__ import annotations

import sys
import types
from pathlib import Path

import pytest

from camp2iac.camp import edits
from camp2iac.camp.nodes import Mapping
from camp2iac.diagnostics import Diagnostic, Diagnostics, Span
from camp2iac.synth import hcl
from camp2iac.synth.module import Attribute, Ref, Template, ref
from camp2iac.targets import kit
from camp2iac.targets.base import Environment, Ledger, Outcome
from camp2iac.topology import statement_kinds
from camp2iac.topology.model import Parameter, Reference, Secret, Statement, TextValue, Topology
from camp2iac.topology.statements import Statements, Subject, SubjectKind

HERE = Span("camp.yaml", 1, 1, 1, 5)


def statement(words: str = "Scale: 2") -> Statement[str]:
    return Statements().say(Subject(SubjectKind.SERVICE, "web", "web"), statement_kinds.EXTENSION, "web", words, HERE)


def topology() -> Topology:
    parameters = {
        "key": Parameter("key", "string", "A key.", "x", (), None, statement(), HERE, confidential=True),
        "page": Parameter("page", "number", "", 10, (10, 20), None, statement(), HERE),
    }
    secrets = {
        "asked": Secret("asked", "A token", None, statement(), HERE),
        "made": Secret("made", "Made here.", 12, statement(), HERE),
    }
    return Topology("shop", "shop", "", (), "", "camp.yaml", {}, {}, {}, {}, parameters, secrets, HERE)


def environment(file: str | None = "prod.yaml") -> Environment:
    return Environment("prod", file, Mapping({}, HERE), {})


def test_names_that_are_taken() -> None:
    assert kit.names.identifier("web", "dyno-size") == "web_dyno_size"
    assert kit.names.identifier("", "9lives") == "_9lives"
    assert kit.names.variable("count") == "plan_count"
    assert kit.names.variable("size") == "size"
    assert kit.names.variable("size", {"size"}) == "plan_size"
    assert kit.names.file("outputs", "app") == "outputs-app.tf"
    assert kit.names.file("web", "app") == "web.tf"


def of(reference: Reference) -> Ref | None:
    return None if reference.kind == "IP" else ref(f"var.{reference.name}")


def test_a_text_without_references_is_a_string() -> None:
    found = kit.resolve(TextValue(("${not code}", "!"), HERE), topology(), of)
    assert found == kit.Resolved("${not code}!", False, ())


def test_references_are_resolved_or_missing() -> None:
    known, page = Reference("parameter", "key", HERE), Reference("parameter", "page", HERE)
    address = Reference("IP", "web", HERE, "front")
    assert kit.resolve(TextValue((known,), HERE), topology(), of) == kit.Resolved(ref("var.key"), True, ())
    found = kit.resolve(TextValue(("page ", page, address), HERE), topology(), of)
    assert found == kit.Resolved(Template(("page ", ref("var.page"))), False, (address,))
    assert kit.resolve(TextValue((address,), HERE), topology(), of) == kit.Resolved("", False, (address,))


def test_the_last_outcome_on_a_statement_counts() -> None:
    subject, said = Subject(SubjectKind.SERVICE, "web", "web"), Statements()
    one, two = (said.say(subject, statement_kinds.EXTENSION, "web", words, HERE) for words in ("Scale: 2", "Scale: 3"))
    ledger = Ledger()
    why, advice = "There is none.", "Use another."
    kit.enter(ledger, [kit.kept(one, "x"), kit.lost(two, why, advice), kit.degraded(one, "y", "Less.")])
    entries = ledger.entries
    assert (entries[one.key].outcome, entries[one.key].how) == (Outcome.DEGRADED, "y")
    assert (entries[two.key].how, entries[two.key].why, entries[two.key].help) == ("lost", why, (advice,))


def test_checks_are_found_by_their_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "their_checks"
    package.mkdir()
    (package / "__init__.py").write_text("")
    head = "from camp2iac.diagnostics import Diagnostic\n"
    (package / "b.py").write_text(f"{head}def check(layout): yield Diagnostic('CAMP601', f'second {{layout}}')")
    (package / "a.py").write_text(f"{head}def check(layout): return [Diagnostic('CAMP601', f'first {{layout}}')]")
    monkeypatch.syspath_prepend(str(tmp_path))
    diagnostics = Diagnostics()
    assert not kit.run_checks("their_checks", "of x", diagnostics)
    assert [each.message for each in diagnostics] == ["first of x", "second of x"]
    one = Diagnostics()
    assert not kit.run_checks("their_checks", "of x", one, lambda module: module.__name__.endswith(".b"))
    assert [each.message for each in one] == ["second of x"]
    assert kit.run_checks("their_checks", "of x", Diagnostics(), lambda _: False)
    for name in ("their_checks", "their_checks.a", "their_checks.b"):
        sys.modules.pop(name)


@pytest.mark.parametrize(
    ("known", "offered", "help_"),
    [
        ({"web", "stock"}, None, ""),
        ({"stock"}, None, "the plan has stock"),
        ({"stock", "Stock room"}, ["stock"], "the plan has stock"),
        (set(), None, "the plan has no tiers"),
    ],
)
def test_a_name_that_the_plan_lacks(known: set[str], offered: list[str] | None, help_: str) -> None:
    found = kit.unknown_name("wbe", known, "tier", "prod.yaml", HERE, offered)
    message = "prod.yaml sets a tier that the plan does not have: wbe"
    fixes = edits.part(HERE, "wbe", "web" if "web" in known else None)
    label = "no tier has this name"
    assert found == Diagnostic("CAMP601", message, HERE, label=label, help=help_, fixes=fixes, mistake="wbe")


def test_a_module() -> None:
    plan = topology()
    made = kit.ModuleBuilder(plan, environment())
    made.head({"nomad": ("hashicorp/nomad", "~> 2.4")})
    assert made.ask("asked", "The token.", "tokens", None) == made.ask("asked", "Again.", "tokens", None)
    address = made.data("web.tf", "nomad_namespace", "one", name="one", region=None)
    assert address == "data.nomad_namespace.one"
    assert made.resource("web.tf", "nomad_job", "web", comment=made.plan("web"), space=ref(address)) == "nomad_job.web"
    assert made.secret(plan.secrets["asked"], "asked") == ref("var.asked")
    assert made.secret(plan.secrets["made"], "made") == ref("random_password.made", ".result")
    assert made.parameter(plan.parameters["page"], "page") == ref("var.page")
    made.output("name", "The name.", ref("var.page"), made.by("page"), None)
    files = hcl.write(made.module)
    assert files["versions.tf"].startswith(
        "# Generated by camp2iac from camp.yaml and prod.yaml. Edit those files, not this one."
    )
    assert files["variables.tf"].count('variable "asked"') == 1
    assert "# prod.yaml: tokens\n" in files["variables.tf"]
    assert "# camp.yaml: secret made. Made here.\n" in files["secrets.tf"]
    assert "# camp.yaml: web\nresource" in files["web.tf"]
    assert "region" not in files["web.tf"]
    assert '# prod.yaml: page\noutput "name"' in files["outputs.tf"]


def test_the_other_blocks_of_a_module() -> None:
    made = kit.ModuleBuilder(topology(), environment())
    made.locals("web.tf", Attribute("ports", (80, 443)))
    made.check("web.tf", "quota", ref("local.enough"), "Too small.", "Only a warning.")
    assert made.repeated("web.tf", "nomad_job", "web", "web-1", name="web") == "nomad_job.web"
    assert made.optional("key", "A key.", "string") == ref("var.key")
    made.output("token", "The token.", ref("var.asked"), sensitive=True)
    assert [block.first for block in made.module.files["web.tf"]] == ["", "", "web-1"]
    files = hcl.write(made.module)
    assert "locals {\n  ports = [80, 443]\n}" in files["web.tf"]
    assert '# Only a warning.\ncheck "quota" {\n  assert {\n' in files["web.tf"]
    assert "default     = null\n}" in files["variables.tf"]
    assert "sensitive   = true" in files["outputs.tf"]


def test_without_an_environment_file_nothing_is_by_it() -> None:
    made = kit.ModuleBuilder(topology(), environment(None))
    made.head({})
    assert made.by("region") == ""
    assert made.module.headers["versions.tf"] == "Generated by camp2iac from camp.yaml. Edit that file, not this one."


def test_a_target_that_declares_no_places() -> None:
    module = types.ModuleType("bare")
    target = type("Bare", (), {"__module__": "bare", "name": "bare", "title": "Bare"})
    sys.modules["bare"] = module
    try:
        assert kit.places.places(target()) is None
    finally:
        del sys.modules["bare"]
