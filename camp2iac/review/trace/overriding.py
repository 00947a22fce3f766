"""What a line of a user's own override file changes: Terraform merges ``*_override.tf`` into other blocks."""

from __future__ import annotations

from collections.abc import Iterator

from camp2iac.diagnostics import Span
from camp2iac.review.trace.generated import GeneratedOutput
from camp2iac.synth.written import WrittenItem

_ENDINGS = (".tf", ".tf.json", ".tofu", ".tofu.json")
_MERGED = ("lifecycle", "required_providers")  # other nested blocks replace all of their type


def is_override(output: GeneratedOutput, path: str) -> bool:
    """Whether Terraform merges a file into other files, and camp2iac did not write it."""
    name = path.rpartition("/")[2]
    ending = next((each for each in reversed(_ENDINGS) if name.endswith(each)), "")
    stem = name.removesuffix(ending)
    override = bool(ending) and (stem == "override" or stem.endswith("_override"))
    return override and path not in output.files and path in output.modules


def items(output: GeneratedOutput, path: str, line: int | None) -> list[WrittenItem]:
    """The block or argument on a line of the file; without a line, all of its blocks."""
    if line is not None:
        item = output.at(path, line)
        return [item] if item is not None else []
    return [item for item in output.items(path) if item.is_block and output.block_of(item.name) in ("", item.name)]


def overridden(output: GeneratedOutput, name: str) -> str:
    """The generated block or argument that something in an override file replaces or extends; empty if none."""
    block = output.block_of(name)
    while name and name.startswith(block):
        if generated(output, name) is not None:
            return name
        name = name.rpartition(".")[0]
    return ""


def generated(output: GeneratedOutput, name: str) -> Span | None:
    """Where camp2iac wrote a block or an argument."""
    found = output.written.get(name)
    return found if found is not None and found.file in output.files else None


def says(output: GeneratedOutput, path: str, item: WrittenItem) -> Iterator[str]:
    """What an override does."""
    name = overridden(output, item.name)
    if not name:
        yield f"no generated block is {item.name}, so Terraform reports an error: an override changes an existing block"
        return
    span = generated(output, name)
    at = f" ({output.shown(span.file)}:{span.line})" if span is not None else ""
    inner = item.name[len(name) + 1 :]
    if item.name == name and item.is_block and output.block_of(name) == name:
        yield f"it changes the generated {name}{at}"
    elif inner:
        yield f"it adds {inner} to the generated {name}{at}"
    elif item.is_block and name.rpartition(".")[2] not in _MERGED:
        yield f"it replaces all blocks of this type in the generated {output.block_of(name)}{at}"
    else:
        yield f"it replaces the generated {name}{at}"
