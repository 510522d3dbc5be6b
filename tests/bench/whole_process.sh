#!/bin/sh
# whole_process.sh BUILD_TREE: what whole runs of the program cost, as a table
# of medians. Reads the files of $DFIX_SHARED/corpus, else of ../shared/corpus
# next to the project, else the golden ones.
set -eu

tree=$(cd "${1:?the build tree}" && pwd)
root=$(cd "$(dirname "$0")/../.." && pwd)
dfix=$tree/dfix
measure=$tree/tests/bench/measure

files=${DFIX_SHARED:-$root/../shared}/corpus/files
if [ ! -d "$files" ]; then
  files=$tree/bench-files
  rm -rf "$files"
  mkdir -p "$files"
  find "$root/golden" "$root/demo" -name '*Dockerfile' -type f | sort |
    while read -r path; do
      cp "$path" "$files/$(printf '%s' "${path#"$root"/}" | tr / _)"
    done
fi
set -- "$files"/*
echo "$# files, $(cat "$@" | wc -c) bytes, medians of $(getconf _NPROCESSORS_ONLN) cores"

row() { printf '%-34s %10s %10s\n' "$@"; }

# cost NAME COUNT PROGRAM...: adds a row; sets $time and $memory.
cost() {
  name=$1
  shift
  result=$("$measure" "$@")
  time=${result% *}
  memory=${result#* }
  row "$name" "$time" "$memory"
}

# ratio A B LIMIT TEXT
ratio() {
  awk -v a="$1" -v b="$2" -v limit="$3" -v text="$4" 'BEGIN {
    printf "%s: %.1f times (at most %s)\n", text, a / b, limit
  }'
}

row run 'ms' 'peak MiB'
cost '/bin/true' 101 /bin/true
true_time=$time
cost 'dfix --version' 101 "$dfix" --version
version_time=$time
cost 'cat FILES' 21 cat "$@"
cat_time=$time
cost 'dfix --diff FILES' 11 "$dfix" --diff "$@"
diff_time=$time
diff_memory=$memory
cost 'dfix --diff --level bold FILES' 11 "$dfix" --diff --level bold "$@"
cost 'dfix dump tree FILES' 5 "$dfix" dump tree "$@"

awk -v a="$version_time" -v b="$true_time" 'BEGIN {
  printf "\nstart-up: %.2f ms more than /bin/true (at most 2)\n", a - b
}'
ratio "$diff_time" "$cat_time" 10 'diff of all files, in times of cat'
echo "peak memory of the diff: $diff_memory MiB (at most 32)"
