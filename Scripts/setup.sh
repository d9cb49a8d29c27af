#!/usr/bin/env bash
# Installs what Moderato needs besides Swift, git and make, on Debian 12. It may be run again, interrupted and
# started twice at once; a call that finds everything in place changes nothing.
#
#   Scripts/setup.sh [core] [lite1] [rich] [stickers] [illustrations] [test] [bench]
#
#   core           C libraries, the ONNX runtime and the base model (every call includes it)
#   lite1          a second base model, imagenet-moderation-lite1: 20 MB to fetch, 22 MB on disk
#   rich           the networks of the base model's embedding `rich`: 43 MB to fetch, 64 MB on disk
#   stickers       what the dataset `stickers` is built from
#   illustrations  what the dataset `illustrations` is built from: the stickers' sources and 520 MB more
#   test           what the tests compare with
#   bench          what the benchmarks compare with, in a Python environment of its own
#
# Debian's packages need root or sudo. All else, a Python environment and the models, goes to .moderato/.
set -euo pipefail
export LC_ALL=C
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# The Debian packages of a part.
debian_packages() {
    case $1 in
    core) echo libhdf5-dev libopenblas-dev libopenblas-pthread-dev libpng-dev libturbojpeg0-dev libwebp-dev \
        pkg-config python3-venv ;;
    stickers) echo librsvg2-bin fonts-noto-color-emoji ruby-gemojione ;;
    illustrations) echo openclipart-png freedroidrpg-data tuxpaint-stamps-default ;;
    test) echo chromium chromium-driver fonts-dejavu-core hdf5-tools munge slurm-wlm ;;
    esac
}

workspace=.moderato
# The pinned wheels are built for Debian 12's own Python, whichever other one comes first on the PATH.
system_python=/usr/bin/python3.11
# The files that declare networks.
base_models=(Experiments/base-models/imagenet-moderation.yaml Experiments/base-models/imagenet-moderation-lite1.yaml)
models=$workspace/models

say() { printf '%s\n' "$*" >&2; }

fail() {
    say "$@"
    exit 1
}

# step DESCRIPTION COMMAND...  Runs quietly and says how long it took; shows the output if the command fails.
step() {
    local description=$1 started=${EPOCHREALTIME/./} status=0
    shift
    printf '%-64s' "$description" >&2
    "$@" >"$log" 2>&1 </dev/null 9>&- || status=$?
    if [ $status -ne 0 ]; then
        say "failed:"
        cat "$log" >&2
        return $status
    fi
    printf '%7.1f s\n' "$(((${EPOCHREALTIME/./} - started) / 100000))e-1" >&2
}

add_part() { [[ " ${parts[*]} " == *" $1 "* ]] || parts+=("$1"); }

parse_parts() {
    parts=(core)
    local part
    for part in "$@"; do
        case $part in
        core | lite1 | rich | stickers | test | bench) add_part "$part" ;;
        illustrations) add_part stickers && add_part illustrations ;;
        *) fail "Unknown part '$part'; the parts are core, lite1, rich, stickers, illustrations, test, bench" ;;
        esac
    done
}

check_system() {
    grep --quiet --line-regexp VERSION_CODENAME=bookworm /etc/os-release ||
        fail "Set-up is for Debian 12 (bookworm); on another system install what $0 lists by other means"
}

# Only one set-up of this project at a time. The lock goes with the process, however it ends.
take_lock() {
    mkdir -p "$workspace"
    exec 9>"$workspace/setup.lock"
    flock --nonblock 9 || { say "Waiting for another set-up of this project to end"; flock 9; }
}

# The Debian packages of the given parts that are not installed, one a line.
missing_packages() {
    local part wanted installed
    wanted=$(for part in "$@"; do debian_packages "$part"; done | tr ' ' '\n' | sort)
    installed=$(dpkg-query --show --showformat '${db:Status-Status} ${Package}\n' |
        sed -n 's/^installed //p' | sort)
    comm -23 <(echo "$wanted") <(echo "$installed")
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
        awk "/^'/ { bytes += \$3 } END { printf \"%.1f\", bytes / 1e6 }"
}

install_debian_packages() {
    local missing=("$@") megabytes
    if ! can_be_root; then
        local sudo=""
        [ -z "$(command -v sudo)" ] || sudo="sudo "
        say "Debian packages are missing. Run this as an administrator, then start again:"
        fail "    ${sudo}apt-get update && ${sudo}apt-get install --yes --no-install-recommends ${missing[*]}"
    fi
    # An earlier installation that was cut off; apt refuses to work until this is done.
    [ -z "$(ls /var/lib/dpkg/updates)" ] || step "Debian: finish what was cut off" as_root dpkg --configure -a
    megabytes=$(megabytes_to_fetch "${missing[@]}") || {
        step "Debian: package lists" apt update
        megabytes=$(megabytes_to_fetch "${missing[@]}") || fail "apt does not know all of: ${missing[*]}"
    }
    step "Debian: packages for ${parts[*]} ($megabytes MB to fetch)" \
        install_or_update_and_install "${missing[@]}"
}

# Lists that are some days old may name versions that the mirrors no longer have.
install_or_update_and_install() { apt_install "$@" || { apt update && apt_install "$@"; }; }

# use_environment PART  Sets `environment`, where the Python packages of the part go, and makes it where it is missing.
#
# The benchmarks' packages have one of their own: there are many, and no other part should bow to what they need.
#
# An environment that a killed installation left behind holds the file `unfinished`, and is built again.
use_environment() {
    environment=$workspace/python
    [ "$1" != bench ] || environment=$workspace/bench-python
    [ -x "$environment/bin/python" ] && [ ! -e "$environment/unfinished" ] && return
    [ -x "$system_python" ] || fail "$system_python is missing; Debian 12's package python3.11 installs it"
    rm -rf "$environment"
    mkdir -p "$environment/installed"
    touch "$environment/unfinished"
    step "Python: environment in $environment" "$system_python" -m venv "$environment"
    rm "$environment/unfinished"
}

requirements_of() {
    case $1 in
    bench) echo Benchmarks/requirements.txt ;;
    *) echo "Scripts/requirements-$1.txt" ;;
    esac
}

# A copy of the requirement file says what is installed: where it differs, the part is installed again.
install_python_packages() {
    local part=$1 requirements environment
    requirements=$(requirements_of "$part")
    [ -e "$requirements" ] || return 0
    use_environment "$part"
    ! cmp --silent "$requirements" "$environment/installed/$part.txt" || return 0
    touch "$environment/unfinished"
    step "Python: packages for $part" "$environment/bin/python" -m pip install --no-deps --require-hashes \
        --only-binary :all: --no-compile --requirement "$requirements"
    cp "$requirements" "$environment/installed/$part.txt"
    rm "$environment/unfinished"
}

# The SHA-256 that a base-model file declares for the file of a given name: it stands below it.
declared_sha256() {
    awk -v name="/$1" '$0 ~ /file:/ && index($0, name) { found = 1 } found && /sha256:/ { print $2; exit }' "${base_models[@]}"
}

# convert_network NAME OPTION...  Makes the model NAME.onnx, unless it is there and whole.
convert_network() {
    local file=$1.onnx declared
    shift
    declared=$(declared_sha256 "$file")
    ! is_whole "$models/$file" "$declared" || return 0
    rm -f "$models/$file".tmp-*
    step "Network: $models/$file" "$workspace/python/bin/python" Scripts/convert_efficientnet_lite.py "$@" "$models/$file"
    is_whole "$models/$file" "$declared" ||
        fail "$models/$file does not have the SHA-256 that its base-model file declares: $declared"
}

is_whole() { echo "$2  $1" | sha256sum --check --status 2>/dev/null; }

# The networks of a part.
convert_networks() {
    local network
    case $1 in
    core) convert_network efficientnet-lite0 ;;
    lite1) convert_network efficientnet-lite1 --network lite1 ;;
    rich) for network in lite0 lite1 lite2; do
        convert_network "efficientnet-$network-any-size" --network "$network" --any-size
    done ;;
    esac
}

main() {
    local part missing
    parse_parts "$@"
    check_system
    take_lock
    log=$(mktemp)
    trap 'rm -f "$log"' EXIT
    # pip answers ^C itself, as a failure; without this the script would report that instead of ending.
    trap 'say "" "Interrupted; the same command goes on from here"; exit 130' INT TERM
    # A user's own settings for these would lead pip and Python out of the environment.
    unset PYTHONHOME PYTHONPATH
    export PIP_USER=0 PIP_DISABLE_PIP_VERSION_CHECK=1

    mapfile -t missing < <(missing_packages "${parts[@]}")
    [ ${#missing[@]} -eq 0 ] || install_debian_packages "${missing[@]}"
    for part in "${parts[@]}"; do install_python_packages "$part"; done
    for part in "${parts[@]}"; do convert_networks "$part"; done
}

main "$@"
