"""The layout: decided once, without diagnostics and ledger, and never changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import phases

from camp2iac.synth.module import Call, Template, ref
from camp2iac.targets.base import Ledger
from camp2iac.targets.heroku.account import account
from camp2iac.targets.heroku.layout.layout import HerokuLayout
from camp2iac.targets.heroku.resources import readme, resources
from heroku.support_heroku import EXAMPLES, built, components, hosts


def layout(package: Path, environment: str = "heroku") -> HerokuLayout:
    loaded = phases.load(package / "camp.yaml")
    compiled = phases.compile(loaded, environment=package / "environments" / f"{environment}.yaml")
    assert compiled.result is not None
    assert loaded.source is not None
    return HerokuLayout.of(compiled.result.topology, compiled.result.environment, loaded.source.package)


def test_the_guestbook() -> None:
    decided = layout(EXAMPLES / "guestbook")
    assert list(decided.apps) == ["web"]
    assert decided.left_out == ()
    app = decided.apps["web"]
    assert app.buildpacks == ("heroku/python",)
    assert [(each.process, each.count, each.least, each.most) for each in app.formations.all] == [("web", 2, 2, 4)]
    assert [load.job.id for loads in app.build.loaded.values() for load in loads] == ["schema"]
    (addon,) = decided.attachments.addons.values()
    assert (addon.owner.id, addon.creates, addon.address) == ("web", "DATABASE_URL", "heroku_addon.database")


def test_the_readme_names_the_apps_with_a_release_command() -> None:
    """Of three apps, one loads the tables of the database."""
    text = readme.text(layout(EXAMPLES / "tickets"))
    assert "After an apply that builds, check\n  `heroku releases --app tickets-tickets`.\n" in text


def test_a_layout_is_frozen() -> None:
    decided = layout(EXAMPLES / "guestbook")
    with pytest.raises(AttributeError):
        decided.left_out = ()  # type: ignore[misc]
    with pytest.raises(AttributeError):
        decided.apps["web"].build.path = "/x"  # type: ignore[misc]


def test_same_arguments_same_layout_whatever_was_done_with_it() -> None:
    first = layout(EXAMPLES / "todo")
    before = resources(first)
    account(first, Ledger())
    assert resources(first).files == before.files
    given = first.given
    again = HerokuLayout.of(given.topology, given.settings.environment, given.package)
    assert again == first
    assert resources(again).files == before.files


SHOP = """\
camp_version: CAMP 1.1
name: shop
artifacts:
  - name: shop
    artifact_type: com.java:WAR
    content: {{ href: shop.war }}
    requirements:
      - {{ requirement_type: com.java:HostOn, com.java.servlet.contextName: {context}, fulfillment: id:host }}
services:
  - id: host
    characteristics: [{{ characteristic_type: com.java:ServletContainer }}]
"""


@pytest.mark.parametrize(
    ("context", "buildpacks", "path"),
    [
        ("shop", "", "/shop"),
        ("/shop/eu", "", "/shop/eu"),
        ("/", "", ""),
        ("a shop", "", ""),
        ("shop", "buildpacks: { shop: ['https://example.org/x'] }", ""),
    ],
)
def test_the_url_has_the_path_that_the_runtime_serves_at(
    tmp_path: Path, context: str, buildpacks: str, path: str
) -> None:
    """The layout knows the path, unless the environment file sets other buildpacks."""
    (tmp_path / "shop.war").write_bytes(b"PK\x05\x06" + bytes(18))
    (tmp_path / "camp.yaml").write_text(SHOP.format(context=f'"{context}"'))
    (tmp_path / "environments").mkdir()
    (tmp_path / "environments" / "heroku.yaml").write_text(f"target: heroku\nregion: us\n{buildpacks}\n")
    app = layout(tmp_path).apps["shop"]
    assert app.build.path == path
    address = Call("trimsuffix", (ref("heroku_app.shop", ".web_url"), "/"))
    assert app.url == (Template((address, path)) if path else address)


def test_a_component_that_nothing_builds_is_in_no_pipeline(tmp_path: Path) -> None:
    plan = (
        components("web")
        + """\
  - name: files
    artifact_type: org.linux:Files
    content: { href: files/ }
    requirements:
      - { requirement_type: org.linux:RunOn, fulfillment: id:linux }
"""
    )
    linux = "  - { id: linux, characteristics: [{ characteristic_type: Linux }] }\n"
    out = built(tmp_path, plan + hosts("web") + linux, "pipeline: { name: shop-line, stage: production }\n")
    assert "heroku_pipeline_coupling" in out.files["pipeline.tf"]
    assert out.files["pipeline.tf"].count('resource "heroku_pipeline_coupling"') == 1
