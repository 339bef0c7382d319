"""marshal: values to bytes and back, and errors."""
import io
import marshal

values = [None, True, False, ..., StopIteration, 0, 1, -1, 2 ** 31 - 1, -2 ** 31, 2 ** 31, -2 ** 100, 10 ** 50, 1.5, -0.0, float("inf"), 1 + 2j, "", "abc", "é€\U0001f600", "x" * 300, "\ud800", b"", b"\x00\xff",
          (), (1,), tuple(range(300)), [], [1, [2, (3,)]], {}, {"a": 1, 2: None}, {1}, frozenset({"x"}), bytearray(b"ab")]
for value in values:
    data = marshal.dumps(value)
    back = marshal.loads(data)
    print(repr(value)[:40], back == value, type(back).__name__)
for value in (None, 5, -1, 2 ** 40, 1.5, 2j, b"ab", True):
    print(repr(value), bytes([marshal.dumps(value)[0] & 0x7F]) + marshal.dumps(value)[1:])
print(marshal.loads(b"\xfa\x03abc"), marshal.loads(b"\xa9\x02\xda\x01xr\x01\x00\x00\x00"), marshal.loads(b"\xdb\x01\x00\x00\x00i\x05\x00\x00\x00"), marshal.loads(b"f\x031.5"))
f = io.BytesIO()
marshal.dump([1, 2], f)
marshal.dump("second", f)
f.seek(0)
print(marshal.load(f), marshal.load(f), marshal.version)
for bad in (b"", b"i\x00", b"?", b"(\x01\x00\x00\x000", b"r\x05\x00\x00\x00", b"[\xff\xff\xff\xff", b"s\x05\x00\x00\x00ab"):
    try:
        print(marshal.loads(bad))
    except (EOFError, ValueError, TypeError) as e:
        print(bad, type(e).__name__, e)
for bad in (object(), [object()], len, int):
    try:
        print(marshal.dumps(bad))
    except ValueError as e:
        print(e)
try:
    marshal.loads("text")
except TypeError as e:
    print(type(e).__name__)
deep = []
for _ in range(3000):
    deep = [deep]
try:
    marshal.dumps(deep)
except ValueError as e:
    print(e)
