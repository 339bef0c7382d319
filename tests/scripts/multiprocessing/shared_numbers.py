# Numbers, arrays, structures and lists in shared memory.
from multiprocessing import shared_memory, Value, Array, RawArray, RawValue, Lock, Process
from ctypes import c_int, c_double, c_uint8, Structure, sizeof


def err(f):
    try:
        print(repr(f()))
    except BaseException as e:
        print(type(e).__name__, e)
for c, v in (('i', 'a'), ('i', 1.5), ('d', 'a'), ('c', 'a'), ('c', b'ab'), ('c', 5), ('c', 300), ('u', 5), ('u', 'ab'), ('i', 2 ** 40), ('B', -1), ('Q', -1), ('q', 2 ** 64 + 5), ('f', 0.1), ('z', 1), ('d', None), ('i', None), ('i', True)):
    err(lambda: (c, v, Value(c, v).value))
err(lambda: Value('i', 5))
err(lambda: Value('i', 5, lock=False))
err(lambda: Array('i', [1, 2, 3])[:])
err(lambda: Array('c', b'abc')[:])
err(lambda: Array('c', b'abc').value)
err(lambda: Array('c', 5).raw)
err(lambda: Array('i', 3)[7])
err(lambda: Array('i', -3))
err(lambda: Array('i', 'ab'))
err(lambda: Array('u', 'abc').value)
a = Array('i', 5)


def f(s, v):
    a[s] = v
    return a[:]
err(lambda: f(slice(1, 3), [1, 2]))
err(lambda: f(slice(1, 3), [1]))
err(lambda: f(7, 1))
err(lambda: f(-1, 9))
err(lambda: a[::2])
err(lambda: a[::-1])
err(lambda: list(a))
err(lambda: len(a))
err(lambda: f(slice(0, 5, 2), [7, 8, 9]))
err(lambda: f(0, 'x'))
err(lambda: Value(c_int, 5).get_obj())
err(lambda: Value(c_double))
err(lambda: Value('i', 1, lock=5))
err(lambda: Value('i', 1, 2))
err(lambda: Value('i').nope)
err(lambda: a.get_lock())


class Point(Structure):
    _fields_ = [('x', c_double), ('y', c_double)]
A = Array(Point, [(1.875, -6.25), (-5.75, 2.0)], lock=Lock())
err(lambda: [(p.x, p.y) for p in A])
s = Array('c', b'hello world', lock=False)
err(lambda: s.value)


def modify(n, x, s, A):
    n.value **= 2
    x.value **= 2
    s.value = s.value.upper()
    for p in A:
        p.x **= 2
        p.y **= 2
n = Value('i', 7)
x = Value(c_double, 1 / 3, lock=False)
p = Process(target=modify, args=(n, x, s, A))
p.start()
p.join()
print(n.value, x.value, s.value, [(p.x, p.y) for p in A])
err(lambda: c_int(5))
err(lambda: c_int())
err(lambda: sizeof(Point))
err(lambda: (c_int * 3)(1, 2)[:])
err(lambda: c_uint8(300).value)
err(lambda: c_double('a'))
sm = shared_memory.SharedMemory(create=True, size=10)
sm.buf[:3] = b'abc'
print(sm.size >= 10, bytes(sm.buf[:4]), sm.name[:4], repr(sm)[:13])


def other(name):
    o = shared_memory.SharedMemory(name)
    print(bytes(o.buf[:3]), flush=True)
    o.buf[0] = 90
    o.close()
p = Process(target=other, args=(sm.name,))
p.start()
p.join()
print(sm.buf[0])
sm.close()
sm.unlink()
err(lambda: shared_memory.SharedMemory(create=True))
err(lambda: shared_memory.SharedMemory())
err(lambda: shared_memory.SharedMemory('a', size=-1))
err(lambda: shared_memory.SharedMemory('nope_zz'))
L = shared_memory.ShareableList([1, 'ab', b'cd', 2.5, None, True, ''])
print(list(L), len(L), L[1], L.index(2.5), L.count(1), L.format)
L[1] = 'xyz'
L[0] = 7
print(list(L))
err(lambda: L.__setitem__(1, 'z' * 99))
err(lambda: L[99])
err(lambda: L.index('q'))
err(lambda: L.__setitem__(99, 1))
print(repr(L)[:40])
M = shared_memory.ShareableList(name=L.shm.name)
print(list(M))
M.shm.close()
L.shm.close()
L.shm.unlink()
