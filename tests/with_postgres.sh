#!/bin/sh
# Runs a command with DATABASE_URL naming a private, empty PostgreSQL that lives as long as the command:
# with_postgres.sh COMMAND [ARGUMENT…]. For tests only: the cluster does not sync.
set -eu

for candidate in /usr/lib/postgresql/15/bin "$(pg_config --bindir 2>/dev/null || true)"; do
  if [ -x "$candidate/initdb" ]; then
    bin=$candidate
    break
  fi
done
if [ -z "${bin:-}" ]; then
  echo "with_postgres.sh: PostgreSQL 15 (package postgresql-15) is not installed" >&2
  exit 1
fi

dir=$(mktemp -d "${TMPDIR:-/tmp}/noctis-postgres.XXXXXX")
as_owner() {
  if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}
if [ "$(id -u)" = 0 ]; then
  chown postgres "$dir"
  chmod 755 "$dir"
fi
cd "$dir"

stop() {
  as_owner "$bin/pg_ctl" -D "$dir/data" -m immediate -s stop >/dev/null 2>&1 || true
  cd /
  rm -rf "$dir"
}
trap stop EXIT
trap 'exit 130' INT TERM HUP

as_owner "$bin/initdb" -D "$dir/data" -U noctis -A trust -E UTF8 --locale=C.UTF-8 -N >"$dir/initdb.log" 2>&1 || {
  cat "$dir/initdb.log" >&2
  exit 1
}
cat >>"$dir/data/postgresql.conf" <<CONF
listen_addresses = ''
unix_socket_directories = '$dir'
fsync = off
shared_buffers = 64MB
max_connections = 40
jit = off
CONF
as_owner "$bin/pg_ctl" -D "$dir/data" -l "$dir/server.log" -s -w start || {
  cat "$dir/server.log" >&2
  exit 1
}
as_owner "$bin/createdb" -h "$dir" -U noctis noctis

cd "$OLDPWD"
DATABASE_URL="postgresql://noctis@/noctis?host=$dir" "$@"
