print(int.__add__, int.__add__(3,4), (3).__radd__(4), (3).__add__(2.5))
print([].__len__(), list.__len__, [1].__add__([2]))
for f in (lambda: int.__add__(1), lambda: int.__add__(), lambda: int.__add__("a", 1), lambda: (1).__add__(x=1), lambda: [].__len__(1)):
    try: f()
    except TypeError as e: print(e)
class L(list):
    def __len__(self): return super().__len__() + 1
    def __getitem__(self, i): return super().__getitem__(i) * 2
    def __repr__(self): return "L" + super().__repr__()
l = L([1,2,3])
print(len(l), l[1], l)
class M(type):
    def __setattr__(cls, n, v):
        print("set", n)
        super().__setattr__(n, v)
class A(metaclass=M): pass
A.x = 5
print(A.x)
type.__setattr__(A, "y", 3); print(A.y)
print([].__hash__, {}.__hash__, (1).__hash__() , hasattr([], "__radd__"), hasattr(1, "__radd__"), hasattr("", "__rmod__"))
print((1).__lt__(2), "a".__eq__("a"), "a".__eq__(1))
class D(dict):
    def __setitem__(self, k, v): super().__setitem__(k, v * 2)
    def __contains__(self, k): return super().__contains__(k)
    def __iter__(self): return super().__iter__()
    def __init__(self, *a, **k): super().__init__(*a, **k)
d = D(a=1); d["b"] = 2; print(d, "b" in d, list(d))
class E(Exception):
    def __init__(self, m): super().__init__(m); self.m = m
    def __str__(self): return "E:" + super().__str__()
print(E("x"), repr(E("x")))
class S(set):
    def add(self, x): super().add(x + 1)
    def __repr__(self): return super().__repr__()
s = S(); s.add(1); print(s)
class P:
    def __setattr__(self, n, v): object.__setattr__(self, n, v + 1)
    def __getattribute__(self, n): return super().__getattribute__(n)
p = P(); p.q = 1; print(p.q)
print((1).__bool__(), (5).__index__(), (5).__neg__(), (2).__pow__(3), (7).__floordiv__(2), (7).__rfloordiv__(2), 2.5.__int__(), "a" .__mul__(3), "ab".__contains__("a"))
