"""What is lost when a resource of Heroku is destroyed, by type. ``resources/tracking.py`` names what matters."""

from __future__ import annotations

from collections.abc import Mapping

from camp2iac.synth.tracked import Keeps

KEEPS: Mapping[str, Keeps] = {
    "heroku_addon": Keeps.DATA,  # those that are a database, cache, queue or bucket
    "heroku_space": Keeps.DATA,  # if such add-ons are in it
    "random_password": Keeps.KEY,  # generated secrets of the plan: see tracking
    "heroku_app": Keeps.ADDRESS,  # its name and URL. Its add-ons are resources of their own
    "heroku_domain": Keeps.ADDRESS,
    **dict.fromkeys(
        (
            "heroku_addon_attachment",
            "heroku_app_config_association",
            "heroku_app_feature",
            "heroku_build",
            "heroku_drain",
            "heroku_formation",
            "heroku_pipeline",
            "heroku_pipeline_config_var",
            "heroku_pipeline_coupling",
            "heroku_review_app_config",
            "heroku_telemetry_drain",
            "terraform_data",
        ),
        Keeps.NOTHING,
    ),
}
"""Each type of :mod:`.replacing`. A test requires a line for each."""
