#!/bin/bash
# Installs the applications of the service rack.
# Safe to run again: it does nothing if the same version is installed.
set -Eeuo pipefail
say() { echo "camp rack: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

installed=/var/lib/camp/rack.installed # contains the digest of the version
digest=$(cat "$0" /opt/folders/rack.sha256 | sha256sum | cut -c 1-64)
if [ "$(cat "$installed" 2> /dev/null)" = "$digest" ]; then
  say "already installed"
  exit
fi

# install_gems FOLDER CONTENT: installs the gems in its Gemfile to CONTENT.gems, or uses those of the distribution
install_gems() {
  say "installing the gems in Gemfile"
  /usr/local/lib/camp/build "$1" "$2.gems" -- env GEM_HOME="$2.gems" BUNDLE_WITHOUT=development:test \
    BUNDLE_APP_CONFIG="$2.gems/.bundle" bash -c 'bundle install --quiet --prefer-local || exec bundle install --quiet'
}

rm -f "$installed"
say "checking the content"
(cd /opt/folders/rack && sha256sum --check --strict --quiet /opt/folders/rack.sha256)
version=$(ruby -e 'puts RUBY_VERSION[/\d+\.\d+/]')
say "Ruby $version"
install_gems /opt/folders/rack/services/rack /opt/folders/rack

mkdir -p "${installed%/*}"
echo "$digest" > "$installed"
say "installed"
