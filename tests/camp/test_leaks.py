"""Which content looks like a secret, and which does not."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from camp2iac.camp import read
from camp2iac.camp.leaks import suspect
from camp2iac.diagnostics import Diagnostics
from tests.camp.build import PLAN, laid_out, tgz, zipped
from tests.camp.test_git import content, repository, run

BODY = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQ\n"
PRIVATE = f"-----BEGIN PRIVATE KEY-----\n{BODY}-----END PRIVATE KEY-----\n"
ENCRYPTED = (
    f"-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n{BODY}"
    "-----END RSA PRIVATE KEY-----\n"
)
CERTIFICATE = f"-----BEGIN CERTIFICATE-----\n{BODY}-----END CERTIFICATE-----\n"
GITHUB = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"
AWS = "aws_secret_access_key = " + "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzzzzzzzzz"

SECRETS = {
    "id_rsa": "anything",
    "keys/id_ed25519": f"-----BEGIN OPENSSH PRIVATE KEY-----\n{BODY}",
    "server.pem": CERTIFICATE + PRIVATE,
    "server.key": ENCRYPTED,
    "private.der": b"\x30\x82\x04\xbd\x02\x01\x00\x30",
    "notes.txt": f"x\n{PRIVATE}",
    "account.json": '{"type": "service_account", "private_key": "-----BEGIN PRIVATE KEY-----\\nMIIEvQIBADANBgkqh"}',
    ".env.production": "export DATABASE_URL=postgres://a:b@c/d\n",
    "credentials.json": '{"a": 1}',
    "client_secret_123.json": '{"a": 1}',
    ".npmrc": "//registry.example.com/:_authToken=abcdef\n",
    ".pypirc": "[pypi]\nusername = a\npassword = b\n",
    ".netrc": "machine a login b password c\n",
    ".docker/config.json": '{"auths": {"a": {"auth": "YTpi"}}}',
    "store.p12": b"\x30\x82\x01\x02",
    "app.jks": b"\xfe\xed\xfe\xed",
    "prod.tfstate.backup": '{"version": 4}',
    "kubeconfig": "apiVersion: v1\nkind: Config\nusers:\n- user:\n    client-key-data: abcd\n",
    "aws.ini": f"[default]\n{AWS}\n",
    "settings.py": f'TOKEN = "{GITHUB}"\n',
    "key.ppk": "PuTTY-User-Key-File-3: ssh-ed25519\n",
}
PASSWORDS = {
    "config/master.key": "0123456789abcdef0123456789abcdef\n",
    "app/config/credentials/production.key": "0123456789abcdef0123456789abcdef",
    ".htpasswd": "joe:$apr1$Qx2zQ8jM$abcdefghijklmnopqrstu.\n",
    "web/.htpasswd": "joe:{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=\n",
    ".dockerconfigjson": '{"auths": {"a": {"auth": "YTpi"}}}',
    "home/.docker/config.json": '{"auths": {"a": {"auth": "YTpi"}}}',
    "wp-config.php": "<?php\ndefine( 'DB_PASSWORD', 'k7wq9z' );\n",
    "compose.yaml": "URL: mysql://root:S3cr3tP4ss@db.shop.internal:3306/mysql\n",
    "alembic.ini": "sqlalchemy.url = postgresql://app:S3cr3tP4ss@db.shop.internal/shop\n",
    "config/settings.yml": "cache: redis://:S3cr3tP4ss@10.0.0.4:6379/0\n",
    "settings.json": '{"broker": "amqp://shop:S3cr3tP4ss@mq:5672/"}',
    "app.properties": "url=mongodb+srv://shop:S3cr3tP4ss@cluster0.mongo.net/shop\n",
    "pyproject.toml": 'index = "https://ci:S3cr3tP4ss@pypi.shop.internal/simple"\n',
    ".env.staging": "VITE_TITLE=Shop\nMAIL_URL=smtp://shop:S3cr3tP4ss@mail.shop.internal\n",
    ".env.production": "REACT_APP_TITLE=Shop\nDB_PASSWORD='k7wq9z'\n",
    ".env.development": "STRIPE_SECRET=k7wq9zk7wq9z # of the shop\n",
    ".env.local": f"X={GITHUB}\n",
    ".env": "VITE_TITLE=Shop\n",
}
PLACES = {
    ".env.development": "REACT_APP_TITLE=Shop\nVITE_API=https://api.shop.example\nNEXT_PUBLIC_X=1\nPORT=3000\n",
    ".env.production": "VITE_MAPBOX_TOKEN=pk.abcdef\nGENERATE_SOURCEMAP=false\nTOKEN_TTL=3600\n"
    "SECRET_KEY_FILE=/run/key\n",
    ".env.staging": 'DB_PASSWORD=changeme\nAPI_KEY="<your key>"\nTOKEN=${TOKEN}\nAPP_SECRET=\nSECRET="" # later\n'
    "DATABASE_URL=postgres://app:app@db/app\nOTHER=postgres://app:S3cr3tP4ss@localhost/app\n",
    "config/other.key": "0123456789abcdef0123456789abcdef",
    "config/master.key": "<%= key %>",
    ".htpasswd": "# joe:...\n",
    ".dockerconfigjson": '{"auths": {}, "credsStore": "pass"}',
    "wp-config.php": "<?php\ndefine('DB_PASSWORD', 'password_here');\ndefine('DB_PASSWORD', getenv('DB_PASSWORD'));\n",
    "wp-config-sample.php": "<?php\ndefine('DB_PASSWORD', 'k7wq9z');\n",
    "alembic.ini": "# url = postgresql://app:S3cr3tP4ss@db/shop\nurl = driver://user:pass@localhost/dbname\n",
    "docker-compose.yml": "URL: postgres://postgres:postgres@db/app\nB: postgres://shop:${PW}@db/a\nC: redis://u:changeme@r\n",
    "dev/compose.prod.yaml": "URL: mysql://root:whalehello@db:3306/mysql\n",
    "config/database.yml": "url: mysql2://app:<%= ENV['PASSWORD'] %>@db/x\nother: postgres://app:password123@db/x\n",
    "parts/camp.yaml": "STORE: redis://:PASSWORD(store)@IP(store):PORT(store)/0\n",
    "config.example.json": '{"url": "postgres://app:S3cr3tP4ss@db/app"}',
    "tests/settings.ini": "url = postgres://app:S3cr3tP4ss@db/app\n",
    "README.md": "postgres://app:S3cr3tP4ss@db/app\n",
    "setup.cfg": "url = https://shop.example/a:b@c\ntime = 10:20@x\n",
    "package-lock.json": '{"resolved": "https://registry.npmjs.org/@babel/core/-/core-7.0.0.tgz", "x": "git+ssh://git@github.com/a/b.git"}',
}
HARMLESS = {
    "id_rsa.pub": "ssh-rsa AAAAB3NzaC1yc2E a@b",
    "id_ed25519": b"",
    "keys/id_dsa": "ssh-dss AAAA",
    "chain.pem": CERTIFICATE,
    "public.pem": f"-----BEGIN PUBLIC KEY-----\n{BODY}-----END PUBLIC KEY-----\n",
    "ca.der": b"\x30\x82\x04\xbd\x30\x82\x03\xa5",
    "talk.key": b"PK\x03\x04",
    ".env.example": "PASSWORD=change-me\n",
    ".env.production": "# nothing yet\nPASSWORD=\n",
    ".npmrc": "registry=https://registry.example.com\n//registry.example.com/:_authToken=${NPM_TOKEN}\n",
    ".netrc": "machine a login b\n",
    "truststore.jks": b"\xfe\xed\xfe\xed",
    "credentials.json": "{}",
    "crypto.py": 'if "-----BEGIN PRIVATE KEY-----" in text:\n    pass\n',
    "README.md": "token ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx or AKIAIOSFODNN7EXAMPLE\n"
    "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n",
    "config.py": 'URL = "postgres://app:app@localhost/app"\nPASSWORD = os.environ["PASSWORD"]\n',
    "deployment.yaml": "kind: Deployment\nspec:\n  token: abcd\n",
    "config.json": '{"auth": "none"}',
    "tokens.test.js": 'const jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abcdefghijk"\n',
}


def judged(path: str, data: str | bytes) -> str:
    raw = data.encode() if isinstance(data, str) else data
    return suspect(path, lambda size: raw[:size])


@pytest.mark.parametrize("path", SECRETS)
def test_secrets(path: str) -> None:
    assert judged(path, SECRETS[path])


@pytest.mark.parametrize("path", PASSWORDS)
def test_passwords(path: str) -> None:
    assert judged(path, PASSWORDS[path])


@pytest.mark.parametrize("path", PLACES)
def test_places_of_passwords(path: str) -> None:
    assert not judged(path, PLACES[path])


@pytest.mark.parametrize("path", HARMLESS)
def test_no_false_alarm(path: str) -> None:
    assert not judged(path, HARMLESS[path])


def test_the_warning_names_the_file_and_not_the_secret(tmp_path: Path) -> None:
    files = {"camp.yaml": PLAN, "web/app.py": f'TOKEN = "{GITHUB}"'.encode(), "web/id_rsa": PRIVATE.encode()}
    for source in (laid_out(tmp_path, files), zipped(files), tgz(files)):
        found = Diagnostics()
        assert read(source, name="shop", diagnostics=found) is not None
        assert [(each.code, each.level.value) for each in found] == [("CAMP141", "warning")] * 2
        assert [each.message.rpartition(": ")[2] for each in found] == ["web/app.py", "web/id_rsa"]
        assert GITHUB not in repr(found.items)
        assert BODY.strip() not in repr(found.items)


def test_many_are_not_all_named(tmp_path: Path) -> None:
    files = {f"web/{number}.pem": PRIVATE.encode() for number in range(100)}
    found = Diagnostics()
    read(laid_out(tmp_path, files | {"camp.yaml": PLAN}), name="shop", diagnostics=found)
    assert len(found.items) == 21
    assert "80 more files" in found.items[-1].message


@pytest.mark.parametrize(
    "text",
    [
        "-----BEGIN PRIVATE KEY-----" + " " * 60_000,
        "-----BEGIN PRIVATE KEY-----\n" + "A-b: c\n" * 8_000,
        "-----BEGIN " + "A " * 30_000,
        "\n" * 65_000,
        "secret" * 10_000,
        "password " * 7_000,
        "kind: Config\n" + "token:" * 10_000,
        "aws_secret_access_key=" * 2_900,
        "SG." * 20_000,
        "ghp_" * 16_000,
        "://a:" * 12_000,
        "://" + "a" * 60_000,
        "A_PASSWORD=" + "your_" * 12_000,
        "pass_" * 12_000 + "=x",
        "\n".join(["A_KEY=" + "change" * 300] * 30),
    ],
)
def test_nothing_takes_for_ever(text: str) -> None:
    begun = time.process_time()
    for name in (
        "x.pem",
        ".env",
        ".npmrc",
        ".netrc",
        ".pypirc",
        ".boto",
        ".my.cnf",
        "auth.json",
        ".env.local",
        "a.ini",
        "x.htpasswd",
        "wp-config.php",
    ):
        judged(name, text + " AKIA xox")
    assert time.process_time() - begun < 1


def test_the_remedy_is_one_that_helps(tmp_path: Path) -> None:
    files = {"web/app.py": b"", "web/id rsa.pem": PRIVATE.encode(), "web/id_rsa": PRIVATE.encode()}
    shop = repository(tmp_path / "tracked", files | {"camp.yaml": PLAN})
    assert [each.help.partition(";")[0] for each in content(shop)[1]] == [
        "list it in .gitignore and run  git rm --cached 'web/id rsa.pem'  because git tracks it",
        "list it in .gitignore and run  git rm --cached web/id_rsa  because git tracks it",
    ]
    run(shop, "rm", "-q", "--cached", "web/id rsa.pem", "web/id_rsa")
    (shop / ".gitignore").write_text("*.pem\nid_rsa\n")
    assert content(shop)[1] == []
    free = laid_out(tmp_path / "free", files | {"camp.yaml": PLAN})
    assert {each.help.partition(";")[0] for each in content(free)[1]} == {
        "remove it from the content, or list it in .gitignore"
    }
    one = PLAN.replace(b"href: web/", b"href: web/id_rsa")
    named = laid_out(tmp_path / "named", files | {"camp.yaml": one, "web/.gitignore": b"id_rsa"})
    assert [each.help.partition(";")[0] for each in content(named)[1]] == ["remove it from the plan"]
