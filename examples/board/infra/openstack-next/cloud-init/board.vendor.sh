#!/bin/bash
# Installs Node.js 22 from the repository of NodeSource.
# Nothing else comes from it: apt takes only the pinned packages, and only if the expected key signed them.
# Safe to run again: it does nothing if the same version is installed.
set -Eeuo pipefail
export LC_ALL=C
say() { echo "camp board.vendor: $*"; }
trap 'say "FAILED in line $LINENO: $BASH_COMMAND"' ERR

what='Node.js 22'
url=https://deb.nodesource.com/node_22.x
key_url=https://deb.nodesource.com/gpgkey/nodesource-repo.gpg.key
fingerprint=6F71F525282841EEDAF851B42F59B5F99B1BE0B4
architectures=(amd64 arm64)
packages=(nodejs)
own=(nodejs) # those of them that the vendor must have
installed=/var/lib/camp/board.vendor.installed # contains the digest of this script
keyring=/etc/apt/keyrings/camp-nodesource.gpg
source=/etc/apt/sources.list.d/camp-nodesource.sources
preferences=/etc/apt/preferences.d/camp-nodesource

digest=$(sha256sum < "$0" | cut -c 1-64)
if [ "$(cat "$installed" 2> /dev/null)" = "$digest" ]; then
  say "already installed"
  exit
fi
rm -f "$installed"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# refuse WHY: nothing uses the repository afterwards
refuse() {
  trap - ERR
  rm -f "$source"
  cat "$work/log" 2> /dev/null || true
  say "FAILED: $*"
  exit 1
}
# why: the first error of the package manager
why() { grep -m 1 -a -E '^ *(E|W|Error|Warning): ' "$work/log" | sed -E 's/^ *[A-Za-z]+: //' || echo "see the log"; }

architecture=$(dpkg --print-architecture)
case " ${architectures[*]} " in
  *" $architecture "*) ;;
  *) refuse "NodeSource has no packages for $architecture" ;;
esac

say "fetching the key of NodeSource"
fetch=(curl --fail --silent --show-error --location --proto "=https" --retry 5 --retry-connrefused)
"${fetch[@]}" --max-time 120 --max-filesize 1000000 --output "$work/key" "$key_url" 2> "$work/log" ||
  refuse "$key_url was not fetched: $(tail -n 1 "$work/log")"
keys() { gpg --homedir "$work" --batch --quiet --no-autostart "$@" 2>> "$work/log"; }
primary() { awk -F : '$1 == "pub" { key = 1 } $1 == "fpr" && key { print $10; key = 0 }'; }
found=$(keys --with-colons --show-keys "$work/key" | primary) || true
if ! grep --quiet --line-regexp "$fingerprint" <<< "$found"; then
  refuse "the key at $key_url is not $fingerprint but ${found:-no key}"
fi
keys --import "$work/key"
keys --export "$fingerprint" > "$work/keyring" # without other keys of the file
install -D -m 0644 "$work/keyring" "$keyring"

options=(--quiet --yes -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3)
apt() { DEBIAN_FRONTEND=noninteractive apt-get "${options[@]}" "$@" > "$work/log" 2>&1; }
only=(-o "Dir::Etc::SourceList=$source" -o Dir::Etc::SourceParts=/dev/null -o APT::Get::List-Cleanup=0)
targets() { apt-get indextargets --format "$1" "${@:2}" 2> /dev/null | sort -u; }

names="release o=\$(ORIGIN),l=\$(LABEL),n=\$(CODENAME)"
rm -f "$source" "$preferences"
others=$(targets "\$(SITE)" --no-release-info | sed -E 's#^[^:]*://([^/@]*@)?([^:/]*).*#\2#')
releases=$(targets "$names")
cat > "$work/source" << END
Types: deb
URIs: $url
Suites: nodistro
Components: main
Architectures: $architecture
Signed-By: $keyring
END
install -D -m 0644 "$work/source" "$source"
apt "${only[@]}" -o APT::Update::Error-Mode=any update || refuse "apt refuses $url: $(why)"

# The pin: by host, or by the names in the signed index if other repositories have the same host
pin='origin "deb.nodesource.com"'
if grep --quiet --line-regexp --fixed-strings "deb.nodesource.com" <<< "$others"; then
  pin=$(targets "$names" "${only[@]}")
  if [ "$(wc -l <<< "$pin")" != 1 ] || grep --quiet --line-regexp --fixed-strings "$pin" <<< "$releases"; then
    refuse "$url cannot be distinguished from another repository on deb.nodesource.com"
  fi
fi
cat > "$work/preferences" << END
Package: *
Pin: $pin
Pin-Priority: -1

Package: nodejs
Pin: $pin
Pin-Priority: 990
END
install -D -m 0644 "$work/preferences" "$preferences"

for package in "${own[@]}"; do
  candidate=$(apt-cache policy "$package" | sed -n 's/^ *Candidate: //p')
  if ! apt-cache madison "$package" | grep --quiet --fixed-strings " $candidate | $url "; then
    refuse "$url has no package $package for $what"
  fi
done
say "installing ${packages[*]}"
apt -o Dpkg::Options::=--force-confold install "${packages[@]}" || refuse "apt did not install ${packages[*]}: $(why)"

mkdir -p "${installed%/*}"
echo "$digest" > "$installed"
say "installed $(dpkg-query --show --showformat '${Package} ${Version} ' "${own[@]}")"
