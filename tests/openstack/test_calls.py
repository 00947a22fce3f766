"""Calls between components: rules, load balancers and addresses."""

from __future__ import annotations

from collections.abc import Callable

from camp2iac.synth.module import Ref
from tests.openstack.conftest import Lowering

RULE = "openstack_networking_secgroup_rule_v2"
BALANCER = "openstack_lb_loadbalancer_v2"
LISTENER = "openstack_lb_listener_v2"
EXPOSE = "      - requirement_type: org.camp2iac:Expose\n        port: 8080\n        as: 80\n        public: true\n"
CALL = "      - requirement_type: ConnectTo\n        fulfillment: id:api\n"
API = """\
  - name: api
    artifact_type: org.python:src
    content: { data: cHJpbnQoMSk= }
    requirements:
      - requirement_type: com.python:wsgi
        com.python.wsgi.application: api/app
        fulfillment: id:api
"""
SERVICES = "services:\n  - id: web\n  - id: api\n    characteristics:\n"
SCALE = "      - characteristic_type: org.camp2iac:Scale\n        max: 3\n"
BALANCE = "      - characteristic_type: org.camp2iac:Balance\n"
PYTHON = "      - characteristic_type: org.python:version\n"


def own(made: Lowering) -> list[str]:
    return [name for name in made.addresses(RULE) if not name.startswith("machine_")]


def test_one_instance_is_called_directly(lower: Callable[..., Lowering]) -> None:
    made = lower(CALL + API + SERVICES + PYTHON)
    assert [name for name in own(made) if "api" in name] == ["api_from_web", "web_to_api"]
    into = made.block(f"{RULE}.api_from_web")
    assert (into.get("port_range_min"), into.get("remote_group_id")) == (
        8080,
        Ref("openstack_networking_secgroup_v2.web", ".id"),
    )
    assert made.addresses(BALANCER) == []


def test_several_instances_get_a_load_balancer_for_the_caller(lower: Callable[..., Lowering]) -> None:
    made = lower(CALL + API + SERVICES + PYTHON + SCALE)
    assert made.addresses(BALANCER) == ["api"]
    assert made.addresses(LISTENER) == ["api_8080"]
    subnet = Ref("openstack_networking_subnet_v2.main", ".cidr")
    assert made.block(f"{LISTENER}.api_8080").get("allowed_cidrs") == (subnet,)
    assert [name for name in own(made) if "api" in name] == ["api_from_balancer_8080", "web_to_api"]
    assert "CAMP407" not in made.codes


def test_no_load_balancer_if_nothing_calls(lower: Callable[..., Lowering]) -> None:
    assert lower(API + SERVICES + PYTHON + SCALE).addresses(BALANCER) == []


def test_the_port_of_users_is_used(lower: Callable[..., Lowering]) -> None:
    made = lower(CALL + API + EXPOSE + SERVICES + PYTHON + SCALE + BALANCE)
    assert made.addresses(LISTENER) == ["api"]
    assert made.block(f"{RULE}.web_to_api").get("port_range_min") == 80


def test_a_called_component_is_not_public_by_default(lower: Callable[..., Lowering]) -> None:
    assert "api_from_anywhere_8080" not in own(lower(CALL + API + SERVICES + PYTHON))
