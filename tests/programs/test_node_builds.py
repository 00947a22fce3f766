"""What builds a Node.js application: the package manager, the scripts and the workspaces of its content."""

from __future__ import annotations

import json

import pytest

from camp2iac.diagnostics import Span
from camp2iac.targets.programs.builds import node, sites, workspaces
from camp2iac.targets.programs.builds.node import NodeContent

PLACE = Span("camp.yaml", 1, 1, 1, 1)


def content(files: dict[str, object], at: str = "") -> NodeContent:
    data = {name: (each if isinstance(each, str) else json.dumps(each)).encode() for name, each in files.items()}
    return node.of(tuple(sorted(data)), lambda name: data[name], at, PLACE)


def package(name: str, *needs: str, build: str = "tsc") -> dict[str, object]:
    scripts = {"scripts": {"build": build}} if build else {}
    return {"name": name, "dependencies": dict.fromkeys(needs, "*"), **scripts}


@pytest.mark.parametrize(
    ("files", "manager"),
    [
        ({}, "npm"),
        ({"package.json": {}, "package-lock.json": {}}, "npm"),
        ({"package.json": {}, "yarn.lock": ""}, "yarn"),
        ({"package.json": {}, "pnpm-lock.yaml": "", "yarn.lock": ""}, "pnpm"),
        ({"package.json": {"packageManager": "yarn@4.9.2+sha512.0a"}, "pnpm-lock.yaml": ""}, "yarn"),
        ({"package.json": {"packageManager": "bun@1.2.0"}}, "bun"),
        ({"package.json": {"packageManager": 4}}, "npm"),
        ({"package.json": {"packageManager": "pnpm@10.0.0"}, "apps/api/package.json": {}}, "pnpm"),
    ],
)
def test_the_package_manager(files: dict[str, object], manager: str) -> None:
    at = "apps/api" if "apps/api/package.json" in files else ""
    assert content(files, at).manager == manager


def test_a_script_of_package_json_builds() -> None:
    assert content({"package.json": package("a")}).command() == "npm run build"
    assert content({"package.json": {"scripts": {"build": "a", "heroku-postbuild": "b"}}}).command() == (
        "npm run heroku-postbuild"
    )
    assert content({"package.json": {"scripts": {"build": ["a"], "start": "b"}}}).command() == ""
    assert content({"package.json": package("a"), "yarn.lock": ""}).command() == "yarn run build"
    assert content({"package.json": "not JSON"}).command() == ""


def test_plain_content_is_installed_as_before() -> None:
    assert content({"package.json": package("a", build="")}).plain
    assert content({}).plain
    for files, at in (
        ({"package.json": package("a")}, ""),
        ({"package.json": package("a", build=""), "yarn.lock": ""}, ""),
        ({"package.json": package("a", build=""), "app/package.json": {}}, "app"),
    ):
        assert not content(files, at).plain


MONOREPO = {
    "package.json": {"workspaces": ["apps/*", "packages/**", "!packages/old"], "scripts": {"build": "turbo build"}},
    "apps/api/package.json": package("@shop/api", "@shop/orders", "express"),
    "apps/site/package.json": package("@shop/site"),
    "packages/orders/package.json": package("@shop/orders", "@shop/words", "@shop/types"),
    "packages/deep/words/package.json": package("@shop/words", "@shop/orders"),  # a circle
    "packages/types/package.json": package("@shop/types", build=""),
    "packages/old/package.json": package("express"),
    "packages/orders/node_modules/a/package.json": package("a"),
}


def test_workspaces_that_are_needed_are_built_first() -> None:
    command = content(MONOREPO, "apps/api").command()
    assert command == (
        "(cd ../../packages/deep/words && npm run build) && (cd ../../packages/orders && npm run build)"
        " && npm run build"
    )
    assert content(MONOREPO, "apps/site").command() == "npm run build"
    assert content(MONOREPO).command() == "npm run build", "the root itself"


PNPM = """\
# where
packages:
  # all
  - 'apps/*' # them
  - "libs/a"
  - ./libs/b
other: 1
"""


def test_workspaces_of_pnpm() -> None:
    files: dict[str, object] = {
        "package.json": {},
        "pnpm-workspace.yaml": PNPM,
        "pnpm-lock.yaml": "",
        "apps/api/package.json": package("api", "a", "b", "c"),
        "libs/a/package.json": package("a"),
        "libs/b/package.json": package("b"),
        "libs/c/package.json": package("c"),
    }
    assert content(files, "apps/api").command() == (
        "(cd ../../libs/a && pnpm run build) && (cd ../../libs/b && pnpm run build) && pnpm run build"
    )
    assert workspaces.members(content(files).top) == ("apps/api", "libs/a", "libs/b")


@pytest.mark.parametrize(
    ("pattern", "folder", "listed"),
    [
        ("apps/*", "apps/api", True),
        ("apps/*", "apps/api/deep", False),
        ("./apps/*/", "apps/api", True),
        ("apps", "apps", True),
        ("apps/**", "apps/a/b/c", True),
        ("**/lib", "a/b/lib", True),
        ("**/lib", "lib", True),
        ("*", "apps", True),
        ("a?", "ab", True),
        ("apps/*-api", "apps/shop-api", True),
        ("a" + "*a" * 40, "a" * 200 + "b", False),
        ("**/" * 40 + "x", "/".join("a" * 60), False),
    ],
)
def test_patterns_of_workspaces(pattern: str, folder: str, listed: bool) -> None:
    files: dict[str, object] = {"package.json": {"workspaces": {"packages": [pattern]}}, f"{folder}/package.json": {}}
    assert (folder in workspaces.members(content(files).top)) == listed


@pytest.mark.parametrize(
    ("files", "option", "output"),
    [
        ({"package.json": package("a", "vite")}, None, "dist"),
        ({"package.json": package("a", "vite", "astro")}, None, "dist"),
        ({"package.json": package("a", "vite", "@sveltejs/adapter-static")}, None, "build"),
        ({"package.json": package("a", "gatsby")}, None, "public"),
        ({"package.json": package("a", "webpack")}, None, ""),
        ({"package.json": package("a", "webpack")}, "/site/", "site"),
        ({"package.json": package("a", "vite", build="")}, None, ""),
        ({}, "dist", "dist"),
        ({}, "../dist", ""),
        ({}, "dist; }", ""),
        ({}, "", ""),
        ({"package.json": package("a", "vite"), "vite.config.ts": 'build: { outDir: "./www" }'}, None, "www"),
        ({"package.json": package("a", "vite"), "vite.config.ts": "build: { outDir: '../www' }"}, None, ""),
        ({"package.json": package("a", "vite"), "src/vite.config.ts": "outDir: 'no'"}, None, "dist"),
    ],
)
def test_the_folder_that_a_build_fills(files: dict[str, object], option: str | None, output: str) -> None:
    assert sites.output(content(files), option) == output
