"""The archive that Maven creates, as far as ``pom.xml`` shows it."""

from __future__ import annotations

import pytest

from camp2iac.targets.programs.java_projects import archive

PARENT = "<parent><artifactId>base</artifactId><version>3</version></parent>"
OTHERS = "<dependencies><dependency><artifactId>x</artifactId><version>9</version></dependency></dependencies>"


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("<artifactId>shop</artifactId><version>1.0</version>", "target/shop-1.0.jar"),
        (f"{PARENT}<artifactId>shop</artifactId>{OTHERS}", "target/shop-3.jar"),
        (f"{OTHERS}<artifactId>shop</artifactId><version>1</version>", "target/shop-1.jar"),
        (
            "<artifactId>shop</artifactId><version>1</version><build><finalName>app</finalName></build>",
            "target/app.jar",
        ),
        ("<artifactId>shop</artifactId><version>${revision}</version>", ""),
        ("<artifactId>shop</artifactId><version>1</version><build><finalName>../x</finalName></build>", ""),
        ("<!-- <artifactId>old</artifactId> --><artifactId>shop</artifactId><version>1</version>", "target/shop-1.jar"),
        ("<artifactId>shop</artifactId>", ""),
        ("", ""),
    ],
)
def test_the_archive_of_a_pom(inner: str, expected: str) -> None:
    assert archive(f"<project>{inner}</project>", "jar") == expected
