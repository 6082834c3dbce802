# The processes of one data directory: found by pid files, believed only after a look at the process itself.
# shellcheck shell=bash

# pid_of NAME: the process id in run/NAME.pid when that process is ours: it runs NAME's program and works in
# NAME's directory. Nothing otherwise, so that a stale file or a reused id harms nobody.
pid_of() {
  local pid='' program
  if [[ -r $run_directory/$1.pid ]]; then read -r pid <"$run_directory/$1.pid" || true; fi
  [[ $pid =~ ^[0-9]+$ ]] || return 0
  program=$(cat "/proc/$pid/comm" 2>/dev/null || true)
  case $1:$program in
    noctisd:noctisd | postgres:postgres | redis:redis-server | redis:redis-check-rdb) ;;
    *) return 0 ;;
  esac
  [[ $(readlink "/proc/$pid/cwd" 2>/dev/null) == "$(work_directory_of "$1")" ]] && printf '%s' "$pid"
  return 0
}

work_directory_of() {
  case $1 in
    noctisd) realpath -m "$NOCTIS_DATA" ;;
    *) realpath -m "$NOCTIS_DATA/$1" ;;
  esac
}

# wait_for_end PID TENTHS: true once the process is gone, false when it still runs after that many tenths of a second.
wait_for_end() {
  local left=$2
  while [[ -e /proc/$1 && $(awk '{ print $3 }' "/proc/$1/stat" 2>/dev/null) != Z ]]; do
    ((left-- > 0)) || return 1
    sleep 0.1
  done
}

# stop_process NAME SIGNAL TENTHS LAST_SIGNAL: asks the process to end, and insists when it has not in time.
stop_process() {
  local pid
  pid=$(pid_of "$1")
  if [[ -n $pid ]]; then
    kill -s "$2" "$pid" 2>/dev/null || true
    if wait_for_end "$pid" "$3"; then
      say "$1 has stopped"
    else
      warn "$1 (process $pid) did not stop within $(($3 / 10)) s; sending SIG$4"
      kill -s "$4" "$pid" 2>/dev/null || true
      wait_for_end "$pid" 10 || warn "$1 (process $pid) still runs"
    fi
  fi
  rm -f "$run_directory/$1.pid"
}

# stop_system: the server first, so that what it has acknowledged is committed, then what it stands on.
stop_system() {
  stop_process noctisd TERM 150 KILL
  stop_process redis TERM 20 KILL &
  stop_process postgres INT 35 QUIT
  wait $!
  rm -rf "$socket_directory"
}

# require_free_port PORT WHAT VARIABLE
require_free_port() {
  local owner
  [[ $1 =~ ^[1-9][0-9]{0,4}$ ]] && (($1 < 65536)) || fail "$3 is '$1', which is not a port (1 to 65535)"
  owner=$(ss -Hltnp "sport = :$1" 2>/dev/null | head -n 1)
  [[ -z $owner ]] && return
  owner=$(sed -n 's/.*users:(("\([^"]*\)",pid=\([0-9]*\).*/\1, process \2/p' <<<"$owner")
  fail "port $1, wanted for $2, is in use by ${owner:-another program}" \
    "stop that program, or choose another port: $3=… $0"
}
