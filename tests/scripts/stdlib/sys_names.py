# Names of modules that sys makes when it is asked for them: they look as if they had always been there.
import sys

print("stdlib_module_names" in dir(sys), "builtin_module_names" in vars(sys))
print("sys" in sys.builtin_module_names, type(sys.builtin_module_names).__name__)
from sys import stdlib_module_names as names

print(names is sys.stdlib_module_names, getattr(sys, "stdlib_module_names") is names)
del sys.stdlib_module_names
print(hasattr(sys, "stdlib_module_names"), "stdlib_module_names" in dir(sys))
try:
    sys.stdlib_module_names
except AttributeError as e:
    print(e)
sys.builtin_module_names = ()
print(sys.builtin_module_names, vars(sys)["builtin_module_names"])
