#!/bin/bash
# install-half DIGEST FOLDER [PACKAGE...] -- [SCRIPT...]: installs the packages and runs the scripts, unless the image has
# all this already. /var/lib/camp2iac in an image: `installed` has the digest of what it contains, and `units` what its
# packages start, which starts only here. The application is in FOLDER.
set -Eeuo pipefail
say() { echo "camp install: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

state=/var/lib/camp2iac
digest=$1 folder=$2
shift 2
packages=()
while [ "$1" != -- ]; do
  packages+=("$1")
  shift
done
shift

# start_units: what apt would have started. Keys that a package creates are new on each instance
start_units() {
  local units
  if [ ! -e "$state/units" ]; then return; fi
  mapfile -t units < "$state/units"
  if [ -x /usr/sbin/make-ssl-cert ] && [ ! -e /etc/ssl/private/ssl-cert-snakeoil.key ]; then
    make-ssl-cert generate-default-snakeoil
  fi
  if [ "${#units[@]}" != 0 ]; then
    systemctl enable --quiet "${units[@]}"
    systemctl start "${units[@]}" || say "not all of ${units[*]} started" # as with apt, the configuration can be missing
  fi
  rm "$state/units"
}

# update: the lists of packages, which another program can be reading
update() {
  local attempt
  for attempt in 1 2 3; do
    if apt-get --quiet update; then return; fi
    say "attempt $attempt to read the lists of packages failed"
    sleep 5
  done
  return 1
}

add_packages() {
  if command -v apt-get > /dev/null; then
    update
    DEBIAN_FRONTEND=noninteractive apt-get --quiet --assume-yes --option=Dpkg::Options::=--force-confold \
      --option=DPkg::Lock::Timeout=300 install "$@"
  else
    dnf --quiet --assumeyes install "$@"
  fi
}

if [ "$(cat "$state/installed" 2> /dev/null)" = "$digest" ]; then
  say "the image has version ${digest:0:12}"
  start_units
  exit
fi
if [ -e "$state/installed" ]; then
  say "the image has another version than ${digest:0:12}: installing again"
  # What this boot has not written is of the other version.
  if [ -d "$folder" ]; then find "$folder" -xdev ! -type d ! -newer "$state/installed" -delete; fi
  rm -f "$state/installed" /var/lib/camp/*.installed
fi
start_units
if [ "${#packages[@]}" != 0 ]; then add_packages "${packages[@]}"; fi
for script in "$@"; do "$script"; done
mkdir -p "$state"
echo "$digest" > "$state/installed"
