def f(a, b):
    c = a + b
    print(eval("a + b + c"))
    exec("d = c * 2; print(d)")
    pass
    l = {}
    exec("x = 1\ny = a if 'a' in dir() else 5\ndef g(): return 7\nz = g()", {}, l)
    print(sorted(l))
    exec("global w; w = 9")
f(1, 2)
print(w)
g = {}
exec("import sys\nclass A:\n  v = 1\n  def m(self): return A.v\nprint(A().m(), __name__ if '__name__' in globals() else None)", g)
print(sorted(k for k in g))
for c in ('eval("1", 3)', 'exec("1", 3)', 'exec("1", {}, 3)', 'eval(3)', 'exec(3)', 'eval("x=1")', 'eval("__import__", {"__builtins__": {}})', 'eval("  1+1")', 'eval(compile("1+2", "f", "eval"))', 'exec(compile("q=5\\nfor i in range(3): q+=i", "f", "exec"))'):
    try: print(eval(c))
    except Exception as e: print(type(e).__name__, e)
print(q)
co = compile("a = 1\nb = a + 1", "<x>", "exec")
ns = {}
exec(co, ns); print(ns["b"])
ns2 = {}
exec(co, {}, ns2); print(ns2)
class M(dict):
    def __missing__(self, k): return k.upper()
print(eval("foo + bar", {}, M()))
compile("1", "f", "exec")
print([eval("i*2") for i in range(3)])
print(eval("[i for i in range(n)]", {"n": 3}))
exec("try:\n  undefined\nexcept NameError as e: print(e)", {}, {})
exec("def r(n): return 1 if n < 2 else n * r(n-1)\nprint(r(5))")
print(type.__module__, bool(list.__doc__), (lambda: 1).__module__)
