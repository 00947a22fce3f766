"""Heroku: an app per component, add-ons for services, builds from copies of the content."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from camp2iac.targets.base import Context, Lowered
from camp2iac.topology.model import Topology


class HerokuTarget:
    """The target ``heroku``."""

    name = "heroku"
    title = "Heroku"

    @property
    def environment_schema(self) -> Mapping[str, Any]:
        """The JSON Schema of its environment file."""
        import json

        file = Path(__file__).with_name("environment.schema.json")
        schema: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        return schema

    def lower(self, topology: Topology, context: Context) -> Lowered:
        """Terraform for the topology. Pure: same arguments, same result. CAMP440 to 448, CAMP615 to 619."""
        from camp2iac.targets.heroku.compile import lower

        return lower(topology, context)


__all__ = ["HerokuTarget"]
