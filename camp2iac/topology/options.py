"""The parameters of requirements to run on a service, connect to it or be loaded into it."""

from __future__ import annotations

from camp2iac.camp import edits
from camp2iac.camp.nodes import Mapping, Scalar
from camp2iac.catalogue import Product
from camp2iac.diagnostics import Diagnostic
from camp2iac.diagnostics.suggest import nearest
from camp2iac.topology import statement_kinds as kinds
from camp2iac.topology import unread, values
from camp2iac.topology.duplicates import Once
from camp2iac.topology.model import Statement, TextValue
from camp2iac.topology.state import BuildState
from camp2iac.topology.usage import Use


def read(use: Use, product: Product, state: BuildState) -> dict[str, Statement[TextValue]]:
    """The parameters by the product's names for them. Unknown ones are warned about (CAMP307)."""
    found: dict[str, Statement[TextValue]] = {}
    spellings = {key: option for option, keys in product.options.items() for key in keys}
    given = use.requirement.extensions if use.requirement else Mapping({}, use.span)
    subject, once = use.part.subject, Once(use.part.name, state.diagnostics)
    for key, entry in given.entries.items():
        option = spellings.get(key) or (key if key in product.options else None)
        if option is not None and isinstance(entry.value, Scalar):
            once.first(f"the {option}", entry.key.span)
            value = values.text(entry.value)
            words = product.labels.get(option, f"{option} {{}}").replace("{}", values.words(value))
            found[option] = state.statements.say(subject, kinds.OPTION, value, words, entry.key.span, name=option)
            continue
        best = nearest(key, spellings)
        state.diagnostics.add(
            Diagnostic(
                "CAMP307",
                f"{product.title} has no parameter of this name: {key}",
                entry.key.span,
                label="it has no effect",
                context=(use.span,),
                fixes=edits.key(entry.key.span, key, best, sure=best not in given.entries),
            )
        )
        unread.option(subject, key, entry, state.statements)
    return found
