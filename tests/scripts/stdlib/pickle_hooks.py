# What programs say about how objects are written and read, and what is refused.
import copyreg
import io
import pickle
import threading


def err(label, f):
    try:
        print(label, f())
    except BaseException as e:
        print(label, type(e).__module__, type(e).__name__, str(e).split(" at 0x")[0])


class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __repr__(self):
        return f"Point({self.x}, {self.y})"


class ById(pickle.Pickler):
    def persistent_id(self, obj):
        return ("point", obj.x) if isinstance(obj, Point) else None


class FromId(pickle.Unpickler):
    def persistent_load(self, pid):
        return Point(pid[1], "loaded")

    def find_class(self, module, name):
        print("find", module, name)
        return super().find_class(module, name)


for proto in range(1, 6):
    out = io.BytesIO()
    ById(out, proto).dump([Point(1, 2), {"p": Point(3, 4)}, len])
    out.seek(0)
    print(proto, FromId(out).load())


class Override(pickle.Pickler):
    def reducer_override(self, obj):
        if isinstance(obj, Point):
            return Point, (obj.y, obj.x)
        return NotImplemented


class Table(pickle.Pickler):
    dispatch_table = {**copyreg.dispatch_table, Point: lambda p: (Point, ("table", p.x))}


for cls in (Override, Table):
    out = io.BytesIO()
    cls(out).dump([Point(1, 2), Point])
    print(pickle.loads(out.getvalue()))

# One Pickler remembers what it has written, until told to forget; one Unpickler reads one pickle after another.
out = io.BytesIO()
pickler = pickle.Pickler(out)
shared = [1, 2]
pickler.dump(shared)
pickler.dump(shared)
pickler.clear_memo()
pickler.dump(shared)
out.seek(0)
unpickler = pickle.Unpickler(out)
first, second, third = unpickler.load(), unpickler.load(), unpickler.load()
print(first, first is second, first is third, first == third)
err("end", unpickler.load)

err("lambda", lambda: pickle.dumps(lambda: 1))
err("lock", lambda: pickle.dumps(threading.Lock()))
err("condition", lambda: pickle.dumps(threading.Condition()))
err("generator", lambda: pickle.dumps(x for x in ()))
err("local", lambda: pickle.dumps(type("Local", (), {"__qualname__": "f.<locals>.Local"})))
err("module", lambda: pickle.dumps(pickle))
err("protocol", lambda: pickle.dumps(1, 9))
err("file", lambda: pickle.dump(1, 5))
err("file", lambda: pickle.load(5))
err("text", lambda: pickle.loads("text"))
for data in (b"", b"\x80\x04", b"]", b".", b"0.", b"(.", b"e.", b"\xff", b"\x80\x09.", b"h\x05.", b"X\x05\x00\x00\x00ab", b"cno_such\nname\n.", b"a."):
    err(repr(data), lambda: pickle.loads(data))


class Bad:
    def __init__(self, reduced):
        self.reduced = reduced

    def __reduce__(self):
        return self.reduced


for reduced in (5, (), (1, ()), (len, 5), (int, (), None, 5), (int, (), None, None, 5), (int,), (int, (), None, None, None, 5)):
    err(f"reduce {reduced}", lambda: pickle.dumps(Bad(reduced)))
err("reduced", lambda: pickle.loads(pickle.dumps(Bad((complex, (1, 2))))))

deep = []
for _ in range(100000):
    deep = [deep]
err("deep", lambda: pickle.dumps(deep))
while deep:
    deep = deep.pop()
print(pickle.loads(pickle.dumps(str.upper))("x"), pickle.loads(pickle.dumps([].append))(1))
print(pickle.HIGHEST_PROTOCOL, pickle.DEFAULT_PROTOCOL, pickle.STOP, pickle.PicklingError.__mro__)
