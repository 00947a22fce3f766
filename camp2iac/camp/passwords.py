"""Passwords in settings: in URLs, in ``.env.*``, in the files of frameworks. Placeholders do not count."""

from __future__ import annotations

import re

from camp2iac.diagnostics.secrets import is_about_secret, is_secret

_SETTINGS = (".ini", ".cfg", ".conf", ".toml", ".yaml", ".yml", ".json", ".properties")
# Examples, documentation and tests.
_SHOWS = (
    r"(?:^|/)(?:tests?|specs?|__tests__|fixtures?|examples?|samples?|docs?)/"
    r"|(?:example|sample|template|dist|schema)[^/]*$"
)
_ADDRESS = r"://(?P<user>[^\s:/@\"'<>]{0,100}):(?P<password>[^\s/@\"']{1,200})@(?P<host>\[[\da-fA-F:]+\]|[^\s/:\"',;]*)"
_COMPOSE = r"(?:^|/)(?:docker-)?compose[^/]*\.ya?ml$"
_OWN_HOST = (
    r"localhost|.*\.localhost|127\.[\d.]+|0\.0\.0\.0|\[::1\]|host\.docker\.internal|host(?:name)?|server|your.*|"
    r"(?:.*\.)?example(?:\.\w+)?|.*\.(?:test|invalid)|.*[<>(){}$*%].*|"
)
_PLACEHOLDER = (
    r"[<\[{*$.#%-].*|.*(?:\$\{|\{\{|<|%\().*|(?:x+|y+|z+|0+|1234*5*6*7*8*9*0*)|"
    r"(?:(?:db|my|your|the|some|app|user|test|dev|local)[ _-]?)?"
    r"(?:pass(?:word|wd|phrase)?|pwd|pw|secret|token|key)[\d!]{0,4}|"
    r"(?:your|put|insert|enter|replace|fill|add|some|set)[ _-].*|.*[ _-]here|"
    r".*(?:change|replace)[ _-]?(?:me|this|it).*|"
    r"(?:.*[ _-])?(?:example|sample|dummy|fake|placeholder|insecure|not[ _-]?secret|not[ _-]?used)(?:[ _-].*)?|"
    r"todo|tbd|none|null|nil|undefined|unset|empty|true|false|yes|no|on|off|test|testing|dev|development|"
    r"\w+\([^()]*\)|postgres|mysql|root|admin|guest|user(?:name)?|"
)
_LINE = r"^[ \t]*(?:export[ \t]+)?(?P<key>[A-Za-z_][\w.-]{0,200})[ \t]*=[ \t]*(?P<value>[^\r\n]{0,2000})"
_COMMENT = r"^[ \t]*(?:#|;|//)[^\n]*"
# Bundlers send the values of these to browsers.
_BUNDLED = r"(?:REACT_APP|VITE|NEXT_PUBLIC|NUXT_PUBLIC|GATSBY|EXPO_PUBLIC|PUBLIC|VUE_APP|SNOWPACK_PUBLIC)_.*"
_HARMLESS_VALUE = r"\d{1,6}[smhd]?|https?://.*|[./~][\w./-]*"

_RAILS_KEY = r"(?:^|/)config/(?:master|credentials/[^/]+)\.key$"
_HASHES = r"^[^\s:#]{1,200}:(?:\$(?:apr1|2[abxy]|5|6|y)\$\S{8}|\{S?SHA\}\S{8}|[./A-Za-z0-9]{13}\s*$)"
_WORDPRESS = r"define\s{0,9}\(\s{0,9}[\"']DB_PASSWORD[\"']\s{0,9},\s{0,9}([\"'])(?P<value>[^\"'\n]{0,200})\1"


def of_framework(path: str, text: str) -> str:
    """The secret that a framework's file contains; empty if none."""
    name = path.rpartition("/")[2].lower()
    if re.search(_RAILS_KEY, path) and re.fullmatch(r"\s*[0-9a-fA-F]{32,128}\s*", text):
        return "the key for Rails credentials"
    if (name == "htpasswd" or name.endswith(".htpasswd")) and re.search(_HASHES, text, flags=re.MULTILINE):
        return "password hashes"
    if name == "wp-config.php" and any(not placeholder(found["value"]) for found in re.finditer(_WORDPRESS, text)):
        return "the database password of WordPress"
    return ""


def is_settings(path: str) -> bool:
    """Whether a file contains settings that are used: not an example or a test."""
    return path.lower().endswith(_SETTINGS) and not re.search(_SHOWS, path, flags=re.IGNORECASE)


def in_address(path: str, text: str) -> bool:
    """Whether there is a URL with a password for another host, outside comments.

    In the files of Docker Compose, host names without a domain are other containers and do not count.
    """
    beside = re.search(_COMPOSE, path, flags=re.IGNORECASE) is not None
    return "://" in text and any(
        not placeholder(found["password"])
        and found["password"] != found["user"]
        and not re.fullmatch(_OWN_HOST, found["host"], flags=re.IGNORECASE)
        and not (beside and "." not in found["host"])
        for found in re.finditer(_ADDRESS, re.sub(_COMMENT, "", text, flags=re.MULTILINE))
    )


def is_assigned(text: str) -> bool:
    """Whether a line of a ``.env`` file sets a secret: ``DB_PASSWORD=...``."""
    return any(_gives(found["key"], _bare(found["value"])) for found in re.finditer(_LINE, text, flags=re.MULTILINE))


def placeholder(value: str) -> bool:
    """Whether a value is a placeholder for a secret: ``changeme``, ``<password>``, ``${DB_PASSWORD}``."""
    return re.fullmatch(_PLACEHOLDER, value, flags=re.IGNORECASE) is not None


def _bare(value: str) -> str:
    """A value of a ``.env`` file without quotes and comment."""
    value = value.strip()
    if value[:1] in ("'", '"'):
        return value[1:].partition(value[0])[0].strip()
    return re.split(r"(?:^|\s)#", value, maxsplit=1)[0].strip()


def _gives(key: str, value: str) -> bool:
    if not is_secret(key) or is_about_secret(key) or placeholder(value):
        return False
    if re.fullmatch(_BUNDLED, key) and not re.search("pass|secret", key, re.IGNORECASE):
        return False
    return not re.fullmatch(_HARMLESS_VALUE, value, flags=re.IGNORECASE)
