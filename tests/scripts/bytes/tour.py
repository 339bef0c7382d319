b = b"hello world"
print(b.split(), b.upper(), b.find(b"o"), b.replace(b"o", b"0"), b[1], b[1:4], b.hex(), b.hex(":"), bytes.fromhex("68 69"), b.startswith(b"he"), b.strip(b"hd"), b" ".join([b"a", b"b"]), b.decode(), b.count(b"l"), b.partition(b" "), b.center(15, b"*"), b.isalpha(), b.title(), list(b)[:3], b"%d %s" % (3, b"x"), b * 2, b + b"!", b"o" in b, 104 in b, b == b"hello world", b < b"i", hash(b) == hash(bytes(b)), b.ljust(13), b.rjust(13), b.zfill(13), b.splitlines(), b.translate(None, b"l"), bytes.maketrans(b"a", b"b")[97], b.index(b"w"), b.rfind(b"o"), b.endswith((b"x", b"ld")), b.expandtabs(), b.swapcase(), b.isascii())
a = bytearray(b"abc"); a.append(100); a.extend(b"ef"); a[0] = 65; a[1:3] = b"XYZ"; print(a, len(a), a.pop(), a.pop(0), a, a.insert(0, 1), a, a.reverse(), a, a.remove(90), a.copy(), a + b"q", b"q" + a, a * 2, a == bytearray(a), a.decode("latin1"), bytes(a), a.clear(), a)
a = bytearray(5); a[2] = 7; print(a, bytearray("é", "utf8"), bytearray([1, 2]), list(bytearray(b"ab")), a.find(7), a.hex()); a += b"x"; a *= 2; print(a); del a[0]; del a[::2]; print(a)
for f in (lambda: bytes([256]), lambda: b"a" + "b", lambda: bytes("a"), lambda: b"abc"[5], lambda: bytearray(b"a").remove(5), lambda: a.append(300), lambda: a.append("x"), lambda: b"a".join(["b"]), lambda: b"a".index(b"z"), lambda: bytes.fromhex("zz"), lambda: bytes(-1), lambda: b"a".find("a"), lambda: bytearray(b"").pop(), lambda: {a: 1}, lambda: bytes(1.5), lambda: b"\xff".decode()):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
m = memoryview(bytearray(b"abcdef")); m[0] = 90; m[1:3] = b"12"; print(m.tobytes(), m[2], m[1:4].tolist(), len(m), m.nbytes, m.readonly, m.format, m.itemsize, m[::2].tobytes(), m[::-1].tobytes(), m == b"Z12def", list(m)[:2], m.obj, m.shape, m.strides, m.contiguous)
c = memoryview(b"\x01\x00\x02\x00").cast("H"); print(c.tolist(), c[1], len(c), c.itemsize, c.readonly); m.release()
for f in (lambda: m[0], lambda: memoryview("x"), lambda: memoryview(b"x").__setitem__(0, 1), lambda: c[5]):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
ba = bytearray(b"xyz"); mv = memoryview(ba)
try: ba.append(1)
except BufferError as e: print(e)
with memoryview(b"ab") as v: print(v[0])
class B(bytes):
    def __new__(cls, x): return super().__new__(cls, x)
    def hi(self): return self + b"!"
x = B(b"q"); print(x, x.hi(), type(x).__name__, x == b"q", isinstance(x, bytes), repr(x))
print((258).to_bytes(2, "big"), int.from_bytes(b"\x01\x02", "little"), bytes(3), bytes(range(3)), bytes(b"x"), bytes("é", "latin1"), str(b"x", "ascii"), b"\x00\n'\"", b'"', bytearray(b"'"), b"a\\b")
