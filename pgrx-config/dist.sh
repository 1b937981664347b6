#!/usr/bin/env bash
# What a release consists of, from the last commit, under target/packages: the PGXN archive, the sources with all crates (which build
# without a network), a list of what is in it (SBOM, CycloneDX), and checksums of all that lies there, Debian packages too.
# The tools are installed into target/tools when they are not there.
set -euo pipefail
. "$(dirname "$0")/env.sh"
cd "$ROOT"
git rev-parse --git-dir >/dev/null 2>&1 || die "made from a git clone"
"$ROOT/pgrx-config/setup.sh" --only xz-utils zip python3-minimal
if [ -n "$(git status --porcelain)" ]; then say "what is not committed is not in it"; fi

version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)
name=dynasty-$version
out=$TARGET/packages
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
mkdir -p "$out"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# tool NAME VERSION: where it is; installed without debug information, since it runs for a second.
tool() {
    if [ ! -x "$TARGET/tools/bin/$1" ]; then
        say "installing $1 $2 into $TARGET/tools"
        CARGO_PROFILE_DEV_DEBUG=0 CARGO_INCREMENTAL=0 cargo install "${3:-$1}" --version "$2" --locked --debug --quiet --root "$TARGET/tools" --target-dir "$TARGET/tools/build" >&2
        rm -rf "$TARGET/tools/build"
    fi
    printf '%s' "$TARGET/tools/bin/$1"
}

# META.json by the validator of PGXN's specification; its version is the crates' and the control file's.
pgxn_meta=$(tool pgxn_meta "$PGXN_META_VERSION")
"$pgxn_meta" META.json >&2 || die "META.json is not what PGXN wants"
grep -q "^   \"version\": \"$version\"" META.json || die "META.json is of another version than Cargo.toml ($version)"
[ "${version%.*}" = "$VERSION" ] || die "dynasty.control is of another version than Cargo.toml ($version)"
git archive --format=zip --prefix="$name/" -o "$out/$name.zip" HEAD

# The crates as Cargo.lock names them, checked by their checksums; the configuration makes cargo take these and ask nobody.
git archive --prefix="$name/" HEAD | tar -x -C "$work"
mkdir -p "$work/$name/.cargo"
(cd "$work/$name" && cargo vendor --locked --versioned-dirs vendor 2>/dev/null; printf '\n[net]\noffline = true\n') >"$work/$name/.cargo/config.toml.new"
grep -q '^directory = "vendor"' "$work/$name/.cargo/config.toml.new" || die "cargo vendor failed"
mv "$work/$name/.cargo/config.toml.new" "$work/$name/.cargo/config.toml"
tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" --mode=go=rX,u+rw -C "$work" -c "$name" | xz -T0 -3 >"$out/$name-vendored.tar.xz"

# Components of the whole workspace with their licences, as CycloneDX. Without its random number and the time, the same is the same.
cargo_sbom=$(tool cargo-sbom "$CARGO_SBOM_VERSION")
"$cargo_sbom" --output-format cyclone_dx_json_1_6 >"$work/sbom"
python3 - "$work/sbom" "$SOURCE_DATE_EPOCH" >"$out/$name.cdx.json" <<'SBOM'
import datetime, json, sys
sbom = json.load(open(sys.argv[1]))
sbom.pop("serialNumber", None)
moment = datetime.datetime.fromtimestamp(int(sys.argv[2]), datetime.timezone.utc)
sbom.setdefault("metadata", {})["timestamp"] = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
assert sbom["bomFormat"] == "CycloneDX" and len(sbom["components"]) > 50, "that is no SBOM"
json.dump(sbom, sys.stdout, indent=1, sort_keys=True)
SBOM

(cd "$out" && sha256sum -- *.zip *.tar.xz *.json $(ls -- *.deb 2>/dev/null) >SHA256SUMS)
say "release $version:"
(cd "$out" && ls -l -- * >&2)
