"""The variables of JDBC in dynos: the same as on instances, from the URLs of add-ons.

heroku/jvm derives them only from ``DATABASE_URL``, ``JAWSDB_URL`` and ``JAWSDB_MARIA_URL``, all under the name
``JDBC_DATABASE``, and gives MariaDB the scheme of MySQL, which its driver refuses. Each dyno of cedar runs the scripts
in ``.profile.d`` when it starts, in the order of their names. Sources: ``opt/jdbc.sh`` of heroku-buildpack-jvm-common
(2026-07-22), https://devcenter.heroku.com/articles/dynos#the-profile-file.
"""

from __future__ import annotations

from camp2iac.targets.kit import jdbc
from camp2iac.targets.kit.copies import Copy
from camp2iac.topology import elsewhere
from camp2iac.topology.model import Component, Service, Topology

FILE = ".profile.d/zz-camp2iac-jdbc.sh"
"""After the script of the buildpack."""

_HEAD = """\
# Variables for JDBC, as on an instance: from NAME_URL come JDBC_NAME_URL, JDBC_NAME_USERNAME and JDBC_NAME_PASSWORD.
camp2iac_decoded() {
  printf '%b' "${1//%/\\\\x}"
}

# Name, driver, parameters, a parameter unless the URL has parameters, URL, "plain" if not all drivers decode
camp2iac_jdbc() {
  local form='^[a-z0-9+]+://([^:@/]*):([^@/]*)@([^/?#]+)(/[^?#]*)?([?]([^#]*))?'
  [[ "$5" =~ $form ]] || return 0
  local user="${BASH_REMATCH[1]}" password="${BASH_REMATCH[2]}" host="${BASH_REMATCH[3]}" path="${BASH_REMATCH[4]}"
  local more="$3&${BASH_REMATCH[6]:-$4}" login="user=$user&password=$password&"
  if [[ "${6-}" == plain && "$user$password" == *[!A-Za-z0-9._~-]* ]]; then login=""; fi
  more="$login${more#&}" more="${more%&}"
  export "JDBC_$1_URL=jdbc:$2://$host$path${more:+?$more}"
  export "JDBC_$1_USERNAME=$(camp2iac_decoded "$user")" "JDBC_$1_PASSWORD=$(camp2iac_decoded "$password")"
}

"""
_TLS = {"postgresql": "sslmode=require"}


def add(copy: Copy, component: Component, host: Service, topology: Topology) -> None:
    """Add the script for the links of a component on Java to databases whose URLs are known only to Heroku."""
    lines = []
    for link in component.links:
        service = topology.services.get(link.service)
        if service is None or not jdbc.applies(host.product.recipe, service):
            continue
        if service.href is not None and elsewhere.whole(service):
            continue  # the configuration has them
        form = service.product.recipe.jdbc
        driver = form.removeprefix("jdbc:").partition(":")[0]
        plain = " plain" if "{login}" in form else ""  # as jdbc.login
        query = form.replace("{login}", "").partition("?")[2]
        fixed = [each for each in query.split("&") if not each.startswith(("user=", "password="))]
        tls = _TLS.get(driver, "") if service.href is None else ""
        for variable in link.variables:
            name = variable.removesuffix("_URL")
            lines.append(f'camp2iac_jdbc {name} {driver} "{"&".join(fixed)}" "{tls}" "${{{variable}-}}"{plain}\n')
    if lines and FILE not in copy.files:
        copy.add(FILE, _HEAD + "".join(dict.fromkeys(lines)), component.span)
