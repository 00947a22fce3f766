"""Object stores of the plan: containers, and keys for the S3 API."""

from __future__ import annotations

from collections.abc import Mapping

from camp2iac.synth.module import call, ref
from camp2iac.synth.tracked import Tracked
from camp2iac.targets.kit import ModuleBuilder
from camp2iac.targets.kit.variables import validation
from camp2iac.targets.openstack.layout import names, stores
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.resource_types import CONTAINER, EC2_CREDENTIAL
from camp2iac.topology.model import Service

FILE = "object-stores.tf"


def add(made: ModuleBuilder, layout: OpenStackLayout) -> Mapping[str, Tracked]:
    """Add all of them, and the variable for the API's URL. Return the containers and their keys, by address."""
    found: dict[str, Tracked] = {}
    for service in stores.own(layout.topology):
        container, keys = _add(made, layout, service)
        found[container] = Tracked(service.id, "container with its objects", holds_data=True)
        found[keys] = Tracked(service.id, "keys for the S3 API")
    if found and layout.settings.s3_endpoint is None:
        _add_question(made)
    return found


def _add(made: ModuleBuilder, layout: OpenStackLayout, service: Service) -> tuple[str, str]:
    origin = service.chosen_by[0].span if service.chosen_by else service.span
    container = made.resource(
        FILE,
        CONTAINER,
        stores.label(service),
        comment=made.plan(f"{service.id}, ObjectStore"),
        origin=origin,
        name=names.container(layout.app, service.id),
        metadata={"application": layout.app},
    )
    keys = made.resource(
        FILE,
        EC2_CREDENTIAL,
        stores.label(service),
        comment="The keys for the S3 API. They have the rights of the user who creates them.",
        origin=origin,
    )
    return container, keys


def _add_question(made: ModuleBuilder) -> None:
    url = ref(f"var.{stores.ENDPOINT}")
    made.variable(
        stores.ENDPOINT,
        "URL of the S3 API of the cloud's object store, such as https://s3.example.org.",
        "string",
        None,
        validation(
            call("can", call("regex", "^https?://[0-9A-Za-z.-]+$", url)),
            "The URL has no path, no slash at its end and no port. For another port, write it in the environment file "
            "(s3: endpoint), so that the instances may connect to it.",
        ),
    )
