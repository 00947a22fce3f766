"""Plans in git repositories: a work tree with other files in it has the same content as a clean clone."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from support.compiler import camp2iac, difference, in_process, tree

from camp2iac.camp import git, index, read
from camp2iac.diagnostics import Diagnostic, Diagnostics
from tests.camp.build import PLAN, laid_out

WHOLE = PLAN.replace(b"{ href: web/ }", b'{ href: "pdp:!" }')
APP = b"def app(environ, start): ...\n"
WSGI = b"""    requirements:
      - { requirement_type: com.python:wsgi, com.python.wsgi.application: app/app }
"""
LOG_IN = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
PERSON = ("-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false")


def run(folder: Path, *command: str) -> str:
    done = subprocess.run(
        ["git", "-c", "protocol.file.allow=always", *PERSON, *command],
        cwd=folder,
        env={**os.environ, **LOG_IN},
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout


def repository(folder: Path, files: dict[str, bytes], *, forced: tuple[str, ...] = ()) -> Path:
    laid_out(folder, files)
    run(folder, "init", "-q")
    run(folder, "add", ".")
    if forced:
        run(folder, "add", "-f", *forced)
    run(folder, "commit", "-q", "-m", "all")
    return folder


def content(plan: Path, under: str = "web") -> tuple[tuple[str, ...], list[Diagnostic]]:
    found = Diagnostics()
    source = read(plan, name="shop", diagnostics=found)
    assert source is not None
    return source.package.files(under), found.items


SHOP = {
    ".gitignore": b".env\nnode_modules/\n*.pyc\nbuild/\n*.log\n",
    "services/chat/camp.yaml": PLAN,
    "services/chat/web/app.py": APP,
    "services/chat/web/.profile": b"",
    "services/chat/web/build/made": b"",
    "services/chat/web/kept.log": b"",
}
JUNK = {
    "services/chat/web/.env": b"PASSWORD=x\n",
    "services/chat/web/node_modules/left/index.js": b"",
    "services/chat/web/app.pyc": b"",
    "services/chat/web/__pycache__/app.cpython-311.pyc": b"",
    "services/chat/web/a.log": b"",
    "services/chat/web/build/other": b"",
    "services/chat/web/mine.txt": b"",
}
TRACKED = ("web/.profile", "web/app.py", "web/build/made", "web/kept.log")


def test_rules_above_the_plan(tmp_path: Path) -> None:
    shop = repository(tmp_path, SHOP, forced=("services/chat/web/build/made", "services/chat/web/kept.log"))
    laid_out(shop, JUNK)
    (shop / ".git/info/exclude").write_text("mine.txt\n")
    files, said = content(shop / "services/chat")
    assert files == TRACKED
    assert not said
    clone = tmp_path / "clone"
    run(tmp_path, "clone", "-q", str(shop), str(clone))
    assert content(clone / "services/chat/camp.yaml")[0] == TRACKED


def test_untracked_content_travels_with_a_warning(tmp_path: Path) -> None:
    shop = repository(tmp_path, SHOP)
    laid_out(shop, {"services/chat/web/new.py": b"", "services/chat/web/a.log": b"", "services/chat/web/a.pyc": b""})
    files, said = content(shop / "services/chat")
    assert files == ("web/.profile", "web/app.py", "web/new.py")
    assert [(each.code, each.level.value) for each in said] == [("CAMP140", "warning")]
    assert "web/new.py" in said[0].message
    run(shop, "add", "services/chat/web/new.py")
    assert content(shop / "services/chat") == (files, [])


def test_a_clone_gives_the_same_output(tmp_path: Path) -> None:
    """Junk, tracked files that are ignored, dot files: byte for byte, on both platforms, by file and by folder."""
    for name, plan in (("named", PLAN + WSGI), ("whole", WHOLE + WSGI)):
        shop = repository(
            tmp_path / name,
            SHOP | {"services/chat/camp.yaml": plan, "services/chat/app.py": APP, "services/chat/.x": b"y"},
            forced=("services/chat/web/build/made", "services/chat/web/kept.log"),
        )
        clone = tmp_path / f"{name}-clone"
        run(tmp_path, "clone", "-q", str(shop), str(clone))
        laid_out(shop, JUNK | {"services/chat/.env": b"A=b", "services/chat/.idea/x": b""})
        (shop / ".git/info/exclude").write_text("mine.txt\n")
        for target in ("openstack", "heroku"):
            there = []
            for folder in (shop, clone):
                plan_file = folder / "services/chat/camp.yaml"
                camp2iac("synth", plan_file, "--target", target)
                there.append(tree(folder / f"services/chat/infra/{target}"))
            assert not difference(*there)
            assert there[0]


def test_check_in_a_clone_of_what_was_committed(tmp_path: Path) -> None:
    shop = repository(tmp_path / "shop", SHOP | {"services/chat/camp.yaml": PLAN + WSGI})
    laid_out(shop, {path: data for path, data in JUNK.items() if "mine" not in path})
    for target in ("openstack", "heroku"):
        for form in ("hcl", "json"):
            output = ("-o", f"infra/{target}-{form}", "--format", form)
            camp2iac("synth", "camp.yaml", "--target", target, *output, cwd=shop / "services/chat")
    run(shop, "add", ".")
    run(shop, "commit", "-q", "-m", "generated")
    clone = tmp_path / "clone"
    run(tmp_path, "clone", "-q", str(shop), str(clone))
    for target in ("openstack", "heroku"):
        for form in ("hcl", "json"):
            output = ("-o", f"infra/{target}-{form}", "--format", form)
            camp2iac("synth", "camp.yaml", "--target", target, *output, "--check", cwd=clone / "services/chat")


def test_the_package_itself(tmp_path: Path) -> None:
    files = {
        ".gitignore": b"*.log\n",
        "camp.yaml": WHOLE,
        "app.py": b"",
        ".config/x": b"",
        ".github/workflows/ci.yml": b"",
        "environments/prod.yaml": b"",
        "infra/prod/.camp2iac.json": b"{}",
        "infra/prod/main.tf": b"",
        "lib/.gitkeep": b"",
        "lib/.gitignore": b"",
        "node_modules/mine/x.js": b"",
    }
    shop = repository(tmp_path, files)
    laid_out(shop, {".config/untracked": b"", ".other": b"", "node_modules/theirs/x.js": b"", "new.py": b""})
    found, said = content(shop, "")
    assert found == (".config/x", "app.py", "lib/.gitkeep", "new.py", "node_modules/mine/x.js")
    assert [each.code for each in said] == ["CAMP140"]


@pytest.mark.parametrize("in_git", [False, True])
def test_what_runtimes_read_of_the_package_itself(tmp_path: Path, in_git: bool) -> None:
    """Heroku deploys .npmrc and similar dot files, unless a rule excludes them."""
    files = {"camp.yaml": WHOLE + WSGI, "app.py": APP, ".npmrc": b"//example.com/:_authToken=abcdef\n"}
    laid_out(tmp_path, files)
    for rule in ("", ".npmrc\n"):
        (tmp_path / ".gitignore").write_text(rule)
        if in_git and not rule:
            repository(tmp_path, {})
            run(tmp_path, "rm", "-q", "--cached", ".npmrc")
        said = [each.message for each in content(tmp_path, "")[1] if each.code == "CAMP141"]
        assert len(said) == (0 if rule else 1)
        in_process("synth", tmp_path, "--target", "heroku")
        copies = list((tmp_path / "infra/heroku/build").rglob(".npmrc"))
        assert len(copies) == (0 if rule else 1)


def test_named_content_wins_over_rules(tmp_path: Path) -> None:
    for number, rule in enumerate((b"web/", b"/web/*", b"**/web/**", b"web")):
        shop = repository(tmp_path / str(number), {".gitignore": rule, "camp.yaml": PLAN})
        laid_out(shop, {"web/app.js": b"", "web/node_modules/x.js": b"", "web/.gitignore": b"*.log", "web/a.log": b""})
        assert content(shop) == (("web/app.js", "web/node_modules/x.js"), [])


def test_what_is_tracked_in_an_ignored_folder_is_what_travels(tmp_path: Path) -> None:
    shop = repository(tmp_path, {".gitignore": b"web/", "camp.yaml": PLAN, "web/app.py": b""}, forced=("web/app.py",))
    laid_out(shop, {"web/other": b""})
    assert content(shop) == (("web/app.py",), [])


def test_a_whitelist(tmp_path: Path) -> None:
    rules = b"*\n!*/\n!*.py\n!camp.yaml\n"
    shop = repository(tmp_path, {".gitignore": rules, "camp.yaml": PLAN, "web/a/app.py": b""})
    laid_out(shop, {"web/a/junk": b"", "web/junk": b""})
    assert content(shop) == (("web/a/app.py",), [])


def test_a_named_file(tmp_path: Path) -> None:
    plan = PLAN.replace(b"href: web/", b"href: web/app.py")
    shop = repository(tmp_path, {".gitignore": b"*.pyc\n", "camp.yaml": plan})
    laid_out(shop, {"web/app.py": b""})
    assert [each.code for each in content(shop)[1]] == ["CAMP140"]
    (shop / ".gitignore").write_bytes(b"web/\n")
    assert not content(shop)[1]  # ignored but named: the user knows that it is built


def test_a_repository_that_ignores_the_plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """For example a repository of a home folder, or of a project with the examples in its .venv."""
    home = repository(tmp_path, {".gitignore": b"*\n"}, forced=(".gitignore",))
    laid_out(home, {"shop/camp.yaml": PLAN, "shop/web/app.py": b"", "shop/web/node_modules/x": b""})
    assert content(home / "shop") == (("web/app.py",), [])
    without_git(monkeypatch)
    assert content(home / "shop") == (("web/app.py",), [])


def test_a_repository_in_the_content(tmp_path: Path) -> None:
    shop = repository(tmp_path / "shop", {"camp.yaml": PLAN, "web/app.py": b""})
    inner = repository(shop / "web/inner", {".gitignore": b"*.log\n", "x.py": b""})
    laid_out(inner, {"a.log": b""})
    files, said = content(shop)
    assert files == ("web/app.py", "web/inner/x.py")
    assert [each.code for each in said] == ["CAMP140"]
    assert "web/inner/" in said[0].message


def test_a_submodule(tmp_path: Path) -> None:
    library = repository(tmp_path / "library", {".gitignore": b"*.log\n", "x.py": b""})
    shop = repository(tmp_path / "shop", {"camp.yaml": PLAN, "web/app.py": b""})
    run(shop, "submodule", "--quiet", "add", str(library), "web/library")
    run(shop, "commit", "-q", "-m", "with a submodule")
    laid_out(shop / "web/library", {"a.log": b""})
    assert content(shop) == (("web/app.py", "web/library/x.py"), [])
    clone = tmp_path / "clone"
    run(tmp_path, "clone", "-q", str(shop), str(clone))
    files, said = content(clone)
    assert files == ("web/app.py",)
    assert [each.code for each in said] == ["CAMP142"]


def test_a_second_work_tree(tmp_path: Path) -> None:
    shop = repository(tmp_path / "shop", SHOP)
    run(shop, "worktree", "add", "-q", str(tmp_path / "other"))
    laid_out(tmp_path / "other", JUNK)
    (shop / ".git/info/exclude").write_text("mine.txt\n")
    assert content(tmp_path / "other/services/chat") == (("web/.profile", "web/app.py"), [])


def test_links(tmp_path: Path) -> None:
    shop = repository(tmp_path, {".gitignore": b"junk/\n", "camp.yaml": PLAN, "lib/x.py": b"", "web/app.py": b""})
    laid_out(shop, {"junk/x": b"", "lib/new.py": b"", "lib/a.pyc": b""})
    (shop / "web/lib").symlink_to("../lib")
    (shop / "web/one").symlink_to("../junk/x")
    (shop / "web/untracked").symlink_to("app.py")
    run(shop, "add", "web/lib", "web/one")
    files, said = content(shop)
    assert files == ("web/app.py", "web/lib/new.py", "web/lib/x.py", "web/one", "web/untracked")
    assert [each.code for each in said] == ["CAMP140"]
    assert said[0].message.endswith("web/lib/new.py, web/one and web/untracked")


def test_what_was_deleted_is_no_content(tmp_path: Path) -> None:
    shop = repository(tmp_path, SHOP)
    (shop / "services/chat/web/.profile").unlink()
    assert content(shop / "services/chat") == (("web/app.py",), [])


def test_names_of_all_kinds(tmp_path: Path) -> None:
    names = ("web/ a b", "web/-x", "web/[a]*", "web/ä", 'web/"q"', "web/\U0001f600")
    shop = repository(tmp_path, {"camp.yaml": PLAN, **dict.fromkeys(names, b"")})
    assert content(shop) == (tuple(sorted(names)), [])


def without_git(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)


def test_without_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = repository(tmp_path, SHOP, forced=("services/chat/web/build/made", "services/chat/web/kept.log"))
    laid_out(shop, JUNK | {"services/chat/web/new.py": b""})
    (shop / ".git/info/exclude").write_text("mine.txt\n")
    with_git = content(shop / "services/chat")
    without_git(monkeypatch)
    files, said = content(shop / "services/chat")
    assert files == with_git[0] == tuple(sorted((*TRACKED, "web/new.py")))
    assert [each.code for each in said] == ["CAMP140", "CAMP139"]
    assert said[0] == with_git[1][0]
    assert "git is not installed" in said[1].notes[0]


@pytest.mark.parametrize("version", ["2", "3", "4"])
@pytest.mark.parametrize("form", ["sha1", "sha256"])
def test_the_index_as_git_has_it(tmp_path: Path, version: str, form: str) -> None:
    names = [f"{'long' * length}/{'name' * (length % 7)}-{length}" for length in range(1, 60)] + ["ä", "x y", "a\nb"]
    laid_out(tmp_path, {name: name.encode() for name in names})
    run(tmp_path, "init", "-q", f"--object-format={form}")
    run(tmp_path, "update-index", "--index-version", version)
    run(tmp_path, "add", ".")
    if version == "3":
        laid_out(tmp_path, {"later": b""})
        run(tmp_path, "add", "-N", "later")
        names.append("later")
    run(tmp_path, "update-index", "--index-version", version)
    assert sorted(path for path, _ in index.entries(tmp_path / ".git")) == sorted(names)


@pytest.mark.parametrize(
    "damage", [b"DIRC", b"DIRC\0\0\0\2\0\0\0\1", b"DIRC\0\0\0\4\xff\xff\xff\xff" + b"\xff" * 200, b"x" * 500]
)
def test_an_index_that_is_damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: bytes) -> None:
    shop = repository(tmp_path, SHOP)
    laid_out(shop, JUNK)
    (shop / ".git/index").write_bytes(damage)
    for _ in range(2):
        files, said = content(shop / "services/chat")
        assert files == ("web/.profile", "web/app.py", "web/mine.txt")
        assert [each.code for each in said] == ["CAMP139"]
        without_git(monkeypatch)


def test_a_split_index_is_left_to_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = repository(tmp_path, SHOP)
    run(shop, "update-index", "--split-index")
    assert content(shop / "services/chat") == (("web/.profile", "web/app.py"), [])
    without_git(monkeypatch)
    files, said = content(shop / "services/chat")
    assert files == ("web/.profile", "web/app.py")
    assert [each.code for each in said] == ["CAMP139"]
    assert "do not show what git tracks" in said[0].notes[1]


def test_a_repository_that_is_elsewhere(tmp_path: Path) -> None:
    """A work tree in a container: .git is a file that names a folder which is not mounted."""
    laid_out(tmp_path, SHOP | {".git": b"gitdir: /nowhere/at/all\n", "services/chat/web/a.log": b""})
    files, said = content(tmp_path / "services/chat")
    assert files == ("web/.profile", "web/app.py")
    assert [each.code for each in said] == ["CAMP139"]


@pytest.mark.skipif(os.getuid() != 0, reason="root alone can give files away")
def test_a_repository_of_somebody_else(tmp_path: Path) -> None:
    shop = repository(tmp_path / "shop", SHOP)
    for path in (shop, *shop.rglob("*")):
        os.chown(path, 12345, 12345)
    assert content(shop / "services/chat") == (("web/.profile", "web/app.py"), [])


def test_settings_of_users_do_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = repository(tmp_path / "shop", SHOP)
    (tmp_path / "excludes").write_text("app.py\n")
    (tmp_path / "config").write_text(f"[core]\nexcludesFile = {tmp_path}/excludes\n")
    run(shop, "rm", "-q", "--cached", "services/chat/web/app.py")
    for name, value in (
        ("GIT_CONFIG_GLOBAL", str(tmp_path / "config")),
        ("GIT_DIR", str(tmp_path)),
        ("GIT_WORK_TREE", str(tmp_path)),
        ("GIT_INDEX_FILE", str(tmp_path / "index")),
    ):
        monkeypatch.setenv(name, value)
    files, said = content(shop / "services/chat")
    assert files == ("web/.profile", "web/app.py")
    assert [each.code for each in said] == ["CAMP140"]


def test_nothing_of_the_repository_is_run(tmp_path: Path) -> None:
    shop = repository(tmp_path / "shop", SHOP)
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/sprung\n")
    trap.chmod(0o755)
    with (shop / ".git/config").open("a") as file:
        file.write(
            f"[core]\nfsmonitor = {trap}\npager = {trap}\nsshCommand = {trap}\nworktree = /\nhooksPath = {tmp_path}\n"
            f"[alias]\nls-files = !{trap}\n[extensions]\npartialClone = origin\n"
            f'[remote "origin"]\nurl = ext::{trap}\npromisor = true\nuploadpack = {trap}\n'
            f'[filter "x"]\nclean = {trap}\n'
        )
    (shop / ".gitattributes").write_text("* filter=x\n")
    shutil.copy(trap, shop / ".git/hooks/post-index-change")
    assert content(shop / "services/chat") == (("web/.profile", "web/app.py"), [])
    assert not (tmp_path / "sprung").exists()


def test_pipes_where_files_belong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = repository(tmp_path, SHOP)
    (shop / ".git/index").unlink()
    (shop / ".git/info/exclude").unlink()
    for name in (".git/index", ".git/info/exclude", ".git/commondir", "services/.gitignore"):
        os.mkfifo(shop / name)
    without_git(monkeypatch)
    assert content(shop / "services/chat")[0] == ("web/.profile", "web/app.py")


def test_git_is_not_run_without_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = PLAN.replace(b"{ href: web/ }", b"{ href: https://example.com/x.zip }")
    shop = repository(tmp_path, {"camp.yaml": plan})
    monkeypatch.setattr(git, "run", lambda *_, **__: pytest.fail("git was run"))
    found = Diagnostics()
    assert read(shop, name="shop", diagnostics=found) is not None


def test_git_is_run_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []
    real = git.run

    def counted(*arguments: str, **options: bytes) -> bytes:
        calls.append(arguments)
        return real(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(git, "run", counted)
    shop = repository(tmp_path, SHOP)
    content(shop / "services/chat")
    assert len(calls) == 1


def test_the_rules_of_each_folder_above(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also of folders whose names begin and end with any letter."""
    files = {"Xy/.gitignore": b"*.log\n", "Xy/aX/camp.yaml": PLAN, "Xy/aX/web/app.py": APP}
    shop = repository(tmp_path, files)
    laid_out(shop, {"Xy/aX/web/a.log": b""})
    without_git(monkeypatch)
    assert content(shop / "Xy/aX")[0] == ("web/app.py",)


def test_a_submodule_without_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = repository(tmp_path / "library", {"x.py": b""})
    shop = repository(tmp_path / "shop", {"camp.yaml": PLAN, "web/app.py": b""})
    run(shop, "submodule", "--quiet", "add", str(library), "web/library")
    run(shop, "commit", "-q", "-m", "with a submodule")
    clone = tmp_path / "clone"
    run(tmp_path, "clone", "-q", str(shop), str(clone))
    without_git(monkeypatch)
    assert [each.code for each in content(clone)[1]] == ["CAMP139", "CAMP142"]


def test_a_rule_for_files_does_not_exclude_their_folder(tmp_path: Path) -> None:
    """Files directly in `web` are excluded, folders in it are not: its rules apply."""
    laid_out(
        tmp_path,
        {
            ".gitignore": b"/web/*\n!/web/*/\n",
            "camp.yaml": PLAN,
            "web/left.py": b"",
            "web/lib/kept.py": b"",
        },
    )
    assert content(tmp_path)[0] == ("web/lib/kept.py",)
