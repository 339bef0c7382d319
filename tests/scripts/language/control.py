for i in range(3):
    if i == 1:
        continue
    print(i)
else:
    print("no break")
n = 0
while True:
    n += 1
    if n > 5:
        break
print(n)
a, (b, *c), d = 1, (2, 3, 4), 5
print(a, b, c, d)
a, b = b, a
print(a, b, 1 < a < 3, a if a else b, a or b, a and b, not a)
x = [1, 2, 3, 4, 5]
print(x[1:3], x[::-1], x[-2:], x[::2])
x[1:3] = [20, 30, 40]
del x[0]
print(x, 3 in x, 4 not in x)
s = "total: {:>6.2f}|{!r}".format(3.14159, "q")
print(s, f"{s!r:.10}", f"{n=}", "%d %s %.1f" % (3, "x", 2.55))


def f():
    try:
        return "try"
    finally:
        print("finally")


print(f())


def loop():
    for i in range(5):
        try:
            if i == 1:
                continue
            if i == 3:
                break
            print("body", i)
        finally:
            print("finally", i)


loop()
assert n == 6, "not reached"
del n
try:
    print(n)
except NameError as e:
    print(e)


def unbound():
    print(y)
    y = 1


try:
    unbound()
except UnboundLocalError as e:
    print(e)
