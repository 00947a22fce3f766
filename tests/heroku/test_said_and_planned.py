"""A bounded part of the corpus of proofs/diff: what camp2iac says of an edit offline is what real Terraform plans."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path

import pytest
from diff.compare import BOUNDED, Plans, compare
from diff.corpus import bases
from diff.platforms import standing
from support.terraform import Terraform

from heroku.support_apply import LOUD

pytestmark = [pytest.mark.terraform, pytest.mark.slow]

BASES = {base.name: base for base in bases() if base.bounded and base.platform == "heroku"}


@pytest.mark.parametrize("name", BASES)
def test_what_is_said_of_an_edit_is_planned(name: str, tmp_path: Path, terraform: Terraform) -> None:
    if not terraform.real:
        print(f"\n{'!' * 20} {LOUD}", file=sys.stderr)
        pytest.skip(LOUD)
    base = BASES[name]
    with ExitStack() as undo:
        made = standing(base, tmp_path, terraform, None, undo)
        found = [compare(made, edit, Plans()) for edit in base.edits[:BOUNDED]]
    assert [each.what for each in found if not each.right] == []
    assert sum(len(each.planned) for each in found) > 20, "the edits change something"
