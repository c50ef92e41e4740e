#!/bin/sh
# Measures classify train at growing numbers of calls beside one fit of
# scikit-learn. The calls are made from the labelled calls of a folder and those
# that ship; it needs Debian's python3-sklearn and fetches nothing.
set -eu
data=${1:-}
[ -n "$data" ] || { echo "PUBLIC_DATA is not set: want a folder of labelled JSONL files" >&2; exit 2; }
python=${PYTHON:-/usr/bin/python3} # the one that Debian's packages are for
"$python" -c 'import sklearn' 2>/dev/null || { echo "scikit-learn is missing: apt-get install python3-sklearn" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
echo "$(nproc) cores, $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1), $(($(free -m | awk '/^Mem/{print $2}') / 1024)) GB, load $(cut -d' ' -f1 /proc/loadavg)"
"$python" "$(dirname "$0")/train.py" "$work" "$BIN" "$data" ${SIZES:-5000 20000 100000}
