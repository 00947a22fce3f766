"""Any folder: what is packed and unpacked is what was in it, and the bytes do not depend on where it is."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.packing.making import KINDS, PLAN, camp2iac, laid_out, tree

LETTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="/\\")
PART = st.one_of(
    st.text(LETTERS, min_size=1, max_size=20),
    st.sampled_from(["camp.yaml", "a", "b", "c.txt", "n" * 120, "\u00e9" * 60, "._x", "-rf", "a)= b", "%41", "#x"]),
)
PATHS = st.lists(PART, min_size=1, max_size=4).map("/".join)
TREES = st.dictionaries(PATHS, st.tuples(st.binary(max_size=1500), st.booleans()), max_size=8)


@settings(max_examples=60, deadline=None)
@given(TREES, st.sampled_from(KINDS))
def test_what_is_packed_is_unpacked(files: dict[str, tuple[bytes, bool]], kind: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        base = Path(name)
        content = {f"web/{path}": data for path, (data, _) in files.items()} | {"web/index.html": b""}
        runs = tuple(f"web/{path}" for path, (_, executable) in files.items() if executable)
        try:
            shop = laid_out(base / "a/shop", {"camp.yaml": PLAN, **content}, runs)
            other = laid_out(base / "b/other", {"camp.yaml": PLAN, **content}, runs)
        except OSError:  # no such names: a file and a folder, . and ..
            return
        done = camp2iac("pack", shop, "-o", base / f"x{kind}")
        again = camp2iac("pack", other, "-o", base / f"y{kind}")
        assert done.status == again.status
        if done.status:
            assert "error[CAMP" in done.err
            assert not (base / f"x{kind}").exists()
            return
        assert (base / f"x{kind}").read_bytes() == (base / f"y{kind}").read_bytes()
        listed = camp2iac("unpack", base / f"x{kind}", "-o", base / "out")
        assert listed.status == 0, listed.err
        found, before = tree(base / "out"), tree(shop)
        assert found.pop("camp.mf")[1].count(b"\n") == len(found)
        assert found == {path: each for path, each in before.items() if path in found}
        listed_content = json.loads(camp2iac("content", shop, "--output", "json").out)["artifacts"][0]["files"]
        assert found.keys() == {"camp.yaml", *(each["path"] for each in listed_content)}
