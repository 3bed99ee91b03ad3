"""Which files the process that reads strangers' files may still read: those of the program itself, for what libraries load late.

Not the office's data, and not what another process was started with (`/proc/<pid>/environ` may hold a passphrase). By Landlock
(landlock(7), Linux 5.13 and later), which holds for the rest of the process's life.
"""

import ctypes
import os
import struct
import sys
from collections.abc import Iterable
from pathlib import Path

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # the same numbers on x86-64 and ARM64
BENEATH = 1  # LANDLOCK_RULE_PATH_BENEATH
EXECUTE, READ_FILE, READ_FOLDER = 1, 4, 8  # LANDLOCK_ACCESS_FS_*
NO_NEW_PRIVS = 38  # prctl(2)
PACKAGE = Path(__file__).resolve().parents[2]
SYSTEM = ("/usr", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/localtime", "/dev/null", "/dev/urandom")


def own_files() -> list[Path]:
    """What the program consists of, and where the process reads how much memory it had."""
    paths = [Path(sys.prefix), Path(sys.base_prefix), PACKAGE, Path(f"/proc/{os.getpid()}/status"), *map(Path, SYSTEM)]
    return [path for path in paths if path.exists()]


def narrow(paths: Iterable[Path]) -> bool:
    """From now on only what is below `paths` can be read. False where the kernel has no Landlock: then nothing has changed."""
    libc = ctypes.CDLL(None, use_errno=True)
    handled = struct.pack("=Q", EXECUTE | READ_FILE | READ_FOLDER)  # struct landlock_ruleset_attr, its first field
    rules = libc.syscall(CREATE_RULESET, handled, ctypes.c_size_t(len(handled)), 0)
    if rules < 0:
        return False
    for path in paths:
        _allow(libc, rules, path)
    done = libc.prctl(NO_NEW_PRIVS, 1, 0, 0, 0) == 0 and libc.syscall(RESTRICT_SELF, rules, 0) == 0
    os.close(rules)
    return bool(done)


def _allow(libc: ctypes.CDLL, rules: int, path: Path) -> None:
    allowed = EXECUTE | READ_FILE | READ_FOLDER if path.is_dir() else READ_FILE
    folder = os.open(path, os.O_PATH | os.O_CLOEXEC)
    libc.syscall(ADD_RULE, rules, BENEATH, struct.pack("=Qi", allowed, folder), 0)  # struct landlock_path_beneath_attr
    os.close(folder)
