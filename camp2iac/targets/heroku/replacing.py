"""The arguments that force a replacement of Heroku's resources, because its API cannot change them."""

from __future__ import annotations

from camp2iac.synth.force_new import ALL, Replacing, table
from camp2iac.targets.kit.replacing import BUILT_IN, RANDOM

REPLACING: Replacing = {
    **table(
        {
            "heroku_addon": ("app_id", "config"),
            "heroku_addon_attachment": (ALL,),
            "heroku_app": ("internal_routing", "organization", "region", "space"),
            "heroku_app_config_association": (),
            "heroku_app_feature": ("app_id", "name"),
            "heroku_build": (ALL,),
            "heroku_domain": ("app_id", "hostname"),
            "heroku_drain": (ALL,),
            "heroku_formation": ("app_id",),
            "heroku_pipeline": ("owner",),
            "heroku_pipeline_config_var": ("pipeline_id", "pipeline_stage"),
            "heroku_pipeline_coupling": (ALL,),
            "heroku_review_app_config": ("org_repo", "pipeline_id"),
            # everything except the name
            "heroku_space": ("cidr", "data_cidr", "generation", "organization", "region", "shield"),
            "heroku_telemetry_drain": ("owner_id", "owner_type"),
        }
    ),
    **BUILT_IN,
    **RANDOM,
}
