"""Swift's three rings over one device each; run by the Python of Swift's own environment.

`swift_rings.py FOLDER account=PORT container=PORT object=PORT`
"""

import sys
from pathlib import Path

from swift.common.ring import RingBuilder

PART_POWER, REPLICAS, HOURS = 6, 1, 1


def main() -> None:
    folder = Path(sys.argv[1])
    for word in sys.argv[2:]:
        name, port = word.split("=")
        ring = RingBuilder(PART_POWER, REPLICAS, HOURS)
        device = {"region": 1, "zone": 1, "ip": "127.0.0.1", "port": int(port), "device": "disk", "weight": 1.0}
        ring.add_dev(device)
        ring.rebalance()
        ring.get_ring().save(str(folder / f"{name}.ring.gz"))


if __name__ == "__main__":
    main()
