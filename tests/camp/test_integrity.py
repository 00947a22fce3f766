"""Manifests and certificates, beyond the conformance table."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import pytest

from tests.camp.build import FILES, laid_out, reading, zipped
from tests.conformance.signing import certificate


def listed(*names: str) -> str:
    return "".join(f"SHA256({name})= {hashlib.sha256(FILES[name]).hexdigest()}\n" for name in names)


WHOLE = listed(*FILES)


@pytest.mark.parametrize(
    ("manifest", "codes"),
    [
        (WHOLE, []),
        (WHOLE.replace("\n", "\r\n"), ["CAMP151"]),
        (WHOLE.rstrip("\n"), ["CAMP151"]),
        (WHOLE.replace("SHA256(", "SHA256 ( ").replace(")= ", " ) = "), ["CAMP151"]),
        (WHOLE.upper().replace("CAMP.YAML", "camp.yaml").replace("WEB/APP.PY", "web/app.py"), ["CAMP151"]),
        (WHOLE.replace("SHA256", "SHA1"), ["CAMP152", "CAMP152", "CAMP156"]),
        (WHOLE + "SHA256(web/app.py)= 00\n", ["CAMP152"]),
        (WHOLE + WHOLE, ["CAMP153", "CAMP153"]),
        (WHOLE + "nonsense\n", ["CAMP150"]),
        (WHOLE + f"SHA256(../x)= {'0' * 64}\n", ["CAMP150"]),
        (WHOLE + f"SHA256(camp.mf)= {'0' * 64}\n", ["CAMP150"]),
        ("", ["CAMP156"]),
    ],
)
def test_manifests(manifest: str, codes: list[str]) -> None:
    assert sorted(reading(zipped(FILES | {"camp.mf": manifest.encode()}))[1]) == codes


def test_a_certificate_has_to_cover_the_plan() -> None:
    manifest = listed("web/app.py").encode()
    package = zipped(FILES | {"camp.mf": manifest, "camp.cert": certificate(manifest)})
    source, codes = reading(package)
    assert source is not None
    assert codes == ["CAMP156", "CAMP156"]
    assert reading(package, strict=True)[0] is None


@pytest.mark.parametrize(
    "change", [lambda c: c[:100], lambda c: c.replace(b"CERTIFICATE", b"NOTHING"), lambda c: b"x" + c]
)
def test_ruined_certificates(change) -> None:  # type: ignore[no-untyped-def]
    manifest = WHOLE.encode()
    package = zipped(FILES | {"camp.mf": manifest, "camp.cert": change(certificate(manifest))})
    assert reading(package) == (None, ["CAMP158"])


def test_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    manifest = WHOLE.encode()
    signed = certificate(manifest)
    monkeypatch.setitem(sys.modules, "cryptography", None)
    package = zipped(FILES | {"camp.mf": manifest, "camp.cert": signed})
    assert reading(package) == (None, ["CAMP159"])


def test_what_lies_beside_a_bare_plan_need_not_be_listed(tmp_path: Path) -> None:
    folder = laid_out(tmp_path, FILES | {"camp.mf": WHOLE.encode(), "notes.txt": b""})
    assert reading(folder / "camp.yaml", strict=True)[1] == []
    assert reading(folder)[1] == ["CAMP156"]
    (folder / "web/other.py").write_text("x")
    assert reading(folder / "camp.yaml")[1] == ["CAMP156"]
