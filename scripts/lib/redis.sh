# The private Redis of a data directory: a cache on a unix socket, which loses nothing when it goes.
# shellcheck shell=bash

start_redis() {
  local socket=$socket_directory/redis/redis.sock left=50
  REDIS_URL="unix://$socket"
  [[ -z $(pid_of redis) ]] || return 0
  command -v redis-server >/dev/null || fail "Redis is not installed" "scripts/install-packages.sh run"
  install -d -m 700 "$NOCTIS_DATA/redis" "$socket_directory/redis"
  rm -f "$run_directory/redis.pid"
  # Settings come on standard input, where a data directory's name needs no quoting rules but these.
  redis-server - >>"$log_directory/redis.log" 2>&1 9>&- <<EOF ||
port 0
unixsocket "$socket"
unixsocketperm 700
daemonize yes
pidfile "$run_directory/redis.pid"
logfile "$log_directory/redis.log"
dir "$NOCTIS_DATA/redis"
save ""
appendonly no
maxmemory 256mb
maxmemory-policy allkeys-lru
EOF
    fail "Redis did not start; its log ends with" "$(tail -n 5 "$log_directory/redis.log")"
  until [[ -n $(pid_of redis) && $(redis-cli -s "$socket" ping 2>/dev/null) == PONG ]]; do
    ((left-- > 0)) || fail "Redis did not answer within 5 s; its log ends with" \
      "$(tail -n 5 "$log_directory/redis.log")"
    sleep 0.1
  done
}
