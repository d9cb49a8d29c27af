#!/usr/bin/env bash
# Runs a command beside a Slurm cluster of its own: a controller and one node, this machine, on the loopback
# interface. Needs Debian's slurm-wlm and munge, but neither systemd nor root nor a configuration in /etc. Keys,
# sockets, logs and state lie below one temporary folder, and end with the command, however it ends.
#
#   Scripts/slurm-on-loopback.sh COMMAND...
#
# COMMAND finds the cluster through SLURM_CONF; the folder beside it, CLUSTER, holds the daemons' logs and numbers.
# `Scripts/slurm-on-loopback.sh controller` starts the controller of such a cluster again, after it was killed.
set -euo pipefail
export PATH=$PATH:/usr/sbin:/sbin

start_controller() { slurmctld -f "$SLURM_CONF"; }

free_ports() {
    /usr/bin/python3 - <<'PYTHON'
import socket
sockets = [socket.socket() for _ in range(2)]
for one in sockets:
    one.bind(("127.0.0.1", 0))
print(*(one.getsockname()[1] for one in sockets))
PYTHON
}

configure() {
    local user ports megabytes
    user=$(id --user --name)
    megabytes=$(awk '/^MemTotal:/ { print int($2 / 1024 * 0.9) }' /proc/meminfo)
    read -ra ports < <(free_ports)
    head --bytes 1024 /dev/urandom >munge.key
    cat >"$SLURM_CONF" <<CONF
ClusterName=loopback
SlurmctldHost=$(hostname -s)(127.0.0.1)
SlurmctldPort=${ports[0]}
SlurmdPort=${ports[1]}
SlurmUser=$user
SlurmdUser=$user
AuthType=auth/munge
AuthInfo=socket=$CLUSTER/munge.socket
CredType=cred/munge
SlurmctldPidFile=$CLUSTER/slurmctld.pid
SlurmdPidFile=$CLUSTER/slurmd.pid
SlurmctldLogFile=$CLUSTER/slurmctld.log
SlurmdLogFile=$CLUSTER/slurmd.log
StateSaveLocation=$CLUSTER/state
SlurmdSpoolDir=$CLUSTER/spool
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
SchedulerParameters=sched_interval=2,bf_interval=2
KillWait=2
MessageTimeout=4
NodeName=$(hostname -s) NodeAddr=127.0.0.1 CPUs=$(nproc) RealMemory=$megabytes State=UNKNOWN
PartitionName=all Nodes=$(hostname -s) Default=YES MaxTime=60 State=UP
CONF
}

start() {
    munged --force --key-file="$CLUSTER/munge.key" --socket="$CLUSTER/munge.socket" --seed-file="$CLUSTER/munge.seed" \
        --pid-file="$CLUSTER/munged.pid" --log-file="$CLUSTER/munged.log"
    start_controller
    slurmd -f "$SLURM_CONF"
    local attempt
    for attempt in {1..300}; do
        [[ $(sinfo --noheader --format=%T 2>/dev/null) != idle ]] || return 0
        sleep 0.1
    done
    echo "the node did not come up; the end of its log:" >&2
    tail -n 20 slurmctld.log slurmd.log >&2
    return 1
}

# Every process of the cluster has its configuration in the environment, and nobody else has: daemons, jobs, COMMAND.
stop() {
    local process
    for process in $(grep --files-with-matches --null-data --line-regexp "SLURM_CONF=$SLURM_CONF" /proc/[0-9]*/environ \
        2>/dev/null | cut --delimiter=/ --fields=3); do
        kill -KILL "$process" 2>/dev/null || true
    done
    rm -rf "$CLUSTER"
}

if [ "$*" = controller ]; then
    start_controller
    exit
fi
CLUSTER=$(mktemp --directory)
export CLUSTER SLURM_CONF=$CLUSTER/slurm.conf
trap stop EXIT
trap 'exit 130' INT TERM HUP
folder=$PWD
cd "$CLUSTER"
mkdir state spool
configure
start
cd "$folder"
"$@"
