"""python -m review …"""

import atexit
import gc

from review.cli import main

gc.set_threshold(
    10_000, 10, 10
)  # what is imported is no garbage: Python need not look for it every 700 objects
atexit.register(gc.freeze)  # nor at all of it once more while it ends
main()
