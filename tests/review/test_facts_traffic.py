"""Connections of a difference: what opens, closes and becomes public."""

from __future__ import annotations

from facts_of_edit import compiled, edited

from camp2iac.compiler import Result
from camp2iac.record import replace
from camp2iac.review.difference.facts import facts
from camp2iac.review.difference.model import TrafficChange
from camp2iac.targets.facts import PlatformFacts

PORTS = """      - characteristic_type: org.camp2iac:Placement
        networks: [back]
"""


def test_an_exposure_becomes_public() -> None:
    hidden = compiled("guestbook", "openstack", plan=(("public: true", "public: false"),))
    shown = compiled("guestbook", "openstack")
    assert facts(hidden, shown).traffic == (
        TrafficChange("the Internet", "web", "HTTP, TCP 80", opens=True, public=True),
        TrafficChange("the network back", "web", "HTTP, TCP 80", opens=False),
        TrafficChange("the network front", "web", "HTTP, TCP 80", opens=False),
    )
    assert {each.opens for each in facts(shown, hidden).traffic if each.public} == {False}


def test_another_block_for_ssh_closes_and_opens() -> None:
    assert edited("guestbook", "openstack", file=(("192.0.2.0/24", "198.51.100.0/24"),)).traffic == (
        TrafficChange("198.51.100.0/24", "all instances", "SSH, TCP 22", opens=True),
        TrafficChange("192.0.2.0/24", "all instances", "SSH, TCP 22", opens=False),
    )


def test_ssh_from_any_address_is_public() -> None:
    [opens, closes] = edited("guestbook", "openstack", file=(("192.0.2.0/24", "0.0.0.0/0"),)).traffic
    assert (opens.source, opens.public, closes.public) == ("the Internet", True, False)


def test_ssh_through_a_bastion() -> None:
    found = edited("tickets", "openstack", file=(("{ tier: bastion, from: 192.0.2.0/24 }", "192.0.2.0/24"),)).traffic
    assert TrafficChange("192.0.2.0/24", "all instances", "SSH, TCP 22", opens=True) == found[0]
    assert {each.source for each in found if not each.opens} == {"bastion", "192.0.2.0/24"}


def test_a_link_opens_on_both_platforms() -> None:
    for environment, what in (
        ("openstack", "PostgreSQL, TCP 5432"),
        ("heroku", "PostgreSQL, add-on heroku-postgresql"),
    ):
        with_link = compiled("tickets", environment)
        call = "      - requirement_type: org.sql:ConnectTo\n        fulfillment: id:database\n"
        more = ("        CALL_TOKEN: { secret: call_token }\n      - requirement_type: org.camp2iac:Expose",)
        plan = ((more[0], more[0].replace("      - req", f"{call}      - req", 1)),)
        assert facts(with_link, compiled("tickets", environment, plan)).traffic == (
            TrafficChange("web", "database", what, opens=True),
        )


def test_opened_ports() -> None:
    opened = "      - characteristic_type: org.camp2iac:Ports\n        tcp: [9187]\n        from: SOURCE\n"
    for source, shown, public in (
        ("198.51.100.0/24", "198.51.100.0/24", False),
        ("anywhere", "the Internet", True),
        ("web", "web", False),
    ):
        found = edited("guestbook", "openstack", plan=((PORTS, PORTS + opened.replace("SOURCE", source)),)).traffic
        assert found == (TrafficChange(shown, "database", "TCP 9187", opens=True, public=public),)


def test_a_parameter_is_public_by_its_value() -> None:
    opened = (
        "      - characteristic_type: org.camp2iac:Ports\n        tcp: [9187]\n        from: { parameter: office }\n"
    )
    parameter = "org.camp2iac:Parameters:\n  office: { description: The office, default: BLOCK }\n"

    def result(block: str) -> Result:
        declared = ("org.camp2iac:Parameters:\n", parameter.replace("BLOCK", block))
        return compiled("guestbook", "openstack", ((PORTS, PORTS + opened), declared))

    assert facts(result("198.51.100.0/24"), result("0.0.0.0/0")).traffic == (
        TrafficChange("the parameter office (0.0.0.0/0)", "database", "TCP 9187", opens=True, public=True),
        TrafficChange("the parameter office (198.51.100.0/24)", "database", "TCP 9187", opens=False),
    )


def test_an_app_in_a_private_space() -> None:
    hidden = (("public: true", "public: false"),)
    space = (
        ("region: eu", "region: dublin\nspace: inner\nteam: we"),
        ("standard-1x", "private-s"),
        (":essential-0", ":private-0"),
    )
    assert edited("guestbook", "heroku", plan=hidden, file=space).traffic == (
        TrafficChange("the Private Space", "web", "HTTP and HTTPS, TCP 80 and 443", opens=True),
        TrafficChange("the Internet", "web", "HTTP and HTTPS, TCP 80 and 443", opens=False, public=True),
    )


def test_a_renamed_network() -> None:
    hidden = ("public: true", "public: false")
    plan = (hidden, ("[front, back]", "[outer, back]"), ("  front: {", "  outer: {"))
    before, after = (compiled("guestbook", "openstack", each) for each in ((hidden,), plan))
    assert len(facts(before, after).traffic) == 2
    assert facts(before, after, {"front": "outer"}).traffic == ()


def test_a_renamed_node_closes_nothing() -> None:
    plan = (("id:database", "id:store"), ("id: database", "id: store"))
    assert edited("guestbook", "openstack", plan=plan).traffic != ()
    assert edited("guestbook", "openstack", plan=plan, renamed={"database": "store"}).traffic == ()


def test_haproxy_instances_are_not_nodes() -> None:
    assert edited("guestbook", "openstack", file=(("region: RegionOne", "balancer: haproxy"),)).traffic == ()


def test_another_platform() -> None:
    found = facts(compiled("tickets", "openstack"), compiled("tickets", "heroku")).traffic
    public = {(each.destination, each.opens) for each in found if each.public}
    assert public == {("people", True), ("tickets", True), ("web", True), ("web", False)}


def test_a_target_without_facts_is_compared_by_the_plan() -> None:
    result = compiled("guestbook", "openstack")
    bare = replace(result, lowered=replace(result.lowered, facts=PlatformFacts()))
    assert facts(None, bare).traffic == (
        TrafficChange("the Internet", "web", "HTTP", opens=True, public=True),
        TrafficChange("web", "database", "PostgreSQL", opens=True),
    )
