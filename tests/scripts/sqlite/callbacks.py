import sqlite3
import sys
import threading


def show(f):
    try:
        print(repr(f()))
    except Exception as e:
        print(type(e).__name__, "|", e, "|", getattr(e, "sqlite_errorname", None))


db = sqlite3.connect(":memory:")
db.executescript("create table t(n); insert into t values (1); insert into t values (2); insert into t values (3);")


class Sum:
    def __init__(self):
        self.total = 0

    def step(self, n):
        self.total += n

    def inverse(self, n):
        self.total -= n

    def value(self):
        return self.total

    def finalize(self):
        return self.total


db.create_window_function("total_of", 1, Sum)
print(db.execute("select total_of(n) over (order by n rows between 1 preceding and current row) from t").fetchall())


class Bad:
    def __init__(self):
        raise ValueError

    def finalize(self):
        pass


class NoStep:
    pass


class BadFinalize:
    def step(self, n):
        pass

    def finalize(self):
        raise ValueError


for cls in (Bad, NoStep, BadFinalize):
    db.create_aggregate("bad", 1, cls)
    show(lambda: db.execute("select bad(n) from t").fetchall())
db.create_aggregate("bad", 1, None)
show(lambda: db.execute("select bad(n) from t"))
show(lambda: db.create_function("f", 5000, abs))
db.create_function("deterministic", 1, lambda x: x + 1, deterministic=True)
print(db.execute("select deterministic(n) from t where deterministic(n) > 2").fetchall())
db.create_function("big", 0, lambda: 2**70)
show(lambda: db.execute("select big()").fetchone())
db.create_function("blob", 1, lambda b: bytes(reversed(b)))
print(db.execute("select blob(?), typeof(blob(?))", (b"abc", b"")).fetchone())
db.create_function("query", 0, lambda: db.execute("select count(*) from t").fetchone()[0])
print(db.execute("select query() from t").fetchall())

traced = []
db.set_trace_callback(traced.append)
db.execute("insert into t values (?)", (4,))
db.commit()
db.set_trace_callback(None)
db.execute("select 1")
print(traced)

asked = []


def authorize(*args):
    asked.append(args)
    return sqlite3.SQLITE_DENY if args[1] == "secret" else sqlite3.SQLITE_OK


db.execute("create table secret(x)")
db.set_authorizer(authorize)
show(lambda: db.execute("select x from secret"))
show(lambda: db.execute("select n from t where n = 1").fetchall())
print(asked[-2:])
db.set_authorizer(None)
print(db.execute("select count(*) from secret").fetchone())

calls = []
db.set_progress_handler(lambda: calls.append(1) or len(calls) > 2, 50)
show(lambda: db.execute("with recursive c(x) as (select 1 union all select x + 1 from c limit 100000) select sum(x) from c").fetchall())
print(len(calls))
db.set_progress_handler(None, 0)
print(db.execute("select 5").fetchone())

db.create_collation("mod3", lambda a, b: (int(a) % 3 > int(b) % 3) - (int(a) % 3 < int(b) % 3))
print(db.execute("select n from t order by cast(n as text) collate mod3, n").fetchall())
db.create_collation("mod3", None)
show(lambda: db.execute("select n from t order by cast(n as text) collate mod3"))
show(lambda: db.create_collation("x", 5))

seen = []
hook = sys.unraisablehook
sys.unraisablehook = lambda u: seen.append((u.exc_type.__name__, u.object))
sqlite3.enable_callback_tracebacks(True)


def broken():
    raise KeyError("x")


db.create_function("broken", 0, broken)
show(lambda: db.execute("select broken()").fetchone())
print([(name, what is broken) for name, what in seen])
sqlite3.enable_callback_tracebacks(False)
sys.unraisablehook = hook

blob_db = sqlite3.connect(":memory:")
blob_db.execute("create table b(x)")
blob_db.execute("insert into b values (zeroblob(10))")
with blob_db.blobopen("b", "x", 1) as blob:
    print(len(blob), blob.tell(), blob.read(3), blob.tell())
    blob.write(b"hello")
    blob[0] = 65
    blob[8:10] = b"yz"
    blob.seek(-3, 2)
    print(blob.read(), blob[:], blob[1], blob[-1], blob[::3])
    for f in (lambda: blob.write(b"too long"), lambda: blob[20], lambda: blob.seek(99), lambda: blob["a"]):
        show(f)
show(lambda: blob.read())
show(lambda: blob_db.blobopen("b", "y", 1))
show(lambda: blob_db.blobopen("b", "x", 9))
data = blob_db.serialize()
other = sqlite3.connect(":memory:")
other.deserialize(data)
print(other.execute("select x from b").fetchone())
print(blob_db.getlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH), blob_db.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, 20))
show(lambda: blob_db.execute("select 'a text that is too long'"))
show(lambda: blob_db.getlimit(1000))
steps = []
target = sqlite3.connect(":memory:")
db.commit()
db.backup(target, pages=1, progress=lambda status, left, total: steps.append((status, left, total)))
print(len(steps) > 1, steps[-1], target.execute("select count(*) from t").fetchone())
show(lambda: db.backup(db))
show(lambda: db.backup(5))


def quiet():
    try:
        db.execute("select 1")
    except sqlite3.ProgrammingError as e:
        print(str(e).startswith("SQLite objects created in a thread can only be used in that same thread. The object"))


t = threading.Thread(target=quiet)
t.start()
t.join()
for connection in (db, blob_db, other, target):
    connection.close()
db = blob_db = other = target = None
