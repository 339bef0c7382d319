import types
def f(): pass
def g(): yield
class A:
    def m(self): pass
print(types.FunctionType.__name__, types.LambdaType is types.FunctionType, isinstance(f, types.FunctionType))
for n in ["CodeType","CellType","GeneratorType","MethodType","BuiltinFunctionType","BuiltinMethodType","MethodDescriptorType","ModuleType","TracebackType","FrameType","EllipsisType","NoneType","NotImplementedType","GenericAlias","UnionType","SimpleNamespace","DynamicClassAttribute"]:
    print(n, getattr(types, n))
print(isinstance(g(), types.GeneratorType), isinstance(A().m, types.MethodType), isinstance(len, types.BuiltinFunctionType))
ns = types.SimpleNamespace(a=1, b="x")
print(ns, ns.a, ns == types.SimpleNamespace(b="x", a=1), ns != types.SimpleNamespace(), vars(ns))
ns.c = ns
print(ns)
del ns.c
class N(types.SimpleNamespace): pass
print(N(z=1), N(z=1) == types.SimpleNamespace(z=1))
try: types.SimpleNamespace(1)
except TypeError as e: print(e)
m = types.ModuleType("mymod", "docs")
m.x = 3
print(m.__name__, m.__doc__, m.x)
C = types.new_class("C", (int,), {}, lambda ns: ns.update(y=2))
print(C, C(3) + 1, C.y, C.__mro__)
class Meta(type):
    @classmethod
    def __prepare__(m, n, b, **k): return {"prep": sorted(k)}
    def __new__(m, n, b, d, **k): return super().__new__(m, n, b, d)
    def __init__(c, n, b, d, **k): pass
D = types.new_class("D", (), {"metaclass": Meta, "kw": 1})
print(D.prep, type(D), types.prepare_class("E", (D,), {"q": 1}))
class Ent:
    def __mro_entries__(self, bases): return (int, A)
r = Ent()
print(types.resolve_bases((r, str)), types.resolve_bases((int,)), types.new_class("F", (r,)).__orig_bases__ == (r,))
class Conf(type): pass
class X1(metaclass=Meta): pass
class X2(metaclass=Conf): pass
try: types.prepare_class("Z", (X1, X2))
except TypeError as e: print(e)
class Dyn(type):
    def __getattr__(c, n): return "meta " + n
class W(metaclass=Dyn):
    def __init__(self): self._v = 1
    @types.DynamicClassAttribute
    def v(self):
        "vdoc"
        return self._v
    @v.setter
    def v(self, x): self._v = x
    @v.deleter
    def v(self): print("del")
w = W(); print(w.v, W.v); w.v = 5; print(w.v); del w.v
class W2:
    @types.DynamicClassAttribute
    def r(self): return 1
try: W2().r = 3
except AttributeError as e: print(e)
try: W2.r
except AttributeError as e: print(repr(e))
mm = types.MethodType(lambda self, x: (self, x), 5)
print(mm(6), mm.__self__)
@types.coroutine
def co():
    got = yield 1
    return got
c = co()
print(next(c))
try: c.send("v")
except StopIteration as e: print(e.value)
try: types.nothing
except AttributeError as e: print(e)
