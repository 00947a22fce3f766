"""Scale: the number of instances or processes."""

from __future__ import annotations

from camp2iac.camp.nodes import Mapping
from camp2iac.diagnostics import Diagnostic, Label, Span
from camp2iac.topology import statement_kinds as kinds
from camp2iac.topology.characteristics.reading import ServiceReading, number
from camp2iac.topology.model import Scale


def read(reading: ServiceReading, given: Mapping, span: Span) -> None:
    """Record the Scale. CAMP312: its numbers contradict each other."""
    low, start, high = (number(given, key) for key in ("min", "initial", "max"))
    if low is not None and high is not None and low > high:
        reading.diagnostics.add(
            Diagnostic(
                "CAMP312",
                f"the Scale of {reading.service.name} has a min that is greater than its max: {low} and {high}",
                given["min"].span,
                label="greater than max",
                context=(span,),
                related=(Label(given["max"].span, "less than min"),),
                help=f"write a min of {high} or less, such as  min: {max(1, high // 2)},  or a max of {low} or more",
            )
        )
        return
    minimum = low if low is not None else min(1, *(n for n in (start, high) if n is not None))
    initial = start if start is not None else max(minimum, 1) if high is None else max(minimum, min(1, high))
    maximum = high if high is not None else max(initial, minimum)
    if not minimum <= initial <= maximum:
        bound, word = ("max", "greater") if initial > maximum else ("min", "less")
        reading.diagnostics.add(
            Diagnostic(
                "CAMP312",
                f"the Scale of {reading.service.name} has an initial that is {word} than its {bound}: {initial}",
                given["initial"].span,
                label=f"{word} than {bound}",
                context=(span,),
                related=(Label(given[bound].span, f"{bound} is {maximum if bound == 'max' else minimum}"),),
                help=f"write an initial from {minimum} to {maximum}, for example  initial: {minimum or maximum}",
            )
        )
        return
    words = f"{initial}" if minimum == maximum else f"{initial}, from {minimum} to {maximum}"
    reading.say(kinds.SCALE, Scale(minimum, initial, maximum), f"Scale: {words}", span)
