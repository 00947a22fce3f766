"""``heroku_pipeline``: each app's stage in it, and review apps."""

from __future__ import annotations

from typing import Any

from camp2iac.synth.module import Block, Value, body, ref
from camp2iac.targets.heroku.layout import review_apps
from camp2iac.targets.heroku.layout.layout import HerokuLayout
from camp2iac.targets.heroku.resources import spaces
from camp2iac.targets.kit import ModuleBuilder

FILE = "pipeline.tf"


def add(made: ModuleBuilder, layout: HerokuLayout) -> None:
    """Add the pipeline (or the data source of an existing one), couplings and review apps."""
    given = made.environment.get("pipeline")
    if not given or not layout.topology.components:
        return
    comment, place = made.by("pipeline"), made.environment.span("pipeline")
    if given.get("existing"):
        address = made.data(FILE, "heroku_pipeline", "pipeline", comment=comment, origin=place, name=given["name"])
    else:
        owner = _owner(made)
        address = made.resource(
            FILE, "heroku_pipeline", "pipeline", owner, comment=comment, origin=place, name=given["name"]
        )
    for app in layout.apps.values():
        made.resource(
            FILE,
            "heroku_pipeline_coupling",
            app.name,
            comment=made.plan(app.component.id),
            origin=place,
            app_id=ref(app.address, ".id"),
            pipeline=ref(address, ".id"),
            stage=given["stage"],
        )
    if given.get("review_apps"):
        _review(made, layout, address, given["review_apps"])
        _review_variables(made, address)


def _owner(made: ModuleBuilder) -> Block | None:
    """The team that owns the apps also owns the pipeline. Without a team, the provider's user owns it."""
    team = made.environment.get("team")
    if not team:
        return None
    address = made.data(FILE, "heroku_team", "team", comment=made.by("team"), name=team)
    return Block("owner", (), body(id=ref(address, ".id"), type="team"))


def _review(made: ModuleBuilder, layout: HerokuLayout, address: str, wanted: dict[str, Any]) -> None:
    region: Value = "us" if layout.settings.region == "us" else "eu"
    target = body(id=region, type="region")
    if layout.settings.space:
        target = body(id=spaces.identity(made, layout.settings), type="space")
    stale = wanted.get("stale_days")
    made.resource(
        FILE,
        "heroku_review_app_config",
        "pipeline",
        Block("deploy_target", (), target),
        comment=(
            f"{made.by('pipeline, review_apps')}. Heroku builds review apps from the",
            "repository and its app.json. Of this module, they get only the variables below.",
        ),
        origin=made.environment.span("pipeline", "review_apps"),
        pipeline_id=ref(address, ".id"),
        org_repo=wanted["repository"],
        automatic_review_apps=wanted.get("automatic", True),
        wait_for_ci=wanted.get("wait_for_ci", False),
        destroy_stale_apps=True if stale else None,
        stale_days=stale,
        base_name=wanted.get("base_name"),
    )


def _review_variables(made: ModuleBuilder, address: str) -> None:
    plain = review_apps.plain(made.environment)
    sensitive = {
        name: made.ask(asked.name, asked.description, asked.key, asked.origin)
        for name, asked in review_apps.asked(made.environment).items()
    }
    if plain or sensitive:
        made.resource(
            FILE,
            "heroku_pipeline_config_var",
            "review",
            comment=made.by("pipeline, review_apps"),
            origin=made.environment.span("pipeline", "review_apps"),
            pipeline_id=ref(address, ".id"),
            pipeline_stage="review",
            vars=plain or None,
            sensitive_vars=sensitive or None,
        )
