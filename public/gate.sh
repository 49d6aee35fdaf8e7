#!/bin/sh
# Asks Burnline's release gate whether a change may go out, and ends with its answer. For any CI: POSIX sh, and curl or
# wget. The decision is read from a header of the answer, so that no text in its body can be taken for one.
set -u

help() {
  cat <<'END'
usage: gate.sh --service S [--risk low|medium|high] [--version V --commit C]
         [--lane security=ADVISORY|p1_fix=INCIDENT|rollback] [--lines N] [--migration yes|no] [--rollback yes|no]
         [--wait MINUTES] [--json] [--allow-on-error] [--url URL] [--token-file FILE]

BURNLINE_URL says where Burnline is; BURNLINE_TOKEN, or the file that BURNLINE_TOKEN_FILE names, holds an API token.
exit codes: 0 approve; 10 review; 11 defer; 20 block; 30 insufficient data, or no answer; 2 wrong usage
END
}

usage() {
  printf 'gate.sh: %s\n\n' "$1" >&2
  help >&2
  exit 2
}

service='' risk='' version='' commit='' lane='' lines='' migration='' rollback='' wait='' json=no allow=no
url=${BURNLINE_URL-} token_file=${BURNLINE_TOKEN_FILE-}
while [ $# -gt 0 ]; do
  case $1 in
    --json) json=yes; shift; continue ;;
    --allow-on-error) allow=yes; shift; continue ;;
    --help | -h) help; exit 0 ;;
  esac
  [ $# -ge 2 ] || usage "$1 needs a value, or is unknown"
  # Nothing that a log or JSON would read as an end of line.
  case $2 in '' | --* | *[[:cntrl:]]*) usage "$1 has no value, or one with control characters" ;; esac
  case $1 in
    --service) service=$2 ;;
    --risk) risk=$2 ;;
    --version) version=$2 ;;
    --commit) commit=$2 ;;
    --lane) lane=$2 ;;
    --lines) lines=$2 ;;
    --migration) migration=$2 ;;
    --rollback) rollback=$2 ;;
    --wait) wait=$2 ;;
    --url) url=$2 ;;
    --token-file) token_file=$2 ;;
    *) usage "unknown option $1" ;;
  esac
  shift 2
done

[ -n "$service" ] || usage '--service is missing'
case $risk in '' | low | medium | high) ;; *) usage '--risk is low, medium or high' ;; esac
case $migration in '' | yes | no) ;; *) usage '--migration is yes or no' ;; esac
case $rollback in '' | yes | no) ;; *) usage '--rollback is yes or no' ;; esac
case $lines in *[!0-9]* | ?????????*) usage '--lines is a whole number' ;; esac
case $wait in *[!0-9]* | ?????*) usage '--wait is a whole number of minutes' ;; esac
[ -z "$version" ] && [ -n "$commit" ] && usage '--commit needs --version'
[ -n "$version" ] && [ -z "$commit" ] && usage '--version needs --commit'
[ -n "$wait" ] && [ -z "$version" ] && usage '--wait needs --version and --commit'
case $lane in
  '' | rollback | security=?* | p1_fix=?*) ;;
  *) usage '--lane is security=ADVISORY, p1_fix=INCIDENT or rollback' ;;
esac
case $url in http://?* | https://?*) ;; *) usage 'say where Burnline is: BURNLINE_URL or --url' ;; esac
case $url in *[!A-Za-z0-9:/._~%-]*) usage 'the address of Burnline has characters that an address has not' ;; esac
while [ "${url%/}" != "$url" ]; do url=${url%/}; done

if [ -n "$token_file" ]; then
  token=$(cat -- "$token_file") || usage "cannot read $token_file"
else
  token=${BURNLINE_TOKEN-}
fi
case $token in
  '') usage 'give an API token: BURNLINE_TOKEN or --token-file' ;;
  *[!A-Za-z0-9_.~+/=-]*) usage 'what was given as an API token is none' ;;
esac

say() { printf 'gate: %s\n' "$*" >&2; }

# Ends without an answer: closed, unless told otherwise.
fail() {
  say "$*"
  if [ "$allow" = yes ]; then
    say 'WARNING: --allow-on-error: this goes out although NO GATE DECIDED ON IT'
    exit 0
  fi
  say 'no answer, so nothing goes out'
  exit 30
}

umask 077
dir=$(mktemp -d) || fail 'no temporary folder can be made'
trap 'rm -rf "$dir"' EXIT
trap 'exit 30' HUP INT TERM

quote() { printf '"%s"' "$(printf '%s' "$1" | sed 's/\\/\\\\/g; s/"/\\"/g')"; }
yes_no() { if [ "$1" = yes ]; then printf true; else printf false; fi; }

change=''
add() { change="$change${change:+,}\"$1\":$2"; }
[ -n "$lines" ] && add linesChanged "$(printf '%s' "$lines" | sed 's/^0*\([0-9]\)/\1/')"
[ -n "$migration" ] && add migration "$(yes_no "$migration")"
[ -n "$rollback" ] && add rollbackReady "$(yes_no "$rollback")"
body="{\"service\":$(quote "$service"),\"change\":{$change}"
[ -n "$risk" ] && body="$body,\"declaredRisk\":$(quote "$risk")"
[ -n "$version" ] && body="$body,\"version\":$(quote "$version"),\"commit\":$(quote "$commit")"
case $lane in
  rollback) body="$body,\"lane\":{\"kind\":\"rollback\"}" ;;
  security=*) body="$body,\"lane\":{\"kind\":\"security\",\"advisory\":$(quote "${lane#*=}")}" ;;
  p1_fix=*) body="$body,\"lane\":{\"kind\":\"p1_fix\",\"incident\":$(quote "${lane#*=}")}" ;;
esac
[ -n "$wait" ] && body="$body,\"wait\":true"
printf '%s}' "$body" >"$dir/question"

# Asks; leaves the answer's headers and body in files. The token stands in a file, for everybody sees arguments.
if command -v curl >/dev/null 2>&1; then
  printf 'header = "authorization: Bearer %s"\n' "$token" >"$dir/curlrc"
  indent=0
  ask() {
    curl -q -sS -K "$dir/curlrc" --connect-timeout 10 --max-time "${BURNLINE_TIMEOUT_SECONDS:-30}" \
      --proto '=http,https' --suppress-connect-headers -D "$dir/headers" -o "$dir/answer" "$@"
  }
  post() { ask -H 'content-type: application/json' -H 'expect:' --data-binary "@$dir/question" "$1"; }
  get() { ask "$1"; }
elif command -v wget >/dev/null 2>&1; then
  # It shows headers so far to the right; what stands further is a line folded onto the one before, and no header.
  indent=2
  case $(wget --help 2>&1) in
    # It reads no settings: its argument is all there is.
    *BusyBox*) ask() { wget -S -T "${BURNLINE_TIMEOUT_SECONDS:-30}" --header "authorization: Bearer $token" -O "$dir/answer" "$@" 2>"$dir/headers"; } ;;
    *)
      printf 'header = authorization: Bearer %s\n' "$token" >"$dir/wgetrc"
      ask() {
        WGETRC="$dir/wgetrc" wget -nv -S --tries=1 --max-redirect=0 --content-on-error \
          -T "${BURNLINE_TIMEOUT_SECONDS:-30}" -O "$dir/answer" "$@" 2>"$dir/headers"
      }
      ;;
  esac
  post() { ask --header 'content-type: application/json' --post-data "$(cat "$dir/question")" "$1"; }
  get() { ask "$1"; }
else
  fail 'neither curl nor wget is there'
fi

# The value of a header that stands there once; nothing otherwise.
header() {
  tr -d '\r' <"$dir/headers" | awk -v name="$1:" -v indent="$indent" '
    { if (substr($0, 1, indent) ~ /^ *$/) $0 = substr($0, indent + 1) }
    tolower(substr($0, 1, length(name))) == name { n++; value = substr($0, length(name) + 1); gsub(/^ +| +$/, "", value) }
    END { if (n == 1) print value }' | tr -d '[:cntrl:]'
}

# The status of the answer; nothing where there were several, which is a redirect that was followed.
code() { tr -d '\r' <"$dir/headers" | awk '{ sub(/^ +/, "") } /^HTTP\// { n++; code = $2 } END { if (n == 1) print code }'; }

: >"$dir/headers" && : >"$dir/answer"
whole=yes
post "$url/api/v1/gates/evaluate" || whole=no
[ "$whole" = yes ] || [ -n "$(code)" ] || fail "Burnline cannot be reached at $url"
case $(code) in
  # wget also fails on a status that is an error; on one that is none, the answer was cut.
  200 | 202) [ "$whole" = yes ] || fail 'the answer broke off' ;;
  400 | 413 | 422)
    [ "$json" = yes ] && cat "$dir/answer"
    case $(header content-type) in application/problem+json*) ;; *) fail "what answers at $url is no Burnline" ;; esac
    usage "Burnline says that the question is wrong: $(tr -d '[:cntrl:]' <"$dir/answer" | cut -c 1-500)"
    ;;
  404) fail "Burnline is not there, or does not know $service" ;;
  *) fail "Burnline answers $(code)" ;;
esac

decision=$(header x-burnline-decision)
status=$(header x-burnline-status)
release=$(header x-burnline-release)
case $decision in
  approve) result=0 ;;
  review) result=10 ;;
  defer) result=11 ;;
  block) result=20 ;;
  *) fail "what answers at $url is no Burnline, or another version" ;;
esac
case $decision:$status in approve: | approve:insufficient_data | review:insufficient_data) result=30 ;; esac
case $release in *[!A-Za-z0-9-]*) fail "what answers at $url is no Burnline, or another version" ;; esac

[ "$json" = yes ] && cat "$dir/answer" && echo
say "$decision ($status)${release:+, see $url/releases/$release}"
[ "$result" -eq 0 ] && exit 0
[ -n "$wait" ] && [ -n "$release" ] || exit "$result"

# Goes on asking until somebody approved it; an approval whose time is over is none.
deadline=$(($(date +%s) + $(printf '%s' "$wait" | sed 's/^0*\([0-9]\)/\1/') * 60))
while :; do
  : >"$dir/headers" && : >"$dir/answer"
  get "$url/api/v1/releases/$release" || :
  state=''
  [ "$(code)" = 200 ] && state=$(header x-burnline-release-state)
  case $state in
    approved) say 'approved' && exit 0 ;;
    waiting | deferred | blocked | lapsed | '') ;;
    *) say "it is $state" && exit 20 ;;
  esac
  [ "$(date +%s)" -lt "$deadline" ] || break
  sleep "${BURNLINE_POLL_SECONDS:-10}"
done
[ -n "$state" ] || fail 'Burnline stopped answering'
say 'time is up, and nobody approved it'
exit "$result"
