"""The order of a class's namespace, what __mro_entries__ may return, and sets that are walked in their own way."""


class Plain:
    a = 1

    def method(self):
        pass


class Slots:
    __slots__ = ("b", "a", "__dict__")


class Documented:
    """Words."""


class Derived(Plain):
    pass


for cls in (Plain, Slots, Documented, Derived):
    print(list(cls.__dict__))


class Instead:
    def __init__(self, bases):
        self.bases = bases

    def __mro_entries__(self, bases):
        return self.bases


class FromTuple(Instead((Plain, Slots))):
    pass


print(FromTuple.__bases__, FromTuple.__orig_bases__[0].__class__)
for wrong in (1, [Plain], None):
    try:
        class Wrong(Instead(wrong)):
            pass
    except TypeError as error:
        print(error)


class Backwards(set):
    def __iter__(self):
        return iter(sorted(set.__iter__(self), reverse=True))


print(Backwards(range(5)), repr(Backwards()), frozenset({1}))
for source in ("[d for a in ((b := a) ^ (c := b))]", "[x for a in (p := 1)] + [x for a in (q := 1)]"):
    try:
        compile(source, "source", "exec")
    except SyntaxError as error:
        print(error.msg, error.offset)


# Class methods of built-in types are called by the class that they are bound to.
class Mapping(dict):
    pass


class Cooperative:
    def __init_subclass__(cls, **options):
        super().__init_subclass__(**options)


def derive(*bases):
    class Inner(*bases, option=1):
        pass


for function in (
    lambda: Mapping.fromkeys(x=1), lambda: dict.fromkeys(x=1), lambda: Plain.__init_subclass__(1),
    lambda: derive(), lambda: derive(Cooperative), lambda: Mapping.fromkeys.__qualname__,
    lambda: type("F", (float,), {}).fromhex(),
):
    try:
        print(function())
    except TypeError as error:
        print(error)
