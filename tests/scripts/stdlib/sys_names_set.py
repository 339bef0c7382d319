# A name of sys that is made late: what a program has set or deleted before it was asked for stays so.
import sys

sys.stdlib_module_names = "mine"
del sys.builtin_module_names
print(sys.stdlib_module_names, sys.__dict__["stdlib_module_names"], hasattr(sys, "builtin_module_names"))
