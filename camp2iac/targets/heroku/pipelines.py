"""The pipeline of the environment: each app's stage in it, and review apps."""

from __future__ import annotations

from typing import Any

from camp2iac.synth.module import Block, Value, body, ref
from camp2iac.targets.heroku import names, spaces
from camp2iac.targets.heroku.lowering import Lowering

FILE = "pipeline.tf"


def lower(low: Lowering) -> None:
    """``heroku_pipeline`` (or the data source of one that is there), couplings, review apps."""
    environment = low.context.environment
    given = environment.get("pipeline")
    if not given or not low.topology.components:
        return
    comment, place = low.by("pipeline"), environment.span("pipeline")
    if given.get("existing"):
        block = Block("data", ("heroku_pipeline", "pipeline"), body(name=given["name"]), comment, place)
        low.module.add(FILE, block)
        address = "data.heroku_pipeline.pipeline"
    else:
        low.resource(
            FILE, "heroku_pipeline", "pipeline", _owner(low), comment=comment, origin=place, name=given["name"]
        )
        address = "heroku_pipeline.pipeline"
    for component in low.topology.components.values():
        low.resource(
            FILE,
            "heroku_pipeline_coupling",
            names.identifier(component.id),
            comment=low.plan(component.id),
            origin=place,
            app_id=ref(low.app(component), ".id"),
            pipeline=ref(address, ".id"),
            stage=given["stage"],
        )
    if given.get("review_apps"):
        _review(low, address, given["review_apps"])


def _owner(low: Lowering) -> Block | None:
    """The team that owns the apps owns the pipeline too; without one, the provider takes its user."""
    team = low.context.environment.get("team")
    if not team:
        return None
    low.module.add(FILE, Block("data", ("heroku_team", "team"), body(name=team), low.by("team")))
    return Block("owner", (), body(id=ref("data.heroku_team.team", ".id"), type="team"))


def _review(low: Lowering, address: str, wanted: dict[str, Any]) -> None:
    comment = low.by("pipeline, review_apps")
    place = low.context.environment.span("pipeline", "review_apps")
    region: Value = "us" if low.settings.region == "us" else "eu"
    target = body(id=spaces.identity(low), type="space") if low.settings.space else body(id=region, type="region")
    stale = wanted.get("stale_days")
    low.resource(
        FILE,
        "heroku_review_app_config",
        "pipeline",
        Block("deploy_target", (), target),
        comment=f"{comment}. They are built from the repository\n"
        "as it is, and configured by its app.json: nothing here reaches them but the variables below.",
        origin=place,
        pipeline_id=ref(address, ".id"),
        org_repo=wanted["repository"],
        automatic_review_apps=wanted.get("automatic", True),
        wait_for_ci=wanted.get("wait_for_ci", False),
        destroy_stale_apps=True if stale else None,
        stale_days=stale,
        base_name=wanted.get("base_name"),
    )
    plain: dict[str, Value] = {}
    sensitive: dict[str, Value] = {}
    for name, value in sorted((wanted.get("variables") or {}).items()):
        if isinstance(value, dict):
            where = low.context.environment.span("pipeline", "review_apps", "variables", name)
            sensitive[name] = low.asked(str(value["variable"]), f"{name} of review apps.", "pipeline", where)
        else:
            plain[name] = str(value).lower() if isinstance(value, bool) else str(value)
    if plain or sensitive:
        low.resource(
            FILE,
            "heroku_pipeline_config_var",
            "review",
            comment=comment,
            origin=place,
            pipeline_id=ref(address, ".id"),
            pipeline_stage="review",
            vars=plain or None,
            sensitive_vars=sensitive or None,
        )
