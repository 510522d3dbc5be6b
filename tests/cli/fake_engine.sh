#!/bin/sh
# A container engine for tests: the part of docker's command line that dfix
# calls. It builds nothing. Its state is in the folder $FAKE_ENGINE: what there
# is (images/, containers/), every call with its arguments (calls), for each build
# its tag, what its context has and what the ignore file beside its Dockerfile
# says (contexts), and what the test wants of it:
#   fails    a pattern; calls that match it fail
#   hangs    a pattern; calls that match it never end
#   refuses  a pattern; Dockerfiles that match it do not build
#   wrong    a pattern; Dockerfiles that match it give an image that answers 500
set -u
state=${FAKE_ENGINE:?}
mkdir -p "$state/images" "$state/containers"
for argument in "$@"; do printf '<%s>' "$argument"; done >>"$state/calls"
echo >>"$state/calls"

matches() {
  [ -e "$state/$1" ] && printf '%s' "$2" | grep -q -e "$(cat "$state/$1")"
}

if matches fails "$*"; then
  echo 'fake engine: told to fail' >&2
  exit 1
fi
if matches hangs "$*"; then
  # A child, too: it must not outlive us.
  sleep 1000 &
  echo $! >>"$state/children"
  wait
fi

# The last argument.
last() {
  for argument in "$@"; do :; done
  printf '%s' "$argument"
}

file_name() { printf '%s' "$1" | tr ':/' '__'; }

build() {
  echo "${tag##*-}:" $(ls -A "$context") '/' \
    $(cat "$file.dockerignore" 2>/dev/null) >>"$state/contexts"
  cached=
  [ "${no_cache:-}" ] || cached=yes
  echo '#1 [internal] load build definition from Dockerfile'
  echo '#1 DONE 0.0s'
  echo '#2 [1/3] FROM docker.io/library/debian:12'
  echo '#2 DONE 0.0s'
  echo '#3 [2/3] WORKDIR /app'
  if [ "$cached" ]; then echo '#3 CACHED'; else echo '#3 DONE 0.1s'; fi
  echo '#4 [3/3] RUN true'
  if matches refuses "$(cat "$file")"; then
    echo '#4 0.100 gcc: not found'
    echo '#4 ERROR: exit code: 127'
    exit 1
  fi
  echo '#4 DONE 0.1s'
  cp "$file" "$state/images/$(file_name "$tag")"
}

# As buildah tells it.
inspect() {
  [ -e "$state/images/$(file_name "$1")" ] || exit 1
  echo '{"FromImage": "x", "Docker": {"config": {"Cmd": ["serve"]},
    "rootfs": {"diff_ids": [1, 2]}}}'
}

image_inspect() {
  image=$state/images/$(file_name "$1")
  [ -e "$image" ] || { echo "Error: No such image: $1" >&2; exit 1; }
  size=$(($(wc -l <"$image") * 1000000))
  echo "[{\"Size\": $size, \"RootFS\": {\"Layers\": [1, 2]},
    \"Config\": {\"Cmd\": [\"serve\"], \"Env\": [\"PATH=/bin\"]}}]"
}

case $1 in
  version) echo 1.0 ;;
  --version) echo 'buildah version 1.0' ;;
  build)
    while [ $# -gt 1 ]; do
      case $1 in
        --file) file=$2 ;;
        --tag) tag=$2 ;;
        --no-cache) no_cache=1 ;;
      esac
      shift
    done
    context=$1
    build
    ;;
  image)
    case $2 in
      inspect) image_inspect "$3" ;;
      rm) rm "$state/images/$(file_name "$(last "$@")")" 2>/dev/null ||
        { echo "No such image" >&2; exit 1; } ;;
    esac
    ;;
  create)
    name=$3
    shift 5
    cp "$state/images/$(file_name "$1")" "$state/containers/$name"
    ;;
  inspect) inspect "$4" ;;
  images) echo '[{"size": "97.7 MB"}]' ;;
  rmi) rm "$state/images/$(file_name "$2")" ;;
  start | cp | logs) ;;
  container)
    [ -e "$state/containers/$3" ] || exit 1
    echo '[{"State": {"Running": true, "ExitCode": 0}}]'
    ;;
  exec)
    status=200
    matches wrong "$(cat "$state/containers/$4")" && status=500
    echo "{\"uid\": 0, \"ports\": [80],
      \"answers\": [{\"port\": 80, \"status\": $status, \"body\": \"hello\"}]}"
    ;;
  export) tar -C "$state" -cf - calls ;;
  stop) ;;
  rm) rm "$state/containers/$(last "$@")" 2>/dev/null ||
    { echo "No such container" >&2; exit 1; } ;;
  *)
    echo "fake engine: unknown command $1" >&2
    exit 1
    ;;
esac
