#!/bin/sh
# Starts Valkey with its password, which is only in files: other users can read command lines and environments.
set -eu

umask 077
# In the configuration, quotes and backslashes need a backslash
sed 's/[\\"]/\\&/g; s/.*/requirepass "&"/' /run/secrets/password > /usr/local/etc/valkey/password.conf
if [ "$(id -u)" = 0 ]; then
  chown valkey /usr/local/etc/valkey/password.conf
fi
exec docker-entrypoint.sh valkey-server /usr/local/etc/valkey/valkey.conf "$@"
