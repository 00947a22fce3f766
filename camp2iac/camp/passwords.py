"""Passwords in settings: in URLs, in ``.env.*``, in the files of frameworks. Placeholders do not count."""

from __future__ import annotations

import re

from camp2iac.diagnostics.secrets import is_about_secret, is_secret

_SETTINGS = (".ini", ".cfg", ".conf", ".toml", ".yaml", ".yml", ".json", ".properties")
# Examples, documentation and tests.
_SHOWS = re.compile(
    r"(?:^|/)(?:tests?|specs?|__tests__|fixtures?|examples?|samples?|docs?)/|(?:example|sample|template|dist|schema)[^/]*$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"://(?P<user>[^\s:/@\"'<>]{0,100}):(?P<password>[^\s/@\"']{1,200})@(?P<host>\[[\da-fA-F:]+\]|[^\s/:\"',;]*)"
)
_COMPOSE = re.compile(r"(?:^|/)(?:docker-)?compose[^/]*\.ya?ml$", re.IGNORECASE)
_OWN_HOST = re.compile(
    r"localhost|.*\.localhost|127\.[\d.]+|0\.0\.0\.0|\[::1\]|host\.docker\.internal|host(?:name)?|server|your.*|"
    r"(?:.*\.)?example(?:\.\w+)?|.*\.(?:test|invalid)|.*[<>(){}$*%].*|",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"[<\[{*$.#%-].*|.*(?:\$\{|\{\{|<|%\().*|(?:x+|y+|z+|0+|1234*5*6*7*8*9*0*)|"
    r"(?:(?:db|my|your|the|some|app|user|test|dev|local)[ _-]?)?"
    r"(?:pass(?:word|wd|phrase)?|pwd|pw|secret|token|key)[\d!]{0,4}|"
    r"(?:your|put|insert|enter|replace|fill|add|some|set)[ _-].*|.*[ _-]here|"
    r".*(?:change|replace)[ _-]?(?:me|this|it).*|"
    r"(?:.*[ _-])?(?:example|sample|dummy|fake|placeholder|insecure|not[ _-]?secret|not[ _-]?used)(?:[ _-].*)?|"
    r"todo|tbd|none|null|nil|undefined|unset|empty|true|false|yes|no|on|off|test|testing|dev|development|"
    r"\w+\([^()]*\)|postgres|mysql|root|admin|guest|user(?:name)?|",
    re.IGNORECASE,
)
_LINE = re.compile(
    r"^[ \t]*(?:export[ \t]+)?(?P<key>[A-Za-z_][\w.-]{0,200})[ \t]*=[ \t]*(?P<value>[^\r\n]{0,2000})", re.MULTILINE
)
_COMMENT = re.compile(r"^[ \t]*(?:#|;|//)[^\n]*", re.MULTILINE)
# Bundlers send the values of these to browsers.
_BUNDLED = re.compile(
    r"(?:REACT_APP|VITE|NEXT_PUBLIC|NUXT_PUBLIC|GATSBY|EXPO_PUBLIC|PUBLIC|VUE_APP|SNOWPACK_PUBLIC)_.*"
)
_HARMLESS_VALUE = re.compile(r"\d{1,6}[smhd]?|https?://.*|[./~][\w./-]*", re.IGNORECASE)

_RAILS_KEY = re.compile(r"(?:^|/)config/(?:master|credentials/[^/]+)\.key$")
_HASHES = re.compile(
    r"^[^\s:#]{1,200}:(?:\$(?:apr1|2[abxy]|5|6|y)\$\S{8}|\{S?SHA\}\S{8}|[./A-Za-z0-9]{13}\s*$)", re.MULTILINE
)
_WORDPRESS = re.compile(
    r"define\s{0,9}\(\s{0,9}[\"']DB_PASSWORD[\"']\s{0,9},\s{0,9}([\"'])(?P<value>[^\"'\n]{0,200})\1"
)


def of_framework(path: str, text: str) -> str:
    """The secret that a framework's file contains; empty if none."""
    name = path.rpartition("/")[2].lower()
    if _RAILS_KEY.search(path) and re.fullmatch(r"\s*[0-9a-fA-F]{32,128}\s*", text):
        return "the key for Rails credentials"
    if (name == "htpasswd" or name.endswith(".htpasswd")) and _HASHES.search(text):
        return "password hashes"
    if name == "wp-config.php" and any(not placeholder(found["value"]) for found in _WORDPRESS.finditer(text)):
        return "the database password of WordPress"
    return ""


def is_settings(path: str) -> bool:
    """Whether a file contains settings that are used: not an example or a test."""
    return path.lower().endswith(_SETTINGS) and not _SHOWS.search(path)


def in_address(path: str, text: str) -> bool:
    """Whether there is a URL with a password for another host, outside comments.

    In the files of Docker Compose, host names without a domain are other containers and do not count.
    """
    beside = _COMPOSE.search(path) is not None
    return "://" in text and any(
        not placeholder(found["password"])
        and found["password"] != found["user"]
        and not _OWN_HOST.fullmatch(found["host"])
        and not (beside and "." not in found["host"])
        for found in _ADDRESS.finditer(_COMMENT.sub("", text))
    )


def is_assigned(text: str) -> bool:
    """Whether a line of a ``.env`` file sets a secret: ``DB_PASSWORD=...``."""
    return any(_gives(found["key"], _bare(found["value"])) for found in _LINE.finditer(text))


def placeholder(value: str) -> bool:
    """Whether a value is a placeholder for a secret: ``changeme``, ``<password>``, ``${DB_PASSWORD}``."""
    return _PLACEHOLDER.fullmatch(value) is not None


def _bare(value: str) -> str:
    """A value of a ``.env`` file without quotes and comment."""
    value = value.strip()
    if value[:1] in ("'", '"'):
        return value[1:].partition(value[0])[0].strip()
    return re.split(r"(?:^|\s)#", value, maxsplit=1)[0].strip()


def _gives(key: str, value: str) -> bool:
    if not is_secret(key) or is_about_secret(key) or placeholder(value):
        return False
    if _BUNDLED.fullmatch(key) and not re.search("pass|secret", key, re.IGNORECASE):
        return False
    return not _HARMLESS_VALUE.fullmatch(value)
