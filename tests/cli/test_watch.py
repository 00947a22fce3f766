"""``synth --watch`` and ``validate --watch``. The tests drive the loop: a wait makes the next edit, and the last one is
Ctrl-C.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from running import PLAN, Command, Done

from camp2iac.cli import watch

Edit = Callable[[], object]
Watched = Callable[..., list[str]]


def interrupt() -> None:
    raise KeyboardInterrupt


@pytest.fixture
def driven(camp2iac: Command, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Done]:
    """The command with edits. In both outputs, a zero is where it waits for the next edit."""

    def call(command: str, edits: tuple[Edit, ...], options: tuple[str, ...]) -> Done:
        steps = iter(edits)

        def wait(seconds: float) -> None:
            if seconds == watch.INTERVAL:  # otherwise it waits until the files stay as they are
                sys.stderr.write("\0")
                sys.stdout.write("\0")
                next(steps, interrupt)()

        monkeypatch.setattr(watch, "wait", wait)
        done: Done = camp2iac(command, "--watch", *options)
        assert done.status == 130, done.err
        assert "Traceback" not in done.err
        assert done.err.endswith("\nStopped.\n")
        return done

    return call


@pytest.fixture
def watched(shop: Path, driven: Callable[..., Done]) -> Watched:
    """``watched(edit, edit)``: what ``synth`` prints at the start, and after each edit."""

    def call(*edits: Edit, options: tuple[str, ...] = ("--target", "heroku")) -> list[str]:
        done = driven("synth", edits, options)
        assert done.out.strip("\0") == ""
        found: list[str] = done.err.removesuffix("\nStopped.\n").split("\0")[:-1]
        return found

    return call


@pytest.fixture
def validated(shop: Path, driven: Callable[..., Done]) -> Watched:
    """The reports of ``validate`` at the start, and after each edit."""

    def call(*edits: Edit, options: tuple[str, ...] = ()) -> list[str]:
        done = driven("validate", edits, options)
        said = done.err.removesuffix("\nStopped.\n").split("\0")[:-1]
        assert said[0] == "\nWatching for changes. To stop, press Ctrl-C.\n"
        found: list[str] = done.out.split("\0")[:-1]
        assert [text.startswith("\nChanged: ") for text in said[1:]] == [text != "" for text in found[1:]]
        return found

    return call


def test_it_compiles_again_when_the_plan_changes(shop: Path, watched: Watched) -> None:
    start, said = watched(lambda: (shop / "camp.yaml").write_text(PLAN.replace("max: 3", "max: 15")))
    assert "infra/heroku: " in start
    assert "Next:\n" in start
    assert start.endswith("Watching for changes. To stop, press Ctrl-C.\n")
    assert said.startswith("\nChanged: camp.yaml\n")
    assert "infra/heroku: " in said
    assert "Next:" not in said


def test_nothing_is_printed_if_the_output_stays_the_same(shop: Path, watched: Watched) -> None:
    said = watched(
        lambda: (shop / "camp.yaml").write_text(f"{PLAN}# a comment\n"),
        lambda: (shop / "notes.txt").write_text("beside the plan\n"),
        lambda: (shop / "web/guestbook.pyc").write_text("left by a tool\n"),
        lambda: None,
    )
    assert said[2:] == ["", "", ""]


def test_a_note_is_printed_once_and_an_error_each_time(shop: Path, watched: Watched) -> None:
    plan = shop / "camp.yaml"
    start, scaled, broken, both = watched(
        lambda: plan.write_text(PLAN.replace("max: 3", "max: 15")),
        lambda: plan.write_text(PLAN.replace("min: 1", "min: 9")),
        lambda: plan.write_text(PLAN.replace("min: 1", "min: 9").replace("camp_version", "# more\ncamp_version")),
        options=("--target", "openstack"),
    )
    assert "note[CAMP410]" in start
    assert "note[" not in scaled
    assert "infra/openstack: " in scaled
    assert "error[" in broken
    assert "error[" in both


def test_content_that_changes_appears_and_vanishes(shop: Path, watched: Watched) -> None:
    """A new file in a new folder, too."""
    module, deep = shop / "web/guestbook.py", shop / "web/a/b"
    _, changed, empty, added, removed = watched(
        lambda: module.write_text(f"{module.read_text()}# more\n"),
        lambda: deep.mkdir(parents=True),
        lambda: (deep / "more.py").write_text("x = 1\n"),
        lambda: shutil.rmtree(shop / "web/a"),
        options=("--target", "openstack"),
    )
    assert changed.startswith("\nChanged: web/guestbook.py\n")
    assert empty == ""
    assert added.startswith("\nChanged: web/a/b/more.py\n")
    assert removed.startswith("\nChanged: web/a/b/more.py\n")


def test_content_that_is_one_file_and_a_plan_that_is_a_folder(shop: Path, watched: Watched) -> None:
    load = "      - { requirement_type: org.sql:ConnectTo, fulfillment: id:db }\n"
    sql = (
        "  - name: data\n    artifact_type: org.sql:SqlScript\n    content: { href: data.sql }\n    requirements:\n"
        "      - { requirement_type: org.sql:ExecuteAt, fulfillment: id:db }\n"
    )
    service = "services: [{ id: db, characteristics: [{ characteristic_type: PostgreSQL }] }]\n"
    (shop / "data.sql").write_text("create table a (b int);\n")
    (shop / "camp.yaml").write_text(
        PLAN.replace("org.camp2iac:Networks", f"{load}{sql}org.camp2iac:Networks") + service
    )
    start, said = watched(
        lambda: (shop / "data.sql").write_text("create table other (b int);\n"),
        options=(".", "--target", "openstack"),
    )
    assert "infra/openstack: " in start, start
    assert said.startswith("\nChanged: data.sql\n")


def test_environments_appear_and_vanish(shop: Path, watched: Watched) -> None:
    staging = shop / "environments/staging.yaml"
    start, added, broken, gone = watched(
        lambda: staging.write_text("target: heroku\n"),
        lambda: staging.write_text("target: heroku\nregoin: eu\n"),
        staging.unlink,
        options=(),
    )
    assert "infra/openstack: " in start
    assert "infra/staging: " in added
    assert "infra/openstack" not in added
    assert "error[CAMP313" in broken
    assert gone == ""
    assert (shop / "infra/staging").is_dir()


def test_errors_do_not_end_it(shop: Path, watched: Watched) -> None:
    plan, environments = shop / "camp.yaml", shop / "environments"
    _, broken, gone, back, none, several = watched(
        lambda: plan.write_text("artifacts: [\n"),
        plan.unlink,
        lambda: plan.write_text(PLAN),
        lambda: environments.rename(shop / "elsewhere"),
        lambda: (
            (shop / "elsewhere").rename(environments),
            (environments / "heroku.yml").write_text("target: heroku\n"),
        ),
        options=(),
    )
    assert "error[CAMP10" in broken
    assert "error[CAMP138]: camp.yaml does not exist" in gone
    assert "infra/heroku: " in back
    assert "error: name the platform" in none
    assert "error[CAMP716]" in several


def test_a_plan_with_errors_at_the_start(shop: Path, watched: Watched) -> None:
    (shop / "web").rename(shop / "app")
    start, said = watched(lambda: (shop / "app").rename(shop / "web"))
    assert "error[CAMP211]" in start
    assert "Watching for changes." in start
    assert "infra/heroku: " in said


def test_a_template_of_a_product_of_one_s_own(shop: Path, watched: Watched) -> None:
    products = Path(__file__).parents[2] / "camp2iac/catalogue/products"
    shutil.copytree(products / "postgresql", shop / "products/postgresql", ignore=shutil.ignore_patterns("sample"))
    needs = "      - { requirement_type: org.sql:ConnectTo, fulfillment: id:db }\norg.camp2iac:Networks"
    service = "services: [{ id: db, characteristics: [{ characteristic_type: PostgreSQL }] }]\n"
    (shop / "camp.yaml").write_text(PLAN.replace("org.camp2iac:Networks", needs) + service)
    file = shop / "products/postgresql/templates/10-data.conf.j2"
    start, said = watched(
        lambda: file.write_text(f"{file.read_text()}# changed\n"),
        options=("--target", "openstack", "--catalogue", "products", "--lose", "db"),
    )
    assert "infra/openstack: " in start, start
    assert said.startswith(f"\nChanged: {file.relative_to(shop)}\n")
    written = [path.read_text() for path in (shop / "infra/openstack").rglob("*.tftpl")]
    assert any("# changed" in text for text in written), said


def test_an_archive_and_an_environment_file_elsewhere(shop: Path, watched: Watched) -> None:
    (shop / "source").mkdir()
    for name in ("camp.yaml", "web"):
        (shop / name).rename(shop / "source" / name)
    (shop / "out").mkdir()
    shutil.make_archive(str(shop / "out/shop"), "zip", shop / "source")
    archive = shop / "out/shop.zip"

    def pack() -> None:
        (shop / "source/web/more.py").write_text("x = 1\n")
        shutil.make_archive(str(shop / "out/shop"), "zip", shop / "source")

    start, changed, other, scaled = watched(
        pack,
        lambda: (shop / "out/notes.txt").write_text("beside the archive\n"),
        lambda: (shop / "environments/openstack.yaml").write_text("target: openstack\nscale: { web: 2 }\n"),
        options=(str(archive), "-e", "environments/openstack.yaml"),
    )
    assert "out/infra/openstack: " in start
    assert "Changed: out/shop.zip\n" in changed
    assert other == ""
    assert "Changed: environments/openstack.yaml\n" in scaled


def test_validate_checks_again(shop: Path, validated: Watched) -> None:
    plan = shop / "camp.yaml"
    wrong = PLAN.replace("min: 1", "min: 9")
    start, broken, same, moved, unreadable, sound = validated(
        lambda: plan.write_text(wrong),
        lambda: plan.write_text(f"{wrong}# more\n"),
        lambda: plan.write_text(f"# more\n{wrong}"),
        lambda: plan.write_text("artifacts: [\n"),
        lambda: plan.write_text(PLAN),
    )
    assert "note[CAMP410]" in start
    assert "error[" not in start
    assert "error[" in broken
    assert "note[CAMP410]" not in broken  # it is not new
    assert same == ""
    assert "error[" in moved
    assert "error[CAMP10" in unreadable
    assert "note[CAMP410]" in sound  # it is new again


def test_validate_says_that_there_are_no_errors_any_more(shop: Path, validated: Watched) -> None:
    """Also if an old note stays."""
    file = shop / "environments/heroku.yaml"
    _, broken, mended = validated(
        lambda: file.write_text("target: heroku\nregoin: eu\n"),
        lambda: file.write_text("target: heroku\n"),
    )
    assert "error[CAMP313" in broken
    assert "note[" not in broken
    assert mended.startswith("camp.yaml: no errors\nenvironments/heroku.yaml: no errors\n"), mended


def test_validate_watches_content_and_environment_files(shop: Path, validated: Watched) -> None:
    file = shop / "environments/staging.yaml"
    _, empty, back, added, mended, gone, output = validated(
        lambda: (shop / "web").rename(shop / "app"),
        lambda: (shop / "app").rename(shop / "web"),
        lambda: file.write_text("target: heroku\nregoin: eu\n"),
        lambda: file.write_text("target: heroku\n"),
        file.unlink,
        lambda: (shop / "infra").mkdir(),
        options=(),
    )
    assert "error[CAMP211]" in empty
    assert "error[" not in back
    assert "error[CAMP313" in added
    assert "environments/staging.yaml: no errors\n" in mended
    assert gone == output == ""


def test_validate_goes_on_without_a_plan(shop: Path, validated: Watched) -> None:
    plan, other = shop / "camp.yaml", shop / "environments/heroku.yml"
    _, gone, back, several = validated(
        plan.unlink, lambda: plan.write_text(PLAN), lambda: other.write_text("target: heroku\n")
    )
    assert "error[CAMP138]: camp.yaml does not exist" in gone
    assert "error[" not in back
    assert "CAMP716" in several


def test_it_waits_until_files_stay_as_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """git and editors write several files, one after the other."""
    names = iter("abcdefgh")
    seen: list[list[str]] = []

    def wait(seconds: float) -> None:
        if (name := next(names, "")) < "f" and name:
            (tmp_path / name).write_text(name)

    def act(changed: list[str]) -> watch.WatchScope:
        seen.append([Path(path).name for path in changed])
        if len(seen) > 1:
            raise KeyboardInterrupt
        return scope

    scope = watch.WatchScope(trees=frozenset({str(tmp_path)}))
    monkeypatch.setattr(watch, "wait", wait)
    with pytest.raises(KeyboardInterrupt):
        watch.watch(act, scope)
    assert seen == [[], ["a", "b", "c", "d", "e"]]


def test_a_link_to_a_folder_above(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/up").symlink_to(tmp_path)
    (tmp_path / "a/file").write_text("")
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    found = watch.snapshot(watch.WatchScope(trees=frozenset({str(tmp_path)})))
    assert [os.path.relpath(path, tmp_path) for path in found] == ["a/file"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--check",), "it cannot be combined with --check"),
        (("--target", "heroku", "-o", "-"), "it cannot be combined with -o -"),
        (("--output", "json"), "it cannot be combined with --output json"),
        (("-", "--target", "heroku"), "name a file instead of -"),
    ],
)
def test_what_cannot_be_watched(options: tuple[str, ...], said: str, shop: Path, camp2iac: Command) -> None:
    done = camp2iac("synth", "--watch", *options)
    assert (done.status, done.out) == (2, "")
    assert said in done.err
    assert not (shop / "infra").exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--fix",), "it cannot be combined with --fix"),
        (("--diff",), "it cannot be combined with --diff"),
        (("--output", "json"), "it cannot be combined with --output json"),
        (("--output", "github"), "it cannot be combined with --output github"),
        (("-",), "name a file instead of -"),
    ],
)
def test_what_validate_cannot_watch(options: tuple[str, ...], said: str, shop: Path, camp2iac: Command) -> None:
    done = camp2iac("validate", "--watch", *options)
    assert (done.status, done.out) == (2, "")
    assert said in done.err


def test_ctrl_c(shop: Path, tmp_path: Path) -> None:
    """With the real signal, in a process of its own."""
    said = tmp_path / "said.txt"
    command = [sys.executable, "-m", "camp2iac", "synth", "--watch", "--target", "heroku"]
    with said.open("wb") as file, subprocess.Popen(command, cwd=shop, stdout=file, stderr=file) as process:
        deadline = time.monotonic() + 120
        while b"press Ctrl-C" not in said.read_bytes():
            assert process.poll() is None, said.read_text()
            assert time.monotonic() < deadline
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        assert process.wait(120) == 130
    assert "Traceback" not in said.read_text()
    assert said.read_text().endswith("\nStopped.\n")
