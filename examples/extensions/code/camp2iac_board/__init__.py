"""A target with its own diagnostic code: ``BOARD101``, a board that does not exist."""

from difflib import get_close_matches

from camp2iac import Diagnostic, Fix
from camp2iac.targets import kit
from camp2iac.targets.api import Context, Lowered, Topology

BOARDS = ("mini", "nano", "uno")


class BoardTarget:
    """The target ``board``: it lists what runs on a board, as data in Terraform's state."""

    name = "board"
    title = "Boards"
    environment_schema = {
        "type": "object",
        "properties": {"board": {"type": "string", "description": "The name of a board. Default: uno."}},
    }

    def lower(self, topology: Topology, context: Context) -> Lowered:
        """Write one resource for each component."""
        board = context.environment.get("board", default="uno")
        if board not in BOARDS:
            context.diagnostics.add(_unknown(board, context))
        module = kit.ModuleBuilder(topology, context.environment)
        module.head({})
        for component in topology.components.values():
            context.ledger.keep(component.statement, f"listed on {board}")
            module.resource(
                kit.names.file(component.id, "board"),
                "terraform_data",
                kit.names.identifier(component.id),
                comment=module.plan(component.id),
                origin=component.span,
                input={"board": board, "component": component.id},
            )
        return Lowered(module.module, ())


def _unknown(board: str, context: Context) -> Diagnostic:
    """The diagnostic, with a fix for each board that has a similar name."""
    span = context.environment.span("board")  # None if --set gives the board
    near = get_close_matches(board, BOARDS)
    fixes = tuple(Fix(write=f"board: {name}", replaces=span, text=name, sure=len(near) == 1) for name in near)
    notes = (f"boards: {', '.join(BOARDS)}",)
    return Diagnostic("BOARD101", f"there is no board {board}", span, notes=notes, fixes=fixes)
