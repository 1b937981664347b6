# Sourced by the Python clients: PYTHON is an interpreter with what examples/python/requirements.txt names. Bash.
. "$(dirname "${BASH_SOURCE[0]}")/../../pgrx-config/env.sh"
requirements=$ROOT/examples/python/requirements.txt
venv=$TARGET/clients/python-$(cksum <"$requirements" | cut -d ' ' -f 1)
PYTHON=$venv/bin/python
if [ ! -e "$venv/complete" ]; then
    command -v python3 >/dev/null || { echo "SKIPPED: there is no python3"; exit 77; }
    rm -rf "$venv"
    mkdir -p "$TARGET/clients"
    python3 -m venv "$venv" || { echo "SKIPPED: python3 cannot make a virtual environment (Debian: python3-venv)"; exit 77; }
    "$PYTHON" -m pip install -q --disable-pip-version-check -r "$requirements" ||
        { echo "SKIPPED: pip cannot install what requirements.txt names (no network?)"; exit 77; }
    touch "$venv/complete"
fi
