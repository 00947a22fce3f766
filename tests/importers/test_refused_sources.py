"""Which code each refused source has."""

from __future__ import annotations

from pathlib import Path

import pytest

from camp2iac.importers import read, registry

HERE = Path(__file__).parent
REFUSED = {
    "brooklyn/nothing": "CAMP769",
    "brooklyn/outside": "CAMP764",
    "brooklyn/wrong": "CAMP768",
    "paas-manager/broken-xml": "CAMP770",
    "paas-manager/document-type": "CAMP771",
    "paas-manager/catalogue-of-several": "CAMP772",
    "paas-manager/no-tiers": "CAMP773",
    "tosca/no-nodes": "CAMP773",
    "tosca/no-template": "CAMP774",
    "tosca/outside": "CAMP764",
    "hot/no-servers": "CAMP773",
    "hot/outside": "CAMP764",
}


@pytest.mark.parametrize("case", REFUSED)
def test_the_code(case: str) -> None:
    name = case.split("/")[0]
    importer = registry.find(name)
    assert importer is not None
    imported = read(name, importer, HERE / case / "files")
    assert imported.plan is None
    assert REFUSED[case] in {each.code for each in imported.diagnostics}
