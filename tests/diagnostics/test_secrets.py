"""No report shows a secret's value."""

from __future__ import annotations

import time

import pytest

from camp2iac.diagnostics import Diagnostic, Label, Severity, Span
from camp2iac.diagnostics.codes import Code
from camp2iac.diagnostics.formats import FORMATS, render, sarif
from camp2iac.diagnostics.secrets import hidden, lines


def masked(text: str) -> str:
    split = lines(text)
    for number, ranges in hidden(split).items():
        for start, end in reversed(ranges):
            split[number - 1] = split[number - 1][:start] + "•••" + split[number - 1][end:]
    return "\n".join(split)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("password: hunter2", "password: •••"),
        ("  - DB_PASSWORD: hunter2  # mine", "  - DB_PASSWORD: •••  # mine"),
        ("'api_key': \"hun ter2\"", "'api_key': •••"),
        ("x: { token: hunter2, name: web }", "x: { token: •••, name: web }"),
        ("x: { token: 'a, b', auth.token: c }", "x: { token: •••, auth.token: ••• }"),
        ("STRIPE_KEY: sk_live", "STRIPE_KEY: •••"),
        ("aws.privateKey: !!str abc", "aws.privateKey: !!str •••"),
        ("private_key: |\n  ---BEGIN\n  abc\n\n  def\nname: web", "private_key: |\n  •••\n  •••\n\n  •••\nname: web"),
        ("secret: >-\n    abc", "secret: >-\n    •••"),
        ("password:\n  hunter2\nname: x", "password:\n  •••\nname: x"),
        ("password: one\n  two\nname: x", "password: •••\n  •••\nname: x"),
        ('password: "one\n\n  two" # b\nname: x', "password: •••\n\n  ••• # b\nname: x"),
        ("href: postgres://me:hunter2@host/db", "href: postgres://me:•••@host/db"),
        ("password: 1234", "password: •••"),
        ("password:\n  one:\n    x: y\nz: a", "password:\n  one:\n    x: •••\nz: a"),
        ("TOKEN: [ a, b ]", "TOKEN: •••"),
        ("TOKENS:\n  - a\n  - b", "TOKENS:\n  - •••\n  - •••"),
        ("TOKEN: { value: a }", "TOKEN: { value: ••• }"),
        ("pull_secret: user:hunter2", "pull_secret: •••"),
        ("pull_secret: eyJhdXRocyI6e30=", "pull_secret: •••"),
        ("pull_secret: ghp_abcdefghij0123456789abcd", "pull_secret: •••"),
        (f"pull_secret: {'ab1' * 9}", "pull_secret: •••"),
        ("pull_secret: |\n  abc", "pull_secret: |\n  •••"),
        ("pull_secret_key: abc", "pull_secret_key: •••"),
        ("mtls: { secret: a..b }", "mtls: { secret: ••• }"),
        ("tls:\n  token: abc", "tls:\n  token: •••"),
        (f"tls:\n  secret: {'ab1' * 9}", "tls:\n  secret: •••"),
        ("secret: abc", "secret: •••"),
        ("Secrets:\n  seal: abc\n  bell: { generate: 32 }", "Secrets:\n  seal: •••\n  bell: { generate: 32 }"),
    ],
)
def test_hidden(text: str, shown: str) -> None:
    assert masked(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "password: { parameter: db }",
        "DB_PASSWORD: { secret: db }",
        "DB_PASSWORD: PASSWORD(database)",
        "CACHE: redis://:PASSWORD(queue)@IP(queue):PORT(queue)/1",
        "org.camp2iac:Secrets:\n  db: { length: 24 }",
        "secret: true",
        "pull_secret: Foo_Bar",
        "pull_secret: a..b  # mine",
        "{ pull_secret: 'my registry', imagePullSecrets: a.-b }",
        "tls: { secret: a..b }",
        "tls:\n  secret: Foo_Bar",
        "tls: # of all hosts\n  secret: -a-",
        "password:",
        "password: # to be given\nname: web",
        "key_pair: mine",
        "characteristic_type: org.camp2iac:Secrets",
        "monkey: business",
        "href: https://example.org:443/x@y",
    ],
)
def test_shown(text: str) -> None:
    assert masked(text) == text


@pytest.mark.parametrize("form", FORMATS)
def test_no_format_shows_a_secret(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "services:\n  - id: db\n    password: s3cr3t-value\n    DB_TOKEN: 'an other'\n"
    value = Span("camp.yaml", 3, 15, 3, 27)
    found = Diagnostic(
        "CAMP311",
        "the password of db is not an amount: s3cr3t-value",
        value,
        "s3cr3t-value here",
        related=(Label(Span("camp.yaml", 4, 5, 4, 13), "not an other"),),
        notes=("a reader takes s3cr3t-value",),
        help="write  password: s3cr3t-value",
        severity=Severity.ERROR,
    )
    if form == "sarif":
        monkeypatch.setattr(sarif, "code_of", {"CAMP311": Code("CAMP311", Severity.ERROR, "t", "p")}.__getitem__)
    out = render([found], {"camp.yaml": text}, form)
    assert "s3cr3t" not in out
    assert "an other" not in out
    if form in ("plain", "pretty"):
        assert " 3 |     password: •••\n   |               ^^^ ••• here\n" in out


def test_hostile_lines_take_linear_time() -> None:
    atoms = (
        "a",
        "password",
        "{ ",
        "key: '",
        "://",
        " ",
        "key: ",
        "{key: x, ",
        "{key: {",
        '"key": ',
        "http://a:b@",
        ":",
    )

    def seconds(times: int) -> float:
        start = time.process_time()
        for text in (atom * times for atom in atoms):
            hidden(["password:", f"  {text}", f"token: {text}", text])
        return time.process_time() - start

    seconds(100)  # expressions are compiled
    assert seconds(30_000) < 8 * seconds(7_500)  # 4 times the text
