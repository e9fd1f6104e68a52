#!/usr/bin/env bash
# Installs Debian's redis-server where it is missing and we may; otherwise says what to install.
set -euo pipefail
command -v redis-server >/dev/null && exit 0
if [ "$(id -u)" = 0 ]; then
  as_root=()
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
  as_root=(sudo -n)
else
  echo 'redis-server is missing: install it first (Debian: apt-get install redis-server)' >&2
  exit 1
fi
if ! command -v apt-get >/dev/null; then
  echo 'redis-server is missing, and this is no Debian: install Redis 7.0 or newer first' >&2
  exit 1
fi
echo 'installing redis-server'
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq redis-server >/dev/null
