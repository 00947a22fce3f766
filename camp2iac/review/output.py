"""What is written for a compilation: the module's files, the documents beside it, a README, the source map."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from camp2iac.compiler import Compiled
from camp2iac.review.committed import GITIGNORE, gitignore
from camp2iac.review.readme import README, readme
from camp2iac.synth import sourcemap
from camp2iac.synth.folder import Output
from camp2iac.synth.identity import identities
from camp2iac.synth.impact import effects
from camp2iac.synth.module import Module
from camp2iac.synth.namespacing import moved
from camp2iac.targets.base import Lowered, Target


def assemble(
    compiled: Compiled,
    target: Target,
    lowered: Lowered,
    write: Callable[[Module], Mapping[str, str]],
    *,
    plan: str,
    environment: str | None,
    inside: str = "",
) -> Output:
    """The output folder of a compilation, which gave ``lowered`` on ``target``.

    ``write``: a writer, module to file name and text. ``plan``, ``environment``: their paths from the output folder
    (``../../camp.yaml``), or their names where it does not lie in the plan's folder. ``inside``: the module's folder in
    the output, where that is not the output folder itself; what the writer names is named from the output folder.
    """
    files = {name: text.encode() for name, text in write(lowered.module).items()}
    documents = moved(lowered.documents, inside) if inside else lowered.documents
    files |= {document.path: document.data for document in documents}
    files[README] = readme(compiled, target, lowered, plan, environment, inside).encode()
    files[GITIGNORE] = gitignore(files, inside).encode()
    return Output(
        files,
        sourcemap.SourceMap(
            target.name,
            plan,
            environment,
            compiled.inputs,
            sourcemap.origins(lowered.module, documents),
            effects(lowered.module, lowered.documents, lowered.reruns),
            _recorded(lowered),
        ),
        frozenset(document.path for document in documents if document.executable),
    )


def _recorded(lowered: Lowered) -> Mapping[str, sourcemap.Recorded]:
    found = identities(lowered.module, lowered.documents, lowered.tracked)
    return {address: sourcemap.Recorded(each, found[address]) for address, each in lowered.tracked.items()}
