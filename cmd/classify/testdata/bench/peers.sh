#!/bin/sh
# Measures classify beside wc, fastText and scikit-learn in one run, on a file
# of at least 40 MB made by repeating the labelled calls of a folder. Needs
# Debian's fasttext and python3-sklearn; nothing is fetched.
set -eu
data=${1:-}
[ -n "$data" ] || { echo "PUBLIC_DATA is not set: want a folder of labelled JSONL files" >&2; exit 2; }
python=${PYTHON:-/usr/bin/python3} # the one that Debian's packages are for
for tool in fasttext "$python"; do
	command -v "$tool" >/dev/null || { echo "$tool is missing: apt-get install fasttext python3-sklearn" >&2; exit 2; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
here=$(dirname "$0")

while [ "$(cat "$work/calls.jsonl" 2>/dev/null | wc -c)" -lt 40000000 ]; do
	cat "$data"/*.jsonl >> "$work/calls.jsonl"
done
"$python" "$here/peers.py" prepare "$work"
fasttext supervised -input "$work/train.txt" -output "$work/ft" -wordNgrams 2 -epoch 5 -verbose 0 >/dev/null 2>&1
"$python" "$here/peers.py" fit "$work"

# seconds NAME COMMAND: the best of three, so that a neighbour counts less.
seconds() {
	name=$1
	shift
	best=
	for _ in 1 2 3; do
		start=$(date +%s%N)
		"$@" >"$work/out" 2>"$work/err" || { cat "$work/err" >&2; exit 1; }
		took=$((($(date +%s%N) - start) / 1000000))
		[ -z "$best" ] || [ "$took" -lt "$best" ] && best=$took
	done
	echo "$name	$best" >> "$work/times"
}
seconds "wc -w" wc -w "$work/calls.jsonl"
seconds "classify score" "$BIN" score --output jsonl "$work/calls.jsonl"
seconds "fasttext predict-prob" fasttext predict-prob "$work/ft.bin" "$work/text.txt"
# The fitted model is loaded inside the time, as with the others.
seconds "scikit-learn predict_proba" "$python" "$here/peers.py" predict "$work"

echo "$(nproc) cores, $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1), $(($(free -m | awk '/^Mem/{print $2}') / 1024)) GB, load $(cut -d' ' -f1 /proc/loadavg)"
"$python" "$here/peers.py" table "$work"
