/** What every script does with its steps, whatever they are. */
export const planScriptRuntime = String.raw`self=$(basename "$0")
cd "$(dirname "$0")" || exit 1
log=$self.log
yes=0
from=
back=0

usage() {
  printf 'bash %s [--yes] [--from STEP | --undo]\n' "$self"
  printf '  --yes        asks nothing\n  --from STEP  goes on at a step\n  --undo       takes back what %s says was done\n' "$log"
}
misused() { printf '%s\n' "$1" >&2; usage >&2; exit 2; }
while [ $# -gt 0 ]; do
  case $1 in
    --yes) yes=1 ;;
    --undo) back=1 ;;
    --from) [ $# -gt 1 ] || misused '--from needs a step.'; from=$2; shift ;;
    --from=*) from=${'$'}{1#--from=} ;;
    -h | --help) usage; exit 0 ;;
    *) misused "Unknown: $1" ;;
  esac
  shift
done
[ "$back" = 0 ] || [ -z "$from" ] || misused 'Either --from or --undo.'

say() { printf '%s\n' "$*"; }
stop() { printf 'STOPPED: %s\n' "$1" >&2; exit 1; }
note() { printf '%s %s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$*" >>"$log" || stop "$log can't be written."; }
# The last that the log says of a step: begun, done, failed, interrupted, undoing, taken-back, not-taken-back.
state_of() { [ -f "$log" ] && awk -v id="$1" '$3 == id && $2 != "etag" { last = $2 } END { print last }' "$log"; return 0; }
how_to_go_on() { say "To go on: bash $self --from $1. To take back what was done: bash $self --undo" >&2; }
kept() {
  [ -n "$from" ] || { say "$1 is there already: move it away first." >&2; return 1; }
  say "$1 is there already, and is kept."
}
by_hand() { say 'This one is to be typed by hand.' >&2; return 1; }

# Whether someone else wrote what is written here: against what the plan read, later against what was left by it.
known_etag() {
  local known=
  [ -f "$log" ] && known=$(sed -n "s/^[^ ]* etag $1 //p" "$log" | tail -n 1)
  [ -n "$known" ] || known=${'$'}{etags[$1]}
  printf '%s' "$known"
}
unfinished() {
  local id
  for id in "${'$'}{ids[@]}"; do
    case $id in change-*)
      case $(state_of "$id") in begun | failed | interrupted | undoing | not-taken-back) printf '%s' "$id"; return ;; esac ;;
    esac
  done
}
check_etags() {
  local at now known id
  for at in ${'$'}{watched[@]+"${'$'}{watched[@]}"}; do
    now=$(etag_of "$at") || stop 'Nobody can tell whether something else was changed meanwhile. Nothing more was changed.'
    known=$(known_etag "$at")
    [ -n "$known" ] && [ -n "$now" ] && [ "$known" != "$now" ] || continue
    id=$(unfinished)
    [ -n "$id" ] ||
      stop "Somebody else changed what this plan writes (its etag was $known, and is $now): make a new plan. Nothing more was changed."
    say "What this plan writes was changed since it was read: by $id, which was begun and not seen to end, or by somebody else."
    asked "Was it $id alone?" || stop 'Make a new plan. Nothing more was changed.'
  done
}
keep_etags() {
  local at now
  for at in ${'$'}{watched[@]+"${'$'}{watched[@]}"}; do
    now=$(etag_of "$at") && note etag "$at" "$now"
  done
}

# Asked of a person; without a terminal nothing is changed.
agreed() { [ "$yes" = 1 ] || asked "$1"; }
asked() {
  local answer=
  [ -t 0 ] || { say 'There is no terminal to ask on: nothing more was changed.' >&2; return 1; }
  printf '%s [y/N] ' "$1"
  IFS= read -r answer || answer=
  case $answer in y | Y | yes | Yes) return 0 ;; *) return 1 ;; esac
}

doing=
trap '[ -z "$doing" ] || { note interrupted "$doing"; how_to_go_on "$doing"; }; trap - INT; kill -INT $$' INT
trap '[ -z "$doing" ] || note interrupted "$doing"; exit 143' TERM HUP

# write AT ID: a change, or an undo of the change ID.
write() {
  local what=$2
  check_etags
  [ -z "${'$'}{disruptive[$1]}" ] || say "DISRUPTIVE: ${'$'}{disruptive[$1]}"
  agreed 'Do it?' || { say 'Nothing more was changed.' >&2; how_to_go_on "${'$'}{ids[$1]}"; exit 1; }
  doing=$what
  note "$3" "$what"
  if "step_$1"; then
    note "$4" "$what"
    keep_etags
    doing=
    return
  fi
  note "$5" "$what"
  doing=
  printf 'STOPPED: %s failed. What is written is in %s.\n' "${'$'}{ids[$1]}" "$log" >&2
  how_to_go_on "${'$'}{ids[$1]}"
  exit 1
}

take_back() {
  local at id done_any=0
  [ -f "$log" ] || stop "There is no $log: nothing was done by this script."
  for at in "${'$'}{!ids[@]}"; do
    [ "${'$'}{kinds[$at]}" = undo ] || continue
    id=${'$'}{undoes[$at]}
    case $(state_of "$id") in
      done) ;;
      begun | failed | interrupted | undoing | not-taken-back)
        say "$id was begun and not seen to end, or its undo was. See first how it is now: an undo of what isn't done may fail or do harm."
        asked "Is $id done, and is it to be taken back?" || { say "$id is left as it is."; continue; } ;;
      *) continue ;;
    esac
    done_any=1
    say "== ${'$'}{ids[$at]}  ${'$'}{titles[$at]}"
    write "$at" "$id" undoing taken-back not-taken-back
  done
  [ "$done_any" = 1 ] || say 'Nothing is left that could be taken back.'
  for id in ${'$'}{ids[@]+"${'$'}{ids[@]}"}; do
    case $id in change-*) [ "$(state_of "$id")" != done ] || say "$id stays: nothing takes it back." ;; esac
  done
}

has_changes=0
for kind in ${'$'}{kinds[@]+"${'$'}{kinds[@]}"}; do [ "$kind" != change ] || has_changes=1; done
for program in az azlb; do
  command -v "$program" >/dev/null 2>&1 || [ "$has_changes" = 0 ] || stop "$program is not found, and the steps run it. Nothing was changed."
done

if [ "$back" = 1 ]; then take_back; exit 0; fi
if [ -f "$log" ] && [ -z "$from" ]; then
  say "$log says what was done already:" >&2
  grep -v ' etag ' "$log" >&2
  stop "Go on with --from STEP, or take back with --undo."
fi
started=0
if [ -z "$from" ]; then started=1; : >"$log" || stop "$log can't be written."; fi
for at in ${'$'}{ids[@]+"${'$'}{!ids[@]}"}; do
  id=${'$'}{ids[$at]}
  [ "$id" != "$from" ] || started=1
  [ "$started" = 1 ] || continue
  [ "${'$'}{kinds[$at]}" != undo ] || continue
  say "== $id  ${'$'}{titles[$at]}"
  if [ "${'$'}{kinds[$at]}" = change ]; then
    write "$at" "$id" begun done failed
    continue
  fi
  doing=$id
  "step_$at" || { doing=; printf 'STOPPED: %s did not succeed.\n' "$id" >&2; how_to_go_on "$id"; exit 1; }
  doing=
done
[ "$started" = 1 ] || misused "There is no step $from. Steps: ${'$'}{ids[*]-}"
say "Done. To take it back: bash $self --undo"
`;
