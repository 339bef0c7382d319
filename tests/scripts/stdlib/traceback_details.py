import traceback, sys
def a(): return b()
def b(): return c()
def c(): return d()
def d(): return e()
def e():
    print([(f.f_code.co_name, n) for f, n in list(traceback.walk_stack(None))])
    print([(f.f_code.co_name, n) for f, n in traceback.walk_stack(sys._getframe())])
    print([(s.name, s.lineno) for s in traceback.StackSummary.extract(traceback.walk_stack(None))])
    print([(s.name, s.lineno) for s in traceback.extract_stack()])
    for f, n in traceback.walk_stack(None): print(f.f_code.co_name); break
a()
try: list(traceback.walk_stack(None))
except AttributeError as x: print(x)
class O:
    def __repr__(self): return "O"
def g():
    x = 5; y = O()
    print("".join(traceback.StackSummary.extract([(sys._getframe(), 3)], capture_locals=True).format()))
g()
def h(说明说明, q):
    return 说明说明 / q + len("✨🐍") + 5
try: h(1, 0)
except ZeroDivisionError: print(traceback.format_exc())
x1 = traceback.TracebackException(ValueError, ValueError(3), None)
x2 = traceback.TracebackException(ValueError, ValueError(3), None)
print(x1 == x2, x1 == 3)
import ctypes
class E(ctypes.Structure): pass
print(ctypes.sizeof(E))
E._fields_ = [("a", ctypes.c_int)]
print(ctypes.sizeof(E), E(3).a)
class Empty(ctypes.Structure): pass
print(type(Empty()).__name__)
