"""Object stores: a container that is kept, its keys, and the way to its server."""

from __future__ import annotations

from collections.abc import Callable

from camp2iac.synth.module import Block
from tests.openstack.conftest import Lowering

RULE = "openstack_networking_secgroup_rule_v2"
CONTAINER = "openstack_objectstorage_container_v1"
KEYS = "openstack_identity_ec2_credential_v3"
STORE = """\
      - requirement_type: ConnectTo
        fulfillment: id:{0}
services:
  - id: web
  - id: {0}
    characteristics:
      - characteristic_type: org.camp2iac:ObjectStore
"""


def test_a_container_and_its_keys(lower: Callable[..., Lowering]) -> None:
    made = lower(STORE.format("uploads"))
    assert made.addresses(CONTAINER) == made.addresses(KEYS) == ["store_uploads"]
    container = made.block(f"{CONTAINER}.store_uploads")
    assert container.get("name") == "shop-uploads"
    (lifecycle,) = (item for item in container.body if isinstance(item, Block))
    assert lifecycle.get("prevent_destroy") is True
    assert "`shop-uploads`" in made.readme
    assert made.outcome("ObjectStore: Object store") == "kept: container, with keys for S3"


def test_it_is_on_no_instance(lower: Callable[..., Lowering]) -> None:
    made = lower(STORE.format("uploads"))
    assert made.addresses("openstack_compute_instance_v2") == ["web"]


def test_the_endpoint_is_asked_for_and_has_a_usual_port(lower: Callable[..., Lowering]) -> None:
    made = lower(STORE.format("uploads"))
    assert "s3_endpoint" in made.addresses("variable")
    assert "web_to_uploads" not in made.addresses(RULE)


def test_another_port_is_opened(lower: Callable[..., Lowering]) -> None:
    made = lower(STORE.format("uploads"), "s3: { endpoint: https://s3.example.org:8080 }\n")
    assert "s3_endpoint" not in made.addresses("variable")
    assert made.block(f"{RULE}.web_to_uploads").get("port_range_min") == 8080


def test_a_store_named_like_the_container_for_content(lower: Callable[..., Lowering]) -> None:
    made = lower(STORE.format("content"))
    assert made.block(f"{CONTAINER}.store_content").get("name") == "shop-content-store"
