"""Where secrets of Heroku's modules are, and how they are rotated."""

from __future__ import annotations

from camp2iac.targets.secret_table import STATE, SecretPlace, SecretSource, SecretTable

_CONFIG = "a config var, which collaborators of the app can read"
_RESTARTS = "Heroku creates a release and restarts the dynos."
_APP = "APP=$(echo {holder}.name | terraform console | tr -d '\"')"
_NAME = "NAME=$(echo {address}.name | terraform console | tr -d '\"')"

SECRETS = SecretTable(
    sources={
        "heroku_addon": SecretSource(
            "the add-on generates it",
            (STATE,),
            (_APP, _NAME, 'heroku addons:open "$NAME" --app "$APP"'),
            ("Rotate it on the add-on's page. The add-on then changes the config vars of all apps that have it.",),
            words="credentials of add-on",
            attributes=("id", "config_var_values"),
            holder="app_id",
            per="plan",
        )
    },
    places={
        "heroku_addon.app_id": SecretPlace(_CONFIG, effect=_RESTARTS),
        "heroku_addon_attachment.addon_id": SecretPlace(_CONFIG, effect=_RESTARTS),
        "heroku_app_config_association.sensitive_vars": SecretPlace(_CONFIG, effect=_RESTARTS),
        "heroku_app_config_association.vars": SecretPlace(_CONFIG, effect=_RESTARTS),
        "heroku_drain.sensitive_url": SecretPlace("the URL of a log drain"),
        "heroku_telemetry_drain.headers": SecretPlace("the headers of a telemetry drain"),
        "heroku_pipeline_config_var.sensitive_vars": SecretPlace(
            "a config var of review apps", effect="Only new review apps get it."
        ),
    },
    literals=("heroku_app_config_association.sensitive_vars", "heroku_pipeline_config_var.sensitive_vars"),
    commands={
        "heroku-postgresql": (_APP, _NAME, 'heroku pg:credentials:rotate "$NAME" --app "$APP"'),
        "heroku-redis": (_APP, _NAME, 'heroku redis:credentials "$NAME" --reset --app "$APP"'),
    },
)
