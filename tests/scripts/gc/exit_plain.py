# The names of the main program go in the order in which they were bound, what is in containers after them.
from _weakref import ref
from builtins import print as show


def make():
    class Del:
        def __init__(self, name, show=show):
            self.name, self.show = name, show

        def __del__(self):
            self.show("del", self.name)

    return Del


Del = make()
b = Del("b")
a = Del("a")
c = [Del("c0"), Del("c1")]
d = {"x": Del("d0"), "y": Del("d1")}
t = (Del("t0"), Del("t1"))
z = Del("z")
del make, Del
show("end")
