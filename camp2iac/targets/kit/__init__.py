"""The kit for targets: helpers in addition to the contract in :mod:`camp2iac.targets.base`.

* :class:`ModuleBuilder` writes the module: head, resources, data sources, variables, parameters, secrets, outputs, and
  comments that name the plan or the environment file.
* :func:`resolve` turns a string of the plan into a Terraform value.
* :func:`kept`, :func:`degraded`, :func:`lost` create the outcome of a statement. :func:`enter` writes outcomes into
  the ledger.
  * :func:`run_checks` runs a folder of checks. :func:`unknown_name` creates the diagnostic for a name that the plan
  does not have. :func:`given_names` finds names of the plan in an environment file, through marks in its schema.
* :class:`Place` declares what the platform does with one kind of statement.
* ``blocks`` creates blocks as values, for a target that collects them before it adds them.
  * ``names``, ``variables``, ``paths``, ``places``: reserved names, variables and their conditions, the URL paths of
  components, the kinds of statements.
"""

from camp2iac.targets.kit import blocks, names, paths, places, variables
from camp2iac.targets.kit.builder import ModuleBuilder
from camp2iac.targets.kit.checks import run_checks, unknown_name
from camp2iac.targets.kit.environment_names import GivenName, environment_schema, given_names
from camp2iac.targets.kit.outcomes import degraded, enter, kept, lost
from camp2iac.targets.kit.places import Place
from camp2iac.targets.kit.values import Resolved, resolve

__all__ = [
    "GivenName",
    "ModuleBuilder",
    "Place",
    "Resolved",
    "blocks",
    "degraded",
    "enter",
    "environment_schema",
    "given_names",
    "kept",
    "lost",
    "names",
    "paths",
    "places",
    "resolve",
    "run_checks",
    "unknown_name",
    "variables",
]
