def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)

a = [3, 1, 2]
a.append(4); a.extend((5, 6)); a.extend(a); a.insert(0, 'x'); a.insert(-1, 'y'); a.insert(100, 'z')
print(a, len(a), a.index(1), a.count(5), a.index(3, 2), a.index(3, -9))
a.remove(3); print(a.pop(), a.pop(0), a.pop(-2), a)
attempt(lambda: a.remove(99))
attempt(lambda: a.index(99))
attempt(lambda: a.pop(99))
attempt(lambda: [].pop())
attempt(lambda: a[99])
attempt(lambda: a['k'])
attempt(lambda: a + (1,))
attempt(lambda: a * 'x')
attempt(lambda: [0] * 10**18)
attempt(lambda: [0] * 10**30)
attempt(lambda: a.pop('x'))
attempt(lambda: list(5))
attempt(lambda: list(1, 2))
attempt(lambda: list(range(10**18)))
attempt(lambda: hash([]))
attempt(lambda: [1] < ['a'])
attempt(lambda: [1, 2] < (1, 2))
attempt(lambda: a.append())
attempt(lambda: a.insert(1))
def set_item(i, v):
    a[i] = v
def del_item(i):
    del a[i]
attempt(lambda: set_item(99, 1))
attempt(lambda: del_item(99))
attempt(lambda: set_item(slice(0, 6, 2), [1, 2]))
attempt(lambda: set_item(slice(0, 2), 5))
attempt(lambda: set_item(slice(0, 4, 2), 5))
attempt(lambda: set_item('a', 5))
attempt(lambda: a[::0])
attempt(lambda: a['a':])
b = list(range(10))
print(b[2:5], b[::-1], b[-3:], b[8:2:-2], b[:], b[100:], b[-100:3])
b[2:5] = 'ab'; print(b)
b[::2] = [0] * 5; print(b)
b[3:1] = ['in']; print(b)
del b[::3]; print(b)
del b[5:2:-1]; print(b)
del b[1:3]; print(b)
b[:] = b; print(b)
b += 'xy'; c = b; c *= 2; print(b is c, b)
b *= 0; print(b, c)
print([1, 2] == [1, 2], [1, 2] != [1, 3], [1] < [1, 0], [2] > [1, 5], [1, 2] <= [1, 2], [] >= [1])
print(2 * [1, [2]], [[]] * 3, 1 in [1.0], 'x' in ['xy'])
d = [1]; d.append(d); print(d); e = (d,); print(e)
it = iter([1, 2, 3]); print(next(it), it.__length_hint__(), list(it), list(it))
r = reversed([1, 2, 3]); print(type(r).__name__, next(r), list(r))
x = [1, 2, 3]
for i in x:
    if len(x) < 6: x.append(i * 10)
print(x)
x.reverse(); print(x, x.copy() is x, x.copy() == x); x.clear(); print(x)
class L(list):
    pass
l = L([1, 2]); l.tag = 'hi'; print(l, l.tag, type(l + [3]).__name__, type(l[:]).__name__, l == [1, 2], isinstance(l, list))
nan = float('nan'); print([nan] == [nan], nan in [nan], [nan].index(nan))
