"""Who holds a lease: a run, its machine and its process, so that a dead one is known at once on its own machine."""

import os
import socket
import time
from pathlib import Path


def own_holder(run_id: str) -> str:
    """What this process writes into a lease."""
    return holder_of(run_id, os.getpid())


def holder_of(run_id: str, pid: int) -> str:
    """What a process of this machine, working for a run, is called in a lease."""
    return f"{run_id} {_machine()} {pid}"


def wait_until_gone(holder: str, seconds: float = 15.0) -> bool:
    """Wait for a process of this machine that is ending; says whether it is gone."""
    until = time.monotonic() + seconds
    while is_alive(holder):
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True


def is_alive(holder: str) -> bool:
    """Whether the process behind a lease may still be at work.

    One on another machine (or in another container) may be; only its lease's end tells.
    """
    _, _, rest = holder.partition(" ")
    machine, _, pid = rest.rpartition(" ")
    if machine != _machine() or not pid.isdecimal():
        return True
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # somebody else's process has the number: it is at work, if not at this
        return True
    return True


def _machine() -> str:
    namespace = Path("/proc/self/ns/pid")  # containers may share a host name, but not this
    return f"{socket.gethostname()}/{namespace.readlink().name if namespace.is_symlink() else ''}"
