"""Teams, Private Spaces and what is between apps: pipelines, review apps, telemetry."""

from __future__ import annotations

import re
import uuid

from heroku.api.apps import Apps, public
from heroku.api.wire import JSON, RefusedError, invalid, missing, route

ACCOUNT = {"id": "01234567-89ab-cdef-0123-456789abcdef", "email": "someone@example.com"}
SPACE_REGIONS = {
    "virginia",
    "oregon",
    "dublin",
    "frankfurt",
    "london",
    "montreal",
    "mumbai",
    "singapore",
    "sydney",
    "tokyo",
}
_STAMP = "2026-11-22T08:00:00Z"


class Teams(Apps):
    """Teams by name; spaces, pipelines, couplings and drains by id; ``connected``: pipelines that know GitHub."""

    teams: dict[str, JSON]
    spaces: dict[str, JSON]
    pipelines: dict[str, JSON]
    couplings: dict[str, JSON]
    review: dict[str, JSON]
    stage_vars: dict[tuple[str, str], dict[str, str]]
    telemetry: dict[str, JSON]
    connected: set[str]

    def start_teams(self) -> None:
        self.teams, self.spaces, self.pipelines, self.couplings = {}, {}, {}, {}
        self.review, self.stage_vars, self.telemetry, self.connected = {}, {}, {}, set()

    def add_team(self, name: str) -> JSON:
        """A team that the account belongs to. The API cannot make one without a credit card."""
        team = {
            "id": str(uuid.uuid4()),
            "name": name,
            "default": False,
            "membership_limit": 25,
            "type": "team",
            "provisioned_licenses": False,
        }
        self.teams[name] = team
        return team

    @route("GET", "/account")
    def read_account(self) -> JSON:
        return ACCOUNT

    @route("GET", "/teams/{team}")
    def read_team(self, ref: str) -> JSON:
        found = next((t for t in self.teams.values() if ref in (t["id"], t["name"])), None)
        if found is None:
            raise missing("team")
        return found

    @route("POST", "/teams/apps", 201)
    def create_team_app(self, body: JSON) -> JSON:
        team = self.read_team(body["team"]) if body.get("team") else None
        space = self.space(body["space"]) if body.get("space") else None
        if space and (team is None or space["team"]["id"] != team["id"]):
            raise RefusedError(403, "forbidden", f"You do not have access to the space {body['space']}.")
        region = space["region"]["name"] if space else body.get("region", "us")
        if space and body.get("region", region) != region:
            raise invalid(f"Region {body['region']} is not that of the space, {region}.")
        if not space and body.get("internal_routing"):
            raise invalid("Internal routing is only available in a Private Space.")
        if space and space["generation"]["name"] == "fir" and body.get("internal_routing"):
            raise invalid("Internal routing is not supported for apps of the fir generation.")
        return self.new_app({**body, "region": region}, team and {"id": team["id"], "name": team["name"]}, space)

    @route("GET", "/teams/apps/{app}")
    def read_team_app(self, ref: str) -> JSON:
        app = self.app(ref)
        if not app["team"]:
            raise missing("app")
        return public(app)

    # Private Spaces

    def space(self, ref: str) -> JSON:
        found = next((s for s in self.spaces.values() if ref in (s["id"], s["name"])), None)
        if found is None:
            raise missing("space")
        return found

    @route("POST", "/spaces", 201)
    def create_space(self, body: JSON) -> JSON:
        team, generation = self.read_team(body["team"]), body.get("generation", "cedar")
        if any(s["name"] == body["name"] for s in self.spaces.values()):
            raise invalid(f"Name {body['name']} is already taken")
        if body.get("region", "virginia") not in SPACE_REGIONS:
            raise invalid(f"Region {body['region']} has no Private Spaces")
        if generation == "fir" and (body.get("shield") or body.get("cidr")):
            raise invalid("Spaces of the fir generation take neither shield nor cidr.")
        space = {
            "id": str(uuid.uuid4()),
            "name": body["name"],
            "state": "allocating",
            "shield": body.get("shield", False),
            "team": {"id": team["id"], "name": team["name"]},
            "organization": {"name": team["name"]},
            "region": {"name": body.get("region", "virginia")},
            "generation": {"name": generation},
            "cidr": body.get("cidr", "10.0.0.0/16"),
            "data_cidr": body.get("data_cidr", "10.1.0.0/16"),
            "created_at": _STAMP,
            "updated_at": _STAMP,
        }
        self.spaces[space["id"]] = space
        return dict(space)

    @route("GET", "/spaces/{space}")
    def read_space(self, ref: str) -> JSON:
        found = self.space(ref)
        answer = dict(found)
        found["state"] = "allocated"
        return answer

    @route("GET", "/spaces/{space}/nat")
    def read_nat(self, ref: str) -> JSON:
        self.space(ref)
        return {"sources": ["203.0.113.7"], "state": "enabled", "created_at": _STAMP, "updated_at": _STAMP}

    @route("DELETE", "/spaces/{space}")
    def delete_space(self, ref: str) -> JSON:
        space = self.space(ref)
        if any(a["space"] and a["space"]["id"] == space["id"] for a in self.apps.values()):
            raise RefusedError(409, "conflict", "Delete the apps of the space first.")
        return self.spaces.pop(space["id"])

    # Pipelines and review apps

    @route("POST", "/pipelines", 201)
    def create_pipeline(self, body: JSON) -> JSON:
        owner = body.get("owner") or {"id": ACCOUNT["id"], "type": "user"}
        if owner["type"] == "team":
            self.read_team(owner["id"])
        if any(p["name"] == body["name"] for p in self.pipelines.values()):
            raise invalid("Name has already been taken.")
        pipeline = {"id": str(uuid.uuid4()), "name": body["name"], "owner": owner, "generation": {"name": "cedar"}}
        self.pipelines[pipeline["id"]] = pipeline
        return pipeline

    def pipeline(self, ref: str) -> JSON:
        found = next((p for p in self.pipelines.values() if ref in (p["id"], p["name"])), None)
        if not found:
            raise missing("pipeline")
        return found

    @route("GET", "/pipelines/{pipeline}")
    def read_pipeline(self, ref: str) -> JSON:
        return self.pipeline(ref)

    @route("DELETE", "/pipelines/{pipeline}")
    def delete_pipeline(self, ref: str) -> JSON:
        return self.pipelines.pop(self.pipeline(ref)["id"])

    @route("POST", "/pipeline-couplings", 201)
    def create_coupling(self, body: JSON) -> JSON:
        app, pipeline = self.app(body["app"]), self.pipeline(body["pipeline"])
        if any(c["app"]["id"] == app["id"] for c in self.couplings.values()):
            raise invalid(f"{app['name']} is already in a pipeline.")
        coupling = {
            "id": str(uuid.uuid4()),
            "app": {"id": app["id"]},
            "pipeline": {"id": pipeline["id"]},
            "stage": body["stage"],
        }
        self.couplings[coupling["id"]] = coupling
        return coupling

    @route("GET", "/pipeline-couplings/{coupling}")
    def read_coupling(self, coupling: str) -> JSON:
        if coupling not in self.couplings:
            raise missing("pipeline coupling")
        return self.couplings[coupling]

    @route("DELETE", "/pipeline-couplings/{coupling}")
    def delete_coupling(self, coupling: str) -> JSON:
        self.read_coupling(coupling)
        return self.couplings.pop(coupling)

    @route("POST", "/pipelines/{pipeline}/review-app-config", 201)
    def enable_review_apps(self, ref: str, body: JSON) -> JSON:
        pipeline = self.pipeline(ref)
        if pipeline["name"] not in self.connected:
            raise RefusedError(404, "not_found", "Not found.")  # so it answers where nobody has connected GitHub
        config = {
            "automatic_review_apps": False,
            "destroy_stale_apps": False,
            "stale_days": 5,
            "wait_for_ci": False,
            "base_name": None,
            **{k: v for k, v in body.items() if k != "repo"},
            "pipeline_id": pipeline["id"],
            "repo": {"id": 4711},
            "deploy_target": body.get("deploy_target") or {"id": "us", "type": "region"},
        }
        self.check_target(config["deploy_target"])
        self.review[pipeline["id"]] = config
        return config

    def check_target(self, target: JSON) -> None:
        if target["type"] == "space":
            self.space(target["id"])

    @route("GET", "/pipelines/{pipeline}/review-app-config")
    def read_review_apps(self, ref: str) -> JSON:
        pipeline = self.pipeline(ref)
        if pipeline["id"] not in self.review:
            raise missing("review app config")
        return self.review[pipeline["id"]]

    @route("PATCH", "/pipelines/{pipeline}/review-app-config")
    def update_review_apps(self, ref: str, body: JSON) -> JSON:
        config = self.read_review_apps(ref)
        config |= body
        self.check_target(config["deploy_target"])
        return config

    @route("DELETE", "/pipelines/{pipeline}/review-app-config")
    def disable_review_apps(self, ref: str) -> JSON:
        self.read_review_apps(ref)
        return self.review.pop(self.pipeline(ref)["id"])

    @route("GET", "/pipelines/{pipeline}/stage/{stage}/config-vars")
    def read_stage_vars(self, ref: str, stage: str) -> JSON:
        return self.stage_vars.get((self.pipeline(ref)["id"], stage), {})

    @route("PATCH", "/pipelines/{pipeline}/stage/{stage}/config-vars")
    def update_stage_vars(self, ref: str, stage: str, body: JSON) -> JSON:
        if stage not in ("test", "review"):
            raise invalid(f"The stage {stage} has no config vars.")
        key = (self.pipeline(ref)["id"], stage)
        merged = {k: v for k, v in (self.stage_vars.get(key, {}) | body).items() if v is not None}
        self.stage_vars[key] = merged
        if not merged:
            del self.stage_vars[key]
        return merged

    # Telemetry

    @route("POST", "/telemetry-drains", 201)
    def create_telemetry(self, body: JSON) -> JSON:
        owner = body["owner"]
        held = self.app(owner["id"]) if owner["type"] == "app" else self.space(owner["id"])
        if held["generation"]["name"] != "fir":
            raise invalid("Telemetry drains are only supported for the fir generation.")
        endpoint, kind = body["exporter"]["endpoint"], body["exporter"]["type"]
        wanted = r"https?://.+" if kind == "otlphttp" else r"[\w.-]+:\d+"
        if not re.fullmatch(wanted, endpoint):
            raise invalid(f"{endpoint} is no endpoint for {kind}.")
        drain = {"id": str(uuid.uuid4()), "created_at": _STAMP, "updated_at": _STAMP, **body}
        self.telemetry[drain["id"]] = drain
        return drain

    @route("GET", "/telemetry-drains/{drain}")
    def read_telemetry(self, drain: str) -> JSON:
        if drain not in self.telemetry:
            raise missing("telemetry drain")
        return self.telemetry[drain]

    @route("PATCH", "/telemetry-drains/{drain}")
    def update_telemetry(self, drain: str, body: JSON) -> JSON:
        found = self.read_telemetry(drain)
        found |= body
        return found

    @route("DELETE", "/telemetry-drains/{drain}")
    def delete_telemetry(self, drain: str) -> JSON:
        self.read_telemetry(drain)
        return self.telemetry.pop(drain)
