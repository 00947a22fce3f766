#!/bin/sh
set -e
echo "heap $HEAP of $TITLE"
