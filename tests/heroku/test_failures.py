"""Errors from the platform: what the user sees, what remains, and that the remedies in docs/targets/heroku.md work."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.terraform import Terraform

from heroku.api import serve
from heroku.support_apply import Applied
from heroku.support_heroku import example

pytestmark = [pytest.mark.terraform, pytest.mark.slow]

REFUSED = "Name guestbook is already taken"


def test_a_name_that_somebody_has(tmp_path: Path, terraform: Terraform) -> None:
    """422: nothing is created, and another name with -var fixes it."""
    with serve() as platform:
        taken = platform.create_app({"name": "guestbook"})
        module = Applied(tmp_path / "module", example("guestbook"), platform, terraform)
        assert REFUSED in module.apply(accept=(1,))
        assert list(platform.apps) == [taken["id"]], "something was left behind"
        module.apply("-var", "web_app_name=guestbook-of-ours")
        assert platform.named("guestbook-of-ours")["formation"]["web"]["quantity"] == 2
        platform.delete_app("guestbook")
        module.destroy("-var", "web_app_name=guestbook-of-ours")


def test_an_app_that_was_deleted_by_hand_is_made_again(tmp_path: Path, terraform: Terraform) -> None:
    """404: Terraform removes app and add-on from the state, but not the other three resources."""
    with serve() as platform:
        module = Applied(tmp_path / "module", example("guestbook"), platform, terraform)
        module.apply()
        platform.delete_app("guestbook")
        said = module.run("plan", "-input=false", "-no-color", accept=(1,))
        assert "Couldn't find that app" in said, "the provider has learnt it: say so in the docs"
        lost = ("heroku_app_config_association", "heroku_build", "heroku_formation")
        module.run("state", "rm", *(a for a in module.run("state", "list").split() if a.startswith(lost)))
        module.apply()
        assert platform.named("guestbook")["formation"]["web"]["quantity"] == 2
        module.settled()
        module.destroy()


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/apps/*/addons"),
        ("PATCH", "/apps/*/config-vars"),
        ("POST", "/sources"),
        ("PATCH", "/apps/*/formation/web"),
    ],
)
def test_a_platform_that_is_down_for_a_while(tmp_path: Path, terraform: Terraform, method: str, path: str) -> None:
    """503: apply ends with Heroku's message, and another apply continues there."""
    with serve() as platform:
        module = Applied(tmp_path / "module", example("guestbook"), platform, terraform)
        platform.fail(method, path, 503, "service_unavailable", "Heroku API is currently unavailable.")
        assert "Heroku API is currently unavailable." in module.apply(accept=(1,))
        module.apply()
        (app,) = platform.apps.values()
        assert app["formation"]["web"]["quantity"] == 2
        assert len(platform.addons) == 1
        module.settled()
        module.destroy()


def test_a_build_that_fails_shows_its_log(tmp_path: Path, terraform: Terraform) -> None:
    with serve() as platform:
        module = Applied(tmp_path / "module", example("guestbook"), platform, terraform)
        requirements = module.folder / "build/web/requirements.txt"
        kept = requirements.read_text()
        requirements.unlink()
        said = module.apply(accept=(1,))
        assert "Push rejected" in said, said
        assert "heroku_build.web" in said
        (app,) = platform.apps.values()
        assert not app["formation"], "something runs"
        requirements.write_text(kept)
        assert module.changes()["heroku_build.web"] in (["create"], ["delete", "create"])
        module.apply()
        assert app["formation"]["web"]["quantity"] == 2
        module.settled()
        module.destroy()


def test_a_slow_add_on_is_waited_for(tmp_path: Path, terraform: Terraform) -> None:
    with serve() as platform:
        platform.slow = 4
        module = Applied(tmp_path / "module", example("guestbook"), platform, terraform)
        module.apply()
        polls = [each for each in platform.calls if each[0] == "GET" and "/addons/" in each[1]]
        built = next(n for n, each in enumerate(platform.calls) if each[1].endswith("/builds"))
        assert sum(platform.calls.index(each) < built for each in polls) >= 4, "the build did not wait for the add-on"
        module.destroy()


def test_an_add_on_that_its_vendor_takes_back(tmp_path: Path, terraform: Terraform) -> None:
    """If provisioning fails, apply fails. The next apply recreates the tainted add-on."""
    with serve() as platform:
        platform.deprovisions = True
        module = Applied(tmp_path / "module", example("guestbook"), platform, terraform)
        assert "deprovisioned" in module.apply(accept=(1,))
        platform.deprovisions = False
        for addon in list(platform.addons.values()):  # the vendor has removed it
            platform.delete_addon(addon["app"]["id"], addon["id"])
        module.apply()
        assert [each["state"] for each in platform.addons.values()] == ["provisioned"]
        module.settled()
        module.destroy()


def test_an_add_on_plan_that_is_not_sold(tmp_path: Path, terraform: Terraform) -> None:
    with serve() as platform:
        module = Applied(tmp_path / "module", example("guestbook"), platform, terraform)
        file = module.folder / "database.tf"
        file.write_text(file.read_text().replace("essential-0", "hobby-dev"))
        assert "Couldn't find either the add-on service or the add-on plan" in module.apply(accept=(1,))
        file.write_text(file.read_text().replace("hobby-dev", "essential-0"))
        module.apply()
        module.settled()
        module.destroy()


def test_a_release_command_that_fails_is_not_seen_by_apply(tmp_path: Path, terraform: Terraform) -> None:
    """The provider does not notice a failed release command: the next change of configuration fails."""
    with serve() as platform:
        platform.release_fails = True
        module = Applied(tmp_path / "module", example("guestbook"), platform, terraform)
        module.apply()
        (app,) = platform.apps.values()
        assert app["releases"][-1]["status"] in ("pending", "failed")
        said = module.apply("-var", "greeting=Welcome", accept=(1,))
        assert "unexpected state 'failed'" in said, said
        assert "heroku_app_config_association.web" in said
        module.destroy()
