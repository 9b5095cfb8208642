"""What this machine has for those who share it out: processors and memory."""

import contextlib
import os


def processors() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def network_threads(wanted: int = 0) -> int:
    """How many threads the network takes: `wanted`, as far as there are processors; 0 is the usual number.

    That is all processors but one, which the window needs. The threads of a network wait for each other at
    every operation, so that one of them on a busy processor holds up all: on two processors, of which another
    program uses one, two threads were measured to be up to 30 times slower than one.
    """
    there = processors()
    return min(wanted, there) if wanted > 0 else max(1, there - 1)


def memory_bytes() -> int | None:
    """The memory that is built in; None where the system does not say (Windows)."""
    with contextlib.suppress(AttributeError, ValueError, OSError):
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return None
