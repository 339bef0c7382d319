# A sys of another class is still where output and hooks are looked for.
import io
import sys
import types


class Watched(types.ModuleType):
    pass


sys.__class__ = Watched
out, before = io.StringIO(), sys.stdout
sys.stdout = out
print("into the text")
sys.stdout = before
print(repr(out.getvalue()), type(sys).__name__)
