# shellcheck shell=bash
# Sourced. make_environment makes .venv in the current folder with any Python from 3.10 on, and installs "$1" (such as
# ".[test]") when pyproject.toml is newer than the last installation.

# A hook, or `git rebase --exec`, says by variables which repository is meant: no test and no script means that one.
unset "${!GIT_@}"

find_python() {
  local each
  for each in "${PYTHON:-}" python3 python3.14 python3.13 python3.12 python3.11 python3.10 python; do
    if [ -n "$each" ] && "$each" -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null; then
      echo "$each"
      return
    fi
  done
  echo "Python 3.10 or newer is needed (PYTHON=... chooses one)." >&2
  return 1
}

# FOLDER: an environment with pip, unless it is there. Each step's failure is returned: `set -e` does not hold inside of
# `make_venv ... || return`.
make_venv() {
  local python
  [ ! -x "$1/bin/python" ] || return 0
  python=$(find_python) || return
  # Debian's python3 comes without ensurepip: virtualenv, which needs only pip or nothing, does it as well.
  if "$python" -m venv "$1" > /dev/null 2>&1; then return; fi
  rm -rf "$1"
  if "$python" -m virtualenv -q "$1" 2> /dev/null; then return; fi
  if ! "$python" -m pip --version > /dev/null 2>&1; then
    echo "Neither venv nor pip is there: install python3-venv, or python3-pip." >&2
    return 1
  fi
  "$python" -m pip install -q --target .venv-tools virtualenv || return
  PYTHONPATH=.venv-tools "$python" -m virtualenv -q "$1" || return
  rm -rf .venv-tools
}

make_environment() {
  make_venv .venv || return
  if [ ! -e ".venv/.installed-$2" ] || [ pyproject.toml -nt ".venv/.installed-$2" ]; then
    .venv/bin/python -m pip install -q --disable-pip-version-check -e "$1" || return
    touch ".venv/.installed-$2"
  fi
}

has() { # COMMAND...: whether each of them is there; `command -v a b` is content with one
  local each
  for each in "$@"; do
    command -v "$each" > /dev/null 2>&1 || return 1
  done
}

in_ci() { # tests/support/skips.py has the same words
  case ${CI:-} in
    '' | 0 | false | False | FALSE | no | off) return 1 ;;
  esac
}

# Whether everything has to run here: continuous integration (CI=true) as root on Debian can install what is missing.
# What cannot run there has failed; elsewhere it is said, and is no failure.
must_run() {
  in_ci && [ "$(id -u)" = 0 ] && grep -qs '^ID=debian' /etc/os-release
}

# FILE: installs the Debian packages that it names, a line COMMAND PACKAGE..., where the command is missing. Needs root.
install_packages() {
  local command packages need=()
  while read -r command packages || [ -n "$command" ]; do
    case $command in '' | '#'*) continue ;; esac
    has "$command" || read -ra need <<< "${need[*]} $packages"
  done < "$1"
  [ ${#need[@]} -gt 0 ] || return 0
  has apt-get || return 1
  printf 'apt: %s\n' "${need[*]}"
  without_servers apt_install "${need[@]}" < /dev/null > /dev/null || return 1
}

apt_install() {
  apt-get -q update && DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install "$@"
}

# COMMAND...: executed while packages are kept from starting servers of their own. In a subshell, whose traps take the
# policy away however it ends; one that was left by a killed run is known by its second line.
without_servers() (
  policy=${APT_POLICY:-/usr/sbin/policy-rc.d} mine='# while tests/environment.sh installs packages'
  if [ ! -e "$policy" ] || grep -qxF "$mine" "$policy"; then
    trap 'rm -f "$policy"' EXIT
    trap 'exit 129' HUP
    trap 'exit 130' INT
    trap 'exit 143' TERM
    printf '#!/bin/sh\n%s\nexit 101\n' "$mine" > "$policy" || exit
    chmod +x "$policy" || exit
  fi
  "$@"
)
