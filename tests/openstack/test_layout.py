"""The layout: all decisions, before any output."""

from __future__ import annotations

import inspect
import pkgutil
import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
from support import phases

from camp2iac.targets.base import Ledger
from camp2iac.targets.kit.service_ports import FrontPort
from camp2iac.targets.openstack import account, checks
from camp2iac.targets.openstack.checks import Stage
from camp2iac.targets.openstack.layout.layout import OpenStackLayout
from camp2iac.targets.openstack.layout.settings import SettingPlace
from tests.openstack.conftest import APP, ENVIRONMENT, Lowering

PUBLIC = """\
      - requirement_type: org.camp2iac:Expose
        port: 8080
        public: true
"""
WEB = "services:\n  - id: web\n    characteristics:\n      - characteristic_type: org.python:runtime\n"
BALANCE = "      - characteristic_type: org.camp2iac:Balance\n"
STORE = "  - id: store\n    characteristics:\n      - characteristic_type: Redis\n"
CHECKS = sorted(module.name for module in pkgutil.iter_modules(checks.__path__))


@pytest.fixture
def layout(tmp_path: Path) -> Callable[..., tuple[OpenStackLayout, OpenStackLayout]]:
    """The layout of a plan (the part after the artifact ``web``) in an environment, built twice."""

    def run(plan: str = "", environment: str = "") -> tuple[OpenStackLayout, OpenStackLayout]:
        (tmp_path / "web").mkdir()
        (tmp_path / "web" / "main.py").write_text("app = None\n")
        (tmp_path / "camp.yaml").write_text(APP + plan)
        (tmp_path / "prod.yaml").write_text(ENVIRONMENT + environment)
        compiled = phases.compile(phases.load(tmp_path / "camp.yaml"), environment=tmp_path / "prod.yaml")
        assert compiled.result is not None, compiled.diagnostics
        topology, given = compiled.result.topology, compiled.result.environment
        made = (OpenStackLayout.of(topology, given) for _ in range(2))
        return next(made), next(made)

    return run


def test_it_is_a_value(layout: Callable[..., tuple[OpenStackLayout, OpenStackLayout]]) -> None:
    one, other = layout(PUBLIC + WEB + BALANCE)
    assert one == other
    with pytest.raises(AttributeError):
        one.rules = {}  # type: ignore[misc]


def test_haproxy_is_decided_once(layout: Callable[..., tuple[OpenStackLayout, OpenStackLayout]]) -> None:
    found, _ = layout(PUBLIC + WEB + BALANCE, "balancer: haproxy\n")
    assert found.behind == {"web": "web-balancer"}
    assert found.front_ports == {"web-balancer": (FrontPort(8080, 8080, "http"),)}
    assert found.endpoints["web"] == ()
    assert [(end.listen, end.front, end.balanced) for end in found.endpoints["web-balancer"]] == [(8080, True, False)]
    assert (found.ports["web"], found.ports["web-balancer"]) == (8080, 8080)
    assert "web-balancer" not in found.plan.tiers


def test_the_account_follows_from_the_layout_alone(
    layout: Callable[..., tuple[OpenStackLayout, OpenStackLayout]],
) -> None:
    one, other = layout(PUBLIC + WEB + BALANCE)
    ledgers = Ledger(), Ledger()
    account.account(one, ledgers[0])
    account.account(other, ledgers[1])
    assert ledgers[0].entries == ledgers[1].entries
    told = {entry.statement.words: entry.how for entry in ledgers[0].entries.values()}
    assert told["Balance"] == "load balancer"


def test_where_the_environment_says_it(layout: Callable[..., tuple[OpenStackLayout, OpenStackLayout]]) -> None:
    found, _ = layout(WEB, "tiers: { web: { key_pair: theirs, image: Ubuntu 24.04 } }\n")
    group = found.groups["web"]
    assert group.settings.own["key_pair"] == SettingPlace("tiers", "web")
    assert group.settings.comment("key_pair").endswith("prod.yaml: tiers: web: key_pair")
    assert (found.key_pairs["web"].name, found.key_pairs["web"].own) == ("theirs", "theirs")
    assert (found.images["web"].own, found.images["web"].label) == (True, "web")


@pytest.mark.parametrize("name", CHECKS)
def test_a_check_is_a_file(name: str) -> None:
    module = import_module(f"{checks.__name__}.{name}")
    assert list(inspect.signature(module.check).parameters) == ["layout"]
    assert isinstance(getattr(module, "STAGE", Stage.LAYOUT), Stage)
    assert re.search(r"CAMP\d{3}", inspect.getsource(module))


@pytest.mark.parametrize(
    ("password", "codes"),
    [("PORT(store)", []), ("IP(web)", ["CAMP408"]), ("PASSWORD(store)", ["CAMP406"])],
)
def test_a_password_may_refer_to_what_is_known(lower: Callable[..., Lowering], password: str, codes: list[str]) -> None:
    link = "      - requirement_type: org.camp2iac:Env\n        WORD: PASSWORD(store)\n"
    given = f"      - characteristic_type: org.camp2iac:Attributes\n        password: {password}\n"
    found = lower(PUBLIC + link + WEB + STORE + given)
    assert sorted(set(found.codes)) == codes


def test_the_values_that_can_have_references(layout: Callable[..., tuple[OpenStackLayout, OpenStackLayout]]) -> None:
    """Of variables, attributes, and options of connections."""
    plan = """\
      - { requirement_type: org.camp2iac:Env, TITLE: variable }
      - { requirement_type: org.sql:ConnectTo, dbname: option, fulfillment: "id:store" }
services:
  - { id: web, characteristics: [{ characteristic_type: org.python:runtime }] }
  - id: store
    characteristics:
      - characteristic_type: PostgreSQL
      - { characteristic_type: org.camp2iac:Attributes, database: attribute }
"""
    found, _ = layout(plan)
    texts = {(tier, value.literal) for tier, value in found.topology.texts}
    assert texts >= {("web", "variable"), ("web", "option"), ("store", "attribute")}


def test_a_link_within_a_balanced_tier_is_local(layout: Callable[..., tuple[OpenStackLayout, OpenStackLayout]]) -> None:
    link = '      - { requirement_type: ConnectTo, fulfillment: "id:store" }\n'
    placed = "      - { characteristic_type: org.camp2iac:Placement, tier: web }\n"
    found, _ = layout(PUBLIC + link + WEB + BALANCE + STORE + placed)
    assert found.listeners == {}
