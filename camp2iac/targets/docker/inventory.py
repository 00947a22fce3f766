"""What reports show of deployed resources on Docker: attributes of the Docker provider."""

from __future__ import annotations

from camp2iac.targets.deployed import AttributeText, DeployedType, Inventory

_text = AttributeText

INVENTORY = Inventory(
    {
        "docker_container": DeployedType(
            "container",
            answers=(
                _text("{ip}:{external}/{protocol} to port {internal}", "ports"),
                _text("{ip_address} in {network_name}", "network_data"),
            ),
            state=(_text("{image}"),),
        ),
        "docker_image": DeployedType("image", state=(_text("{name}"),)),
        "docker_network": DeployedType("network", answers=(_text("{subnet}", "ipam_config"),)),
        "docker_volume": DeployedType("volume", state=(_text("{name}"),)),
    }
)
