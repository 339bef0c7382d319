"""I/O-bound, database queries: each connection waits in a query that takes a while, and lets go of the GIL."""
import asyncio
import os
import sqlite3
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

from comparison import compare

QUERIES = 6


def create(path):
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE orders (customer INTEGER, amount INTEGER)")
        rows = [(n % QUERIES, n) for n in range(600)]
        database.executemany("INSERT INTO orders VALUES (?, ?)", rows)
    database.close()


def total_of(path, customer):
    database = sqlite3.connect(path)
    database.create_function("network", 0, lambda: time.sleep(0.05) or 0)  # the way to a server and back
    query = "SELECT sum(amount) + network() FROM orders WHERE customer = ?"
    (total,) = database.execute(query, (customer,)).fetchone()
    database.close()
    return total


def sequential(path):
    return [total_of(path, customer) for customer in range(QUERIES)]


def threads(path):
    with ThreadPoolExecutor(QUERIES) as pool:
        return list(pool.map(lambda customer: total_of(path, customer), range(QUERIES)))


async def in_threads(path):
    return await asyncio.gather(*(asyncio.to_thread(total_of, path, c) for c in range(QUERIES)))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "orders.db")
        create(path)
        totals = compare(
            "Querying a database",
            sequential=lambda: sequential(path),
            threads=lambda: threads(path),
            asyncio=lambda: asyncio.run(in_threads(path)),
        )
        print(f"totals: {totals}")
