#!/bin/sh
# make_seeds.sh FOLDER: fills it with the Dockerfiles that the project has, each
# under a name of its own, and those of the shared corpus if it is there.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
seeds=${1:?a folder}
mkdir -p "$seeds"
for folder in golden demo tests/data; do
  [ -d "$root/$folder" ] || continue
  find "$root/$folder" -type f -size -64k | sort | while IFS= read -r path; do
    cp "$path" "$seeds/$(printf '%s' "${path#"$root"/}" | tr '/ ' '__')"
  done
done
corpus=${DFIX_SHARED:-$root/../shared}/corpus/files
if [ -d "$corpus" ]; then
  find "$corpus" -type f -size -8k -exec cp {} "$seeds" \;
  chmod -R u+w "$seeds"
fi
