"""What the comparison of two outputs says is what the real providers plan, address by address, action by action."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from support.planned import Base
from support.plans import ROOT
from support.terraform import Terraform

from camp2iac.review.difference.effects import effects

pytestmark = [pytest.mark.terraform, pytest.mark.slow]

PLAN, OPENSTACK, HEROKU = "camp.yaml", "environments/openstack.yaml", "environments/heroku.yaml"
VOLUME = "      - characteristic_type: org.camp2iac:Volume\n        size: 10 GiB\n"
SCALE = "      - characteristic_type: org.camp2iac:Scale\n        min: 1\n        initial: 2\n        max: 3\n"

Edit = Sequence[tuple[str, str, str]]
EDITS: dict[str, dict[str, Edit]] = {
    "openstack": {
        "nothing": [],
        "a parameter": [(PLAN, "default: Hello", "default: Hi")],
        "a service renamed": [(PLAN, "id: database", "id: db"), (PLAN, "id:database", "id:db")],
        "no volume": [(PLAN, VOLUME, "")],
        "scale": [(PLAN, VOLUME, VOLUME + SCALE)],
        "one more": [(PLAN, "initial: 2", "initial: 3")],
        "the application renamed": [(PLAN, "name: guestbook\n", "name: book\n")],
        "tags": [(PLAN, "name: guestbook\n", "name: guestbook\ntags: [one]\n")],
        "another external network": [(OPENSTACK, "external_network: public", "external_network: other")],
    },
    "heroku": {
        "nothing": [],
        "a parameter": [(PLAN, "default: Hello", "default: Hi")],
        "a component renamed": [(PLAN, "- name: web", "- name: shop")],
        "another region": [(HEROKU, "region: eu", "region: us")],
        "another plan": [(HEROKU, "essential-0", "standard-0")],
    },
}


@pytest.fixture(scope="module", params=EDITS)
def base(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, terraform: Terraform) -> Base:
    if not terraform.real:
        pytest.skip("only the real providers know")
    folder = tmp_path_factory.mktemp("planned")
    return Base(ROOT / "examples" / "guestbook", str(request.param), folder, terraform)


def test_what_is_said_is_what_is_planned_for_each_instance(base: Base) -> None:
    before = base.compiled.standing()
    original = {file: (base.folder / file).read_text() for file in (PLAN, OPENSTACK, HEROKU)}
    for name, edits in EDITS[base.environment].items():
        for file, text in original.items():
            (base.folder / file).write_text(text)
        for file, old, new in edits:
            text = (base.folder / file).read_text()
            assert old in text, name
            (base.folder / file).write_text(text.replace(old, new))
        made = base.compile()
        said = {
            each.address: (each.action.value.replace("rerun", "update"), each.previous)
            for each in effects(before, made.standing())
            if not each.perhaps
        }
        assert said == base.planned(made), name
