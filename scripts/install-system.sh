#!/usr/bin/env bash
# Installs what npm cannot bring, redis-server and python3, from Debian's packages where it is missing
# and we may; otherwise says what to install. Only Redis is needed to run: Python checks the checker.
set -euo pipefail
missing=()
for package in redis-server python3; do
  command -v "$package" >/dev/null || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

give_up() {
  echo "missing: ${missing[*]}. $1" >&2
  # Without python3 its tests are left out, and say so.
  [ "${missing[*]}" = python3 ] && exit 0
  exit 1
}

if [ "$(id -u)" = 0 ]; then
  as_root=()
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
  as_root=(sudo -n)
else
  give_up "Install it first (Debian: apt-get install ${missing[*]})"
fi
command -v apt-get >/dev/null || give_up 'This is no Debian: install Redis 7.0 and Python 3.11, or newer, first'
echo "installing ${missing[*]}"
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}" >/dev/null
