#!/usr/bin/env bash
# Installs what Moderato needs besides Swift, git and make, on Debian 12. Safe to run again, to interrupt, and to start
# twice at once; a call that finds everything in place changes nothing.
#
#   Scripts/setup.sh [core] [stickers] [illustrations] [test]
#
#   core           C libraries, the ONNX runtime and the base model (every call includes it)
#   stickers       what the dataset `stickers` is built from
#   illustrations  what the dataset `illustrations` is built from: the stickers' sources and 520 MB more
#   test           what the tests compare with
#
# Debian's packages need root or sudo. All else goes to .moderato/ in the project: a Python environment and the model.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

debian_core=(libhdf5-dev libopenblas-dev libopenblas-pthread-dev libpng-dev libturbojpeg0-dev libwebp-dev
    pkg-config python3-venv)
debian_stickers=(librsvg2-bin fonts-noto-color-emoji ruby-gemojione)
debian_illustrations=(openclipart-png freedroidrpg-data tuxpaint-stamps-default)
debian_test=(hdf5-tools)

workspace=.moderato
environment=$workspace/python
# The pinned wheels are built for Debian 12's own Python, whichever other one comes first on the PATH.
system_python=/usr/bin/python3.11
base_model=Experiments/base-models/imagenet-moderation.yaml
model=$workspace/models/efficientnet-lite0.onnx

say() { printf '%s\n' "$*" >&2; }

fail() {
    say "$@"
    exit 1
}

# step DESCRIPTION COMMAND...  Runs the command quietly, says how long it took, and shows its output if it fails.
step() {
    local description=$1 started=${EPOCHREALTIME/[.,]/} status=0
    shift
    printf '%-64s' "$description" >&2
    "$@" >"$log" 2>&1 </dev/null 9>&- || status=$?
    if [ $status -ne 0 ]; then
        say "failed:"
        cat "$log" >&2
        return $status
    fi
    printf '%7.1f s\n' "$(((${EPOCHREALTIME/[.,]/} - started) / 100000))e-1" >&2
}

parse_parts() {
    parts=(core)
    local part
    for part in "$@"; do
        case $part in
        core) ;;
        illustrations) parts+=(stickers illustrations) ;;
        stickers | test) parts+=("$part") ;;
        *) fail "Unknown part '$part'; the parts are core, stickers, illustrations, test" ;;
        esac
    done
}

check_system() {
    local VERSION_CODENAME="" PRETTY_NAME="an unknown system"
    [ ! -r /etc/os-release ] || . /etc/os-release
    [ "$VERSION_CODENAME" = bookworm ] || fail "Set-up is written for Debian 12 (bookworm); this is $PRETTY_NAME"
}

# Only one set-up of this project at a time. The lock goes with the process, however it ends.
take_lock() {
    mkdir -p "$workspace"
    exec 9>"$workspace/setup.lock"
    flock --nonblock 9 || { say "Waiting for another set-up of this project to end"; flock 9; }
}

# The Debian packages of the given parts that are not installed.
missing_packages() {
    local part wanted=()
    for part in "$@"; do
        declare -n packages="debian_$part"
        wanted+=("${packages[@]}")
    done
    dpkg-query --show --showformat '${Package} ${db:Status-Status}\n' "${wanted[@]}" 2>/dev/null |
        awk -v wanted="${wanted[*]}" '
            $2 == "installed" { installed[$1] = 1 }
            END {
                count = split(wanted, names, " ")
                for (i = 1; i <= count; i++) if (!(names[i] in installed) && !seen[names[i]]++) print names[i]
            }'
}

can_be_root() {
    [ "$EUID" -eq 0 ] || sudo --non-interactive true 2>/dev/null ||
        { [ -t 0 ] && command -v sudo >/dev/null && sudo --validate; }
}

as_root() {
    local privilege=(sudo)
    [ "$EUID" -ne 0 ] || privilege=()
    "${privilege[@]}" env DEBIAN_FRONTEND=noninteractive "$@"
}

apt() { as_root apt-get --quiet --yes -o DPkg::Lock::Timeout=600 "$@"; }

# Never removes one of the user's packages to make room for one of ours.
apt_install() { apt install --no-install-recommends --no-remove "$@"; }

# Megabytes that the given packages and what they need would fetch; fails where apt does not know them.
megabytes_to_fetch() {
    apt-get install --print-uris --yes --no-install-recommends "$@" 2>/dev/null |
        awk "/^'/ { bytes += \$3 } END { printf \"%.0f\", bytes / 1e6 }"
}

install_debian_packages() {
    local missing=("$@") size
    if ! can_be_root; then
        local sudo=""
        [ -z "$(command -v sudo)" ] || sudo="sudo "
        say "Debian packages are missing. Run this as an administrator, then start again:"
        fail "    ${sudo}apt-get update && ${sudo}apt-get install --yes --no-install-recommends ${missing[*]}"
    fi
    # An earlier installation that was cut off; apt refuses to work until this is done.
    [ -z "$(ls /var/lib/dpkg/updates 2>/dev/null)" ] || step "Debian: finish what was cut off" as_root dpkg --configure -a
    size=$(megabytes_to_fetch "${missing[@]}") || {
        step "Debian: package lists" apt update
        size=$(megabytes_to_fetch "${missing[@]}") || fail "apt does not know these packages: ${missing[*]}"
    }
    step "Debian: ${#missing[@]} packages and what they need, $size MB" install_or_update_and_install "${missing[@]}"
}

# Lists that are some days old may name versions that the mirrors no longer have.
install_or_update_and_install() { apt_install "$@" || { apt update && apt_install "$@"; }; }

# An environment that a killed installation left behind holds the file `unfinished`, and is built again.
create_python_environment() {
    [ -x "$environment/bin/python" ] && [ ! -e "$environment/unfinished" ] && return
    [ -x "$system_python" ] || fail "$system_python is missing; Debian 12's package python3.11 installs it"
    rm -rf "$environment"
    mkdir -p "$environment/installed"
    touch "$environment/unfinished"
    step "Python: environment in $environment" "$system_python" -m venv "$environment"
    rm "$environment/unfinished"
}

# The requirement file of an installed part is kept beside it: a difference means that it is to be installed again.
install_python_packages() {
    local part=$1 requirements=Scripts/requirements-$1.txt
    [ -e "$requirements" ] || return 0
    ! cmp --silent "$requirements" "$environment/installed/$part.txt" || return 0
    touch "$environment/unfinished"
    step "Python: packages for $part" "$environment/bin/python" -m pip install --no-deps --require-hashes \
        --only-binary :all: --no-compile --requirement "$requirements"
    cp "$requirements" "$environment/installed/$part.txt"
    rm "$environment/unfinished"
}

model_is_whole() { echo "$1  $model" | sha256sum --check --status 2>/dev/null; }

convert_base_model() {
    local declared
    declared=$(sed -n 's/^sha256: *\([0-9a-f]*\).*/\1/p' "$base_model")
    ! model_is_whole "$declared" || return 0
    step "Base model: $model" "$environment/bin/python" Scripts/convert_efficientnet_lite.py "$model"
    model_is_whole "$declared" || fail "$model does not have the SHA-256 that $base_model declares: $declared"
}

main() {
    local part missing
    parse_parts "$@"
    check_system
    take_lock
    log=$(mktemp)
    trap 'rm -f "$log"' EXIT
    # A user's own settings for these would lead pip and Python out of the environment.
    unset PYTHONHOME PYTHONPATH
    export PIP_USER=0 PIP_DISABLE_PIP_VERSION_CHECK=1

    mapfile -t missing < <(missing_packages "${parts[@]}")
    [ ${#missing[@]} -eq 0 ] || install_debian_packages "${missing[@]}"
    create_python_environment
    for part in "${parts[@]}"; do install_python_packages "$part"; done
    convert_base_model
}

main "$@"
