#!/bin/bash
# build FOLDER... -- COMMAND...: runs COMMAND in the first FOLDER as the user camp-build. The user can write only to the
# folders and to temporary files, has no privileges and cannot reach the metadata service. Afterwards root owns the files.
# $environment: a file with environment variables for COMMAND.
set -euo pipefail
user=camp-build
folders=()
while [ "$1" != -- ]; do
  folders+=("$1")
  shift
done
shift

id "$user" > /dev/null 2>&1 || useradd --system --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin "$user"
# Not in /tmp, which can be too small for a build.
home=${folders[0]}.build
close() {
  rm -rf "$home"
  chown -R root:root "${folders[@]}"
  chmod -R u+rwX,go+rX,go-w "${folders[@]}"
}
trap close EXIT
rm -rf "$home"
mkdir -p "$home" "${folders[@]}"
chown -R "$user:" "$home" "${folders[@]}"

properties=(
  "User=$user" "ReadWritePaths=$home ${folders[*]}" ${environment:+"EnvironmentFile=$environment"}
  ProtectSystem=strict ProtectHome=yes PrivateTmp=yes PrivateDevices=yes
  NoNewPrivileges=yes RestrictSUIDSGID=yes CapabilityBoundingSet= "IPAddressDeny=169.254.169.254 fe80::a9fe:a9fe"
)
systemd-run --quiet --wait --pipe --collect --working-directory="${folders[0]}" "${properties[@]/#/--property=}" \
  --setenv=HOME="$home" --setenv=TMPDIR="$home" -- "$@" < /dev/null
