"""python -m review …"""

import atexit
import gc

from review.cli import main

# What is imported is no garbage: Python need not look for any every 700 objects, nor at all of it while it ends.
gc.set_threshold(10_000, 10, 10)
atexit.register(gc.freeze)
main()
