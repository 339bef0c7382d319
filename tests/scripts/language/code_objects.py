# Code objects, functions that take other code, locals() that stay.
import types


def attempt(call, *args, **kwargs):
    try:
        print(call(*args, **kwargs))
    except Exception as error:
        print(type(error).__name__, error)


def kept():
    x = 1
    exec("y = x + 1")
    print(locals(), locals() is locals(), "y" in locals())
    z = 3
    here = locals()
    here["w"] = 5
    print(sorted(locals()), eval("y + z + w"))
    exec("x = 99")
    print(x)
    del z
    return sorted(locals())


print(kept())


def shared(p, q):
    a = 1

    def inner():
        return a, q

    print(list(locals()), inner.__code__.co_freevars, shared.__code__.co_cellvars, shared.__code__.co_varnames)
    return inner


inner = shared(1, 2)
print(inner.__code__.co_flags, shared.__code__.co_flags, inner.__code__.co_qualname, inner.__code__.co_nlocals)


def one():
    "First."
    return 1


def two(a=5):
    return a


one.__code__ = two.__code__.replace(co_name="renamed", co_filename="elsewhere.py", co_firstlineno=7)
one.__defaults__ = (8,)
print(one(), one(9), one.__name__, one.__code__.co_name, one.__code__.co_filename, one.__code__.co_firstlineno)
print(two.__code__ == two.__code__.replace(), two.__code__ == one.__code__, hash(two.__code__) == hash(two.__code__.replace()))
three = (lambda: "old").__code__
print(eval(three), eval(three.replace(co_consts=tuple("new" if c == "old" else c for c in three.co_consts))))
print(repr(three).split(" at ")[0], repr(three).rpartition(", ")[2], repr(one.__code__).endswith('file "elsewhere.py", line 7>'))
attempt(setattr, one, "__code__", inner.__code__)
for name in ("__code__", "__defaults__", "__kwdefaults__", "__name__", "__qualname__", "__annotations__", "__globals__", "__closure__"):
    attempt(setattr, one, name, 5)
attempt(delattr, one, "__name__")
attempt(delattr, one, "__code__")
attempt(two.__code__.replace, co_name=5)


@types.coroutine
def awaitable():
    got = yield "asked"
    return got * 2


async def waits():
    return await awaitable()


made = waits()
print(made.send(None), types.coroutine(awaitable) is awaitable)
attempt(made.send, 21)
print([line for *_, line in two.__code__.co_lines()][-1] == two.__code__.co_firstlineno + 1)
attempt(compile, "1", 5, "exec")
attempt(compile, 5, "f", "exec")
attempt(compile, "a\0b", "f", "exec")
attempt(compile, "1", "f", "other")


class Meta(type):
    def __instancecheck__(cls, instance):
        print("asked about", type(instance).__name__)
        return super().__instancecheck__(instance)

    def __subclasscheck__(cls, sub):
        return super().__subclasscheck__(sub)


class A(metaclass=Meta):
    def who(self):
        return "A"


class B(A):
    def who(self):
        return "B" + super().who()

    def about(self):
        s = super()
        return s.__self__ is self, s.__thisclass__, s.__self_class__


print(isinstance(5, A), isinstance(B(), A), issubclass(int, A), issubclass(B, A))
print(type.__instancecheck__(int, True), type.__subclasscheck__(int, bool), len(type.__dir__(A)) > 10)
print(B().about(), super(B).__self__, super(B).__get__(B()).who())
attempt(super, 1, 2, 3)
attempt(super, 5)
