class Odd:
    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return True


a, b = Odd(), Odd()
if a == b:
    print("equal")
if not a == b:
    print("never")
if a != b:
    print("not equal")


def f(p, q):
    if q:
        x = 1
    if p and x and p:
        return "yes"
    else:
        return x


print(f(1, 1), f(0, 1))
for args in ((1, 0), (0, 0)):
    try:
        print(f(*args))
    except UnboundLocalError as e:
        print(e)
