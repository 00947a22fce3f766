"""What ``camp2iac diff`` says: causes with their lines, and the conditions of ``--fail-on``."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from running import Command

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
VOLUME = "      - characteristic_type: org.camp2iac:Volume\n        size: 10 GiB\n"

Changed = dict[str, Any]


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The example guestbook, without its output."""
    shutil.copytree(EXAMPLES / "guestbook", tmp_path / "old", ignore=shutil.ignore_patterns("infra"))
    return tmp_path / "old"


@pytest.fixture
def new(old: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, as the working directory."""
    shutil.copytree(old, old.with_name("new"))
    monkeypatch.chdir(old.with_name("new"))
    return old.with_name("new")


def edit(file: Path, before: str, after: str) -> None:
    text = file.read_text()
    assert before in text
    file.write_text(text.replace(before, after))


@pytest.fixture
def changes(new: Path, camp2iac: Command) -> Callable[[str], list[Changed]]:
    """The changes of resources in an environment."""

    def call(environment: str) -> list[Changed]:
        done = camp2iac("diff", "../old", ".", "--output", "json")
        assert done.status == 0, done.err
        found = {each["name"]: each for each in json.loads(done.out)["environments"]}
        return list(found[environment]["resources"])

    return call


def causes(changes: list[Changed]) -> dict[str, list[tuple[str, str | None, str | None]]]:
    """The causes by address, each with the texts of its lines."""

    def text(line: Changed | None) -> str | None:
        return f"{line['file']}:{line['number']} {line['text']}" if line else None

    return {
        each["address"]: [(cause["what"], text(cause["before"]), text(cause["after"])) for cause in each["causes"]]
        for each in changes
    }


def test_a_value_of_the_plan(new: Path, changes: Callable[[str], list[Changed]]) -> None:
    edit(new / "camp.yaml", "size: 10 GiB", "size: 20 GiB")
    assert causes(changes("openstack")) == {
        "openstack_blockstorage_volume_v3.database_data": [
            ("database, Volume size", "../old/camp.yaml:57 size: 10 GiB", "camp.yaml:57 size: 20 GiB")
        ]
    }
    assert changes("heroku") == []


def test_values_of_one_line(new: Path, changes: Callable[[str], list[Changed]]) -> None:
    """Each value is the cause of what it changes only."""
    for folder in (new, new.with_name("old")):
        networks = "org.camp2iac:Networks:\n  front: { cidr: 10.20.1.0/24 }\n  back: { cidr: 10.20.2.0/24 }\n"
        one = "org.camp2iac:Networks: { front: { cidr: 10.20.1.0/24 }, back: { cidr: 10.20.2.0/24 } }\n"
        edit(folder / "camp.yaml", networks, one)
    edit(new / "camp.yaml", "10.20.1.0/24", "10.20.3.0/24")
    edit(new / "camp.yaml", "10.20.2.0/24", "10.20.4.0/24")
    found = causes(changes("openstack"))
    for name in ("front", "back"):
        said = [what for what, _, _ in found[f"openstack_networking_subnet_v2.{name}"]]
        assert said[:1] == [f"network {name}, cidr"]
        assert f"network {'back' if name == 'front' else 'front'}, cidr" not in said


def test_a_key_of_the_environment(new: Path, changes: Callable[[str], list[Changed]]) -> None:
    edit(new / "environments" / "openstack.yaml", "flavor: m1.small", "flavor: m1.large")
    found = changes("openstack")
    assert {cause[0][0] for cause in causes(found).values()} == {"environment, sizes.small.flavor"}
    assert len([each for each in found if not each["perhaps"]]) == 3


def test_variables_that_terraform_asks_for(new: Path, camp2iac: Command) -> None:
    """A parameter without a default is new; then it is renamed, and `terraform.tfvars` has the earlier name."""
    old, environment = new.with_name("old"), ("-e", "environments/openstack.yaml")
    line = "  greeting: { description: The first words on the page, default: Hello }"
    asked = "  mail_host: { description: A host }"
    edit(new / "camp.yaml", line, f"{line}\n{asked}")
    edit(new / "camp.yaml", "        GREETING:", "        MAIL: { parameter: mail_host }\n        GREETING:")
    assert camp2iac("synth", "../old", *environment, "-o", "out").status == 0
    first = "the variable mail_host is new and has no default"
    done = camp2iac("diff", "../old", ".", *environment)
    assert first in " ".join(done.out.split())
    assert f"Before you apply it: {first}" in camp2iac("synth", ".", *environment, "-o", "out").err
    assert first not in camp2iac("synth", ".", *environment, "-o", "out").err
    shutil.copy(new / "camp.yaml", old / "camp.yaml")
    edit(new / "camp.yaml", asked, "  mail_server: { description: A host, org.camp2iac:previously: [mail_host] }")
    edit(new / "camp.yaml", "parameter: mail_host", "parameter: mail_server")
    renamed = "the variable mail_host is mail_server now and has no default: rename it where you give its value"
    assert renamed in " ".join(camp2iac("diff", "../old", ".", *environment).out.split())
    assert renamed in camp2iac("synth", ".", *environment, "-o", "out").err
    found = json.loads(camp2iac("diff", "../old", ".", *environment, "--output", "json").out)["environments"][0]
    assert found["variables"] == [{"name": "mail_server", "previously": "mail_host", "asked": True, "gone": False}]
    assert not found["same"]


def test_a_removed_statement_whose_value_a_parameter_gives(new: Path, camp2iac: Command) -> None:
    """The line that is gone is named, and not that of the value, which is still there."""
    asked = "      - characteristic_type: org.camp2iac:Volume\n        size: { parameter: volume_size }\n"
    for folder in (new, new.with_name("old")):
        edit(folder / "camp.yaml", VOLUME, asked)
        edit(folder / "camp.yaml", "  greeting: {", "  volume_size: { description: Of it }\n  greeting: {")
        file = folder / "environments/openstack.yaml"
        file.write_text(f"{file.read_text()}parameters: {{ volume_size: 10 GiB }}\n")
    edit(new / "camp.yaml", asked, "")
    said = " ".join(camp2iac("diff", "../old", ".", "-e", "environments/openstack.yaml").out.split())
    assert "database, Volume: removed: ../old/camp.yaml:57 size: { parameter: volume_size }" in said
    assert "environments/openstack.yaml:" not in said
    edit(
        new / "camp.yaml",
        "      - characteristic_type: org.camp2iac:Placement\n        networks: [back]",
        f"{asked}      - characteristic_type: org.camp2iac:Placement\n        networks: [back]",
    )
    edit(new / "environments/openstack.yaml", "volume_size: 10", "volume_size: 20")
    said = " ".join(camp2iac("diff", "../old", ".", "-e", "environments/openstack.yaml").out.split())
    assert "parameter volume_size: - ../old/environments/openstack.yaml:8 parameters: { volume_size: 10 GiB }" in said


@pytest.mark.parametrize("known", [True, False])
def test_variables_of_a_renamed_part(known: bool, new: Path, camp2iac: Command) -> None:
    """`terraform.tfvars` has the number of instances under the earlier name: Terraform would ignore it and scale."""
    environment = ("-e", "environments/openstack.yaml")
    assert camp2iac("synth", "../old", *environment, "-o", "out").status == 0
    was = "\n          org.camp2iac:previously: [web]" if known else ""
    edit(new / "camp.yaml", "          id: web\n", f"          id: storefront{was}\n")
    said = (
        "the variable web_count is now storefront_count: change it where you set it (-var, terraform.tfvars, TF_VAR_)"
        if known
        else "the variable web_count is gone: a value that you set (-var, terraform.tfvars, TF_VAR_) has no effect"
    )
    for form in ("pretty", "markdown", "github"):
        done = camp2iac("diff", "../old", ".", *environment, "--output", form).out.replace("&#95;", "_")
        assert said in " ".join(done.split()), form
    found = json.loads(camp2iac("diff", "../old", ".", *environment, "--output", "json").out)["environments"][0]
    name, previously = ("storefront_count", "web_count") if known else ("web_count", "")
    assert found["variables"] == [{"name": name, "previously": previously, "asked": False, "gone": not known}]
    assert f"Before you apply it: {said}" in camp2iac("synth", ".", *environment, "-o", "out").err


@pytest.mark.parametrize("environment", ["openstack", "docker", "kubernetes", "heroku"])
def test_a_part_that_is_perhaps_renamed(environment: str, new: Path, camp2iac: Command) -> None:
    """One part is gone, and one of the same kind is new. Once it says what it was, there is nothing to ask."""
    files = ("-e", f"environments/{environment}.yaml")
    assert camp2iac("synth", "../old", *files, "-o", "out").status == 0
    edit(new / "camp.yaml", "  - name: web\n", "  - name: storefront\n")
    edit(new / "camp.yaml", "          id: web\n", "          id: storefront\n")
    for file in (new / "environments/heroku.yaml", new / "environments/kubernetes.yaml"):
        file.write_text(file.read_text().replace("web", "storefront"))
    said = "if storefront is the renamed web, write  org.camp2iac:previously: [web]  in storefront"
    for form in ("pretty", "markdown", "github"):
        done = camp2iac("diff", "../old", ".", *files, "--output", form).out
        done = re.sub(r"&#(\d+);", lambda found: chr(int(found[1])), done.replace("&#8203;", ""))
        assert " ".join(done.split()).count(" ".join(said.split())) == 1, form
    found = json.loads(camp2iac("diff", "../old", ".", *files, "--output", "json").out)["environments"][0]
    assert found["possible"] == [{"name": "storefront", "previously": "web"}]
    assert camp2iac("synth", ".", *files, "-o", "out", "--lose", "web").err.count(said) == 1
    edit(new / "camp.yaml", "  - name: storefront\n", "  - name: storefront\n    org.camp2iac:previously: [web]\n")
    edit(new / "camp.yaml", "id: storefront\n", "id: storefront\n          org.camp2iac:previously: [web]\n")
    found = json.loads(camp2iac("diff", "../old", ".", *files, "--output", "json").out)["environments"][0]
    assert found["possible"] == []


def test_of_two_new_parts_none_is_named(new: Path, camp2iac: Command) -> None:
    edit(new / "camp.yaml", "  - name: web\n", "  - name: storefront\n")
    edit(new / "camp.yaml", "          id: web\n", "          id: storefront\n")
    text = (new / "camp.yaml").read_text()
    start, end = text.index("  - name: storefront"), text.index("  - name: schema")
    second = text[start:end].replace("storefront", "office").replace("as: 80", "as: 81")
    (new / "camp.yaml").write_text(text[:end] + second + text[end:])
    done = camp2iac("diff", "../old", ".", "-e", "environments/openstack.yaml", "--output", "json")
    assert json.loads(done.out)["environments"][0]["possible"] == []


def test_another_platform_has_other_variables(new: Path, camp2iac: Command) -> None:
    (new / "environments/openstack.yaml").write_text("target: docker\n")
    done = camp2iac("diff", "../old", ".", "-e", "environments/openstack.yaml", "--output", "json")
    assert json.loads(done.out)["environments"][0]["variables"] == []


def test_another_flavor_restarts_instances(new: Path, camp2iac: Command) -> None:
    """Terraform updates in place, and Nova resizes: it shuts the instance down and starts it again."""
    edit(new / "environments" / "openstack.yaml", "flavor: m1.small", "flavor: m1.large")
    done = camp2iac("diff", "../old", ".", "-e", "environments/openstack.yaml", "--output", "json")
    (found,) = json.loads(done.out)["environments"]
    assert {each["node"]: each["why"] for each in found["downtimes"]} == {
        "database": "its only instance is resized, which restarts it",
        "web": "all 2 instances are resized and restarted at once",
    }


def test_a_parameter(new: Path, changes: Callable[[str], list[Changed]]) -> None:
    edit(new / "camp.yaml", "default: Hello", "default: Hi")
    found = causes(changes("heroku"))
    assert [what for each in found.values() for what, _, _ in each] == ["parameter greeting"]


def test_a_service_that_is_renamed(new: Path, changes: Callable[[str], list[Changed]]) -> None:
    edit(new / "camp.yaml", "id: database", "id: db")
    edit(new / "camp.yaml", "id:database", "id:db")
    (new / "environments" / "heroku.yaml").write_text("target: heroku\n")
    found = {each["address"]: each for each in changes("openstack")}
    volume = found["openstack_blockstorage_volume_v3.database_data"]
    assert volume["action"] == "destroy"
    assert volume["data"] == "PostgreSQL's data"
    assert causes([volume])[volume["address"]] == [("the service database", "../old/camp.yaml:47 - id: database", None)]
    created = found["openstack_compute_instance_v2.db"]
    assert causes([created])[created["address"]] == [("the service db", None, "camp.yaml:47 - id: db")]


@pytest.mark.parametrize("environment", ["openstack", "heroku", "docker"])
def test_a_pure_rename_is_only_that(environment: str, new: Path, camp2iac: Command) -> None:
    """An artifact is renamed, and the service that runs it keeps its name. So is the database."""
    edit(new / "camp.yaml", "id: database", "id: db\n    org.camp2iac:previously: [database]")
    edit(new / "camp.yaml", "id:database", "id:db")
    edit(new / "camp.yaml", "- name: web", "- name: shop\n    org.camp2iac:previously: [web]")
    edit(new / "environments" / "heroku.yaml", "addons: { database", "addons: { db")
    edit(new / "environments" / "heroku.yaml", "dynos: { web", "dynos: { shop")
    done = camp2iac("diff", "../old", ".", "-e", f"environments/{environment}.yaml", "--output", "json")
    (found,) = json.loads(done.out)["environments"]
    assert set(found["counts"]) == {"move"}
    for key in ("downtimes", "traffic", "secrets", "portability", "costs", "releases"):
        assert found[key] == [], key
    assert {part["title"] or part["id"] for part in found["parts"]} == {"the Internet", "shop", "db"}
    assert {(edge["source"], edge["destination"]) for edge in found["edges"]} == {
        ("the Internet", "shop"),
        ("shop", "db"),
    }
    causes = {cause["what"] for each in found["resources"] for cause in each["causes"]}
    assert "the artifact shop, previously web" in causes
    markdown = camp2iac("diff", "../old", ".", "-e", f"environments/{environment}.yaml", "--output", "markdown").out
    assert "renames" in markdown[markdown.index("mermaid") : markdown.index("| part")]
    assert "closes" not in markdown


def test_a_file_of_the_content(new: Path, changes: Callable[[str], list[Changed]]) -> None:
    edit(new / "web" / "guestbook.py", "import", "import sys\nimport")
    for environment in ("openstack", "heroku"):
        found = causes(changes(environment))
        assert {cause[0] for each in found.values() for cause in each} == {"the content of web, web/guestbook.py"}


def test_a_consequence_comes_after_its_root(new: Path, changes: Callable[[str], list[Changed]]) -> None:
    edit(new / "camp.yaml", "back", "rear")
    found = causes(changes("openstack"))["openstack_compute_volume_attach_v2.database_data"]
    assert found[0][0] == "database, Placement networks"
    assert found[-1] == ("the replaced instance of database", None, None)


@pytest.mark.parametrize("form", ["pretty", "markdown", "json", "github"])
def test_no_secret_is_shown(form: str, new: Path, camp2iac: Command) -> None:
    edit(new / "camp.yaml", "GREETING: {", "API_PASSWORD: hunter2hunter2\n        GREETING: {")
    done = camp2iac("diff", "../old", ".", "--output", form, "-v")
    assert "API_PASSWORD" in done.out or form == "github"
    assert "hunter2" not in done.out + done.err


@pytest.mark.parametrize("form", ["pretty", "markdown", "json", "github"])
def test_confidential_parameters_are_not_shown(form: str, new: Path, camp2iac: Command) -> None:
    """A parameter without a telling name, on one line with another one that changes."""
    for folder, code, greeting in ((new.with_name("old"), "geheim4711", "a"), (new, "geheim0815", "b")):
        edit(folder / "camp.yaml", "GREETING: {", "PIN_PASSWORD: { parameter: pin }\n        GREETING: {")
        edit(folder / "camp.yaml", "  greeting: {", "  pin: { description: Of the door }\n  greeting: {")
        values = f"parameters: {{ pin: {code}, greeting: {greeting} }}\n"
        for name in ("openstack", "heroku"):
            file = folder / "environments" / f"{name}.yaml"
            file.write_text(file.read_text() + values)
    done = camp2iac("diff", "../old", ".", "--output", form, "-v")
    assert "geheim" not in done.out + done.err


SMALLER = "volume data of database, 10 GiB to 5 GiB"
FAILING = {
    "destroy": (VOLUME, "", "destroy: volume data of database in docker, volume data of database in kubernetes"),
    "replace": ("default: Hello", "default: Hi", "replace: container of web in docker"),
    "data": (VOLUME, "", "PostgreSQL's data on volume data of database in openstack"),
    "public": ("cidr: 10.20.1.0/24", "cidr: 10.20.1.0/24", ""),
    "refused": ("size: 10 GiB", "size: 5 GiB", f"refused: {SMALLER} in kubernetes and {SMALLER} in openstack"),
    "lost": (
        "spread: soft",
        "spread: soft\n              zone: nova",
        "zone nova in heroku and web, Placement: zone nova in kubernetes",
    ),
    "cost:20": ("initial: 2", "initial: 3", "cost:20: USD 25.00 more a month"),
    "cost:25": ("initial: 2", "initial: 3", ""),
}


@pytest.mark.parametrize("condition", FAILING)
def test_fail_on(condition: str, new: Path, camp2iac: Command) -> None:
    before, after, said = FAILING[condition]
    edit(new / "camp.yaml", before, after)
    done = camp2iac("diff", "../old", ".", "--fail-on", condition)
    assert done.status == (1 if said else 0), done.out
    assert said in done.err
    assert camp2iac("diff", "../old", ".").status == 0


def test_a_volume_that_shrinks(new: Path, camp2iac: Command) -> None:
    """Terraform plans the update, and the apply fails."""
    edit(new / "camp.yaml", "size: 10 GiB", "size: 5 GiB")
    said = camp2iac("diff", "../old", ".", "-e", "environments/openstack.yaml").out
    assert "cannot change the volume data from 10 GiB to 5 GiB" in " ".join(said.split())
    assert "The apply fails: database cannot change from 10 GiB to 5 GiB (openstack)" in said
    markdown = camp2iac("diff", "../old", ".", "--output", "markdown").out
    assert "**cannot** change the volume data" in markdown
    assert "size: 10 GiB" in markdown
    edit(new / "camp.yaml", "size: 5 GiB", "size: 20 GiB")
    larger = camp2iac("diff", "../old", ".", "--fail-on", "refused")
    assert larger.status == 0
    assert "cannot change" not in larger.out


def test_a_protected_resource_that_is_replaced(new: Path, camp2iac: Command) -> None:
    """Terraform refuses to plan it. What is no longer in the output is not protected either."""
    for folder in (new, new.with_name("old")):
        edit(folder / "environments/heroku.yaml", "protect: false", "protect: true")
    edit(new / "environments/heroku.yaml", "region: eu", "region: us")
    done = camp2iac("diff", "../old", ".", "-e", "environments/heroku.yaml", "--fail-on", "refused")
    assert done.status == 1, done.out
    assert "refused: add-on heroku-postgresql of database is protected in heroku" in done.err
    assert "Terraform refuses to replace what the environment protects" in " ".join(done.out.split())


def test_fail_on_public(new: Path, camp2iac: Command) -> None:
    edit(new.with_name("old") / "camp.yaml", "public: true", "public: false")
    done = camp2iac("diff", "../old", ".", "--fail-on", "destroy,public", "--fail-on", "data")
    assert done.status == 1
    assert done.err.count("error: --fail-on") == 1
    assert "--fail-on public: " in done.err


@pytest.mark.parametrize("word", ["", "all", "cost", "cost:", "cost:-1", "cost:1e9", "data:1", "data,,lost"])
def test_conditions_that_are_none(word: str, new: Path, camp2iac: Command) -> None:
    done = camp2iac("diff", "../old", ".", "--fail-on", word)
    assert done.status == 2
    assert "is not a condition" in done.err
