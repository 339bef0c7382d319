# Views: formats, shapes, subscripts, releasing.
import array


def t(s):
    try:
        print(s, '->', eval(s))
    except BaseException as e:
        print(s, '->', type(e).__name__, e)

for f in 'cbBhHiIlLqQnNfd?Pexsw':
    t(f'm.cast("{f}").format')
for f in 'cbBhHiIlLqQnNfd?P':
    t(f'm.cast("{f}").tolist()')
for s in [
    'm.cast("@i").format', 'm.cast("@i").tolist()', 'm.cast("i",[2]).shape', 'm.cast("B",[2,4]).tolist()',
    'm.cast("B",[2,2,2])[1,1,1]', 'm.cast("B",[2,4])[0]', 'm.cast("B",[2,4])[0,1,2]', 'm.cast("B",[2,4])[5,0]',
    'm.cast("B",[2,4])[0,5]', 'm.cast("B",[2,5])', 'm.cast("B",[0,5])', 'm.cast("B",3)',
    'm.cast("B",(8,)).tolist()', 'm.cast("B",[2,"a"])', 'm.cast("B",[])', 'm.cast("i",[])', 'm[...]', 'm["a"]',
    'm[0,0]', 'm[0,]', 'm[(0,)]', 'm[100]', 'm[::2].cast("B")', 'm.cast("i").cast("h")',
    'm.cast("B",[2,4]).strides', 'm.cast("B",[2,4]).nbytes', 'len(m.cast("B",[2,4]))',
    'list(m.cast("B",[2,4]))', 'm.cast("B",[2,4]).tobytes()', 'm.cast("B",[2,4]).hex()', 'm.cast("B",[2,4])==m',
    'm.cast("B",[2,4])==m.cast("B",[2,4])', 'hash(m.cast("i"))', 'hash(m)==hash(b"abcdefgh")',
    'm[::-1].tobytes()', 'm[::-1].strides', 'm[::-1].contiguous', 'm[::-1].suboffsets', 'm.obj',
    'm.toreadonly().obj', 'm.tobytes("A")', 'm.tobytes("F")', 'm.tobytes("x")', 'm.tobytes(None)',
    'm.cast("B",[2,4]).tobytes("F")', 'memoryview("a")', 'memoryview()', 'memoryview(object=b"a").nbytes',
    'm<m', 'm==b"abcdefgh"', 'm=="abcdefgh"', '5 in m', '97 in m', 'm.index(97)', 'm.count(97)',
    'list(reversed(m))', 'type(iter(m))', 'iter(m.cast("B",[2,4]))', 'm.hex(":")', 'm.hex(":",2)',
    'm.release(1)', 'm[0:3].c_contiguous', 'm[0:1:2].c_contiguous', 'm[::2].f_contiguous',
    'memoryview(array.array("u","ab")).format', 'memoryview(array.array("u","ab")).tolist()',
    'memoryview(array.array("u","ab"))[0]', 'memoryview(array.array("i",[1,2])).tolist()',
    'memoryview(array.array("u","a"))==memoryview(array.array("u","a"))', 'repr(m)[:10]', 'm.cast(3)',
    'm.cast()', 'm.cast("ii")', 'm.cast("")', 'm.cast("i",[1,2,3])', 'm.cast("i").itemsize',
    'memoryview(m).obj', 'm.ndim', 'm.readonly', 'm.format', 'm.x', 'm.obj.x', 'bytes(m[::2])',
    'bytes(m.cast("i"))', 'm.cast("B",[1]*65)', 'm.cast("B",[8]+[1]*63).ndim', 'm.cast("B",[-1])',
    'm.cast("B",[2**70])', 'm.cast("B",[2**62,4])', 'm+m', 'm.cast("B",shape=[8],format="i")',
    'm.cast("i",shape=[2]).tolist()', 'm[1.5]', 'm[True]', 'm.__class_getitem__', 'bool(memoryview.__doc__)',
]:
    t(s)


def s(v, i, x):
    try:
        v[i] = x
        print(i, x, v.tobytes())
    except BaseException as e:
        print(i, x, type(e).__name__, e)

b = bytearray(b'abcdefgh')
for (i, x) in [
    (0, 300), (0, -1), (0, 'a'), (0, b'a'), (0, 1.0), (100, 1), (slice(0, 2), b'xy'), (slice(0, 2), b'x'),
    (slice(0, 2), 5), (slice(0, 2), 'ab'), (slice(0, 4, 2), b'12'), (slice(0, 2), array.array('h', [1])),
    (slice(0, 8), v[::-1]), ('a', 1), ((0,), 7), ((0, 0), 7), (..., 1), (0, None), (0, 2 ** 80),
]:
    s(v, i, x)
for f in 'cbBhHiIlLqQnNfd?P':
    for x in [1, -1, 2 ** 31, 2 ** 80, 1.5, b'a', b'ab', 'a', None, 10 ** 400]:
        s(v.cast(f), 0, x)
try:
    del v[0]
except BaseException as e:
    print(type(e).__name__, e)
try:
    m[0] = 1
except BaseException as e:
    print(type(e).__name__, e)
try:
    b.append(1)
except BaseException as e:
    print(type(e).__name__, e)
v.release()
for s in [
    'v[0]', 'len(v)', 'v.tolist()', 'v.nbytes', 'v==v', 'v==b', 'repr(v)[:12]', 'v.cast("i")', 'hash(v)',
    'v.release()', 'v.__enter__()', 'bytes(v)', 'memoryview(v)', 'v.obj', 'str(v)[:9]', '1 in v',
]:
    t(s)
t('q[0]')
