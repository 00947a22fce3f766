"""One word of an example misspelt: what is sure about it puts it right, or leaves it to the user; never worse."""

from __future__ import annotations

import random
import re
import shutil
from pathlib import Path

import pytest

from camp2iac import Check, read
from camp2iac.cli import fixing

EXAMPLES = Path(__file__).parents[2] / "examples"
NAMES = ("guestbook", "threetier")
FILES = ("camp.yaml", "environments/openstack.yaml")


@pytest.mark.parametrize("seed", range(12))
def test_a_slip(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    shutil.copytree(EXAMPLES / chance.choice(NAMES), tmp_path / "it", symlinks=True)
    files = {name: tmp_path / "it" / name for name in FILES}
    name = FILES[seed % 3 == 0]
    right = files[name].read_text()
    wrong = _slip(right, chance)
    files[name].write_text(wrong)
    for _ in range(fixing.ROUNDS):
        found = _validate(files)
        edits = fixing.edits(found.diagnostics, found.texts, files, {})
        for edit in edits:
            fixing.save(edit)
        if not edits:
            break
    else:
        pytest.fail("there is no end of edits")
    after = files[name].read_text()
    # Where the one place that defines a name was misspelt, the others may follow it: that is sound, too.
    assert after in (right, wrong) or found.ok, f"seed {seed} became\n{after}"


def _validate(files: dict[str, Path]) -> Check:
    return read(files["camp.yaml"]).check(files["environments/openstack.yaml"])


def _slip(text: str, chance: random.Random) -> str:
    """The text with two letters of a word swapped, or one left out."""
    lines = [line.partition("#")[0] for line in text.split("\n")]
    places = [(row, word) for row, line in enumerate(lines) for word in re.finditer(r"[A-Za-z_][\w.:/-]{2,}", line)]
    row, word = chance.choice(places)
    at = chance.randrange(len(word[0]) - 1)
    letters = list(word[0])
    if chance.random() < 0.5:
        letters[at], letters[at + 1] = letters[at + 1], letters[at]
    else:
        del letters[at]
    whole = text.split("\n")
    whole[row] = whole[row][: word.start()] + "".join(letters) + whole[row][word.end() :]
    return "\n".join(whole)
