#!/usr/bin/env bash
# Builds the site of these pages into site/: open site/index.html, or serve the folder. With `docs/build.sh serve`, it is
# at http://127.0.0.1:8000 and follows changes. Other arguments go to mkdocs. A warning is an error.
set -euo pipefail
cd "$(dirname "$0")/.."
. tests/environment.sh

make_environment ".[docs]" docs
export NO_MKDOCS_2_WARNING=1
if [ "${1:-}" = serve ]; then exec .venv/bin/python -m mkdocs "$@"; fi
exec .venv/bin/python -m mkdocs build --strict --clean "$@"
