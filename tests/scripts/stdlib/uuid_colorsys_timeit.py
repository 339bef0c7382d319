"""uuid, colorsys, timeit."""
import colorsys
import pickle
import timeit
import uuid

u = uuid.UUID("{12345678-1234-5678-1234-567812345678}")
print(u, repr(u), u.hex, u.int, int(u), u.urn, u.fields, u.bytes, u.bytes_le, u.variant, u.version)
print(uuid.uuid3(uuid.NAMESPACE_DNS, "python.org"), uuid.uuid5(uuid.NAMESPACE_URL, "http://python.org/"))
x = uuid.uuid4()
print(x.version, x.variant, x != uuid.uuid4(), len(str(x)), uuid.UUID(bytes_le=x.bytes_le) == x, uuid.UUID(fields=x.fields) == x)
y = uuid.uuid1(node=0x010203040506, clock_seq=0x1234)
print(y.version, y.node, y.clock_seq, y < uuid.uuid1(1, 2) or True, hash(u) == hash(uuid.UUID(int=u.int)))
print(pickle.loads(pickle.dumps(u)) == u, sorted([uuid.UUID(int=3), uuid.UUID(int=1)]), u == 5)
for arguments in [{}, {"hex": "12"}, {"bytes": b"1"}, {"int": -1}, {"int": 5, "version": 9}, {"fields": (1,)}, {"fields": (1 << 32, 0, 0, 0, 0, 0)}, {"fields": (0, 0, 0, 256, 0, 0)}]:
    try:
        print(uuid.UUID(**arguments))
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
try:
    u.int = 5
except TypeError as e:
    print(e)
for rgb in [(0, 0, 0), (1, 1, 1), (0.5, 0.2, 0.1), (0.1, 0.9, 0.3), (0.2, 0.2, 0.8), (1, 0, 0), (0.25, 0.5, 0.25)]:
    print(colorsys.rgb_to_yiq(*rgb), colorsys.rgb_to_hls(*rgb), colorsys.rgb_to_hsv(*rgb))
    print(colorsys.yiq_to_rgb(*rgb), colorsys.hls_to_rgb(*rgb), colorsys.hsv_to_rgb(*rgb))
print(timeit.timeit("x += 1", "x = 0", number=10) > 0, timeit.timeit(lambda: None, number=5) > 0)
print(len(timeit.repeat("a\nb", "a = 1\nb = 2", repeat=3, number=2)))
count = []
print(timeit.Timer("count.append(1)", globals=globals()).timeit(7) > 0, len(count))
for bad in [{"stmt": 5}, {"setup": 5}, {"stmt": "return"}, {"stmt": "1 +"}]:
    try:
        timeit.Timer(**bad)
    except (ValueError, SyntaxError) as e:
        print(type(e).__name__, e)
n, taken = timeit.Timer("pass", timer=lambda: count.append(1) or len(count)).autorange()
print(n, taken)
