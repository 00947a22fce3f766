"""Results are values: whatever is compiled before, after or at the same time, they say what a single run says."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import permutations
from pathlib import Path

import pytest
from support.compiler import camp2iac, tree
from support.plans import EXAMPLES

from camp2iac import Compilation, Outcome, Plan, PlanError, read

ENVIRONMENTS = {
    "openstack.yaml": None,
    "heroku.yaml": None,
    "small.yaml": "target: openstack\nexternal_network: public\nscale: { web: 2 }\n",
    "wrong.yaml": "target: openstack\nexternal_netwrk: public\n",
    "nowhere.yaml": "target: nowhere\n",
}


@pytest.fixture
def guestbook(tmp_path: Path) -> Path:
    folder = tmp_path / "guestbook"
    shutil.copytree(EXAMPLES / "guestbook", folder, ignore=shutil.ignore_patterns("infra"))
    for name, text in ENVIRONMENTS.items():
        if text is not None:
            (folder / "environments" / name).write_text(text)
    return folder


def said(made: Compilation) -> object:
    """All that a compilation tells, as plain values."""
    statements = files = None
    if made.ok:
        statements = [
            (e.statement.subject.heading, e.statement.words, e.outcome, e.how, e.why) for e in made.statements()
        ]
        files = {form: made.files(format=form) for form in ("hcl", "json")}
    return made.ok, made.diagnostics, dict(made.texts), statements, files


def compiled(plan: Plan, folder: Path, name: str) -> Compilation:
    return plan.compile(folder / "environments" / name)


@pytest.fixture
def alone(guestbook: Path) -> dict[str, object]:
    """What a fresh run says of each environment."""
    found = {name: said(compiled(read(guestbook), guestbook, name)) for name in ENVIRONMENTS}
    assert [name for name, (ok, *_) in found.items() if not ok] == ["wrong.yaml", "nowhere.yaml"]
    return found


def test_in_any_order(guestbook: Path, alone: dict[str, object]) -> None:
    plan = read(guestbook / "camp.yaml")
    before = plan.diagnostics, dict(plan.texts)
    for order in random.Random(1).sample(list(permutations(ENVIRONMENTS)), 8):
        made = {name: compiled(plan, guestbook, name) for name in order}
        assert {name: said(each) for name, each in made.items()} == alone, order
    assert (plan.diagnostics, dict(plan.texts)) == before


def test_in_threads(guestbook: Path, alone: dict[str, object]) -> None:
    for _ in range(3):
        plan = read(guestbook / "camp.yaml")
        with ThreadPoolExecutor(5) as pool:
            started = {name: pool.submit(compiled, plan, guestbook, name) for name in ENVIRONMENTS}
            found = {name: pool.submit(said, each.result()) for name, each in started.items()}
            assert {name: each.result() for name, each in found.items()} == alone


def test_a_result_stays_what_it_was(guestbook: Path) -> None:
    plan = read(guestbook)
    good = compiled(plan, guestbook, "openstack.yaml")
    before = said(good)
    assert not compiled(plan, guestbook, "wrong.yaml").ok
    assert not plan.compile(target="nowhere").ok
    assert plan.check(target="heroku").ok
    (guestbook / "environments/openstack.yaml").write_text("target: heroku\n")
    assert good.ok
    assert said(good) == before


def test_nothing_can_be_changed(guestbook: Path) -> None:
    plan = read(guestbook)
    made = plan.compile(target="heroku")
    for value, name in ((plan, "reading"), (made, "compiled"), (made.compiled, "result"), (plan.reading, "texts")):
        with pytest.raises(AttributeError):
            setattr(value, name, None)
    with pytest.raises(TypeError):
        made.texts["camp.yaml"] = ""  # type: ignore[index]
    made.files().clear()
    assert made.files()


def test_failure_has_one_shape(guestbook: Path, tmp_path: Path) -> None:
    """Whatever is wrong: diagnostics say it, no exception is raised, and what needs a result raises PlanError."""
    (guestbook / "camp.yaml").rename(guestbook / "whole.yaml")
    (guestbook / "camp.yaml").write_text("camp_version: CAMP 1.1\nname: [\n")
    (guestbook / "catalogue").mkdir()
    whole = read(guestbook / "whole.yaml")
    for made, code in (
        (read(tmp_path / "none.yaml").compile(target="heroku"), "CAMP138"),
        (read(guestbook).compile(target="heroku"), "CAMP101"),
        (read(b"PK\x03\x04", name="shop.zip").compile(target="heroku"), "CAMP130"),
        (whole.compile(guestbook / "environments/none.yaml"), "CAMP603"),
        (whole.compile(guestbook / "environments/wrong.yaml"), "CAMP313"),
        (whole.compile(target="nowhere"), "CAMP604"),
        (whole.compile(target="heroku", catalogue=[guestbook / "catalogue"]), "CAMP306"),
        (whole.compile(target="heroku", output=guestbook / "web"), "CAMP704"),
    ):
        assert not made.ok
        assert code in {each.code for each in made.diagnostics}, [each.code for each in made.diagnostics]
        calls: tuple[Callable[[], object], ...] = (made.files, made.statements, lambda made=made: made.write(tmp_path))
        for call in calls:
            with pytest.raises(PlanError, match=code):
                call()
    with pytest.raises(TypeError, match="name the platform"):
        whole.compile()


@pytest.mark.parametrize("folder", ["infra/openstack", "infra/elsewhere", "../outside"])
@pytest.mark.parametrize("example", ["guestbook", "wsgi"])
def test_the_library_writes_what_the_command_writes(example: str, folder: str, tmp_path: Path) -> None:
    """Though the output depends on where it lies, and other compilations were made of the plan before."""
    ours, copy = tmp_path / example, tmp_path / "copy" / example
    for each in (ours, copy):
        shutil.copytree(EXAMPLES / example, each, ignore=shutil.ignore_patterns("infra"))
    environment = "environments/openstack.yaml"
    camp2iac("synth", "camp.yaml", "-e", environment, "-o", folder, cwd=copy)
    plan = read(ours)
    plan.compile(target="heroku")
    made = plan.compile(ours / environment)
    written = made.write(ours / folder)
    assert written.ok
    assert tree(ours / folder) == tree(copy / folder)
    assert {name: data for name, (_, data) in tree(copy / folder).items()} == made.files(ours / folder)
    again = made.write(ours / folder)
    assert (again.written, again.removed, again.changed) == ((), (), False)


def test_an_environment_beside_the_plan_is_no_content(tmp_path: Path) -> None:
    """Nor is an output folder: the library leaves out what the command leaves out."""
    for name in ("one", "two"):
        folder = tmp_path / name / "shop"
        folder.mkdir(parents=True)
        (folder / "main.py").write_text("def app(environ, start):\n    return []\n")
        (folder / "prod.yaml").write_text("target: openstack\nexternal_network: public\n")
        (folder / "camp.yaml").write_text(
            "camp_version: CAMP 1.1\nname: shop\nartifacts:\n  - name: web\n    artifact_type: org.python:src\n"
            '    content: { href: "pdp:!" }\n    requirements:\n      - requirement_type: com.python:wsgi\n'
            "        com.python.wsgi.application: main/app\n        fulfillment:\n          characteristics:\n"
            "            - characteristic_type: org.python:version\n"
        )
    camp2iac("synth", "camp.yaml", "-e", "prod.yaml", cwd=tmp_path / "one/shop")
    folder = tmp_path / "two/shop"
    assert read(folder).compile(folder / "prod.yaml").write().ok
    assert tree(folder / "infra") == tree(tmp_path / "one/shop/infra")


def test_writing_keeps_to_the_command_s_rules(guestbook: Path) -> None:
    environment = guestbook / "environments/openstack.yaml"
    output = guestbook / "infra/openstack"
    output.mkdir(parents=True)
    (output / "main.tf").write_text("# mine\n")
    (output / "web.tf").write_text("# mine, too\n")
    made = read(guestbook).compile(environment)
    foreign = made.write()
    assert [each.code for each in foreign.refused] == ["CAMP701"]
    (output / "web.tf").unlink()
    assert made.write(check=True).changed
    assert not (output / "web.tf").exists()
    assert made.write().ok
    assert (output / "main.tf").read_text() == "# mine\n"
    (output / "web.tf").write_text("# by hand\n")
    assert [each.code for each in made.write().refused] == ["CAMP702"]
    assert made.write(force=True).ok
    plan = guestbook / "camp.yaml"
    plan.write_text(plan.read_text().replace("id: database", "id: data").replace("id:database", "id:data"))
    other = read(plan).compile(environment)
    refused = other.write()
    assert [each.code for each in refused.refused] == ["CAMP720"]
    assert {effect.tracked.node for effect in refused.lost} == {"database"}
    assert other.changes(output) == other.changes(made) == refused.change
    assert any(effect.loses_data for effect in other.changes(made).effects)
    assert other.write(lose=["database"]).ok
    assert not other.changes(output).effects


def test_a_plan_from_bytes(tmp_path: Path) -> None:
    plan = read(b"camp_version: CAMP 1.1\nname: shop\n", name="shop.yaml")
    assert plan.ok
    made = plan.compile(target="openstack")
    assert b"shop.yaml" in made.files()["README.md"]
    with pytest.raises(ValueError, match="pass the output folder"):
        made.write()
    assert made.write(tmp_path / "out").ok
    assert plan.compile(target="openstack").output is None


def test_a_text_is_a_path(guestbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(guestbook)
    made = read("camp.yaml").compile("environments/heroku.yaml", overrides={"scale.web": "3"})
    assert made.ok, made.diagnostics
    assert made.output == Path("infra/heroku")
    assert made.target == "heroku"
    assert {entry.outcome for entry in made.statements()} <= set(Outcome)
    assert made.write("infra/heroku").ok
    assert read(".").compile("environments/heroku.yaml", overrides={"scale.web": "3"}).files() == made.files()
