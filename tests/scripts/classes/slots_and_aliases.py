import sys
class A:
    __slots__ = ("x", "y")
    def __init__(self): self.x = 1
a = A()
print(a.x, A.x, A.__slots__)
for c in ("a.y", "a.z", "a.__dict__", "A.x.__get__(1)"):
    try: print(eval(c))
    except Exception as e: print(type(e).__name__, e)
try: a.z = 1
except AttributeError as e: print(e)
del a.x
try: del a.x
except AttributeError as e: print(e)
def f(o): return o.x
try: f(a)
except AttributeError as e: print(e)
a.x = 5
print([f(a) for _ in range(3)])
class B(A):
    __slots__ = ["z", "__w"]
    k = 3
    def w(self): self.__w = 9; return self.__w
b = B(); b.x = 1; b.z = 3
print(b.x, b.z, b.w(), [n for n in dir(b) if not n.startswith("__")])
try: b.q = 1
except AttributeError as e: print(e)
try: b.k = 1
except AttributeError as e: print(e)
class C(B): pass
c = C(); c.x = 1; c.new = 5; c.z = 7
print(c.__dict__, c.x, c.z, vars(c))
class D(A):
    __slots__ = ("__dict__", "m")
d = D(); d.m = 1; d.u = 2; print(d.__dict__, d.m)
for s in ('(1,)', '("a b",)', '"__dict__", "__dict__"', '"x",\n  x = 1'):
    try: exec(f"class E:\n  __slots__ = {s}")
    except Exception as e: print(type(e).__name__, e)
try:
    class F(int): __slots__ = ("a",)
except TypeError as e: print(e)
class G(int): __slots__ = ()
try: G(3).a = 1
except AttributeError as e: print(e)
class X: __slots__ = ("a",)
class Y: __slots__ = ("b",)
try:
    class Z(X, Y): pass
except TypeError as e: print(e)
class E2: __slots__ = ()
class Z2(X, E2): __slots__ = ()
print(Z2().__class__.__mro__)
class Dd(dict): __slots__ = ("extra",)
q = Dd(a=1); q.extra = 3; print(q, q.extra)
print(type(A.__dict__), sorted(k for k in B.__dict__))
print(list[int], dict[str, int], tuple[int, ...], tuple[()], type[int], set[int], list[list[int]], frozenset[str])
print(int | None, int | str | int, list[int] | None, None | int, (int | str) == (str | int), hash(int | str) == hash(str | int))
print(isinstance(1, int | str), issubclass(bool, int | str), isinstance(1.5, int | None))
for c in ("isinstance(1, list[int])", "int | 3", "int[3]", "isinstance(1, int | list[int])", "isinstance('', int | list[int])"):
    try: print(eval(c))
    except TypeError as e: print(e)
t = list[int]; print(t.__origin__, t.__args__, t((1,2)), t == list[int], t.append, hash(t) == hash(list[int]))
class L(list[int]): pass
print(L.__mro__, L.__orig_bases__, L([1]))
class N:
    a: int = 3
print(N.__annotations__, A.__annotations__, N.__dict__["a"])
class Q: pass
Q.__qualname__ = "Other"; print(Q, Q.__name__)
Q.__name__ = "Third"; print(Q, Q().__class__.__name__)
print(type.__qualname__, type.__module__, int.__module__, object.__qualname__)
