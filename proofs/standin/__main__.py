"""`python -m standin DIR`: write a mirror of stand-in providers into DIR."""

from __future__ import annotations

import argparse
from pathlib import Path

from .mirror import recorded, write_mirror


def main() -> None:
    """Write the mirror and print the environment variable that selects it."""
    parser = argparse.ArgumentParser(prog="standin", description=__doc__)
    parser.add_argument("dir", type=Path, help="the folder to write; ~/.terraform.d/plugins works too")
    parser.add_argument(
        "--schema",
        type=Path,
        action="append",
        metavar="FILE",
        help="a recorded schema; default: all of schema/*.json here",
    )
    arguments = parser.parse_args()
    schemas = arguments.schema or recorded()
    if not schemas:
        parser.error("no schema files: give --schema FILE")
    print(f"TF_CLI_CONFIG_FILE={write_mirror(arguments.dir, schemas)}")


if __name__ == "__main__":
    main()
