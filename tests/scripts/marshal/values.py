import marshal, io
def show(f):
    try: print(repr(f()))
    except Exception as e: print(type(e).__name__, "|", e)
vals = [None, True, False, ..., StopIteration, 0, 1, -1, 255, 2**31-1, -2**31, 2**31, 2**100, -2**64, 1.5, float("inf"), 1+2j, "", "abc", "ü", "\ud800", "a"*300, b"", b"x\0", (), (1,(2,)), [], [1,[2,[3]]], {}, {"a":1,2:[3]}, set(), {1,2,3}, frozenset([1,"a"]), tuple(range(300)), bytearray(b"ba"), memoryview(b"mv")]
for v in vals:
    for ver in range(5):
        d = marshal.dumps(v, ver)
        r = marshal.loads(d)
        assert r == (bytes(v) if isinstance(v, (bytearray, memoryview)) else v) and type(r) in (type(v), bytes), (v, ver, r)
for v in (0, 1, 2**31, -2**31-1, 2**100, -2**64, 2**15, 1.5, 1+2j, b"ab", "ü", None, ..., True):
    print(v, marshal.dumps(v, 2))
x = [1, 2]; x.append(x)
y = marshal.loads(marshal.dumps(x)); print(y[2] is y, len(y))
a = ["shared"]; b = marshal.loads(marshal.dumps([a, a])); print(b[0] is b[1])
b = marshal.loads(marshal.dumps([a, a], 2)); print(b[0] is b[1])
f = io.BytesIO(); marshal.dump([1, "a"], f); marshal.dump(2, f); f.seek(0); print(marshal.load(f), marshal.load(f)); show(lambda: marshal.load(f))
for f in (lambda: marshal.dumps(object()), lambda: marshal.dumps([lambda: 0]), lambda: marshal.loads(b""), lambda: marshal.loads(b"i\0"), lambda: marshal.loads(b"?"), lambda: marshal.loads(b"r\0\0\0\0"), lambda: marshal.loads(b"[\1\0\0\0" + b"0"), lambda: marshal.loads("a"), lambda: marshal.loads(b"0"), lambda: marshal.loads(b"(\xff\xff\xff\xff"), lambda: marshal.loads(b"l\1\0\0\0\xff\xff"), lambda: marshal.loads(b"l\1\0\0\0\0\0"), lambda: marshal.dumps(type), lambda: marshal.load(5), lambda: marshal.loads(b"g\0"), lambda: marshal.loads(b"N extra"), lambda: marshal.loads(b"s\xff\xff\xff\x7f")):
    show(f)
class I(int): pass
show(lambda: marshal.dumps(I(5)))
deep = []
for _ in range(3000): deep = [deep]
show(lambda: marshal.dumps(deep)); 
deep = None
c = compile("x = 6 * 7\ndef f(n): return [n + i for i in range(3)]\nprint(x, f(1))", "<m>", "exec")
exec(marshal.loads(marshal.dumps(c)))
def g(a, b=2, *c, d=4): 
    """doc"""
    return a, b, c, d
import types
h = types.FunctionType(marshal.loads(marshal.dumps(g.__code__)), globals(), "h", (2,)); h.__kwdefaults__ = {"d": 4}
print(h(1), h.__doc__, h.__code__.co_varnames, marshal.loads(marshal.dumps(g.__code__)) == g.__code__, marshal.version)
s1 = marshal.dumps(frozenset("abcdef")); print(s1 == marshal.dumps(frozenset("fedcba")))
