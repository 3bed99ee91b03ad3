"""A node's worker for letters as a process of its own, to be killed: settings come from the environment, the database is there."""

import time

from kiosk.core import runtime
from kiosk.core.config import read_settings
from kiosk.letters.later.worker import Worker

worker = Worker(runtime.start(read_settings()), look_s=0.05)
worker.start()
time.sleep(60)
