# decimal: every operation in many contexts, formats, mixing with other numbers, contexts.
from decimal import *
import random, pickle, copy
from fractions import Fraction
random.seed(4)
UNARY = 'abs exp ln log10 logb minus plus next_minus next_plus normalize sqrt to_integral_value to_integral_exact number_class to_eng_string to_sci_string copy_abs copy_negate is_normal is_subnormal'.split()
BINARY = 'add subtract multiply divide divide_int divmod remainder remainder_near compare compare_signal compare_total compare_total_mag copy_sign max max_mag min min_mag next_toward quantize rotate scaleb shift same_quantum power'.split()
ROUND = [ROUND_UP, ROUND_DOWN, ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_05UP]


def number():
    kind = random.randrange(10)
    if kind == 0:
        return random.choice(['0', '-0', '1', '-1', 'Infinity', '-Infinity', 'NaN', 'sNaN12', '-NaN5', '0E+3', '0E-20', '10', '1E+30', '9.99999'])
    digits = ''.join((random.choice('0123456789') for _ in range(random.randrange(1, 12))))
    return random.choice(['', '-']) + digits + 'E' + str(random.randrange(-12, 9))



def show(c, name, *args):
    c.clear_flags()
    try:
        result = getattr(c, name)(*args)
    except DecimalException as e:
        result = repr(e)
    print(name, *args, '->', result, [f.__name__ for f, v in c.flags.items() if v])

for i in range(25):
    c = Context(prec=random.choice([1, 3, 7, 9, 16]), rounding=random.choice(ROUND), Emin=-20, Emax=20, clamp=random.randrange(2), capitals=random.randrange(2), traps=random.choice([[], [InvalidOperation], [DivisionByZero, Overflow, Inexact]]))
    x, y, z = [ExtendedContext.create_decimal(number()) for _ in range(3)]
    print(c.prec, c.rounding, c.clamp)
    for name in UNARY:
        show(c, name, x)
    for name in BINARY:
        show(c, name, x, y)
    show(c, 'fma', x, y, z)
    show(c, 'create_decimal', number())
c = Context(prec=20)
for a, b in [('1100', '1010'), ('12', '1'), ('111', '-1'), ('1', '1E+1')]:
    for name in ('logical_and', 'logical_or', 'logical_xor'):
        show(c, name, Decimal(a), Decimal(b))
    show(c, 'logical_invert', Decimal(a))
for args in [(3, 5, 7), (-3, 5, 7), (3, -5, 7), (3, 5, 0), (0, 0, 5), ('1.5', 2, 3), (12345, 67890, 1000007)]:
    show(c, 'power', *map(Decimal, args))
for n in ['0', '1', '-1.5', '123456.789', '0.000001234', '-0', '1E+20', 'NaN', '-Infinity', '999.995', '0E+5', '0.00']:
    for spec in ['', '10', '<10', '^12', '=+12', '*>9', '010', '+', ' ', ',', ',.2f', '.3f', '.0f', 'f', 'e', '.3e', 'E', 'g', '.3g', 'G', '%', '.1%', 'z.1f', '012,.1f', '+.2e', 'n', '.10n', 'x', ',n', '5.', '<010', 'é^9']:
        try:
            print(n, repr(spec), repr(format(Decimal(n), spec)))
        except ValueError as e:
            print(n, repr(spec), e)
d = Decimal('3.14159')
print(hash(Decimal(5)) == hash(5), hash(Decimal('0.5')) == hash(0.5), hash(Decimal('1E+100')) == hash(10 ** 100), hash(Decimal('0.1')) == hash(Fraction(1, 10)), hash(Decimal('-inf')))
print(d == 3.14159, d > 3, d < Fraction(22, 7), d >= 3.0, Decimal(2) == 2 + 0j, Decimal('0.5') == Fraction(1, 2), 5 > d, max(d, 3, 4.5))
print(d + 1, 1 + d, d - 1, 1 - d, d * 2, 2 * d, d / 2, 2 / d, d // 2, 2 // d, d % 2, 2 % d, divmod(d, 2), divmod(7, d), d ** 2, 2 ** d, -d, +d, abs(-d), pow(d, 2), round(d), round(d, 2), int(d), float(d), complex(d), bool(Decimal(0)))
print(pickle.loads(pickle.dumps(d)), copy.copy(d) is d, copy.deepcopy(d) is d, d.as_tuple(), d.as_integer_ratio(), d.adjusted(), d.real, d.imag, d.conjugate(), sum([d, d]), sorted([d, Decimal(1), Decimal('-2')]))
c = Context(prec=5, traps=[Inexact], flags=[Rounded])
print(pickle.loads(pickle.dumps(c)), c.copy(), c.flags[Rounded], c.traps[Inexact], dict(c.flags) == c.flags, len(c.traps), Rounded in c.flags)
with localcontext() as ctx:
    ctx.prec = 5
    print(Decimal(1) / 3, getcontext().prec)
    with localcontext(prec=3, rounding=ROUND_UP) as inner:
        print(Decimal(1) / 3)
print(Decimal(1) / 3, getcontext().prec)


class D(Decimal):

    def __new__(cls, v, unit):
        self = super().__new__(cls, v)
        self.unit = unit
        return self

x = D('1.50', 'm')
print(x, repr(x), x.unit, x + 1, type(x + 1), type(+x), type(x.from_float(2.5)) if 0 else '', isinstance(x, Decimal))
try:
    Decimal('abc')
except InvalidOperation as e:
    print(type(e), e, e.args)
try:
    Decimal(1) / 0
except ZeroDivisionError as e:
    print(type(e), e, e.args)
getcontext().traps[FloatOperation] = True
for f in ['Decimal(1.5)', 'Decimal(1) < 1.5', 'Decimal(1) == 1.5', 'Decimal.from_float(1.5)', 'getcontext().create_decimal(1.5)']:
    try:
        print(f, eval(f))
    except FloatOperation as e:
        print(f, repr(e))
