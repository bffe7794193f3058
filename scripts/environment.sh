# shellcheck shell=sh
# Sourced by scripts/build, scripts/test, scripts/lock and .ci/run: finds a Python
# and lets environment.py make .venv with it. The caller sets `root` first.

# shellcheck disable=SC2154 # root: see above
environment_python="$root/.venv/bin/python"

# find_python: sets `python` to the absolute path of a Python that can make the
# environment. $PYTHON alone decides if it is set; else the one that .venv was made
# with, if any; else the newest.
find_python() {
    candidates='python3.14 python3.13 python3.12 python3.11 python3 python'
    [ -z "${PYTHON-}" ] || candidates=
    made_with=$(sed -n 's/^executable = //p' "$root/.venv/pyvenv.cfg" 2>/dev/null || :)
    unfit='no Python was found'
    python=
    for candidate in ${PYTHON:+"$PYTHON"} ${made_with:+"$made_with"} $candidates; do
        # A pyenv shim can be there and fail: only a Python that answers counts. The
        # question is one that Python 2 understands too.
        answer=$("$candidate" -c '
import sys
fit = "old"
if sys.version_info >= (3, 11):
    try:
        import ensurepip, venv
        fit = "fit"
    except ImportError:
        fit = "bare"
print("%s %d.%d %s" % ((fit,) + tuple(sys.version_info[:2]) + (sys.executable,)))
' 2>/dev/null) || answer="broken ? $candidate"
        fit=${answer%% *}
        answer=${answer#* }
        version=${answer%% *}
        case "$fit:$unfit" in
            fit:*)
                python=${answer#* }
                return 0
                ;;
            bare:*)
                unfit="Python $version (${answer#* }) lacks the venv module: \
install it (Debian and Ubuntu: apt install python$version-venv)"
                ;;
            old:no\ Python*)
                unfit="Python 3.11 or newer is needed, and only $version was found (${answer#* })"
                ;;
        esac
        if [ -n "${PYTHON-}" ]; then
            [ "$fit" != broken ] || unfit="PYTHON=$PYTHON does not run"
            break
        fi
    done
    echo "audiocoach: $unfit; or name another: PYTHON=/path/to/python3 $0" >&2
    return 1
}

# environment LOCK: afterwards .venv holds at least what LOCK pins, and this package.
environment() {
    # The usual case, and the quick one: it is all there.
    if [ -z "${PYTHON-}" ] &&
        "$environment_python" -I -S "$root/scripts/environment.py" check "$1" 2>/dev/null; then
        return 0
    fi
    find_python && "$python" -I "$root/scripts/environment.py" make "$1"
}
