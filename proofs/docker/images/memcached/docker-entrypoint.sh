#!/bin/sh
# Words that are options are memcached's.
set -e
[ "${1#-}" = "$1" ] || set -- memcached "$@"
exec "$@"
