#!/bin/bash
# Installs the applications of the service rack.
# Safe to run again: it does nothing if the same version is installed.
set -Eeuo pipefail
say() { echo "camp rack: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

installed=/var/lib/camp/rack.installed # contains the digest of the version
digest=$(cat "$0" /opt/built/rack.sha256 | sha256sum | cut -c 1-64)
if [ "$(cat "$installed" 2> /dev/null)" = "$digest" ]; then
  say "already installed"
  exit
fi

# install_locked_gems FOLDER: installs the gems in its Gemfile.lock to FOLDER.gems, and no others
install_locked_gems() {
  say "installing the gems in Gemfile.lock"
  /usr/local/lib/camp/build "$1" "$1.gems" -- env GEM_HOME="$1.gems" BUNDLE_FROZEN=true BUNDLE_WITHOUT=development:test \
    BUNDLE_APP_CONFIG="$1.gems/.bundle" bundle install --quiet
}

rm -f "$installed"
say "checking the content"
(cd /opt/built/rack && sha256sum --check --strict --quiet /opt/built/rack.sha256)
version=$(ruby -e 'puts RUBY_VERSION[/\d+\.\d+/]')
say "Ruby $version"
install_locked_gems /opt/built/rack

mkdir -p "${installed%/*}"
echo "$digest" > "$installed"
say "installed"
