#!/bin/sh
# Takes the agent through all of `mote deliver`: from the source to a booted guest in which the signed bundle answers requests and is refused what its sandbox forbids.
#
#     deliver.sh mote folder [flags of mote deliver build]
#
# The folder gets program, tightened profile, bundle and trust file. The keys are made for this run and stay in the folder, encrypted under a random passphrase beside them: good to
# look at, not to trust. A maker's keys are made once and kept where no build machine reads them.
set -eu
mkdir -p "$2"
mote=$(realpath "$1")
out=$(realpath "$2")
shift 2
cd "$(dirname "$0")"
began=$(date +%s)

step() {
	echo
	echo "[$(($(date +%s) - began)) s] mote deliver $*"
	"$mote" deliver "$@"
}

mkdir -p "$out/keys"
rm -rf "$out/bundle" "$out/trust.toml" "$out"/keys/*
(umask 077 && head -c 24 /dev/urandom | base64 >"$out/keys/passphrase")

step plan -profile device.toml .
step build -profile device.toml -o "$out/agent" "$@" .
step verify -profile device.toml "$out/agent"
step boot -profile device.toml "$out/agent"
step profile -profile device.toml -o "$out/device.toml" "$out/agent"

for algorithm in ed25519 sm2; do
	step sign -newkey $algorithm -key "$out/keys/$algorithm.pem" -passphrase-file "$out/keys/passphrase"
done
step sign -profile "$out/device.toml" -version 1 -key "$out/keys/ed25519.pem" -key "$out/keys/sm2.pem" -passphrase-file "$out/keys/passphrase" -trust "$out/trust.toml" -threshold 2 \
	-o "$out/bundle" "$out/agent"
step check -trust "$out/trust.toml" "$out/bundle"
step run -boot -trust "$out/trust.toml" "$out/bundle"

echo
echo "delivered in $(($(date +%s) - began)) s: $out/bundle"
