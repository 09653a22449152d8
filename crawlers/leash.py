"""A leash: a program that was started for another ends, cleanly, when that other does, however it ends."""

import os
import signal
import sys
import threading


def take_leash() -> None:
    """Stop this process with SIGTERM when its standard input ends, as it does when whoever started it dies."""
    threading.Thread(target=_stop_when_input_ends, name="leash", daemon=True).start()


def _stop_when_input_ends() -> None:
    while os.read(sys.stdin.fileno(), 4096):  # past the buffer, whose lock would hold up our own ending
        continue
    os.kill(os.getpid(), signal.SIGTERM)
