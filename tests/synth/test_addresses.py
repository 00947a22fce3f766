"""Addresses of Terraform, and the blocks that they belong to."""

from __future__ import annotations

import pytest

from camp2iac.synth.addresses import configured


@pytest.mark.parametrize(
    "address",
    [
        "random_id.web",
        "random_id.web[0]",
        'random_id.web["a.b"]',
        'random_id.web["a\\"].module.x."]',
        "module.shop.random_id.web",
        'module.shop["eu.1"].module.inner[2].random_id.web["web-1"]',
    ],
)
def test_an_address_leads_to_its_block(address: str) -> None:
    assert configured(address) == "random_id.web"


def test_data_sources_and_outputs_keep_their_kind() -> None:
    assert configured("module.shop.data.random_id.web[0]") == "data.random_id.web"
