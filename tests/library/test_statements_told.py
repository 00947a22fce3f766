"""What a plan says is done, or told: scripts on their host, and secrets in the plan that outputs do not repeat."""

from __future__ import annotations

from pathlib import Path

import pytest

from camp2iac import Compilation, read

ENVIRONMENTS = {
    "openstack": "target: openstack\nimage: debian-12\nexternal_network: public\nssh_from: 192.0.2.0/24\n"
    "sizes: { small: { flavor: m1.small, cores: 1, memory: 2 GiB } }\n",
    "heroku": "target: heroku\napp: shop\n",
}
SCRIPT = """\
camp_version: CAMP 1.1
name: shop
artifacts:
  - name: setup
    artifact_type: org.gnu.bash:Script
    content: { href: setup.sh }
    requirements:
      - { requirement_type: org.linux:RunOn, fulfillment: id:host }
services:
  - { id: host, characteristics: [{ characteristic_type: org.linux:Linux }] }
"""
LINKED = """\
camp_version: CAMP 1.1
name: shop
artifacts:
  - name: web
    artifact_type: org.python:src
    content: { href: app/ }
    requirements:
      - { requirement_type: com.python:wsgi, com.python.wsgi.application: app/app, fulfillment: id:web }
      - { requirement_type: ConnectTo, fulfillment: id:db }
services:
  - { id: web, characteristics: [{ characteristic_type: org.python:version }] }
  - id: db
    href: HREF
"""
HREFS = (
    "postgresql://billing:s3cretvalue@10.9.0.7:5432/billing",
    "postgresql://billing:s3cret%40value@10.9.0.7:5432/billing?sslmode=require",
    "redis://:s3cretvalue@10.9.0.7:6379/0",
    "https://search.example.org/index?key=s3cretvalue&lang=en",
    "https://b.example.org/x?X-Amz-Credential=s3cretname&X-Amz-Signature=s3cretvalue",
    "postgresql://10.9.0.7:5432/billing?user=billing&password=s3cretvalue#s3",
    "mongodb://a:s3cret@value@10.9.0.7:27017/x",
)


def compiled(plan: str, target: str, folder: Path) -> Compilation:
    (folder / "app").mkdir(exist_ok=True)
    (folder / "app/app.py").write_text("def app(environ, start):\n    pass\n")
    (folder / "app/requirements.txt").write_text("")
    (folder / "setup.sh").write_text("true\n")
    (folder / "camp.yaml").write_text(plan)
    (folder / f"{target}.yaml").write_text(ENVIRONMENTS[target])
    return read(folder / "camp.yaml").compile(folder / f"{target}.yaml")


def told(made: Compilation) -> dict[str, str]:
    return {entry.statement.words: entry.how for entry in made.statements()}


def test_a_script_that_only_needs_its_host_runs_once(tmp_path: Path) -> None:
    made = compiled(SCRIPT, "openstack", tmp_path)
    assert told(made)["RunOn host, setup.sh"] == "once, on its instance"
    assert b"\nexecute setup " in made.files()["cloud-init/host.configure.sh"]


def test_a_script_that_is_only_copied_is_degraded(tmp_path: Path) -> None:
    plan = SCRIPT.replace("services:", "      - { requirement_type: org.camp2iac:Env, A: b }\nservices:")
    made = compiled(plan, "openstack", tmp_path)
    assert told(made)["org.gnu.bash:Script, setup.sh"] == "copied, not run"


@pytest.mark.parametrize("target", ENVIRONMENTS)
@pytest.mark.parametrize("product", ["", "    characteristics: [{ characteristic_type: PostgreSQL }]\n"])
@pytest.mark.parametrize("href", HREFS)
def test_no_output_repeats_the_secret_of_an_href(href: str, product: str, target: str, tmp_path: Path) -> None:
    made = compiled(LINKED.replace("HREF", f'"{href}"') + product, target, tmp_path)
    assert {"CAMP501"} <= {each.code for each in made.diagnostics}
    assert made.ok, [each.message for each in made.diagnostics]
    for name, data in made.files().items():
        for secret in (b"s3cretvalue", b"s3cret%40value", b"s3cret@value", b"s3cretname"):
            assert secret not in data, name
    assert not any("s3cret" in words for words in told(made))
    assert b"sensitive " in made.files()["variables.tf"]


@pytest.mark.parametrize("target", ENVIRONMENTS)
def test_what_looks_secret_in_a_plan_is_sensitive(target: str, tmp_path: Path) -> None:
    plan = LINKED.replace("HREF", "https://search.example.org").replace(
        "services:",
        "      - requirement_type: org.camp2iac:Env\n"
        "        QUEUE: amqp://shop:hunter2@queue.example.org/shop\n"
        "        API_TOKEN: abcdef\n"
        "        GREETING: { parameter: db_password }\n"
        "services:",
        1,
    )
    plan += "org.camp2iac:Parameters:\n  db_password: { description: The password, default: hunter2 }\n"
    made = compiled(plan, target, tmp_path)
    text = made.files()["web.tf"].decode()
    if target == "heroku":
        text = text.partition("sensitive_vars")[2].partition("}")[0]
        assert all(name in text for name in ("QUEUE", "API_TOKEN", "GREETING"))
    else:
        assert 'sensitive("amqp://' in text
        assert 'sensitive("abcdef")' in text
    assert "sensitive   = true" in made.files()["variables.tf"].decode()
    assert [each.code for each in made.diagnostics].count("CAMP501") == 3
