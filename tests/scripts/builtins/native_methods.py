# How the methods of built-in classes show themselves.
import types

print(object.__init__, list.__init__, int.__add__, object.__setattr__)
print(type(object.__init__) is types.WrapperDescriptorType, type(object().__str__) is types.MethodWrapperType)
print(type(dict.__dict__["fromkeys"]) is types.ClassMethodDescriptorType, type(dict.fromkeys) is types.BuiltinMethodType)
print(dict.__dict__["fromkeys"](dict, "ab"), dict.fromkeys("ab"), dict.fromkeys.__qualname__)
print(type(int.__dict__["__new__"]) is types.BuiltinFunctionType, int.__new__(int, "7"))
print(bool(int.__add__.__doc__ and int.__radd__.__doc__ and object.__init__.__doc__))
print(len.__self__, len.__text_signature__, [].append.__text_signature__, list.sort.__text_signature__)
print(dict.fromkeys.__text_signature__, getattr.__text_signature__, int.__new__.__text_signature__, list.__text_signature__)
print(object.__init__.__text_signature__, list.__setitem__.__text_signature__, (1).__add__.__text_signature__)


class Base:
    def __init__(self, x=0):
        super().__init__()
        self.x = x

    @classmethod
    def make(cls):
        "Makes one."

    @staticmethod
    def free(a: int): pass


print(Base(3).x, Base.__dict__["make"].__name__, Base.__dict__["make"].__doc__, Base.__dict__["free"].__annotations__)
for call in (lambda: object.__init__(Base(), 1), lambda: object.__init__(), lambda: int.__add__("a", 1)):
    try:
        print(call())
    except TypeError as e:
        print(e)


def deco(f): return f


@deco
@deco
def two(a, b):
    if a.x:
        return len(b.y) + undefined  # noqa


print(two.__code__.co_firstlineno, two.__code__.co_names, two.__code__.co_cellvars)
