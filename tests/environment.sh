# shellcheck shell=bash
# Sourced. make_environment makes .venv in the current folder with any Python from 3.10 on, and installs "$1" (such as
# ".[test]") when pyproject.toml is newer than the last installation.

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

make_environment() {
  local python
  if [ ! -x .venv/bin/python ]; then
    python=$(find_python)
    # Debian's python3 comes without ensurepip: virtualenv, which needs only pip or nothing, does it as well.
    if ! "$python" -m venv .venv >/dev/null 2>&1; then
      rm -rf .venv
      if ! "$python" -m virtualenv -q .venv 2>/dev/null; then
        if ! "$python" -m pip --version >/dev/null 2>&1; then
          echo "Neither venv nor pip is there: install python3-venv, or python3-pip." >&2
          return 1
        fi
        "$python" -m pip install -q --target .venv-tools virtualenv
        PYTHONPATH=.venv-tools "$python" -m virtualenv -q .venv
        rm -rf .venv-tools
      fi
    fi
  fi
  if [ ! -e ".venv/.installed-$2" ] || [ pyproject.toml -nt ".venv/.installed-$2" ]; then
    .venv/bin/python -m pip install -q --disable-pip-version-check -e "$1"
    touch ".venv/.installed-$2"
  fi
}

has() { # COMMAND...: whether each of them is there; `command -v a b` is content with one
  local each
  for each in "$@"; do
    command -v "$each" > /dev/null 2>&1 || return 1
  done
}

# Whether everything has to run here: continuous integration (CI=true) as root on Debian can install what is missing.
# What cannot run there has failed; elsewhere it is said, and is no failure.
must_run() {
  [ -n "${CI:-}" ] && [ "$(id -u)" = 0 ] && grep -qs '^ID=debian' /etc/os-release
}

# FILE: installs the Debian packages that it names, a line COMMAND PACKAGE..., where the command is missing. Needs root.
install_packages() {
  local command packages need=() made='' status=0 policy=${APT_POLICY:-/usr/sbin/policy-rc.d}
  while read -r command packages; do
    case $command in '' | '#'*) continue ;; esac
    has "$command" || read -ra need <<< "${need[*]} $packages"
  done < "$1"
  [ ${#need[@]} -gt 0 ] || return 0
  has apt-get || return 1
  printf 'apt: %s\n' "${need[*]}"
  # keep their packages from starting servers of their own
  if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' > "$policy"
    chmod +x "$policy"
    made=1
  fi
  { apt-get -q update && DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install "${need[@]}"; } \
    < /dev/null > /dev/null || status=1
  [ -z "$made" ] || rm -f "$policy"
  return "$status"
}
