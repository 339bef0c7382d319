# array: kinds of items, methods, slices, errors.
import array, copy, pickle
from array import array as A


def t(s):
    try:
        print(s, '->', repr(eval(s))[:200])
    except BaseException as e:
        print(s, '->', type(e).__name__, str(e)[:200])

vals = ['1', '-1', '300', '70000', '2**31', '2**32', '2**40', '2**63', '2**64', '-2**70', '1.5', '"a"', '"ab"', 'b"a"', 'None', '1e40', '10**400', 'True']
for c in 'bBuhHiIlLqQfd':
    for v in vals:
        t(f'A({c!r},[{v}])')
    for v in vals[:7] + vals[-6:]:
        t(f'A({c!r}).append({v})')
for s in [
    'A()', 'A("i",1,2)', 'A(1)', 'A("ab")', 'A("x")', 'A("i",5)', 'A("i","abc")', 'A("u","abc")',
    'A("u",b"abcd")', 'A("i",b"12345678")', 'A("i",b"123")', 'A("i",bytearray(b"1234"))', 'A("i",A("u","a"))',
    'A("i",A("d",[1.0]))', 'A("d",A("i",[1]))', 'A("b",range(3))', 'A("i",x=1)', 'A(typecode="i")',
    'A("i",None)', 'A("i",memoryview(b"1234"))', 'A("B",memoryview(b"1234"))', 'A("i",iter([1,2]))',
    'A("i",{1:2})', 'A("i",[1,"a"])', 'A("u",["a","b"])', 'A("u",[1])', 'A("u",["ab"])', 'a==A("i",[1,2,3])',
    'a==A("d",[1,2,3])', 'a==[1,2,3]', 'a<A("i",[1,2])', 'a>A("i",[1,2])', 'a<A("i",[1,3])', 'a<=a', 'a!=a',
    'a<[1]', 'a+a', 'a+[1]', 'a+A("d",[1])', 'a*2', '2*a', 'a*-1', 'a*1.5', 'a[0]', 'a[-1]', 'a[3]', 'a[-4]',
    'a["a"]', 'a[1.0]', 'a[0:2]', 'a[::-1]', 'a[::2]', 'a[5:]', 'len(a)', '2 in a', '5 in a', '"a" in a',
    'type(iter(a))', 'list(reversed(a))', 'hash(a)', 'bool(A("i"))', 'a.typecode', 'a.itemsize',
    'a.typecode==0', 'a.tolist()', 'a.tobytes()', 'a.tounicode()', 'A("u","héy").tounicode()',
    'A("u","ab").tobytes()', 'a.count(2)', 'a.count("x")', 'a.index(2)', 'a.index(9)', 'a.index(1,1)',
    'a.index(3,-1)', 'a.index(1,0,0)', 'a.index()', 'a.index(1,"a")', 'a.pop(5)', 'A("i").pop()', 'a.pop("a")',
    'a.remove(9)', 'a.insert("a",1)', 'a.insert(0,"a")', 'a.insert(1)', 'a.append()', 'a.append(1,2)',
    'a.extend(5)', 'a.extend("ab")', 'a.extend(A("d",[1]))', 'a.extend([1.5])', 'a.fromlist((1,))',
    'a.fromlist([1,"a"])', 'a.fromlist(5)', 'a.frombytes(b"123")', 'a.frombytes("abcd")', 'a.frombytes(5)',
    'a.fromunicode("a")', 'A("u").fromunicode(5)', 'a.buffer_info()[1]', 'a.tofile(5)', 'a.fromfile(5,1)',
    'a.byteswap()', 'A("b",[1]).byteswap()', 'A("d",[1.0]).byteswap()', 'a.__copy__()', 'copy.copy(a)',
    'copy.deepcopy(a)', 'copy.deepcopy(a) is a', 'pickle.loads(pickle.dumps(a))', 'a.__reduce_ex__(2)',
    'a.__reduce_ex__(3)', 'a.__reduce_ex__(4)', 'A("u","ab").__reduce_ex__(4)',
    '[pickle.loads(pickle.dumps(A(c,[1,2]),p)) for c in "bBhHiIlLqQfd" for p in range(6)]',
    'pickle.loads(pickle.dumps(A("u","xy")))', 'array.typecodes', 'array.ArrayType', 'A', 'A.__module__',
    'A("i").__class_getitem__(int)', 'A[int]', '[x for x in dir(A) if x[0]!="_"]',
    'array._array_reconstructor(A,"i",8,b"1234")', 'array._array_reconstructor(A,"i",9,b"\\0\\0\\0\\1")',
    'array._array_reconstructor(A,"i",99,b"")', 'array._array_reconstructor(int,"i",8,b"")',
    'memoryview(a).format', 'memoryview(a).tolist()', 'memoryview(a).nbytes', 'bytes(a)',
    'bytearray(A("h",[1]))', 'A("f",[1.1])', 'A("d",[1.1,float("inf"),float("nan")])', 'A("f",[0.1])[0]',
    'A("q",[-1])', 'str(A("u","a\'b"))', 'A("u",[])', 'a.__sizeof__()>0', 'a.x', 'sum(a)', 'max(a)',
    'sorted(A("i",[3,1,2]))', 'a.__add__(1)', 'a.__iadd__([1])', 'a.__contains__(1)', 'a.__getitem__(0)',
    '"%r"%a', 'f"{a}"', 'isinstance(a,array.ArrayType)', 'a.sort()', 'A("i",[1,2])==A("i",[1,2.0]) if 0 else 1',
    'a.__eq__(5)', 'A("B",b"abc").tobytes().decode()', 'a.__doc__[:5]', 'int.from_bytes(A("H",[1,2]),"little")',
    'b"".join([A("B",[1,2]),b"x"])', 'b"x"+A("B",[1])', 'A("u","😀")', 'A("u","😀").buffer_info()[1]',
    'iter(a).__reduce__()', 'list(map(lambda x:x,a))', 'A("i",[])', 'A("i",(1,2))', 'A("i",set())',
    'len(A("i",bytes(400)))', 'A("i",[1]*3)[1:2].tolist()', 'A("i",[2**31-1])', 'A("b",[-128,127])',
    'A("B",[0,255])', 'A("I",[2**32-1])', 'A("Q",[2**64-1])', 'A("L",[2**64-1])', 'A("l",[-2**63])',
]:
    a = A('i', [1, 2, 3])
    t(s)


def s(i, x, code='i'):
    a = A(code, [1, 2, 3, 4, 5])
    try:
        a[i] = x
        print(i, x, a)
    except BaseException as e:
        print(i, x, type(e).__name__, e)
    try:
        del a[i]
        print(i, a)
    except BaseException as e:
        print(i, type(e).__name__, e)

for (i, x) in [
    (0, 9), (-1, 9), (5, 9), (-6, 9), ('a', 1), (0, 'a'), (0, 2 ** 40), (0, 1.5), (slice(1, 2), A('i', [7, 8])),
    (slice(1, 2), [7]), (slice(1, 2), A('d', [7])), (slice(None, None, 2), A('i', [7, 8, 9])),
    (slice(None, None, 2), A('i', [7])), (slice(None, None, -1), A('i', [7, 8, 9, 10, 11])),
    (slice(3, 1), A('i', [0])), (slice(10, 20), A('i', [0])), (slice(4, 0, -2), A('i', [1, 2])),
    (slice(1, 2), 5), (slice(0, 0), A('i')),
]:
    s(i, x)
a = A('i', [1, 2, 3])
a[1:1] = a
print(a)
a[:] = a
print(a)
a[::2] = a[::2]
print(a)
a += A('i', [9])
print(a)
a *= 2
print(a)
a *= 0
print(a)
try:
    a += [1]
except TypeError as e:
    print(e)
try:
    a *= 'a'
except TypeError as e:
    print(e)
a = A('i', [1, 2, 3])
a.extend(a)
print(a)
a.insert(-1, 7)
a.insert(100, 8)
a.insert(-100, 9)
print(a)
a.reverse()
print(a)
print(a.pop(), a.pop(0), a.pop(-2), a)
a.remove(2)
print(a)
it = iter(a)
next(it)
a.append(5)
print(list(it))
a.append(6)
print(list(it))
m = memoryview(a)
for op in [
    'a.append(1)', 'a.pop()', 'a.extend([1])', 'a.insert(0,1)', 'a.frombytes(b"1234")', 'a.fromlist([1])',
    'a.remove(1)', 'a.clear()', 'a.__iadd__(a)', 'a.__imul__(2)', 'a.__delitem__(0)', 'a.fromunicode("a")',
    'a.__setitem__(slice(0,1),A("i"))', 'a.__setitem__(slice(0,1),A("i",[4]))', 'a.byteswap()', 'a.reverse()',
    'a.extend([])', 'a.fromlist([])', 'a.frombytes(b"")', 'a.__imul__(1)',
]:
    t(op)
m[0] = 77
print(a[0])
m.release()
a.append(1)
print(a)


class S(A):

    def __init__(self, *a):
        self.x = 1

s_ = S('i', [1, 2])
print(s_, s_.x, type(s_[:1]), type(s_ + s_), type(s_ * 2), repr(s_), copy.copy(s_), pickle.loads(pickle.dumps(S('i', [1]))) if 0 else '')
s_.y = 5
print(s_.__dict__, copy.deepcopy(s_), s_.__reduce_ex__(3)[2])
import io
b = io.BytesIO()
A('h', [1, 2, 3]).tofile(b)
print(b.getvalue())
b.seek(0)
z = A('h')
z.fromfile(b, 2)
print(z)
try:
    z.fromfile(b, 5)
except EOFError as e:
    print(e, z)
t('z.fromfile(b,-1)')


class I:

    def __index__(self):
        return 7



class F:

    def __float__(self):
        return 2.5

print(A('i', [I()]), A('d', [F(), I()]), A('B', [True]))
print(A('i', [1, 2, 3]).index(2.0), A('d', [1, 2]).count(1), 1.0 in A('i', [1]))
import struct
print(struct.unpack('3i', A('i', [1, 2, 3])))
x = A('i', [0] * 4)
struct.pack_into('2i', x, 4, 7, 8)
print(x)
match A('i', [1, 2]):
    case [p, q]:
        print('seq', p, q)
    case _:
        print('no')
from collections.abc import MutableSequence, Sequence
print(isinstance(A('i'), MutableSequence), issubclass(A, Sequence))
print(A('d', [1.0, 2.0]) == A('i', [1, 2]), A('u', 'a') == A('i', [97]), A('i', [1]) < A('d', [1.5]))
