"""Scale: the number of instances or processes."""

from __future__ import annotations

from camp2iac.camp.nodes import Mapping
from camp2iac.diagnostics import Diagnostic, Diagnostics, Label, Span
from camp2iac.topology import statement_kinds as kinds
from camp2iac.topology.characteristics.reading import ServiceReading, number
from camp2iac.topology.model import Scale


def read(reading: ServiceReading, given: Mapping, span: Span) -> None:
    """Record the Scale."""
    scale = parse(given, reading.service.name, span, reading.diagnostics)
    if scale is not None:
        reading.say(kinds.SCALE, scale, f"Scale: {words(scale)}", span)


def words(scale: Scale) -> str:
    """Its numbers: ``2``, or ``2, from 1 to 4``."""
    if scale.minimum == scale.maximum:
        return f"{scale.initial}"
    return f"{scale.initial}, from {scale.minimum} to {scale.maximum}"


def parse(given: Mapping, of: str, span: Span, diagnostics: Diagnostics) -> Scale | None:
    """The Scale of ``of``. None, and CAMP312, if its numbers contradict each other."""
    low, start, high = (number(given, key) for key in ("min", "initial", "max"))
    if low is not None and high is not None and low > high:
        diagnostics.add(
            Diagnostic(
                "CAMP312",
                f"the Scale of {of} has a min that is greater than its max: {low} and {high}",
                given["min"].span,
                label="greater than max",
                context=(span,),
                related=(Label(given["max"].span, "less than min"),),
                help=f"write a min of {high} or less, such as  min: {max(1, high // 2)},  or a max of {low} or more",
            )
        )
        return None
    minimum = low if low is not None else min(1, *(n for n in (start, high) if n is not None))
    initial = start if start is not None else max(minimum, 1) if high is None else max(minimum, min(1, high))
    maximum = high if high is not None else max(initial, minimum)
    if not minimum <= initial <= maximum:
        bound, word = ("max", "greater") if initial > maximum else ("min", "less")
        diagnostics.add(
            Diagnostic(
                "CAMP312",
                f"the Scale of {of} has an initial that is {word} than its {bound}: {initial}",
                given["initial"].span,
                label=f"{word} than {bound}",
                context=(span,),
                related=(Label(given[bound].span, f"{bound} is {maximum if bound == 'max' else minimum}"),),
                help=f"write an initial from {minimum} to {maximum}, for example  initial: {minimum or maximum}",
            )
        )
        return None
    return Scale(minimum, initial, maximum)
