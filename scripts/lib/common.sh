# Messages, settings and small tools that all scripts share. Sourced from the top of the repository.
# shellcheck shell=bash disable=SC2034

root=$PWD

say() { printf '\033[1m==>\033[0m %s\n' "$*"; }
warn() { printf 'warning: %s\n' "$*" >&2; }

# fail WHAT [REMEDY…]: says what is wrong and what to do about it, and ends the script.
fail() {
  printf 'error: %s\n' "$1" >&2
  shift
  (($# == 0)) || printf '       %s\n' "$@" >&2
  exit 1
}

# What builds the web application needs this or newer.
node_needed=20.19.0
node_directory=$root/build/tools/node

# use_node: puts the Node.js that scripts/install-node.sh installed, if it had to, first on the PATH.
use_node() {
  if [[ -x $node_directory/node_modules/.bin/node && :$PATH: != *":$node_directory/"* ]]; then
    export PATH=$node_directory/node_modules/.bin:$PATH
  fi
}

# has_node: whether node and npm are on the PATH and new enough. Of version 22 the first ones do not do.
has_node() {
  local version
  command -v npm >/dev/null && version=$(node --version 2>/dev/null) || return 1
  version=${version#v}
  [[ $(printf '%s\n' "$node_needed" "$version" | sort -V | head -n 1) == "$node_needed" && ! $version =~ ^(21\.|22\.([0-9]|1[01])\.) ]]
}

# load_environment FILE: exports the NAME=VALUE lines of FILE, as they stand, where NAME is not set yet.
load_environment() {
  local line name value
  while IFS= read -r line || [[ -n $line ]]; do
    [[ $line =~ ^[[:space:]]*(#|$) ]] && continue
    [[ $line =~ ^([A-Za-z_][A-Za-z0-9_]*)=(.*)$ ]] || fail "$1: '${line%%=*}' is not NAME=VALUE"
    name=${BASH_REMATCH[1]} value=${BASH_REMATCH[2]}
    if [[ $value =~ ^\"(.*)\"$ || $value =~ ^\'(.*)\'$ ]]; then value=${BASH_REMATCH[1]}; fi
    [[ -n ${!name+set} ]] || export "$name=$value"
  done <"$1"
}

# configured PATH DEFAULT: the value at PATH (".http.port") in config.json, or DEFAULT.
configured() {
  local value=
  if [[ -n ${NOCTIS_CONFIG:-} ]]; then
    value=$(jq -r "$1 // empty | if type == \"array\" then join(\",\") else . end" "$NOCTIS_CONFIG")
  fi
  printf '%s' "${value:-$2}"
}

# use_data_directory: makes NOCTIS_DATA absolute and names what lies in it.
use_data_directory() {
  NOCTIS_DATA=$(realpath -m "${NOCTIS_DATA:-$root/var}")
  export NOCTIS_DATA
  run_directory=$NOCTIS_DATA/run
  log_directory=$NOCTIS_DATA/logs
  environment_file=$run_directory/environment
  # A unix socket's path ends at 107 bytes, so sockets lie in a short place that stands for the data directory.
  local key
  key=$(printf '%s' "$NOCTIS_DATA" | sha256sum | head -c 12)
  if ((EUID == 0)); then
    socket_directory=/run/noctis-$key
    spare_directory=/var/lib/noctis/$key
  else
    socket_directory=${XDG_RUNTIME_DIR:-/tmp}/noctis-$EUID-$key
    spare_directory=${XDG_DATA_HOME:-$HOME/.local/share}/noctis/$key
  fi
}

# use_settings: exports the addresses that the scripts need themselves: environment over config.json over default.
use_settings() {
  if [[ -z ${NOCTIS_CONFIG:-} ]]; then
    local candidate
    for candidate in "$NOCTIS_DATA/config.json" "$root/config.json"; do
      [[ -f $candidate ]] && NOCTIS_CONFIG=$candidate && break
    done
  fi
  if [[ -n ${NOCTIS_CONFIG:-} ]]; then
    [[ -r $NOCTIS_CONFIG ]] || fail "NOCTIS_CONFIG names $NOCTIS_CONFIG, which cannot be read"
    jq -e 'type == "object"' "$NOCTIS_CONFIG" >/dev/null || fail "$NOCTIS_CONFIG is not a JSON object (see above)"
    NOCTIS_CONFIG=$(realpath "$NOCTIS_CONFIG")
    export NOCTIS_CONFIG
  fi
  local everywhere=127.0.0.1
  [[ ${DEPLOYMENT_MODE:-local} == local ]] || everywhere=0.0.0.0
  export HTTP_HOST=${HTTP_HOST:-$(configured .http.host $everywhere)}
  export HTTP_PORT=${HTTP_PORT:-$(configured .http.port 8000)}
  export DICOM_SCP_PORT=${DICOM_SCP_PORT:-$(configured .server.port 11112)}
  export DICOM_SCP_AE_TITLE=${DICOM_SCP_AE_TITLE:-$(configured .server.ae_title RUST_SCP)}
  DATABASE_URL=${DATABASE_URL:-$(configured .database.url '')}
  REDIS_URL=${REDIS_URL:-$(configured .redis.url '')}
  roles=${NOCTIS_ROLES:-$(configured .roles ingest,store,index,http,work)}
}

has_role() { [[ ,$roles, == *",$1,"* ]]; }

# random_text LENGTH: letters and digits from the system's generator.
random_text() {
  local text
  text=$(openssl rand -base64 $(($1 * 2)) | tr -dc 'A-Za-z0-9')
  printf '%s' "${text:0:$1}"
}

# write_private FILE: what comes on standard input becomes FILE, durably; nobody else reads it at any moment.
write_private() {
  (umask 077 && cat >"$1.new" && sync "$1.new" && mv -f "$1.new" "$1" && sync "$(dirname "$1")")
}

# keep_log FILE: moves a log beyond 64 MB aside.
keep_log() {
  if [[ -e $1 && $(stat -c %s "$1") -gt 67108864 ]]; then mv -f "$1" "$1.1"; fi
}
