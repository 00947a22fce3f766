"""A renamed part with ``org.camp2iac:previously``, for each part of each example: what exists stays as it is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from support import phases, renaming
from support.plans import EXAMPLES, Compilation, compilations

from camp2iac.compiler import Result
from camp2iac.compiler.values import Compiled
from camp2iac.review import change as review
from camp2iac.review.difference.effects import effects
from camp2iac.review.difference.model import Action
from camp2iac.review.output import assemble
from camp2iac.synth import hcl
from camp2iac.targets import registry

ENTRIES = [each for each in compilations() if each.package.parent == EXAMPLES]
NEW = {"network": "xnet", "parameter": "xparam", "secret": "xsecret"}


def compiled(compilation: Compilation) -> Compiled:
    """Compile a copy of a package."""
    loaded = phases.load(compilation.package / "camp.yaml", leave_out=[compilation.output])
    return phases.compile(loaded, environment=compilation.environment, target=compilation.target or None)


def standing(result: Result) -> review.SourceMap:
    """The source map of an output."""
    return assemble(result, hcl.write, plan="camp.yaml", environment=None).source_map


@pytest.mark.slow
@pytest.mark.parametrize("compilation", ENTRIES, ids=lambda each: each.id)
def test_what_exists_is_kept(compilation: Compilation, tmp_path: Path) -> None:
    """Each part gets another name. Its Terraform addresses follow, and everything else stays as it was."""
    copy = compilation.copied(tmp_path / "old")
    plan = renaming.load((copy.package / "camp.yaml").read_text())
    (copy.package / "camp.yaml").write_text(renaming.dump(plan))
    base = compiled(copy)
    assert base.ok, [each.message for each in base.diagnostics]
    assert base.result is not None
    target = registry.find(base.result.target.name)
    assert target is not None
    given = copy.environment.read_text() if copy.environment else ""
    package = tmp_path / "new" / copy.package.name
    shutil.copytree(copy.package, package)
    moved = Compilation(package, None, copy.target, package / copy.output.relative_to(copy.package))
    if copy.environment:
        moved = Compilation(package, package / copy.environment.relative_to(copy.package), "", moved.output)
    for part in renaming.parts(plan):
        name = NEW.get(part.kind, "x-renamed")
        (package / "camp.yaml").write_text(renaming.dump(renaming.renamed(plan, part, name)))
        if moved.environment:
            moved.environment.write_text(
                renaming.environment(given, target, part, name, renaming.names_a_tier(plan, part))
            )
        made = compiled(moved)
        assert made.ok, (part, [each.message for each in made.diagnostics])
        assert made.result is not None
        _kept(base.result, made.result, part)


def _kept(base: Result, made: Result, part: renaming.Part) -> None:
    # Instances get the same documents, and whatever has another address moves there.
    documents = sorted(each.data for each in base.lowered.documents)
    assert sorted(each.data for each in made.lowered.documents) == documents, part
    before, after = standing(base).standing(), standing(made)
    changes = effects(before, after.standing())
    assert {each.action for each in changes} <= {Action.MOVE}, (part, changes)
    # The guard agrees.
    found = review.change(before, after, made.topology)
    assert {each.act for each in found.effects} <= {"moves"}, (part, [each.words for each in found.effects])
