"""Confirms bookings, one after the other. Several workers never take the same one."""

import time

from store import database, forget

NEXT = "select id, room, day::text, hour from booking where not confirmed order by id limit 1 for update skip locked"


def work() -> bool:
    """Confirm the next booking. False if there is none."""
    with database() as connection:
        booking = connection.execute(NEXT).fetchone()
        if booking is None:
            return False
        connection.execute("update booking set confirmed = true where id = %s", (booking["id"],))
    forget(booking["room"], booking["day"])
    print(f"confirmed {booking['room']}, {booking['day']} at {booking['hour']}", flush=True)
    return True


if __name__ == "__main__":
    while True:
        if not work():
            time.sleep(1)
