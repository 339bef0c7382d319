# When iterables are asked for their length or for the length of their iterator.
import collections

log = []


class Sized:
    def __iter__(self):
        log.append("iter")
        return iter([1, 2, 3])

    def __len__(self):
        log.append("len")
        return 3


class Indexed:
    def __getitem__(self, i):
        log.append(str(i))
        return [1, 2, 3][i]

    def __len__(self):
        log.append("len")
        return 3


class Hinted:
    def __iter__(self):
        log.append("iter")
        return HintedIterator()

    def __length_hint__(self):
        log.append("hint")
        return 3


class HintedIterator:
    n = 0

    def __iter__(self):
        log.append("again")
        return self

    def __next__(self):
        log.append("next")
        self.n += 1
        if self.n > 3:
            raise StopIteration
        return self.n

    def __length_hint__(self):
        log.append("own hint")
        return 3


STATEMENTS = """\
[*a] = X()
a, *b = X()
a, b, *c = X()
*a, b = X()
x[:] = X()
x[::1] = X()
x += X()
x = [*X()]
list(X())
list(iter(X()))
tuple(iter(X()))
list(reversed([*X()]))
','.join(map(str, X()))
b','.join(X())
bytes(X())
bytearray(X())
bytearray().extend(X())
int.from_bytes(X(), 'big')
{1}.intersection(X())
{1, 2}.intersection(X())
{1, 2, 3}.issubset(X())
{7}.intersection(X())
collections.deque(X())
"""

for X in Sized, Indexed, Hinted:
    for statement in STATEMENTS.splitlines():
        x = [1, 2]
        log.clear()
        try:
            exec(statement)
        except Exception as e:
            log.append(repr(e))
        print(X.__name__, statement, log)

log.clear()
print(list(reversed(Indexed())), log)

try:
    a, b, *c = iter([1])
except ValueError as e:
    print(e)
try:
    a, *b, c, d = iter([1, 2])
except ValueError as e:
    print(e)

match Indexed(), collections.UserList("abc"):
    case (_, [first, *rest]):
        print(first, rest)
