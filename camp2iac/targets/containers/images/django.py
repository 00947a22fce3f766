"""Django: a Python project with its static files, and migrations before each release."""

from __future__ import annotations

import shlex

from camp2iac.diagnostics.secrets import holds_secret
from camp2iac.targets import wsgi
from camp2iac.targets.containers.images import ImageBuild, python
from camp2iac.targets.kit import Resolved, stores
from camp2iac.targets.kit.elsewhere import Elsewhere
from camp2iac.topology import confidential, object_stores
from camp2iac.topology.model import Link, TextValue


def prepare(build: ImageBuild) -> None:
    """Prepare it like Python. If the plan does not name the application, ``manage.py`` does."""
    names, read = build.copy.home
    if "manage.py" not in names:
        build.wrong("is not a Django project", "this content has no manage.py", "name the folder with manage.py")
        return
    build.processes["release"] = "exec python manage.py migrate --noinput"
    python.serve(build, wsgi.application(build.literal("application"), names, read))
    module = (wsgi.settings(names, read) or "").replace(".", "/")
    settings = [read(name) for name in names if module and name.startswith(module) and name.endswith(".py")]
    if any(b"STATIC_ROOT" in text for text in settings):
        _collect(build)


def _collect(build: ImageBuild) -> None:
    """Collect the static files after the build of the plan: processes cannot write them."""
    known = {"SECRET_KEY": "unknown", "PORT": "8080"}
    for link in build.component.links:
        known |= _linked(build, link)
    for variable in build.component.variables:
        secret = confidential.written(variable.name, variable.value)
        known[variable.name] = "unknown" if secret else variable.value.literal or "unknown"
    told = "".join(f"export {name}={shlex.quote(value)}\n" for name, value in sorted(known.items()))
    first = f"({build.command}\n)\n" if build.command else ""
    build.command = (
        f"{first}# The settings can need the variables of the application. Only containers have the values of some.\n"
        f"{told}python manage.py collectstatic --noinput --verbosity=0"
    )


def _linked(build: ImageBuild, link: Link) -> dict[str, str]:
    """The variables of a link in the right form, without its passwords."""
    service = build.topology.services[link.service]
    if service.href is not None:
        store = object_stores.is_store(service)
        found = (
            stores.variables(build.topology, link, _unknown) if store else Elsewhere(service, _unknown).variables(link)
        )
        values = {name: each.value for name, each in found.items()}
        return {
            name: value if isinstance(value, str) and not holds_secret(value) else "unknown"
            for name, value in values.items()
        }
    form = service.product.link.url if service.product.link else "http://{host}:{port}"
    host, port = "localhost", str(service.product.port or 80)
    url = form.format(user="user", password="unknown", host=host, port=port, name="name")  # noqa: S106 - none
    return {**dict.fromkeys(link.variables, url), **dict(zip(link.parts, (host, port), strict=True))}


def _unknown(_: TextValue) -> Resolved:
    return Resolved("unknown", False, ())
