# math and cmath: every function for many numbers, and the errors.
import math, random, cmath
random.seed(11)
inf = float('inf')
nan = float('nan')
sp = [0.0, -0.0, 1.0, -1.0, inf, -inf, nan, 0.5, 2.0, 1e-310, 1e+308, -1e+308, 1e-20, 3.7, -3.7, 170.5, 171.7, -170.5, 700.0, 710.0, -745.2, 1e+16, 22.0, 23.0, 24.0, -5.0, 5e-324]


def rnd():
    k = random.randrange(6)
    if k == 0:
        return random.choice(sp)
    if k == 1:
        return random.uniform(-1, 1)
    if k == 2:
        return random.uniform(-200, 200)
    if k == 3:
        return random.uniform(-1, 1) * 10 ** random.uniform(-300, 300)
    if k == 4:
        return random.uniform(0, 10)
    return float(random.randrange(-30, 30))

f1 = 'acos acosh asin asinh atan atanh cbrt ceil cos cosh degrees erf erfc exp exp2 expm1 fabs floor frexp gamma isfinite isinf isnan lgamma log log10 log1p log2 modf radians sin sinh sqrt tan tanh trunc ulp'.split()
f2 = 'atan2 copysign fmod hypot log nextafter pow remainder dist'.split()


def show(name, args, f):
    try:
        r = repr(f())
    except Exception as e:
        r = type(e).__name__ + ':' + str(e)
    if name in only or not only:
        print(name, args, r)

only = []
for i in range(60):
    x, y, z = (rnd(), rnd(), rnd())
    for f in f1:
        show(f, (x,), lambda: getattr(math, f)(x))
    for f in f2:
        if f == 'dist':
            show(f, (x, y), lambda: math.dist((x, y, z), (z, x, y)))
        else:
            show(f, (x, y), lambda: getattr(math, f)(x, y))
    show('hypot3', (x, y, z), lambda: math.hypot(x, y, z))
    show('fsum', (x, y, z), lambda: math.fsum([x, y, z, -x, 1e-05, y]))
    show('ldexp', (x,), lambda: math.ldexp(x, random.randrange(-1100, 1100)))
    show('isclose', (x, y), lambda: math.isclose(x, y, rel_tol=abs(z) if z == z else 1))
for i in range(40):
    n = random.choice([random.randrange(-5, 100), random.randrange(10 ** 20), random.randrange(10 ** 400), 2 ** random.randrange(2000), 3])
    k = random.choice([random.randrange(-2, 40), random.randrange(200)])
    for f in 'isqrt log log2 log10 factorial'.split():
        if f == 'factorial' and n > 2000:
            continue
        show(f, n, lambda: getattr(math, f)(n))
    for f in 'comb perm gcd lcm'.split():
        show(f, (n, k), lambda: getattr(math, f)(n, k))
    show('perm1', k, lambda: math.perm(k))
    show('gcd3', 0, lambda: math.gcd(n * k, n, k * 6))
    show('comb2', k, lambda: math.comb(k * 3, k))
for s in [
    'math.sqrt()', 'math.sqrt("a")', 'math.sqrt(1,2)', 'math.sqrt(None)', 'math.factorial(2.0)',
    'math.factorial(2.5)', 'math.factorial("a")', 'math.factorial(10**30)', 'math.factorial(-10**30)',
    'math.isqrt(2.0)', 'math.comb(2.0,1)', 'math.comb(5)', 'math.perm(2.0)', 'math.perm(5,None)', 'math.gcd()',
    'math.gcd(2.0)', 'math.gcd(5)', 'math.gcd(-5)', 'math.lcm()', 'math.lcm(0,5)', 'math.lcm(2.5)',
    'math.lcm(-4,6)', 'math.prod([1,2,3])', 'math.prod([1,2],start=5)', 'math.prod([])', 'math.prod(["a",3])',
    'math.prod(5)', 'math.prod([2.0,3])', 'math.fsum([])', 'math.fsum([inf,-inf])', 'math.fsum([1e308,1e308])',
    'math.fsum(["a"])', 'math.fsum([10**400])', 'math.dist([1,2],[3])', 'math.dist((1,2),(4,6))',
    'math.dist([1],["a"])', 'math.hypot()', 'math.hypot(3)', 'math.hypot("a")', 'math.log(0)', 'math.log(-1)',
    'math.log(8,2)', 'math.log(8,1)', 'math.log(8,0)', 'math.log("a")', 'math.log()', 'math.log(1,2,3)',
    'math.log(10**400,10)', 'math.log(10,10**400)', 'math.log2(2**1000000)', 'math.log10(10**5000)',
    'math.ldexp(1,2.0)', 'math.ldexp(1,10**10)', 'math.ldexp(1.0,5000)', 'math.frexp("a")', 'math.modf(2.5)',
    'math.trunc("a")', 'math.floor("a")', 'math.ceil(None)', 'math.floor(10**30)', 'math.floor(inf)',
    'math.floor(nan)', 'math.trunc(2.7)', 'math.isclose(1,1,1)', 'math.isclose(1,2,rel_tol=-1)',
    'math.pow(0,-1)', 'math.pow(-8,1/3)', 'math.pow(2,10000)', 'math.pow("a",1)', 'math.exp(1000)',
    'math.fmod(1,0)', 'math.fmod(inf,1)', 'math.remainder(1,0)', 'math.atan2(0,-0.0)', 'math.copysign(1,-0.0)',
    'math.nextafter(1,2)', 'math.ulp(1)', 'math.tau,math.pi,math.e', 'math.sin(10**400)', 'math.comb(10**20,3)',
    'math.comb(10**20,10**19)', 'math.perm(10**20,10**19)' if 0 else '1', 'math.cbrt(27)', 'math.exp2(10)',
    'math.sumprod', 'math.sqrt(-1)', 'math.acos(2)', 'math.gamma(-1)', 'math.gamma(0)', 'math.lgamma(0)',
    'math.lgamma(-2)', 'math.gamma(172)', 'math.log1p(-1)', 'math.atanh(1)', 'math.cosh(1000)',
    'math.radians(180)', 'math.degrees(math.pi)', 'bool(math.floor.__doc__)', 'math.__name__',
    'math.floor(True)', 'math.sqrt(True)', 'math.isnan("a")',
]:
    show(s, '', lambda: eval(s))


class X:

    def __float__(s):
        return 2.25

    def __floor__(s):
        return 'fl'

    def __ceil__(s):
        return 'ce'

    def __trunc__(s):
        return 'tr'

    def __index__(s):
        return 5

for f in 'floor ceil trunc sqrt isqrt factorial'.split():
    show(f, 'X', lambda: getattr(math, f)(X()))
cs = 'acos acosh asin asinh atan atanh cos cosh exp isfinite isinf isnan log log10 polar sin sinh sqrt tan tanh'.split()
V = [-inf, -2.0, -0.0, 0.0, 2.0, inf, nan, 0.5]
zs = [complex(a, b) for a in V for b in V] + [complex(rnd(), rnd()) for _ in range(60)]
for z in zs:
    for f in cs:
        show('c' + f, z, lambda: getattr(cmath, f)(z))
    show('crect', z, lambda: cmath.rect(z.real, z.imag))
    show('clog2', z, lambda: cmath.log(z, 2 + z))
    show('cisclose', z, lambda: cmath.isclose(z, z * 1.0000001))
for s in [
    'cmath.sqrt("a")', 'cmath.sqrt(-1)', 'cmath.log(0)', 'cmath.log(1,1)', 'cmath.log(1,0)', 'cmath.phase(5)',
    'cmath.polar(3+4j)', 'cmath.rect(1)', 'cmath.rect("a",1)', 'cmath.exp(1000)',
    'cmath.inf,cmath.nan,cmath.infj,cmath.nanj,cmath.pi,cmath.e,cmath.tau', 'cmath.isclose(1,2,rel_tol=-1)',
    'cmath.sqrt(X())', 'cmath.log(10,10)', 'cmath.exp(cmath.pi*1j)',
    'sorted(x for x in dir(cmath) if x[0]!="_")', 'cmath.polar(1e308+1e308j)', 'cmath.phase(-1-0j)',
    'cmath.sqrt(None)',
]:
    show(s, '', lambda: eval(s))
