"""What a worker may no longer do once the snapshot is in its memory.

The guard refuses queries that would reach out (:mod:`stigraph.store.guard`).
This is the second line: even a query that got past it, or that took the engine
over, finds no network, no file, no new process and no memory without end. Each
measure stands alone; those that the machine doesn't offer are left out.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import resource
import signal
import struct
import sys
from contextlib import suppress
from typing import Final

__all__ = ["Size", "close_in", "die_with_parent", "limit_memory"]

_PR_SET_PDEATHSIG: Final = 1
_PR_SET_NO_NEW_PRIVS: Final = 38
_PR_SET_SECCOMP: Final = 22
_SECCOMP_MODE_FILTER: Final = 2
_CLONE_NEWNET: Final = 0x40000000
_OPEN_FILES: Final = 16

# Linux system calls that reach files, networks or processes: the machine's AUDIT_ARCH_*, then
# numbers by what they do. (On aarch64 many forms exist only with "at".)
_REFUSED: Final = {
    "x86_64": (
        0xC000003E,
        (
            *(2, 85, 257, 437),  # open creat openat openat2
            *(41, 53, 42, 49, 50),  # socket socketpair connect bind listen
            *(
                59,
                322,
                56,
                435,
                57,
                58,
                62,
                101,
            ),  # execve execveat clone clone3 fork vfork kill ptrace
            *(82, 264, 316, 86, 265, 88, 266, 87, 263),  # rename, link, symlink, unlink
            *(83, 258, 84, 90, 268, 92, 260, 76),  # mkdir, rmdir, chmod, chown, truncate
            *(165, 310, 311, 321, 425),  # mount process_vm_* bpf io_uring_setup
        ),
    ),
    "aarch64": (
        0xC00000B7,
        (
            *(56, 437),
            *(198, 199, 203, 200, 201),
            *(221, 281, 220, 435, 129, 117),
            *(38, 276, 37, 36, 35),
            *(34, 53, 54, 45),
            *(40, 270, 271, 280, 425),
        ),
    ),
}


def die_with_parent() -> None:
    """Have the kernel end this process when the one that forked it is gone."""
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


class Size:
    """The size of this process, read from a file that stays open."""

    def __init__(self) -> None:
        try:
            self._descriptor = os.open("/proc/self/statm", os.O_RDONLY | os.O_CLOEXEC)
        except OSError:
            self._descriptor = -1
        self.start = self._bytes()

    def fileno(self) -> int:
        """Return the descriptor, -1 where the machine has no such file."""
        return self._descriptor

    def growth(self) -> int:
        """Return the bytes of address space that were added since the start."""
        return self._bytes() - self.start

    def _bytes(self) -> int:
        if self._descriptor < 0:
            return 0
        return int(os.pread(self._descriptor, 64, 0).split()[0]) * resource.getpagesize()


def limit_memory(extra: int) -> Size:
    """Let the address space grow by ``extra`` bytes at most, and return what measures it."""
    size = Size()
    if size.start:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_AS, (size.start + extra, size.start + extra))
    return size


def close_in(*keep: int) -> None:
    """Give up everything but the descriptors ``keep``; there is no way back.

    What is imported later can't be: everything that the work needs is loaded before.
    """
    _silence()
    first = 3
    for number in sorted(number for number in keep if number >= 0):
        os.closerange(first, number)
        first = number + 1
    os.closerange(first, _highest_descriptor())
    for limit, value in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, max(_OPEN_FILES, first + 4)),
    ):
        with suppress(OSError, ValueError):
            resource.setrlimit(limit, (value, value))
    if sys.platform == "linux":
        _leave_network()
        _prctl(_PR_SET_NO_NEW_PRIVS, 1)
        _filter_calls()


def _silence() -> None:
    """Send what the engine prints when it fails to nowhere: it tells of our insides."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        os.dup2(nowhere, number)
    os.close(nowhere)


def _highest_descriptor() -> int:
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return min(soft, 1 << 16) if soft != resource.RLIM_INFINITY else 1 << 16


def _libc() -> ctypes.CDLL | None:
    return ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def _prctl(option: int, value: int, pointer: object = 0) -> int:
    libc = _libc()
    return -1 if libc is None else int(libc.prctl(option, value, pointer, 0, 0))


def _leave_network() -> None:
    """Move to a network of our own, which has no interfaces; that takes the right to do so."""
    libc = _libc()
    if libc is not None:
        libc.unshare(_CLONE_NEWNET)


class _Program(ctypes.Structure):
    """``struct sock_fprog``: the length of a filter, and where it is."""

    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def _filter_calls() -> None:
    """Have the kernel refuse system calls that a query has no use for (seccomp, mode filter)."""
    known = _REFUSED.get(platform.machine())
    if known is None:
        return
    code = _instructions(*known)
    buffer = ctypes.create_string_buffer(code, len(code))
    program = _Program(len(code) // 8, ctypes.cast(buffer, ctypes.c_void_p))
    _prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program))


def _instructions(machine: int, refused: tuple[int, ...]) -> bytes:
    """Return a BPF program: EACCES for the calls in ``refused``, everything else is allowed."""
    load, equal, answer = 0x20, 0x15, 0x06
    allow, kill, refuse = 0x7FFF0000, 0x80000000, 0x00050000 | errno.EACCES
    lines = [(load, 0, 0, 4), (equal, 1, 0, machine), (answer, 0, 0, kill), (load, 0, 0, 0)]
    for left, number in enumerate(refused):
        lines.append((equal, len(refused) - left, 0, number))
    lines += [(answer, 0, 0, allow), (answer, 0, 0, refuse)]
    return b"".join(struct.pack("HBBI", *line) for line in lines)
