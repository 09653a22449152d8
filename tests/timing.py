"""Processor time of a piece of work, as little disturbed as a busy machine allows."""

import gc
import time

TURNS = 3


def best_seconds(work, *arguments):
    """Processor seconds of the quickest of some turns.

    What earlier tests left is frozen meanwhile: else the collector goes through it, the more often the longer a text.
    """
    gc.freeze()
    try:
        return min(_seconds(work, arguments) for _ in range(TURNS))
    finally:
        gc.unfreeze()


def _seconds(work, arguments):
    start = time.process_time()
    work(*arguments)
    return time.process_time() - start
