from contextvars import *
import threading
def tr(f, *a, **k):
    try: print(f(*a, **k))
    except Exception as e: print(type(e).__name__, str(e).split(" at 0x")[0])
v = ContextVar("v", default=1); w = ContextVar("w")
print(v.get(), v.name, w.get(5)); tr(w.get)
t = v.set(2); print(v.get(), t.old_value is Token.MISSING, t.var is v); v.reset(t); print(v.get()); tr(v.reset, t); tr(w.reset, 3)
c = copy_context(); print(len(c), v in c)
def f(x): v.set(x); return v.get(), len(copy_context())
print(c.run(f, 9), v.get(), c[v], c.get(w), list(c) == [v], c.items() and list(c.values()), v in c)
tr(c.run, lambda: c.run(f, 1)); tr(lambda: c[3])
t2 = v.set(4); tr(copy_context().run, v.reset, t2)
def th(): out.append(v.get())
out = []; x = threading.Thread(target=th); x.start(); x.join(); print(out, v.get())
print(Context() == Context(), len(Context()), c.copy() == c, c.copy() is c); tr(Token); tr(ContextVar, 3)
t3 = v.set(5); print(t3.old_value); w.set("W"); print(sorted(k.name for k in copy_context()))
for f in (lambda: Context(1), lambda: Context(a=1), lambda: Context().run(), lambda: Context().run(dict, a=1),
          ContextVar, lambda: ContextVar(1), lambda: ContextVar(name="x").name):
    tr(f)
