"""What this machine has for those who share it out: processors and memory."""

import contextlib
import ctypes
import os

_TRIM_THRESHOLD, _TOP_PAD, _MMAP_THRESHOLD = -1, -2, -3  # glibc's malloc.h


def keep_freed_memory() -> None:
    """Let the C library keep memory that is freed, instead of giving it back to the system and asking again.

    Feature maps of some megabytes come and go at every operation; each time the system would hand out zeroed
    pages. Measured with EfficientNet-Lite0 on one processor: padding a map of 38 MB 26 -> 7 ms, a training
    step 1.19 -> 1.09 s, a step of a pass 171 -> 165 ms with one object, 300 -> 267 ms with three. It does
    nothing where the library is not glibc. What lasts breaks up what is kept, so that it grows: see
    `give_back_freed_memory`.
    """
    with contextlib.suppress(AttributeError, OSError):
        mallopt = ctypes.CDLL(None).mallopt
        for parameter, value in (
            (_MMAP_THRESHOLD, 1 << 30),
            (_TRIM_THRESHOLD, (1 << 31) - 1),
            (_TOP_PAD, 1 << 28),
        ):
            mallopt(parameter, value)


def give_back_freed_memory() -> None:
    """Give the system all freed memory that the C library keeps; nothing where it is not glibc.

    Without it a pass over 800 frames of 1280 x 720 came to 1.7 GB, of which 0.6 were in use. The next step
    gets its pages anew, once.
    """
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)


def processors() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def network_threads(wanted: int = 0) -> int:
    """How many threads the network takes: `wanted`, as far as there are processors; 0 is the default.

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
