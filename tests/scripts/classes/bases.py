# `*` and `**` among a class's bases and keywords.


class A:
    def a(self):
        return "a"


class B:
    def b(self):
        return "b"


class Meta(type):
    def __new__(meta, name, bases, namespace, **kw):
        cls = super().__new__(meta, name, bases, namespace)
        cls.kw = kw
        return cls

    def __init__(cls, name, bases, namespace, **kw):
        super().__init__(name, bases, namespace)


bases = (A, B)
options = {"metaclass": Meta, "x": 1}


class C(*bases):
    pass


class D(A, *[B], **options):
    pass


class E(*bases, metaclass=Meta, y=2, **{"z": 3}):
    pass


class F(*(), **{}):
    pass


class G(*(b for b in (A,)), *(B,)):
    pass


for c in (C, D, E, F, G):
    print(c.__name__, [b.__name__ for b in c.__mro__], type(c).__name__, getattr(c, "kw", None))
print(E().a(), E().b())


def attempt(source):
    try:
        exec(source, {"A": A, "Meta": Meta})
    except TypeError as e:
        print(type(e).__name__, str(e).split(" ", 1)[1])


attempt("class X(*5): pass")
attempt("class X(**5): pass")
attempt("class X(metaclass=Meta, **{'metaclass': Meta}): pass")
attempt("class X(**{1: 2}): pass")


@print
@lambda c: c.__mro__[1].__name__
class Decorated(*[A]):
    pass
