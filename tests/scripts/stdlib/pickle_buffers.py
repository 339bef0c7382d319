"""Buffers that a pickle leaves to the program, methods of built-in types, and streams that are wrong."""
import array
import functools
import io
import pickle
import types
import weakref


def shown(f, *args, **keywords):
    try:
        return f(*args, **keywords)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


# Buffers
b = pickle.PickleBuffer(bytearray(b"abc"))
print(b.raw().tobytes(), bytes(b), memoryview(b).obj, memoryview(b).readonly, type(b))
print(weakref.ref(b)() is b, shown(pickle.PickleBuffer, 5)
      )
print(memoryview(pickle.PickleBuffer(array.array("i", [1, 2]))).format, len(pickle.PickleBuffer(array.array("i", [1])).raw()))
for proto in (2, 4, 5):
    print(proto, shown(pickle.dumps, b, proto))
print(pickle.dumps(pickle.PickleBuffer(b"xy"), 5), pickle.loads(pickle.dumps(b, 5)))
print(shown(pickle.dumps, b, 4, buffer_callback=print))
kept = []
data = pickle.dumps([b, pickle.PickleBuffer(b"xyz")], 5, buffer_callback=kept.append)
print(data, [bytes(k) for k in kept])
back = pickle.loads(data, buffers=[bytearray(b"one"), bytearray(b"two")])
print(back[0], back[1].readonly, back[1].tobytes())
print(shown(pickle.loads, data), shown(pickle.loads, data, buffers=[b"1"]), sep="\n")
print(pickle.dumps(b, 5, buffer_callback=lambda part: True))
print(shown(pickle.dumps, b, 5, buffer_callback=lambda part: 1 / 0))
out, kept = io.BytesIO(), []
pickle.Pickler(out, 5, buffer_callback=kept.append).dump(b)
print(out.getvalue(), len(kept), pickle.load(io.BytesIO(out.getvalue()), buffers=kept) is kept[0])
gaps = pickle.PickleBuffer(memoryview(b"abcdef")[::2])
print(shown(gaps.raw), shown(pickle.dumps, gaps, 5))
b.release()
b.release()
print(shown(b.raw), shown(memoryview, b), shown(pickle.dumps, b, 5), sep="\n")

# What knows where it belongs
for v in ([].__len__, list.__len__, list.append, [1].append, str.maketrans, dict.fromkeys, object.__new__, complex.real,
          functools.reduce, open, len):
    print(type(v).__name__, v.__reduce__(), pickle.dumps(v, 2))
    back = pickle.loads(pickle.dumps(v))
    print(back == v if getattr(v, "__self__", None) not in ([], [1]) else back.__self__)
print(str.maketrans.__module__, str.maketrans.__self__, open.__module__)
for v in (staticmethod(len), classmethod(len), int.real, int.__dict__["from_bytes"], memoryview(b"")):
    print(shown(pickle.dumps, v, 0), shown(pickle.dumps, v))
for error in (OSError, BlockingIOError, FileNotFoundError, ModuleNotFoundError, RecursionError):
    print(pickle.dumps(error, 0))

# Streams that are wrong
for stream in (
    b"cbuiltins\nint\n)N\x92.", b"cbuiltins\nint\nN\x81.", b"N)\x81.", b"N)}\x92.", b"cbuiltins\nlen\n)\x81.",
    b"S'a\\x41\\n'\n.", b"S'\\'\n.", b"S'\\x1'\n.", b"S'a' \n.", b"Sa'\n.", b"P1\n.", b"Q.", b"\x95\x02\0\0\0\0\0\0\0",
    b"\x95\x03\0\0\0\0\0\0\0N.", b"I\n.", b"gx\n.", b"Npx\n.", b"p\n.", b"(N(e.", b"(NN(e.", b"cos\nnosuch\n.", b"c\n\n.",
    b"\x82\x00.", b"K\x05\x98.", b"}(K\x01u.", b"", b"N", b".",
):
    print(stream, shown(pickle.loads, stream))


class Named(pickle.Unpickler):
    def persistent_load(self, name):
        return f"<{name}>"


print(Named(io.BytesIO(b"Pabc\n.")).load(), shown(Named(io.BytesIO(b"P\xff\n.")).load))

# Memos that are handed on
first = io.BytesIO()
p = pickle.Pickler(first)
text = "long text"
p.dump(text)
second = io.BytesIO()
q = pickle.Pickler(second)
q.memo = p.memo
q.dump(text)
u = pickle.Unpickler(first)
first.seek(0)
u.load()
v = pickle.Unpickler(second)
second.seek(0)
v.memo = u.memo
print(len(second.getvalue()) < len(first.getvalue()), v.load())
for memo in (5, {1: 2}):
    print(shown(setattr, q, "memo", memo))
for memo in (5, {"a": 1}, {-1: 1}):
    print(shown(setattr, v, "memo", memo))
print(pickle.TRUE, pickle.FALSE, type(pickle.dispatch_table), "PickleBuffer" in pickle.__all__)
