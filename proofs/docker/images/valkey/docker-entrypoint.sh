#!/bin/sh
# Words that are options, or a configuration, are valkey-server's, which gives up root. Clients from other containers are
# let in without a password, too.
set -e
case $1 in -* | *.conf) set -- valkey-server "$@" ;; esac
if [ "$1" = valkey-server ]; then
  case " $* " in
    *" --protected-mode "*) ;;
    *) set -- "$@" --protected-mode no ;;
  esac
  if [ "$(id -u)" = 0 ]; then
    find . \! -user valkey -exec chown valkey '{}' +
    exec gosu valkey "$@"
  fi
fi
exec "$@"
