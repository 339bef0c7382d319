def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__, e)
print(abs(-3), abs(-2.5), all([]), all([1, 0]), any([0, 2]), any([]), ascii('é\n'), bin(10), bin(-5), oct(8), hex(255), hex(-10**20), chr(97), ord('a'), chr(0x1F600))
print(divmod(7, 3), divmod(-7, 3), divmod(7, -3), divmod(7.5, 2), pow(2, 10), pow(2, -1), pow(3, 4, 5), pow(3, -1, 7), pow(2, 3, -5))
print(round(2.5), round(3.5), round(2.675, 2), round(1234, -2), round(1.0), round(True))
print(list(enumerate('ab')), list(enumerate('ab', 5)), list(enumerate('a', start=10**20)), list(zip([1, 2], 'ab', (3, 4, 5))), list(zip()), list(map(str, [1, 2])), list(map(lambda a, b: a + b, [1, 2], [3, 4, 5])), list(filter(None, [0, 1, '', 'a'])), list(filter(lambda x: x > 1, [1, 2, 3])))
print(max(1, 3, 2), min([4, 2]), max('abc', key=ord), min([], default='d'), max([1, 2, 3], key=lambda x: -x), max([1, True]), min(1, 1.0), max('a', 'b'))
print(sum([1, 2, 3]), sum([1.5, 2]), sum([[1], [2]], []), sum([], 5), sum([1, 2], start=10), sum([0.1] * 10), sum([10**20, 1]), sum([True, True]), sum(i for i in range(5)), sum([2**62, 2**62, 2**62]))
print(sorted([3, 1]), list(reversed('abc')), next(iter([1])), next(iter([]), 'x'), len('abc'), repr('a'), hash(1), hash(-1), callable(len), callable(3), isinstance(1, int), isinstance(True, (str, int)), issubclass(bool, int), isinstance([], (tuple, (list,))))
c = [0]
def tick():
    c[0] += 1
    return c[0]
print(list(iter(tick, 4)), format(3.14159, '.2f'), format('x', '>5'), format(5), type(iter(tick, 1)).__name__)
class A:
    x = 1
    def __init__(self): self.y = 2
    def __len__(self): return 3
    def __getitem__(self, i): return i * 10
a = A()
print(getattr(a, 'x'), getattr(a, 'z', 'def'), hasattr(a, 'y'), hasattr(a, 'q'), vars(a), list(reversed(a)), [n for n in dir(a) if not n.startswith('__')])
setattr(a, 'w', 5); print(a.w); delattr(a, 'w'); print(hasattr(a, 'w'))
class Prop:
    @property
    def p(self): raise AttributeError('no')
print(hasattr(Prop(), 'p'), getattr(Prop(), 'p', 'dflt'))
class Seq:
    def __getitem__(self, i):
        if i > 2: raise IndexError
        return i
print(list(Seq()), 2 in Seq(), type(iter(Seq())).__name__)
class V:
    def __iter__(self): return iter([1])
    def __contains__(self, x): return x == 'yes'
    def __reversed__(self): return 'rev'
    def __divmod__(self, o): return 'dm'
    def __rdivmod__(self, o): return 'rdm'
    def __round__(self, n=None): return ('r', n)
    def __format__(self, s): return f'<{s}>'
    def __bool__(self): return False
    def __index__(self): return 11
print('yes' in V(), reversed(V()), divmod(V(), 1), divmod(1, V()), round(V()), round(V(), 2), format(V(), 'sp'), bool(V()), bin(V()), [*V()], list(range(20))[V()], 'ab' * V())
class W:
    def write(self, s): c.append(s)
c.clear(); print('a', 1, file=W(), end='!'); print(c)
print(1, 2, sep='-', end='\n\n'); print(); print('x', sep=None, end=None); print(*range(3), sep=', ')
for f in (lambda: max(), lambda: max([]), lambda: min(()), lambda: max(1, 2, default=3), lambda: max(1, 'a'), lambda: sum(['a'], ''), lambda: sum([1, 'a']), lambda: sum(5),
          lambda: zip(1), lambda: list(zip([1], [1, 2], strict=True)), lambda: list(zip([1, 2], [1], strict=True)), lambda: list(zip([1], [1], [], strict=True)), lambda: zip([1], foo=1),
          lambda: map(1), lambda: map(str, 5), lambda: filter(None), lambda: enumerate(), lambda: enumerate(5), lambda: enumerate([], 'a'), lambda: next([]), lambda: next(iter([])), lambda: iter(5), lambda: iter(5, 6),
          lambda: len(5), lambda: len(), lambda: abs('a'), lambda: chr(-1), lambda: chr(0x110000), lambda: chr('a'), lambda: ord('ab'), lambda: ord(5), lambda: ord(''), lambda: hash([]), lambda: bin(1.5), lambda: divmod(1, 0), lambda: divmod('a', 1), lambda: pow(2, 3, 0), lambda: pow(2.0, 3, 4), lambda: pow('a', 2), lambda: pow('a', 2, 3), lambda: pow(2, -1, 4), lambda: round('a'), lambda: round(1.5, 'a'),
          lambda: reversed(5), lambda: reversed({1}), lambda: sorted(5), lambda: isinstance(1, 5), lambda: issubclass(1, int), lambda: issubclass(int, 5), lambda: getattr(1, 2), lambda: getattr(1, 'zz'), lambda: setattr(1, 'a', 1), lambda: print(1, sep=5), lambda: print(1, foo=5), lambda: vars(5), lambda: int(), lambda: all(5), lambda: format(1, 5), lambda: list(map(lambda a: a, [1], [2])), lambda: callable()):
    attempt(f)
