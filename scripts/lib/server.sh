# From a machine with nothing to a system that answers: packages, build, databases, noctisd.
# shellcheck shell=bash

source scripts/lib/common.sh
source scripts/lib/processes.sh
source scripts/lib/postgres.sh
source scripts/lib/redis.sh

programs=${NOCTIS_PROGRAMS:-$root/build/bin}

# require_space DIRECTORY MEGABYTES
require_space() {
  local free
  free=$(df --output=avail -BM "$1" | tail -n 1 | tr -dc 0-9)
  ((free >= $2)) || fail "the disk of $1 has $free MB left; $2 MB are needed" \
    "make room, or choose another place: NOCTIS_DATA=… $0"
}

# build_programs: noctisd, noctisctl and the web application, unless NOCTIS_PROGRAMS names a directory that has them.
build_programs() {
  if [[ -n ${NOCTIS_PROGRAMS:-} ]]; then
    [[ -x $programs/noctisd && -x $programs/noctisctl ]] || fail "NOCTIS_PROGRAMS: no noctisd and noctisctl in $programs"
    return
  fi
  mkdir -p build
  (
    # Systems that start side by side share the build alone.
    flock 8
    if [[ ! -e build/build.ninja ]]; then
      require_space build 3000
      say "Configuring the build"
      cmake --preset release || fail "the build could not be configured (see above)"
    fi
    # A dry run tells in a moment whether there is anything to show.
    if ! ninja -C build -n noctisd noctisctl web 2>/dev/null | grep -q 'no work to do'; then
      say "Building (some minutes at the first time)"
      cmake --build build --target noctisd noctisctl web || fail "the build failed (see above)"
    fi
  ) 8>build/.lock
}

make_directories() {
  mkdir -p "$NOCTIS_DATA" 2>/dev/null && [[ -w $NOCTIS_DATA ]] ||
    fail "the data directory $NOCTIS_DATA cannot be written by $(id -un) (it belongs to $(stat -c %U "$NOCTIS_DATA" 2>/dev/null || echo nobody))" \
      "choose another with NOCTIS_DATA=…, or run this as its owner"
  [[ $(stat -c %u "$NOCTIS_DATA") == "$EUID" || $EUID == 0 ]] ||
    fail "the data directory $NOCTIS_DATA belongs to $(stat -c %U "$NOCTIS_DATA")" \
      "choose another with NOCTIS_DATA=…, or run this as that user"
  # Others may pass through (the database's user has to), not look.
  chmod 711 "$NOCTIS_DATA"
  mkdir -p -m 755 "$run_directory" "$log_directory"
  mkdir -p -m 700 "$NOCTIS_DATA/storage"
  mkdir -m 755 "$socket_directory" 2>/dev/null ||
    [[ -d $socket_directory && ! -L $socket_directory && $(stat -c %u "$socket_directory") == "$EUID" ]] ||
    fail "$socket_directory exists and is not ours" "remove it, or choose another NOCTIS_DATA"
  ln -sfn "$socket_directory" "$run_directory/sockets"
}

# use_secret_key: sessions outlive a restart, so the key is kept.
use_secret_key() {
  SECRET_KEY=${SECRET_KEY:-$(configured .http.secret_key '')}
  if [[ -z $SECRET_KEY ]]; then
    [[ -s $NOCTIS_DATA/secret-key ]] || random_text 50 | write_private "$NOCTIS_DATA/secret-key"
    SECRET_KEY=$(<"$NOCTIS_DATA/secret-key")
  fi
  export SECRET_KEY
}

# write_environment: what noctisctl needs to find this system when somebody runs it by hand.
write_environment() {
  local name
  for name in DATABASE_URL REDIS_URL SECRET_KEY NOCTIS_DATA NOCTIS_CONFIG NOCTIS_ROLES NOCTIS_NODE NOCTIS_CLUSTER_PORT \
    NOCTIS_REPLICAS DEPLOYMENT_MODE HTTP_HOST HTTP_PORT DICOM_SCP_HOST DICOM_SCP_PORT DICOM_SCP_AE_TITLE \
    DICOM_SCU_AE_TITLE; do
    [[ -z ${!name:-} ]] || printf '%s=%s\n' "$name" "${!name}"
  done | write_private "$environment_file"
}

# create_administrator: the user admin, when the database has no user yet. The password stands in its file before the
# user exists, so that a crash between the two locks nobody out.
create_administrator() {
  local file=$NOCTIS_DATA/admin-password status=0 made=
  if [[ -n ${NOCTIS_ADMIN_PASSWORD:-} || ! -s $file ]]; then
    made=$file.candidate
    printf '%s\n' "${NOCTIS_ADMIN_PASSWORD:-$(random_text 20)}" | write_private "$made"
  fi
  NOCTIS_ADMIN_PASSWORD=$(<"${made:-$file}") "$programs/noctisctl" user add admin --superuser --if-none \
    >"$log_directory/first-user.log" 2>&1 || status=$?
  case $status in
    0)
      [[ -z $made ]] || mv -f "$made" "$file"
      administrator_password=$(<"$file")
      ;;
    "$users_exist") rm -f "$file.candidate" ;;
    *) fail "the first administrator could not be created: $(tail -n 3 "$log_directory/first-user.log")" ;;
  esac
}
# What `noctisctl user add --if-none` ends with when there are users already.
users_exist=3

require_free_ports() {
  if has_role ingest; then require_free_port "$DICOM_SCP_PORT" DICOM DICOM_SCP_PORT; fi
  if has_role http; then require_free_port "$HTTP_PORT" HTTP HTTP_PORT; fi
}

start_noctisd() {
  local log=$log_directory/noctisd.log
  keep_log "$log"
  log_offset=$(stat -c %s "$log" 2>/dev/null || echo 0)
  (
    # One descriptor for each association, connection and file.
    ulimit -n "$(ulimit -Hn)" 2>/dev/null || true
    cd "$NOCTIS_DATA"
    exec setsid "$programs/noctisd" >>"$log" 2>&1 </dev/null 8>&- 9>&-
  ) &
  printf '%s\n' $! >"$run_directory/noctisd.pid"
  disown
}

base_url() {
  local scheme=http host=$HTTP_HOST
  [[ ${USE_HTTPS:-0} =~ ^(1|true|yes|on)$ ]] && scheme=https
  [[ $host == 0.0.0.0 || $host == '::' || -z $host ]] && host=127.0.0.1
  [[ $host == *:* ]] && host="[$host]"
  printf '%s://%s:%s' $scheme "$host" "$HTTP_PORT"
}

# answers: whether the node is ready. One without the role http has no page to ask.
answers() {
  if has_role http; then
    curl -fsk -m 5 -o /dev/null ${DOMAIN_NAME:+-H "Host: $DOMAIN_NAME"} "$(base_url)/health/" 2>/dev/null
  elif has_role ingest; then
    [[ -n $(ss -Hltn "sport = :$DICOM_SCP_PORT") ]]
  else
    [[ -n ${NOCTIS_CLUSTER_PORT:-} && -n $(ss -Hltn "sport = :$NOCTIS_CLUSTER_PORT") ]]
  fi
}

# The last lines that noctisd wrote since this script started it.
last_words() { tail -c "+$((${log_offset:-0} + 1))" "$log_directory/noctisd.log" | tail -n 15; }

# wait_until_ready: returns when the system answers; ends with the reason as soon as it cannot any more.
wait_until_ready() {
  local limit=${NOCTIS_START_TIMEOUT:-120} started=$SECONDS
  until answers; do
    # Asked once more, since the program may have taken the place of the shell between the two questions.
    [[ -n $(pid_of noctisd) ]] || still_starting || [[ -n $(pid_of noctisd) ]] || fail "noctisd ended; $log_directory/noctisd.log says" "$(last_words)"
    ((SECONDS - started < limit)) || fail "noctisd is not ready after $limit s: $(health_text)" \
      "$log_directory/noctisd.log says" "$(last_words)"
    sleep 0.05
  done
}

# Between fork and exec a child of ours is not noctisd yet.
still_starting() {
  local pid
  read -r pid <"$run_directory/noctisd.pid" && [[ $(readlink "/proc/$pid/exe" 2>/dev/null) =~ /(bash|setsid|env)$ ]]
}

health_text() { curl -sk -m 5 "$(base_url)/health/" 2>&1 | head -c 600 || true; }

# bring_up: starts whatever of this system is not running, and nothing else.
bring_up() {
  scripts/install-packages.sh build run
  use_data_directory
  use_settings
  make_directories
  exec 9>"$run_directory/lock"
  flock -w 600 9 || fail "another start of $NOCTIS_DATA has been under way for 10 minutes"
  local running
  running=$(pid_of noctisd)
  if [[ -z $running ]]; then
    require_free_ports
    build_programs
  fi
  [[ -n $DATABASE_URL ]] || start_postgres
  [[ -n $REDIS_URL ]] || start_redis
  export DATABASE_URL REDIS_URL
  use_secret_key
  if [[ -z $running ]]; then
    write_environment
    "$programs/noctisctl" migrate >"$log_directory/migrate.log" 2>&1 ||
      fail "the database schema could not be brought up to date: $(tail -n 5 "$log_directory/migrate.log")"
    create_administrator
    start_noctisd
  fi
  wait_until_ready
  exec 9>&-
}

print_summary() {
  local host=${DICOM_SCP_HOST:-localhost}
  if has_role http; then say "Noctis answers on $(base_url)/"; fi
  if has_role ingest; then say "DICOM: $host port $DICOM_SCP_PORT, AE title $DICOM_SCP_AE_TITLE"; fi
  if [[ -n ${administrator_password:-} ]]; then
    say "User admin, password $administrator_password (kept in $NOCTIS_DATA/admin-password)"
  elif [[ -e $NOCTIS_DATA/admin-password ]]; then
    say "User admin, password in $NOCTIS_DATA/admin-password"
  fi
  say "Logs: $log_directory/    stop: ./stop.sh"
}

# stay: prints the summary and follows the log until the server ends or somebody presses Ctrl-C, then stops all. Ctrl-C
# goes to children as well, so nothing after the summary may depend on one.
stay() {
  local pid follower='' asked=
  pid=$(pid_of noctisd)
  # The trap ends what is waited for: one that only took note would be lost between the loop's question and its wait.
  trap 'asked=1; kill $follower 2>/dev/null || true' INT TERM HUP
  tail -n 0 --pid="${pid:-1}" -F "$log_directory/noctisd.log" 2>/dev/null &
  follower=$!
  print_summary
  while [[ -z $asked && -n $pid && -e /proc/$pid ]]; do wait "$follower" || true; done
  trap '' INT TERM HUP
  kill "$follower" 2>/dev/null || true
  stop_system
  [[ -n $asked ]] || fail "noctisd ended by itself; its log: $log_directory/noctisd.log"
}

# run_system [--detach]: what start-dev.sh and start-prod.sh have in common.
run_system() {
  case ${1:-} in
    '' | --detach) ;;
    *) fail "unknown argument '$1'" "usage: $0 [--detach]" ;;
  esac
  bring_up
  if [[ ${1:-} == --detach ]]; then print_summary; else stay; fi
}
