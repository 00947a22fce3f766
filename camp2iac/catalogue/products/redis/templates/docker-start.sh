#!/bin/sh
# Starts Redis with its password, which is only in files: other users can read command lines and environments.
set -eu

umask 077
# In the configuration, quotes and backslashes need a backslash
sed 's/[\\"]/\\&/g; s/.*/requirepass "&"/' /run/secrets/password > /usr/local/etc/redis/password.conf
if [ "$(id -u)" = 0 ]; then
  chown redis /usr/local/etc/redis/password.conf
fi
exec docker-entrypoint.sh redis-server /usr/local/etc/redis/redis.conf "$@"
