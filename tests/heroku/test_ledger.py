"""The outcomes of the guestbook's statements, in the words of the report, and that no loss is silent."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

import camp2iac
from camp2iac.diagnostics.fix import applied
from heroku.support_heroku import ROOT, built, compile_plan, components, connect, example, hosts

SAMPLES = ROOT / "camp2iac" / "catalogue" / "products"
KEPT, DEGRADED, LOST = "kept", "degraded", "lost"

GUESTBOOK = [
    ("org.python:src, web/", KEPT, "heroku/python"),
    ("WSGI application guestbook/app", KEPT, "gunicorn, in the Procfile"),
    ("Python [3.9,4)", KEPT, "3.14"),
    ("Compute: 1 core, 2 GiB", DEGRADED, "standard-1x: 512 MB"),
    ("Scale: 2, from 2 to 4", KEPT, "-var web_count=N"),
    ("Balance: health /healthz", DEGRADED, "balanced, no health checks"),
    ("Placement: networks front, back", LOST, "lost"),
    ("Placement: spread soft", LOST, "lost"),
    ("ConnectTo database", DEGRADED, "DATABASE_URL: postgres://"),
    ("Expose: port 8080", DEGRADED, "$PORT, chosen by Heroku"),
    ("Expose: as 80", KEPT, "80, and 443 with TLS"),
    ("Expose: public", KEPT, "herokuapp.com"),
    ("Env: GREETING, TITLE", KEPT, "config vars"),
    ("ExecuteAt database, db/schema.sql", DEGRADED, "once, when web is released"),
    ("PostgreSQL [13,18)", KEPT, "17"),
    ("Compute: 1 core, 2 GiB", DEGRADED, "essential-0: shared"),
    ("Volume: size 10 GiB", DEGRADED, "essential-0: 1 GB"),
    ("Placement: networks back", LOST, "lost"),
    ("Parameter greeting", KEPT, "variable greeting"),
    ("Network front 10.20.1.0/24", LOST, "lost"),
    ("Network back 10.20.2.0/24", LOST, "lost"),
]


def test_the_guestbook_in_a_table() -> None:
    rows = [(e.statement.words, e.outcome.value, e.how) for e in example("guestbook").report()]
    missing = [row for row in GUESTBOOK if row not in rows]
    assert not missing


def test_why_and_what_to_do_instead() -> None:
    out = example("guestbook")
    compute = out.row("Compute: 1 core")
    assert compute.why == "A standard-1x dyno has 512 MB and shares its cores with other dynos."
    (fix,) = compute.fixes
    assert (fix.write, fix.note) == ("dynos: { web: performance-m }", "2.5 GB, dedicated cores")
    assert (fix.place, fix.text, fix.sure) == ("environments/heroku.yaml:4", "performance-m", False)
    volume = out.row("Volume")
    assert volume.why == "An essential-0 database shares the memory of its server and has 1 GB of storage."
    assert not volume.fixes, "Heroku does not change an Essential database to another tier"
    assert "pg:copy" in volume.help[0]
    assert "addons: { database: heroku-postgresql:standard-0 }" in volume.help[0]
    (lost,) = {entry.why for entry in out.report() if "etwork" in entry.statement.words}
    assert lost == (
        "Apps share Heroku's network and have no networks, subnets or addresses of their own. "
        "The database is reachable from anywhere, with TLS and a password."
    )


@pytest.mark.parametrize(
    "name",
    [
        "board",
        "bookings",
        "gallery",
        "guestbook",
        "ledger",
        "php",
        "recipes",
        "site",
        "threetier",
        "thumbs",
        "tickets",
        "todo",
        "vitals",
        "wsgi",
    ],
)
def test_no_loss_is_silent(name: str) -> None:
    """Each statement has an outcome. Degraded and lost ones have a reason, and say what to do."""
    for entry in example(name).report():
        if entry.outcome.value == KEPT:
            assert entry.how
            continue
        assert entry.why.endswith("."), entry
        assert entry.help or entry.fixes or entry.statement.words.startswith("org."), (
            f"{entry.statement.words}: {entry.why}"
        )
        assert all(entry.help)
        assert all(fix.write for fix in entry.fixes)


def test_the_edits_of_a_report_give_back_what_was_degraded() -> None:
    """The report names values of the environment file. The file with these values keeps the statements."""
    plan, file = ROOT / "examples/guestbook/camp.yaml", ROOT / "examples/guestbook/environments/heroku.yaml"
    loaded = camp2iac.read(plan)
    fixes = [fix for entry in loaded.compile(file).statements() for fix in entry.fixes if fix.replaces]
    text, made = applied(file.read_text(), fixes)
    assert {fix.text for fix in made} == {"performance-m"}, "another tier is no edit: Heroku does not change to it"
    values = {key: yaml.safe_load(text)[key] for key in ("dynos", "addons")}
    overrides = {f"{key}.{name}": each for key, items in values.items() for name, each in items.items()}
    after = loaded.compile(file, overrides=overrides).statements()
    assert not [entry for entry in after if entry.fixes]


def test_what_nobody_knows_here_is_lost_with_a_reason() -> None:
    assert example("vitals").row("org.storage.db:Replication").outcome.value == LOST


def test_a_volume_is_held_against_the_add_on_of_its_service(tmp_path: Path) -> None:
    """A Volume counts only for its own service, also if the tier has components."""
    together = "      - { characteristic_type: org.camp2iac:Placement, tier: web }\n"
    plan = components("web") + connect("db") + connect("queue") + "services:\n"
    plan += "  - id: web-host\n    characteristics:\n      - characteristic_type: org.python:version\n" + together
    plan += "  - id: db\n    characteristics:\n      - characteristic_type: PostgreSQL\n" + together
    plan += "      - { characteristic_type: org.camp2iac:Volume, size: 20 GiB }\n"
    plan += "  - id: queue\n    characteristics:\n      - characteristic_type: Redis\n" + together
    row = built(tmp_path, plan).row("Volume")
    assert (row.outcome.value, row.how) == (DEGRADED, "essential-0: 1 GB")
    assert row.fixes[0].write == "addons: { db: heroku-postgresql:essential-2 }"


@pytest.mark.parametrize(
    ("size", "addon", "kept_", "fit"),
    [
        ("1 GiB", "", True, None),
        ("2 GiB", "", False, "essential-1"),
        ("10 GiB", "", False, "essential-1"),
        ("11 GiB", "", False, "essential-2"),
        ("32 GiB", "", False, "essential-2"),
        ("33 GiB", "", False, "standard-0"),
        ("64 GiB", "", False, "standard-0"),
        ("65 GiB", "", False, "standard-2"),
        ("65 GiB", "heroku-postgresql:no-such-plan", False, "standard-2"),
        ("65 GiB", "heroku-postgresql:standard-0", False, "standard-2"),
        ("64 GiB", "heroku-postgresql:standard-0", True, None),
    ],
)
def test_the_smallest_plan_that_is_large_enough(
    tmp_path: Path, size: str, addon: str, kept_: bool, fit: str | None
) -> None:
    plan = components("web") + connect("db") + hosts("web") + "  - id: db\n    characteristics:\n"
    plan += "      - characteristic_type: PostgreSQL\n"
    plan += f"      - {{ characteristic_type: org.camp2iac:Volume, size: {size} }}\n"
    row = built(tmp_path, plan, f"addons: {{ db: {addon} }}\n" if addon else "").row("Volume")
    assert (row.outcome.value == KEPT) is kept_
    assert [each.write for each in row.fixes] == ([f"addons: {{ db: heroku-postgresql:{fit} }}"] if fit else [])


@pytest.mark.parametrize("key", ["web", "web-host"])
def test_a_variable_with_two_sources_has_a_place(tmp_path: Path, key: str) -> None:
    plan = components("web") + connect("db") + hosts("web") + "  - id: db\n"
    plan += "    characteristics: [{ characteristic_type: PostgreSQL }]\n"
    out = built(tmp_path, plan, f"variables: {{ {key}: {{ DATABASE_URL: x }} }}\n")
    found = [each for each in out.compiled.diagnostics if each.code == "CAMP319"]
    assert [each.span is not None and each.span.line for each in found] == ([2] if key == "web" else [])


@pytest.mark.parametrize("plan", sorted(SAMPLES.glob("*/sample/camp.yaml")), ids=lambda each: each.parts[-3])
def test_every_product_of_the_catalogue_has_its_answer(plan: Path) -> None:
    """Each statement is kept, degraded, or lost for a specific reason."""
    out = compile_plan(plan)
    for entry in out.report():
        assert "does not know it" not in entry.why, f"{entry.statement.subject.heading}, {entry.statement.words}"
    assert set(out.codes) <= {"CAMP413", "CAMP443", "CAMP444", "CAMP445", "CAMP446", "CAMP461"}


def test_a_service_of_what_is_left_out_says_so() -> None:
    """A component does connect to it, so the help does not suggest to connect one."""
    out = compile_plan(SAMPLES / "mediawiki/sample/camp.yaml")
    (found,) = (each for each in out.compiled.diagnostics if each.code == "CAMP446")
    assert found.message == "no app can own database: only handbook uses it, which is not deployed"
    assert "database.tf" not in out.files


def test_folders_that_a_web_server_serves_are_lost() -> None:
    row = example("recipes").row("files:")
    assert (row.outcome.value, row.help) == (
        LOST,
        ("Let the application send these files itself, for example from an object store.",),
    )
