"""python -m ostack_lab.rings FOLDER HOST account=PORT container=PORT object=PORT

One ring file each, with one device (d1) that holds the one replica.
"""

import sys

from swift.common.ring import RingBuilder

folder, host = sys.argv[1:3]
for name, port in (a.split("=") for a in sys.argv[3:]):
    ring = RingBuilder(4, 1, 1)
    ring.add_dev(
        {
            "id": 0,
            "region": 1,
            "zone": 1,
            "weight": 1.0,
            "device": "d1",
            "meta": "",
            "ip": host,
            "port": int(port),
            "replication_ip": host,
            "replication_port": int(port),
        }
    )
    ring.rebalance()
    ring.get_ring().save(f"{folder}/{name}.ring.gz")
