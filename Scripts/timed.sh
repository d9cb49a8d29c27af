#!/usr/bin/env bash
# Runs a command under a heading and says how long it took:  Scripts/timed.sh HEADING COMMAND...
set -u
heading=$1 started=${EPOCHREALTIME/[.,]/} status=0
shift
printf '==> %s\n' "$heading" >&2
"$@" || status=$?
tenths=$(((${EPOCHREALTIME/[.,]/} - started) / 100000))
[ $status -eq 0 ] && outcome='done' || outcome="failed with exit status $status"
printf '<== %s: %s in %d.%d s\n' "$heading" "$outcome" $((tenths / 10)) $((tenths % 10)) >&2
exit $status
