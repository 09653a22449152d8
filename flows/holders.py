"""Who holds a lease: a run, its machine and its process, so that a dead one is known at once on its own machine."""

import os
import socket
from pathlib import Path


def own_holder(run_id: str) -> str:
    """What this process writes into a lease."""
    return f"{run_id} {_machine()} {os.getpid()}"


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
