# Collections start by themselves, and memory does not grow with cyclic garbage.
import gc


class A:
    count = 0

    def __init__(self):
        A.count += 1
        self.me = self

    def __del__(self):
        A.count -= 1


for i in range(20000):
    A()
print(A.count < 2000)




def many(make, n=30000):
    for i in range(n):
        make()


def a_list():
    l = [1]
    l.append(l)


def a_dict():
    d = {}
    d[1] = d


def a_closure():
    def f():
        return f


def a_generator():
    def g(x):
        yield x

    it = g([])
    box = [it]
    next(it)
    box.append(box)


def a_class():
    class C:
        pass


# The work is done with the collector at its usual settings; what is left at the end is little.
for make in (a_list, a_dict, a_closure, a_generator):
    many(make)
    print(make.__name__, gc.collect() < 8000)
many(a_class, 2000)
print(gc.collect() < 20000)

# As often as a program asks for.
gc.set_threshold(50, 2, 2)
runs = []
gc.callbacks.append(lambda phase, info: runs.append(info["generation"]) if phase == "start" else None)
keep = [[] for _ in range(2000)]
gc.callbacks.clear()
print(len(runs) >= 20, 0 in runs, 1 in runs)
gc.disable()
runs.clear()
gc.callbacks.append(lambda phase, info: runs.append(phase))
keep2 = [[] for _ in range(20000)]
print(runs)
