#!/bin/sh
# Makes the Python modules of presence.v1 in a folder, with Debian's protoc: sh samples/python/stubs.sh FOLDER [MORE.proto]
set -e
protos=$(dirname "$0")/../../src/Presence.Grpc.Contracts/Protos
folder=${1:?usage: sh stubs.sh FOLDER}
shift
mkdir -p "$folder"
for more in "$@"; do
    set -- "$@" -I "$(dirname "$more")"
done
exec protoc -I "$protos" --python_out="$folder" --grpc_python_out="$folder" \
    --plugin=protoc-gen-grpc_python="$(command -v grpc_python_plugin)" "$protos"/presence/v1/*.proto "$@"
