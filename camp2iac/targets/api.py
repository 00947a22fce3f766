"""All names for authors of targets: the contract, the topology as input, and the module as output.

A target is a class that implements :class:`Target`, registered as an entry point of the group ``camp2iac.targets``. It
adds errors to the diagnostics of its context, as ``Diagnostic`` of :mod:`camp2iac`. :mod:`camp2iac.targets.kit` has
helpers.
"""

from camp2iac.camp.package import Package
from camp2iac.diagnostics import Diagnostics
from camp2iac.synth.module import (
    Attribute,
    Block,
    Call,
    Commented,
    Document,
    Expr,
    Module,
    Ref,
    Template,
    Value,
    body,
    call,
    expr,
    ref,
    template,
)
from camp2iac.synth.tracked import Tracked
from camp2iac.targets.base import Context, Environment, Ledger, Lowered, Target
from camp2iac.targets.facts import Contact, Installed, PlatformFacts, Price, Required, Told
from camp2iac.targets.module_tests import ModuleTests
from camp2iac.topology.cron import Cron
from camp2iac.topology.model import (
    Balance,
    Component,
    Compute,
    Exposure,
    Job,
    Link,
    Network,
    Parameter,
    PortRange,
    Process,
    Scale,
    Schedule,
    Secret,
    Service,
    Statement,
    TextValue,
    Tier,
    Topology,
    Variable,
    Volume,
)

__all__ = [
    "Attribute",
    "Balance",
    "Block",
    "Call",
    "Commented",
    "Component",
    "Compute",
    "Contact",
    "Context",
    "Cron",
    "Diagnostics",
    "Document",
    "Environment",
    "Exposure",
    "Expr",
    "Installed",
    "Job",
    "Ledger",
    "Link",
    "Lowered",
    "Module",
    "ModuleTests",
    "Network",
    "Package",
    "Parameter",
    "PlatformFacts",
    "PortRange",
    "Price",
    "Process",
    "Ref",
    "Required",
    "Scale",
    "Schedule",
    "Secret",
    "Service",
    "Statement",
    "Target",
    "Template",
    "TextValue",
    "Tier",
    "Told",
    "Topology",
    "Tracked",
    "Value",
    "Variable",
    "Volume",
    "body",
    "call",
    "expr",
    "ref",
    "template",
]
