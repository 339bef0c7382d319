class Base:
    count = 0

    def __init__(self, name):
        self.name = name
        Base.count += 1

    def __repr__(self):
        return f"{type(self).__name__}({self.name!r})"

    def __eq__(self, other):
        return isinstance(other, Base) and self.name == other.name

    def __hash__(self):
        return hash(self.name)

    def __lt__(self, other):
        return self.name < other.name

    def __add__(self, other):
        return type(self)(self.name + other.name)

    def __len__(self):
        return len(self.name)

    def __getitem__(self, i):
        return self.name[i]

    def __call__(self, x):
        return x * 2

    @property
    def upper(self):
        return self.name.upper()

    @classmethod
    def make(cls):
        return cls("made")

    @staticmethod
    def double(x):
        return 2 * x


class Left(Base):
    def who(self):
        return "left"


class Right(Base):
    def who(self):
        return "right"


class Both(Left, Right):
    def who(self):
        return "both+" + super().who()


b = Both("b")
print(b, b.who(), b.upper, Both.make(), Base.double(4), b(5), len(b), b[0], b + Base("c"))
print([c.__name__ for c in Both.__mro__], Base.count, isinstance(b, Right), issubclass(Both, Left))
print(sorted([Base("z"), Base("a")]), Base("x") == Base("x"), {Base("k"): 1}[Base("k")])
b.extra = 1
print(sorted(vars(b).items()), hasattr(b, "extra"), getattr(b, "nope", "default"))
del b.extra
try:
    b.extra
except AttributeError as e:
    print(e)


class Meta(type):
    def __new__(mcs, name, bases, ns, **kw):
        cls = super().__new__(mcs, name, bases, ns)
        cls.tag = kw
        return cls


class WithMeta(metaclass=Meta, flag=3):
    pass


print(WithMeta.tag, type(WithMeta).__name__)


class Manager:
    def __enter__(self):
        print("enter")
        return self

    def __exit__(self, kind, value, tb):
        print("exit", kind and kind.__name__, value)
        return kind is ValueError


with Manager() as m, Manager():
    raise ValueError("swallowed")
print("after")
