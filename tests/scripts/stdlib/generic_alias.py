# What classes with arguments and unions do when made by hand.
from _collections_abc import Callable, Iterable, Mapping, Sequence
A = Mapping[str, int]
print(A, A.__origin__, A.__args__, A.__parameters__, A == Mapping[str, int], A == Mapping[int, int], hash(A) == hash(Mapping[str, int]))
print(type(A))
C = Iterable[bool]
print(Callable[[int, str], None].__args__, Callable[..., int].__args__)
class B(Sequence[int]):
    def __len__(self): return 1
    def __getitem__(self, i): return "x"[i]
print(B.__mro__[1:3], B.__orig_bases__, list(B()))
U = A | C
print(U, U.__args__, type(U), U == (C | A), hash(U) == hash(C | A))
print(A | None, None | A, A | A)
print((A | C) | None)
print(Iterable[Iterable[int]], Iterable[()], Iterable[None], Iterable[...], Iterable["x"])
print(A.__name__, A.__qualname__, A.__module__, A.keys is Mapping.keys)
print([Iterable[int], *Iterable[int]][1:], A.__reduce__()[1] == (Mapping, (str, int)))
for check in (isinstance, issubclass):
    try:
        check(int, Iterable[int])
    except TypeError as e:
        print(e)
try:
    A[int]
except TypeError as e:
    print(e)
C = Callable[[int, str], None]
print(C, type(C), C == Callable[[int, str], None], hash(C) == hash(Callable[[int, str], None]), A | C, (A | C).__args__, Callable[..., int], Callable[[], None])
print(Iterable[[int, 3]], C | None, isinstance(C, type(A)), C.__reduce__()[1] == (Callable, ([int, str], None)))
for bad in (int, (int, str), (int, str, int)):
    try:
        print(Callable[bad])
    except TypeError as e:
        print(e)
