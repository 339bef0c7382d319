import warnings
import sys
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter("always")
    warnings.warn("a"); warnings.warn("a", RuntimeWarning); warnings.warn("b")
    print(len(w), [str(x.message) for x in w], w[1].category, w[0].lineno)
with warnings.catch_warnings():
    warnings.simplefilter("error")
    try: warnings.warn("x")
    except UserWarning as e: print(repr(e))
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    warnings.warn("never")
def show(m, c, f, l, file=None, line=None): print("SHOW", m, c, l)
old = warnings.showwarning
warnings.showwarning = show
warnings.warn("shown")
warnings.showwarning = old
try: warnings.warn("x", int)
except TypeError as e: print(e)
warnings.warn("imp", ImportWarning)
print(warnings.formatwarning("m", UserWarning, "f", 3, "line"))
