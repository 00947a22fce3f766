"""Node for CDKTF: without one these tests cannot run, and say so."""

from __future__ import annotations

from pathlib import Path

import pytest

from camp2iac import node


def _missing() -> str:
    try:
        node.use()
    except node.NodeError as problem:
        return str(problem)
    return ""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here, why = Path(__file__).parent, _missing()
    for item in items:
        if here in Path(item.fspath).parents and item.path.name != "test_node.py" and item.path.name != "test_nest.py":
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.xdist_group("cdktf"))
            if why:
                item.add_marker(pytest.mark.skip(reason=f"nothing of CDKTF was run: {why}"))


@pytest.fixture(autouse=True)
def _quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION", "1")
