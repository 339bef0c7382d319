def f():
    "doc"
print(f.__dict__, f.__doc__, f.__module__)
f.__doc__ = "other"; f.__module__ = "m"; f.x = 1
print(f.__dict__, f.__doc__, f.__module__)
del f.__doc__
print(f.__doc__, vars(f))
f.__dict__ = {"y": 2}
print(f.y)
class A:
    def __init__(self): self.a = 1
print(A().__getstate__(), object().__getstate__())
class S:
    __slots__ = ("q", "w")
s = S(); s.q = 2
print(s.__getstate__())
class T(S): pass
t = T(); t.w = 1; t.e = 3
print(t.__getstate__())
def ab(self): pass
ab.__isabstractmethod__ = True
print(property(ab).__isabstractmethod__, classmethod(ab).__isabstractmethod__, staticmethod(lambda: 1).__isabstractmethod__)
class P:
    @property
    def x(self):
        "the x"
        return 1
    @classmethod
    def c(cls): "cdoc"; return cls
    @staticmethod
    def s(): return 3
print(P.x.__doc__, P.c.__doc__, P.c(), P.s(), P.__dict__["x"].fget.__name__)
g = (lambda: 1)
print(g.__name__, g.__qualname__, g.__doc__, g.__module__)
print(type(f)(f.__code__, {"__name__": "zz"}, "nn").__module__)
