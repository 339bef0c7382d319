# stderr
import traceback, sys
def g(): 
    raise ValueError("bad")
def f(): g()
try: f()
except ValueError as e:
    traceback.print_exc()
    print(traceback.format_exc().splitlines()[-1])
    print([(x.lineno, x.name) for x in traceback.extract_tb(e.__traceback__)])
    print(traceback.format_exception_only(e), traceback.format_exception_only(ValueError, e))
    te = traceback.TracebackException.from_exception(e); print(te, te.exc_type, len(te.stack))
try:
    try: f()
    except ValueError as e: raise KeyError("k") from e
except KeyError as e: traceback.print_exception(e)
try:
    try: f()
    except ValueError as e: 1/0
except Exception as e: traceback.print_exc()
e = ValueError("n"); e.add_note("note\nmore"); traceback.print_exception(e)
traceback.print_exception(ExceptionGroup("g", [ValueError(1), ExceptionGroup("h", [KeyError(2)]), TypeError()]))
def rec(n): 
    if n: rec(n-1)
    else: raise RuntimeError
try: rec(20)
except RuntimeError: traceback.print_exc()
try: compile("a b", "f.py", "exec")
except SyntaxError: traceback.print_exc(limit=0)
