"""Files that should not be content: keys, passwords and tokens, by name and by content.

Messages never show what a file contains, only what kind of secret it is. The name is enough for files that contain
nothing else (``id_rsa``, ``*.p12``). For others (``*.pem``, ``.npmrc``), the content decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from camp2iac.camp import passwords
from camp2iac.diagnostics.secrets import holds_token

LOOKED_AT = 64 * 1024  # bytes; larger files are not searched

_PRIVATE_KEY = (
    r"-----BEGIN (?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?-----(?:\s|\\[rn]){1,8}"
    r"(?:[A-Za-z-]{1,40}: [^\n]{0,200}\n\s{0,4}){0,8}[A-Za-z0-9+/]{16}"
    r"|^PuTTY-User-Key-File-\d"
)
_DER = rb"\x30(?:\x82..|\x81.|.)\x02\x01[\x00\x01]"  # PKCS #1, #8, SEC 1: a version comes first
# Searched one by one, which is several times as fast as a regular expression with all of them.
_MARKS = (
    *(b"PRIVATE KEY", b"PuTTY-User-Key", b"k_live_", b"ghp_", b"gho_", b"ghu_", b"ghs_", b"ghr_", b"github_pat_"),
    *(b"glpat-", b"xox", b"AKIA", b"HRKU-", b"SG.", b"npm_", b"pypi-"),
)
_LOWER_MARKS = (b"aws_secret_access_key", b"client-key-data", b"kind:")  # in any case
_AWS = r"(?i:\baws_secret_access_key)[\"']?\s*[=:]\s*[\"']?(?![\w/+]{0,40}EXAMPLE)[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+])"
_KUBECONFIG = r"^kind:\s*[\"']?Config\b"
_KUBE_VALUE = r"^[ \t]*(?:- )?(?:client-key-data|token|password):\s*[\"']?[\w+/=.-]{4}"
_ASSIGNED = r"^[ \t]*(?:export[ \t]+)?[A-Za-z_]\w*[ \t]*=[ \t]*[\"']?[^\s\"'#]"

_TOLD_BY_NAME = (
    (r"id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?", "a private SSH key"),
    (r".*\.(?:p12|pfx|ppk|kdbx)", "a key store"),
    (r"(?!.*(?:trust|cacerts)).*\.(?:jks|keystore)", "a key store"),
    (r".*\.tfstate(?:\..*)?", "Terraform state"),
    (r"credentials\.json|client_secret.*\.json", "credentials"),
    (r"\.git-credentials|\.pgpass", "passwords"),
)
_NAMES = tuple((re.compile(pattern, re.IGNORECASE), what) for pattern, what in _TOLD_BY_NAME)
_FRAMEWORKS = re.compile(r"\.key$|htpasswd$|(?:^|/)wp-config\.php$", re.IGNORECASE)
_SAMPLE = r"\.env\.(?:.*\.)?(?:example|sample|template|dist|defaults?|schema|vault|test|ci)"
_DOTENV = re.compile(r"\.env(?:\..+)?")
_DOCKER = r"\"auth\"\s*:\s*\"[^\"]"
# The secrets in the settings of tools. A reference to a variable (${NPM_TOKEN}) is not a secret.
_TOOLS = {
    ".npmrc": r"(?:_authToken|_auth|_password)\s*=\s*[\"']?(?!\$|%)\S",
    ".yarnrc.yml": r"(?:npmAuthToken|npmAuthIdent):\s*[\"']?(?!\$)\S",
    ".pypirc": r"^[ \t]*password\s*[=:]\s*(?!\$)\S",
    ".netrc": r"\bpassword\s+(?!\$)\S",
    "_netrc": r"\bpassword\s+(?!\$)\S",
    ".my.cnf": r"^[ \t]*password\s*=\s*(?!\$)\S",
    ".s3cfg": r"^[ \t]*secret_key\s*=\s*(?!\$)\S",
    ".boto": r"^[ \t]*\w{0,40}secret\w{0,40}\s*=\s*(?!\$)\S",
    ".dockercfg": _DOCKER,
    ".dockerconfigjson": _DOCKER,
    "auth.json": r"\"(?:github-oauth|gitlab-token|http-basic|bearer)\"\s*:\s*\{\s*\"",
}


def suspect(path: str, head: Callable[[int], bytes]) -> str:
    """The kind of secret that a file seems to contain; empty if none. ``head`` returns its first bytes."""
    name = path.rpartition("/")[2]
    data = head(LOOKED_AT + 1)
    for pattern, what in _NAMES:
        if pattern.fullmatch(name) and data.strip() not in (b"", b"{}") and not data.startswith(b"ssh-"):
            return what
    if name.lower().endswith((".key", ".der", ".pem")) and re.match(_DER, data, flags=re.DOTALL):
        return "a private key"
    tool = _TOOLS.get(name) or (_TOOLS[".dockercfg"] if path.endswith(".docker/config.json") else None)
    dotenv = _DOTENV.fullmatch(name) is not None and not re.fullmatch(_SAMPLE, name)
    addresses = b"://" in data and (dotenv or passwords.is_settings(path))
    if len(data) > LOOKED_AT or not (tool or dotenv or addresses or _FRAMEWORKS.search(path) or _marked(data)):
        return ""
    text = data.decode("utf-8", "replace")
    if dotenv and (re.search(_ASSIGNED, text, flags=re.MULTILINE) if name == ".env" else passwords.is_assigned(text)):
        return "the secrets of an environment"
    return _inside(text, tool) or passwords.of_framework(path, text) or _address(path, text, addresses)


def _marked(data: bytes) -> bool:
    """Whether a file may contain a key or a token, so that it is searched for them."""
    if any(mark in data for mark in _MARKS):
        return True
    lower = data.lower()
    return any(mark in lower for mark in _LOWER_MARKS)


def _address(path: str, text: str, looked_for: bool) -> str:
    return "a URL with a password" if looked_for and passwords.in_address(path, text) else ""


def _inside(text: str, tool: str | None) -> str:
    if re.search(_PRIVATE_KEY, text, flags=re.MULTILINE):
        return "a private key"
    if tool and re.search(tool, text, re.MULTILINE):
        return "a password or token"
    if re.search(_AWS, text):
        return "an AWS access key"
    if re.search(_KUBECONFIG, text, flags=re.MULTILINE) and re.search(_KUBE_VALUE, text, flags=re.MULTILINE):
        return "access to a Kubernetes cluster"
    return "a token" if holds_token(text) else ""
