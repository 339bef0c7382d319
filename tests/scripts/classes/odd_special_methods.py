# What special methods that return something odd, or are missing, are told.
def told(act):
    try:
        print(act())
    except Exception as e:
        print(type(e).__name__ + ":", e)


class Sub(str):
    pass


class Own(str):
    def __bytes__(self):
        return b"own"


told(lambda: bytes(Sub("a")))
told(lambda: bytearray(Sub("a")))
told(lambda: bytes(Own("a")))
told(lambda: bytearray(Own("a")))


class Long:
    def __len__(self):
        return 2**70


told(lambda: len(Long()))
told(lambda: bool(Long()))


class Items:
    def __getitem__(self, i):
        if i > 2:
            raise IndexError(i)
        return i


told(lambda: list(reversed(Items())))
told(lambda: reversed({1, 2}))
told(lambda: reversed(3))


class Named:
    def __repr__(self):
        return 3


told(lambda: str(Named()))
told(lambda: repr(Named()))
told(lambda: f"{Named()}")
told(lambda: f"{Named()!r}")


class BadIter:
    def __iter__(self):
        return [1]


class NoIter:
    __iter__ = None


class RaisesIter:
    def __iter__(self):
        raise ValueError("mine")


for o in BadIter(), NoIter(), RaisesIter():
    told(lambda: 1 in o)
    told(lambda: list(o))

part, rest = ExceptionGroup("g", [KeyError(1), ValueError(2)]).split(KeyError)
print(part.__suppress_context__, rest.__suppress_context__, ExceptionGroup("g", [KeyError(1)]).__suppress_context__)
