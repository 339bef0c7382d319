def f(a, b=2, *args, c, d=4, **kw):
    return a, b, args, c, d, kw


print(f(1, c=3))
print(f(1, 5, 6, 7, c=8, d=9, e=10))
print(f(*[1, 2, 3], **{"c": 4, "z": 5}))


def counter():
    n = 0

    def step():
        nonlocal n
        n += 1
        return n

    return step


step = counter()
print(step(), step(), step())
print((lambda x, y=3: x * y)(4))
for bad in (lambda: f(), lambda: f(1), lambda: f(1, c=1, a=2), lambda: counter(1), lambda: step(x=1)):
    try:
        bad()
    except TypeError as e:
        print(e)


def gen(n):
    for i in range(n):
        got = yield i
        if got:
            print("got", got)
    return "end"


g = gen(3)
print(next(g), g.send("hello"), next(g))
try:
    next(g)
except StopIteration as e:
    print("stopped with", e.value)


def outer():
    r = yield from gen(2)
    print("inner returned", r)


print(list(outer()))
print(sum(i * i for i in range(10) if i % 2))
x = 10
print([(x := x + i) for i in range(3)], x)
print([i for i in range(20) if 3 < i <= 9 and not i % 2], {i % 3 for i in range(9)}, {k: v for k, v in zip("abc", range(3))})
