"""What reports show of deployed resources on Heroku: attributes of the Heroku provider."""

from __future__ import annotations

from camp2iac.targets.deployed import AttributeText, DeployedType, Inventory

_text = AttributeText

INVENTORY = Inventory(
    {
        "heroku_addon": DeployedType("add-on", state=(_text("{plan}"),)),
        "heroku_addon_attachment": DeployedType("attachment", state=(_text("{name}"),)),
        "heroku_app": DeployedType(
            "app", answers=(_text("{web_url}"),), state=(_text("{region}"), _text("{stack}"), _text("{space}"))
        ),
        "heroku_app_config_association": DeployedType("config vars"),
        "heroku_app_feature": DeployedType("feature", state=(_text("{name}"),)),
        "heroku_build": DeployedType("build", state=(_text("{status}"), _text("{stack}"))),
        "heroku_domain": DeployedType("domain", answers=(_text("{hostname}"),), state=(_text("{cname}"),)),
        "heroku_drain": DeployedType("log drain"),
        "heroku_formation": DeployedType("dynos", state=(_text("{quantity} of {type}"), _text("{size}"))),
        "heroku_pipeline": DeployedType("pipeline", state=(_text("{name}"),)),
        "heroku_pipeline_coupling": DeployedType("app in a pipeline", state=(_text("{stage}"),)),
        "heroku_space": DeployedType("space", answers=(_text("{outbound_ips}"),), state=(_text("{region}"),)),
        "heroku_telemetry_drain": DeployedType("telemetry drain"),
    }
)
