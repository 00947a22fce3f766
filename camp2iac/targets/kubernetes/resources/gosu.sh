#!/bin/sh
# gosu USER COMMAND...: runs COMMAND. The container has no root, so its processes have the user already.
shift
exec "$@"
