"""Process types: those of ``org.camp2iac:Process``, and those of a Procfile in the content, its other spelling."""

from __future__ import annotations

from camp2iac.camp import placed
from camp2iac.camp.nodes import Mapping, MappingEntry, Scalar
from camp2iac.catalogue import Product
from camp2iac.diagnostics import Diagnostic, Span
from camp2iac.diagnostics.located import located
from camp2iac.record import Record, replace
from camp2iac.topology import statement_kinds as kinds
from camp2iac.topology.characteristics import compute as computes
from camp2iac.topology.characteristics import scale as scales
from camp2iac.topology.model import Component, Process, Scale
from camp2iac.topology.state import BuildState
from camp2iac.topology.usage import ArtifactDraft


class ProcessTypes(Record, frozen=True):
    """The reader of an artifact's process types."""

    part: ArtifactDraft
    state: BuildState

    def read(self, name: str, entry: MappingEntry) -> Process:
        """A process type of the plan: a command line, or a mapping. CAMP328: nothing says what it runs."""
        value, place = entry.value, entry.key.span
        given = value if isinstance(value, Mapping) else Mapping({}, value.span)
        node = given.get("command") if isinstance(value, Mapping) else value
        command = located(node.text, node.span) if isinstance(node, Scalar) else self._in_procfile(name, entry)
        process = self._say(name, command, place)
        if (tier := given.get("tier")) is not None and isinstance(tier, Scalar):
            words = f"Process: {name}, tier {tier.text}"
            said = self.state.statements.say(
                self.part.subject, kinds.TIER, placed.text(tier), words, tier.span, name=name
            )
            process = replace(process, tier=said)
        if (scale := self._scale(name, given)) is not None:
            words, span = f"Process: {name}, scale {scales.words(scale)}", given.key("scale").span
            process = replace(
                process,
                scale=self.state.statements.say(self.part.subject, kinds.SCALE, scale, words, span, name=name),
            )
        if isinstance(needs := given.get("compute"), Mapping):
            compute, words = computes.parse(needs)
            words, span = f"Process: {name}, compute {words}", given.key("compute").span
            process = replace(
                process,
                compute=self.state.statements.say(self.part.subject, kinds.COMPUTE, compute, words, span, name=name),
            )
        return process

    def _say(self, name: str, command: str, place: Span) -> Process:
        words = f"Process: {name}, {command}"
        return Process(
            name,
            command,
            self.state.statements.say(self.part.subject, kinds.PROCESS, name, words, place, name=name),
        )

    def _scale(self, name: str, given: Mapping) -> Scale | None:
        node = given.get("scale")
        if isinstance(node, Mapping):
            return scales.parse(node, f"{name} of {self.part.name}", given.key("scale").span, self.state.diagnostics)
        if isinstance(node, Scalar) and isinstance(node.value, int):
            count = located(node.value, node.span)
            return Scale(count, count, count)
        return None

    def _in_procfile(self, name: str, entry: MappingEntry) -> str:
        found = self.state.procfiles(self.part.artifact.content).get(name)
        if found is None:
            self.state.diagnostics.add(
                Diagnostic(
                    "CAMP328",
                    f"the process {name} of {self.part.name} has no command",
                    entry.key.span,
                    label="what does it run?",
                    notes=("the content has no Procfile with this process type, or camp2iac cannot read the content",),
                    help=f"add for example  command: python {name}.py",
                )
            )
        return found or ""

    def add(self, component: Component, product: Product) -> Component:
        """The component with the process types of its Procfile that the plan does not have.

        Its ``web`` is left out if the product is the server itself. If several artifacts have the same content, the
        plan says which of them runs what.
        """
        content = self.part.artifact.content
        if self.state.usage.contents[content.path] > 1:
            return component
        place = content.href.span if content.href else content.span
        taken = {process.type for process in component.processes}
        if product.server:
            taken.add("web")
        found = list(component.processes)
        for name, command in sorted(self.state.procfiles(content).items()):
            if name not in taken:
                words = f"Process: {name}, {command} (Procfile)"
                said = self.state.statements.say(self.part.subject, kinds.PROCESS, name, words, place, name=name)
                found.append(Process(name, command, said, procfile=True))
        return replace(component, processes=tuple(sorted(found, key=lambda process: process.type)))
