# What a production system must not start with. Each check prints one line for each thing that is wrong.
# shellcheck shell=bash

# weak TEXT LENGTH: whether a secret is shorter than LENGTH, a well-known one, or hardly varied.
weak() {
  local lower=${1,,}
  ((${#1} >= $2)) || return 0
  case $lower in
    *change-me* | *changeme* | *change_me* | *example* | *insecure* | *your-secret* | *secret-key*) return 0 ;;
    password* | admin* | noctis* | postgres* | 12345678* | qwerty*) ((${#1} >= 24)) || return 0 ;;
  esac
  (($(fold -w1 <<<"$1" | sort -u | wc -l) < 6))
}

# password_in URL: the password part of a URL, as it stands.
password_in() { sed -nE 's|^[a-z+]+://[^:/@]*:([^@/]*)@.*|\1|p' <<<"$1"; }

secret_problems() {
  weak "${SECRET_KEY:-}" 32 && echo "SECRET_KEY is missing, a default, or weak: 32 random characters or more (openssl rand -base64 48)"
  [[ -n ${NOCTIS_ADMIN_PASSWORD:-} ]] && weak "$NOCTIS_ADMIN_PASSWORD" 12 &&
    echo "NOCTIS_ADMIN_PASSWORD is a default or weak: 12 characters or more, or leave it out for a random one"
  local name password
  for name in DATABASE_URL REDIS_URL; do
    password=$(password_in "${!name:-}")
    [[ -n $password ]] && weak "$password" 12 && echo "$name has a default or weak password: 12 characters or more"
  done
  return 0
}

setting_problems() {
  [[ ${DEBUG:-0} =~ ^(0|false|no|off|)$ ]] || echo "DEBUG is '$DEBUG': production runs without it"
  [[ -n ${ALLOWED_HOSTS:-} && ,${ALLOWED_HOSTS// /}, != *,\*,* ]] ||
    echo "ALLOWED_HOSTS is '${ALLOWED_HOSTS:-}': name the hosts under which this system is reached"
  [[ ,${ALLOWED_HOSTS:-}, != *example.org* ]] || echo "ALLOWED_HOSTS still names example.org"
  [[ $(stat -c %a "$1") =~ 00$ ]] || echo "$1 can be read by others: chmod 600 $1"
}

certificate_problems() {
  local chain=$1 key=$2
  [[ -r $chain ]] || echo "the certificate $chain is missing"
  [[ -r $key ]] || echo "the private key $key is missing"
  [[ -r $chain && -r $key ]] || return 0
  openssl x509 -in "$chain" -noout -checkend 0 >/dev/null 2>&1 || echo "the certificate $chain has expired or is not one"
  [[ $(openssl x509 -in "$chain" -noout -pubkey 2>/dev/null) == $(openssl pkey -in "$key" -pubout 2>/dev/null) ]] ||
    echo "the private key $key does not belong to the certificate $chain"
  [[ $(stat -Lc %a "$key") =~ 0$ ]] || echo "the private key $key can be read by everybody: chmod 600 $key"
}
