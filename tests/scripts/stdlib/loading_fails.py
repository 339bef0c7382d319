# The names of the library's modules, tests that cannot be loaded, lazy iterators with an __init__ of their own.
import unittest, sys, os, tempfile, io
print(len(sys.stdlib_module_names) == 305, "os" in sys.stdlib_module_names, type(sys.stdlib_module_names).__name__)
def run(name, module=None):
    loader = unittest.TestLoader()
    out = io.StringIO()
    result = unittest.TextTestRunner(stream=out).run(loader.loadTestsFromName(name, module))
    for test, text in result.errors:
        print(test.id(), text.strip().split("\n")[-1])
    print(len(loader.errors), loader.errors[0].split("\n")[0] if loader.errors else None, result.testsRun)
run("no_such_module")
run("no_such_module.T")
run("os.no_such_thing")
run("os.path.no_such_thing.more")
run("unittest.no_such")
run("no_such", unittest)
class M(map):
    def __init__(self, *args, foo=None):
        self.foo = foo
class F(filter):
    def __init__(self, *args, foo=None):
        self.foo = foo
m = M(int, ["1"], foo=3)
print(m.foo, list(m), F(None, [1], foo=4).foo)
for wrong in (lambda: map(int, [1], foo=1), lambda: map(int), lambda: filter(None), lambda: filter(None, [], x=1)):
    try:
        wrong()
    except TypeError as e:
        print(e)
class Missing(dict):
    def __missing__(self, key):
        return 3
print(eval("abc", Missing()), eval("abc", {}, Missing()))
try:
    exec("class A: pass", {"__builtins__": {}})
except NameError as e:
    print(e)
