import sqlite3, datetime
def show(f):
    try: print(repr(f()))
    except Exception as e: print(type(e).__name__, "|", e, "|", getattr(e,"sqlite_errorcode",None), getattr(e,"sqlite_errorname",None))
c = sqlite3.connect(":memory:")
cur = c.cursor()
print(cur.execute("create table t(id integer primary key, name text, v real, b blob)") is cur, cur.description, cur.rowcount, cur.lastrowid)
cur.execute("insert into t(name, v, b) values (?, ?, ?)", ("a", 1.5, b"xyz")); print(cur.rowcount, cur.lastrowid, c.in_transaction, c.total_changes)
cur.executemany("insert into t(name, v) values (:n, :v)", [{"n": "b", "v": 2}, {"n": "ü", "v": None}]); print(cur.rowcount, cur.lastrowid)
c.commit(); print(c.in_transaction)
print(list(cur.execute("select * from t order by id")), cur.description, cur.rowcount)
print(cur.execute("select count(*), max(v) from t").fetchone(), cur.fetchone(), cur.fetchall())
cur.execute("select id from t"); print(cur.fetchmany(), cur.fetchmany(5), cur.fetchmany())
c.row_factory = sqlite3.Row
r = c.execute("select id, name as Name from t").fetchone()
print(r["id"], r["NAME"], r[1], r[-1], r[0:2], tuple(r), r.keys(), len(r), "a" in r, dict(r))
show(lambda: r["zz"]); show(lambda: r[9]); show(lambda: r[1.5])
c.row_factory = None
for sql, p in [("select", ()), ("select ?", ()), ("select ?", (1,2)), ("select :a", {}), ("select ?", {"a":1}), ("select ?", (object(),)), ("select :x", {"x": [1]}), ("select ?", 5), ("insert into t(id) values (1)", ()), ("insert into nothing values (1)", ()), ("select 1; select 2", ()), ("select ?", (2**63,)), ("select '\0'", ()), ("", ()), ("  -- c", ()), ("select ?", ("\ud800",)), ("select 1;  -- x", ())]:
    show(lambda: c.execute(sql, p).fetchall())
show(lambda: c.execute(5)); show(lambda: c.executemany("select 1", [()])); show(lambda: c.executemany("insert into t(id) values(?)", 5)); show(lambda: c.executescript(5))
c.executescript("create table u(x); insert into u values(1); insert into u values(2); -- done\n")
print(c.execute("select sum(x) from u").fetchall())
try:
    with c: c.execute("insert into u values(99)"); raise ValueError
except ValueError: pass
print(c.execute("select * from u").fetchall())
c.create_function("twice", 1, lambda x: x*2); c.create_function("bad", 0, lambda: 1/0); c.create_function("obj", 0, object)
print(c.execute("select twice(4), twice('ab'), twice(1.5), twice(null is null)").fetchone())
show(lambda: c.execute("select bad()").fetchall()); show(lambda: c.execute("select obj()").fetchall()); show(lambda: c.execute("select nofunc()"))
class Agg:
    def __init__(self): self.s = []
    def step(self, x): self.s.append(x)
    def finalize(self): return ",".join(map(str, self.s))
c.create_aggregate("joined", 1, Agg)
print(c.execute("select joined(x) from u").fetchone(), c.execute("select joined(x) from u where 0").fetchone())
c.create_collation("rev", lambda a, b: (a < b) - (a > b))
print(c.execute("select name from t order by name collate rev").fetchall())
print("\n".join(c.iterdump()))
d = sqlite3.connect(":memory:"); c.commit(); c.backup(d); print(d.execute("select count(*) from t").fetchone())
d = sqlite3.connect(":memory:", detect_types=sqlite3.PARSE_DECLTYPES|sqlite3.PARSE_COLNAMES)
d.execute("create table x(d date, ts timestamp, n number(10))")
d.execute("insert into x values(?, ?, ?)", (datetime.date(2020,1,2), datetime.datetime(2020,1,2,3,4,5,678), 5))
print(d.execute("select d, ts, n from x").fetchall(), d.execute('select d as "d [date]", 1 as "x [foo]" from x').fetchall())
class P:
    def __init__(s, x): s.x = x
    def __conform__(s, proto): return f"P{s.x}" if proto is sqlite3.PrepareProtocol else None
print(d.execute("select ?", (P(3),)).fetchone())
sqlite3.register_adapter(complex, str); print(d.execute("select ?", (1j,)).fetchone())
d.text_factory = bytes; print(d.execute("select 'a'").fetchone()); d.text_factory = lambda b: b.decode()+"!"; print(d.execute("select 'a'").fetchone())
d.close(); show(lambda: d.execute("select 1")); show(lambda: cur.close()); show(lambda: cur.fetchone())
show(lambda: sqlite3.connect("/nonexistent/dir/x.db")); show(lambda: sqlite3.connect(":memory:", isolation_level="X"))
show(lambda: sqlite3.connect(5))
print(sqlite3.apilevel, sqlite3.paramstyle, sqlite3.threadsafety, sqlite3.version)
for n in "Warning Error InterfaceError DatabaseError InternalError OperationalError ProgrammingError IntegrityError DataError NotSupportedError".split():
    print(getattr(sqlite3, n).__mro__)
print(sqlite3.complete_statement("select 1;"), sqlite3.complete_statement("select"), c.isolation_level, sqlite3.Connection, sqlite3.Cursor)
show(lambda: c.execute("insert into t(id) values (1)")); show(lambda: c.execute("select 1 from t where").fetchall())
