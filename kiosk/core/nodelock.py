"""One server a data folder: two would each hand out the same numbers."""

import fcntl
import os
from pathlib import Path
from typing import IO

from kiosk.core.errors import StartError
from kiosk.core.files import data_folder
from kiosk.core.i18n import N_


class FolderInUse(StartError):
    """Another server holds this data folder."""

    code = "START-0409"
    sentence = N_("Another server (process {pid}) already uses the data folder {folder}. Stop it first, or set KIOSK_DATA_DIR.")


def take(folder: Path, name: str = "node.lock") -> IO[str]:
    """Lock `folder` for this process until the returned file is closed or the process ends. Raises `FolderInUse`.

    A node and a centre may live in one folder, with a lock each (`name`).
    """
    file = (data_folder(folder) / name).open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.seek(0)
        holder = file.read().strip() or "?"
        file.close()
        raise FolderInUse(pid=holder, folder=folder) from None
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()
    return file
