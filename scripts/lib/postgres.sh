# The private PostgreSQL of a data directory. It listens on a unix socket alone, which only its own user and root reach.
# shellcheck shell=bash

postgres_programs=/usr/lib/postgresql/15/bin

as_postgres() {
  if ((EUID == 0)); then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}

postgres_user() { if ((EUID == 0)); then echo postgres; else id -un; fi }

# place_postgres: the database's directory, elsewhere when its user could not reach it below NOCTIS_DATA.
place_postgres() {
  local directory=$NOCTIS_DATA/postgres
  if [[ -L $directory ]] && [[ ! -d $directory ]]; then
    fail "$directory leads to $(readlink "$directory"), which is gone" \
      "bring that directory back, or remove the link to begin with an empty database"
  fi
  [[ -d $directory ]] && return
  if ((EUID == 0)) && ! as_postgres test -x "$NOCTIS_DATA"; then
    mkdir -p "$spare_directory"
    chmod 711 "$(dirname "$spare_directory")" "$spare_directory"
    [[ ! -d $spare_directory/postgres ]] || fail "$spare_directory/postgres is the database of an earlier $NOCTIS_DATA" \
      "link it as $directory to go on with it, or move it away to begin with an empty one"
    install -d -m 700 -o "$(postgres_user)" "$spare_directory/postgres"
    ln -s "$spare_directory/postgres" "$directory"
    say "The database lies in $spare_directory/postgres: user $(postgres_user) may not enter $NOCTIS_DATA"
  else
    install -d -m 700 -o "$(postgres_user)" "$directory"
  fi
}

create_postgres() {
  local directory=$1 unfinished=$run_directory/initdb.unfinished owner
  owner=$(postgres_user)
  say "Creating the database in $directory"
  # What an interrupted initdb left behind is in the way of the next.
  if [[ -e $unfinished ]]; then find "$directory" -mindepth 1 -delete; fi
  touch "$unfinished"
  as_postgres "$postgres_programs/initdb" -D "$directory" -U "$owner" -E UTF8 --locale=C.UTF-8 --data-checksums \
    --auth-local=peer --auth-host=reject >"$log_directory/initdb.log" 2>&1 ||
    fail "the database could not be created: $(tail -n 3 "$log_directory/initdb.log")"
  printf 'local all all peer map=noctis\n' | as_postgres tee "$directory/pg_hba.conf" >/dev/null
  printf 'noctis %s noctis\nnoctis %s %s\nnoctis root noctis\nnoctis root %s\n' \
    "$owner" "$owner" "$owner" "$owner" | sort -u | as_postgres tee "$directory/pg_ident.conf" >/dev/null
  printf "include 'noctis.conf'\n" | as_postgres tee -a "$directory/postgresql.conf" >/dev/null
  rm "$unfinished"
}

# Durable first: an acknowledgement stands on this database's commit.
configure_postgres() {
  as_postgres tee "$1/noctis.conf" >/dev/null <<EOF
# Written at each start. Settings of your own belong after the last line of postgresql.conf.
listen_addresses = ''
unix_socket_directories = '$socket_directory/postgres'
unix_socket_permissions = 0700
max_connections = 100
fsync = on
synchronous_commit = on
full_page_writes = on
wal_compression = lz4
wal_buffers = 16MB
max_wal_size = 4GB
checkpoint_timeout = 15min
shared_buffers = 256MB
effective_cache_size = 1GB
random_page_cost = 1.1
jit = off
log_line_prefix = '%m [%p] '
log_timezone = 'UTC'
timezone = 'UTC'
EOF
}

# settle_postgres DIRECTORY: after a crash, waits for the last processes of the old server, and removes its locks only
# when none is left: a process id in a lock may be a zombie's or another program's by now. Every process of a
# PostgreSQL server works in its data directory.
settle_postgres() {
  local left=100
  while find /proc -maxdepth 2 -name cwd -lname "$1" 2>/dev/null | grep -q .; do
    ((left-- > 0)) || fail "processes of a crashed PostgreSQL still work in $1" \
      "end them, then run this again: fuser -v $1"
    sleep 0.1
  done
  rm -f "$1/postmaster.pid" "$socket_directory"/postgres/.s.PGSQL.5432{,.lock}
}

postgres_shell() {
  as_postgres psql -X -q -h "$socket_directory/postgres" -U "$(postgres_user)" -v ON_ERROR_STOP=1 "$@"
}

# start_postgres: a running PostgreSQL with the database noctis, and its DATABASE_URL.
start_postgres() {
  DATABASE_URL="postgresql://noctis@/noctis?host=$socket_directory/postgres"
  [[ -z $(pid_of postgres) ]] || return 0
  [[ -x $postgres_programs/postgres ]] || fail "PostgreSQL 15 is not installed" "scripts/install-packages.sh run"
  place_postgres
  local directory log=$log_directory/postgres.log
  directory=$(realpath "$NOCTIS_DATA/postgres")
  [[ $(stat -c %U "$directory") == "$(postgres_user)" ]] ||
    fail "$directory belongs to $(stat -c %U "$directory"), not to $(postgres_user)" \
      "give it back (chown -R $(postgres_user) '$directory'), or choose another NOCTIS_DATA"
  if [[ ! -e $directory/PG_VERSION || -e $run_directory/initdb.unfinished ]]; then
    require_space "$directory" 256
    create_postgres "$directory"
  fi
  install -d -m 700 -o "$(postgres_user)" "$socket_directory/postgres"
  configure_postgres "$directory"
  settle_postgres "$directory"
  keep_log "$log"
  as_postgres "$postgres_programs/pg_ctl" -D "$directory" -s -w -t 300 start >>"$log" 2>&1 </dev/null 9>&- ||
    fail "PostgreSQL did not start; its log ends with" "$(tail -n 5 "$log")"
  head -n 1 "$directory/postmaster.pid" >"$run_directory/postgres.pid"
  create_database
}

create_database() {
  [[ $(postgres_shell -d postgres -Atc "select count(*) from pg_database where datname = 'noctis'") == 1 ]] && return
  postgres_shell -d postgres -c "create role noctis login"
  postgres_shell -d postgres -c "create database noctis owner noctis"
}
