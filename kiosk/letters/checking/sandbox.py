"""What the process that reads strangers' files gives up before it looks at the first byte.

Limits (setrlimit(2)): memory, processor time, no file that grows, no core dump. Where the kernel can (seccomp(2), Linux on x86-64 and ARM64): no
network, no other program, no other process, no file opened for writing. What is denied gives EPERM. Of the classic BPF program
the first half says whose system calls these are, the second which of them are refused.
"""

import ctypes
import os
import platform
import resource
import struct

from kiosk.letters.checking.limits import CPU_SECONDS, DATA_BYTES

NO_NEW_PRIVS, SET_SECCOMP, FILTER = 38, 22, 2  # prctl(2)
LOAD, EQUAL, HAS_BITS, RETURN = 0x20, 0x15, 0x45, 0x06  # BPF_LD|W|ABS, BPF_JMP|JEQ|K, BPF_JMP|JSET|K, BPF_RET|K
NUMBER_AT, ARCHITECTURE_AT, THIRD_ARGUMENT_AT, SECOND_ARGUMENT_AT = 0, 4, 32, 24  # offsets in struct seccomp_data
ALLOW, REFUSE = 0x7FFF0000, 0x00050001  # SECCOMP_RET_ALLOW, SECCOMP_RET_ERRNO | EPERM
FOREIGN_ABI = 0x40000000  # the x32 calls of x86-64, which no program here makes
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC

# Audit number of the architecture; open(2) and openat(2), whose flags decide; and what is refused whatever its arguments are:
# socket, connect, sendto, sendmsg, bind, socketpair; fork, vfork, execve, execveat, clone, clone3; kill, tkill, tgkill, ptrace, process_vm_readv, process_vm_writev,
# pidfd_open, pidfd_send_signal, pidfd_getfd; openat2, creat, truncate, rename, renameat, renameat2, unlink, unlinkat, link, linkat, symlink, symlinkat;
# io_uring_setup, bpf, userfaultfd.
MACHINES = {
    "x86_64": (
        0xC000003E, 2, 257,
        (41, 42, 44, 46, 49, 53, 57, 58, 59, 322, 56, 435, 62, 200, 234, 101, 310, 311, 434, 424, 438, 437, 85, 76, 82, 264, 316, 87, 263, 86, 265, 88, 266, 425, 321, 323),
    ),
    "aarch64": (
        0xC00000B7, None, 56,
        (198, 203, 206, 211, 200, 199, 221, 281, 220, 435, 129, 130, 131, 117, 270, 271, 434, 424, 438, 437, 45, 38, 276, 35, 37, 36, 425, 280, 282),
    ),
}  # fmt: skip


def enter() -> bool:
    """Give up what a reader of files does not need. True when system calls are filtered too; the limits hold in any case."""
    for limit, most in (
        (resource.RLIMIT_DATA, DATA_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))
    return _filter_calls()


def _filter_calls() -> bool:
    machine = MACHINES.get(platform.machine())
    if machine is None:
        return False
    program = _program(*machine)
    libc = ctypes.CDLL(None, use_errno=True)
    kept = ctypes.create_string_buffer(program, len(program))
    head = struct.pack("@HP", len(program) // 8, ctypes.addressof(kept))  # struct sock_fprog
    return libc.prctl(NO_NEW_PRIVS, 1, 0, 0, 0) == 0 and libc.prctl(SET_SECCOMP, FILTER, head, 0, 0) == 0


def _program(architecture: int, opening: int | None, opening_at: int, refused: tuple[int, ...]) -> bytes:
    """The filter: each line is (code, jump if true, jump if false, operand); jumps count the lines that are left out."""
    lines = [(LOAD, 0, 0, ARCHITECTURE_AT), (EQUAL, 1, 0, architecture), (RETURN, 0, 0, REFUSE), (LOAD, 0, 0, NUMBER_AT)]
    lines += [(HAS_BITS, 0, 1, FOREIGN_ABI), (RETURN, 0, 0, REFUSE)]
    for number in refused:
        lines += [(EQUAL, 0, 1, number), (RETURN, 0, 0, REFUSE)]
    for number, flags_at in ((opening, SECOND_ARGUMENT_AT), (opening_at, THIRD_ARGUMENT_AT)):
        if number is not None:
            lines += [(EQUAL, 0, 4, number), (LOAD, 0, 0, flags_at), (HAS_BITS, 0, 1, WRITING), (RETURN, 0, 0, REFUSE), (RETURN, 0, 0, ALLOW)]
    lines.append((RETURN, 0, 0, ALLOW))
    return b"".join(struct.pack("=HBBI", *line) for line in lines)
