"""What the process that reads strangers' files gives up before it looks at the first byte.

Limits (setrlimit(2)): memory, processor time, no file that grows, no core dump. Where the kernel can (seccomp(2), Linux on x86-64 and
ARM64): no network, no other program, no other process, no file opened for writing, made, renamed, removed or given other rights, no
memory that is shared (RLIMIT_DATA does not count it) or that outlives the process. What is denied gives EPERM. Which files may
still be read, because libraries load parts of themselves late, is told in `reach`.
"""

import ctypes
import mmap
import os
import platform
import resource
import struct

from kiosk.letters.checking.limits import CPU_SECONDS

NO_NEW_PRIVS, SET_SECCOMP, FILTER = 38, 22, 2  # prctl(2)
LOAD, EQUAL, HAS_BITS, RETURN = 0x20, 0x15, 0x45, 0x06  # BPF_LD|W|ABS, BPF_JMP|JEQ|K, BPF_JMP|JSET|K, BPF_RET|K
NUMBER_AT, ARCHITECTURE_AT, SECOND_ARGUMENT_AT, THIRD_ARGUMENT_AT, FOURTH_ARGUMENT_AT = 0, 4, 24, 32, 40  # offsets in struct seccomp_data
ALLOW, REFUSE = 0x7FFF0000, 0x00050001  # SECCOMP_RET_ALLOW, SECCOMP_RET_ERRNO | EPERM
FOREIGN_ABI = 0x40000000  # the x32 calls of x86-64, which no program here makes
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC

# Refused whatever the arguments are, by the kernel's number on x86-64 and on ARM64 (None: it has no such call).
REFUSED: dict[str, tuple[int, int | None]] = {
    "socket": (41, 198), "socketpair": (53, 199), "bind": (49, 200), "connect": (42, 203), "sendto": (44, 206), "sendmsg": (46, 211),
    "clone": (56, 220), "clone3": (435, 435), "fork": (57, None), "vfork": (58, None), "execve": (59, 221), "execveat": (322, 281),
    "kill": (62, 129), "tkill": (200, 130), "tgkill": (234, 131), "ptrace": (101, 117),
    "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    "pidfd_open": (434, 434), "pidfd_send_signal": (424, 424), "pidfd_getfd": (438, 438),
    "openat2": (437, 437), "creat": (85, None), "truncate": (76, 45), "rename": (82, None), "renameat": (264, 38), "renameat2": (316, 276),
    "unlink": (87, None), "unlinkat": (263, 35), "link": (86, None), "linkat": (265, 37), "symlink": (88, None), "symlinkat": (266, 36),
    "io_uring_setup": (425, 425), "bpf": (321, 280), "userfaultfd": (323, 282), "io_setup": (206, 0), "perf_event_open": (298, 241),
    "sendmmsg": (307, 269), "rt_sigqueueinfo": (129, 138), "rt_tgsigqueueinfo": (297, 240),
    "shmget": (29, 194), "shmat": (30, 196), "semget": (64, 190), "msgget": (68, 186), "mq_open": (240, 180),
    "memfd_create": (319, 279), "memfd_secret": (447, 447), "add_key": (248, 217), "request_key": (249, 218), "keyctl": (250, 219),
    "setrlimit": (160, 164), "prlimit64": (302, 261), "setpriority": (141, 140), "ioprio_set": (251, 30),
    "sched_setscheduler": (144, 119), "sched_setaffinity": (203, 122),
    "mkdir": (83, None), "mkdirat": (258, 34), "rmdir": (84, None), "mknod": (133, None), "mknodat": (259, 33),
    "ftruncate": (77, 46), "fallocate": (285, 47), "open_by_handle_at": (304, 265),
    "chmod": (90, None), "fchmod": (91, 52), "fchmodat": (268, 53), "fchmodat2": (452, 452),
    "chown": (92, None), "fchown": (93, 55), "lchown": (94, None), "fchownat": (260, 54),
    "utime": (132, None), "utimes": (235, None), "futimesat": (261, None), "utimensat": (280, 88),
    "setxattr": (188, 5), "lsetxattr": (189, 6), "fsetxattr": (190, 7), "removexattr": (197, 14), "lremovexattr": (198, 15),
    "fremovexattr": (199, 16), "unshare": (272, 97), "setns": (308, 268), "mount": (165, 40), "umount2": (166, 39), "chroot": (161, 51),
    "pivot_root": (155, 41), "init_module": (175, 105), "finit_module": (313, 273), "reboot": (169, 142),
}  # fmt: skip
# What these want decides: the number of each, where its flags stand in struct seccomp_data, and which of them are refused.
BY_FLAGS: tuple[tuple[int | None, int | None, int, int], ...] = (
    (2, None, SECOND_ARGUMENT_AT, WRITING),  # open
    (257, 56, THIRD_ARGUMENT_AT, WRITING),  # openat
    (9, 222, FOURTH_ARGUMENT_AT, mmap.MAP_SHARED),  # mmap
)
MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}  # the place of its numbers above, AUDIT_ARCH


def enter(data_bytes: int) -> bool:
    """Give up what a reader of files does not need; `data_bytes` of memory stay.

    True when system calls are filtered too; the limits hold in any case.
    """
    for limit, most in (
        (resource.RLIMIT_DATA, data_bytes),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))
    return _filter_calls()


def _filter_calls() -> bool:
    if platform.machine() not in MACHINES:
        return False
    program = _program(*MACHINES[platform.machine()])
    libc = ctypes.CDLL(None, use_errno=True)
    kept = ctypes.create_string_buffer(program, len(program))
    head = struct.pack("@HP", len(program) // 8, ctypes.addressof(kept))  # struct sock_fprog
    return bool(libc.prctl(NO_NEW_PRIVS, 1, 0, 0, 0) == 0 and libc.prctl(SET_SECCOMP, FILTER, head, 0, 0) == 0)


def _program(place: int, architecture: int) -> bytes:
    """The filter, in classic BPF. Each line is (code, jump if true, jump if false, operand); a jump counts the lines that it leaves out."""
    lines = [(LOAD, 0, 0, ARCHITECTURE_AT), (EQUAL, 1, 0, architecture), (RETURN, 0, 0, REFUSE), (LOAD, 0, 0, NUMBER_AT)]
    lines += [(HAS_BITS, 0, 1, FOREIGN_ABI), (RETURN, 0, 0, REFUSE)]
    for numbers in REFUSED.values():
        if (number := numbers[place]) is not None:
            lines += [(EQUAL, 0, 1, number), (RETURN, 0, 0, REFUSE)]
    for *numbered, flags_at, refused in BY_FLAGS:
        if (number := numbered[place]) is not None:
            lines += [(EQUAL, 0, 4, number), (LOAD, 0, 0, flags_at), (HAS_BITS, 0, 1, refused)]
            lines += [(RETURN, 0, 0, REFUSE), (RETURN, 0, 0, ALLOW)]
    lines.append((RETURN, 0, 0, ALLOW))
    return b"".join(struct.pack("=HBBI", *line) for line in lines)
