"""pydoc: documentation as text."""
import pydoc
from collections import namedtuple
from dataclasses import dataclass


class A:
    """Doc of A.

    More."""

    x = 1

    def m(self, a, b=2, *c, d: int = 3) -> str:
        """Does m."""

    @property
    def p(self):
        """prop"""

    @p.setter
    def p(self, v): ...

    @property
    def ro(self):
        """read only"""

    @classmethod
    def c(cls):
        """cm"""

    @staticmethod
    def s(a):
        """sm"""

    def nodoc(self): ...

    alias = m


class B(A):
    __slots__ = ()

    def m(self, a): ...


class S:
    __slots__ = ("q",)


def f(a, /, b, *, c=1):
    """Summary.

        Indented.
    More.
    """


async def g(): ...


lam = lambda x, y=2: x


# A comment before.
def commented(): ...


def plain(text):
    # What built-in descriptors say of themselves is not ours.
    # Each interpreter has its own words for __dict__ and __weakref__.
    own = "instance variables", "attributes of the object", "weak reference"
    return [line for line in text.split("\n") if not any(words in line for words in own)]


for thing in (A, B, S, f, g, lam, commented, A().m, A.m, A.p, A(), B().alias):
    print(*plain(pydoc.render_doc(thing, renderer=pydoc.plaintext)), sep="\n")
    print("=====")
pydoc.help(f)
pydoc.help(A.c)
pydoc.help(A().s)
pydoc.help("no.such.thing")
print(pydoc.describe(len), pydoc.describe(A), pydoc.describe(f), pydoc.describe(A().m), pydoc.describe(3), pydoc.describe(S.q))
print(pydoc.locate("os.path.join").__name__, pydoc.locate("no.such"), pydoc.locate("len"), pydoc.plain("a\bab\bb"), pydoc.help)
print(pydoc.splitdoc("a\n\nb"), pydoc.splitdoc("a"), pydoc.splitdoc("a\nb"), repr(pydoc.getdoc(f)), pydoc.getdoc(B.m))
print(*map(bool, (pydoc.visiblename("_x"), pydoc.visiblename("__len__"), pydoc.visiblename("__doc__"), pydoc.visiblename("y", all=["x"]))))
