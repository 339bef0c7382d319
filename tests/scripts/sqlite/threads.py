# Statements run without the GIL, and their callbacks take it: several connections at once, and one for all threads.
import os
import sqlite3
import tempfile
import threading

with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "numbers.db")
    with sqlite3.connect(path) as db:
        db.execute("create table t(n)")
        db.executemany("insert into t values (?)", [(n,) for n in range(100)])
    db.close()
    results = {}

    def own(k):
        db = sqlite3.connect(path)
        db.create_function("times", 2, lambda a, b: a * b)
        results[k] = db.execute("select sum(times(n, ?)) from t", (k,)).fetchone()[0]
        db.close()

    threads = [threading.Thread(target=own, args=(k,)) for k in range(5)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    print(sorted(results.items()))

    shared = sqlite3.connect(path, check_same_thread=False)
    shared.create_function("same", 1, lambda n: n)
    totals = []
    # CPython prepares a statement under the GIL while another one that waits for the GIL holds the database.
    one_at_a_time = threading.Lock()

    def together():
        for _ in range(5):
            with one_at_a_time:
                totals.append(shared.execute("select sum(same(n)) from t").fetchone()[0])

    threads = [threading.Thread(target=together) for _ in range(4)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    print(len(totals), set(totals))
    shared.close()

    # A lock that somebody else holds.
    one = sqlite3.connect(path, timeout=0.01)
    two = sqlite3.connect(path, timeout=0.01, isolation_level=None)
    two.execute("begin exclusive")
    try:
        one.execute("insert into t values (1)")
    except sqlite3.OperationalError as e:
        print(e, e.sqlite_errorname)
    two.execute("rollback")
    with one:
        one.execute("insert into t values (1)")
    print(two.execute("select count(*) from t").fetchone())
    one.close()
    two.close()

    uri = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        uri.execute("delete from t")
    except sqlite3.OperationalError as e:
        print(e, e.sqlite_errorname)
    uri.close()
