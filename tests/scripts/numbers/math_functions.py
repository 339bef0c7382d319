import math
print(math.comb(5, 2), math.perm(5, 2), math.perm(4), math.isqrt(17), math.lcm(4, 6), math.prod([1, 2, 3]), math.dist((0, 0), (3, 4)), math.fsum([.1] * 10), math.tau)
print(math.fsum([1e100, 1, -1e100]), math.fsum([]), math.fsum([1e16, 1, 1e-16]), math.isclose(1, 1 + 1e-10), math.isclose(1, 1.1, rel_tol=0.2), math.isclose(0, 1e-10, abs_tol=1e-9))
print(math.frexp(8.0), math.frexp(0.1), math.ldexp(0.5, 4), math.modf(3.25), math.modf(-2.5), math.remainder(7, 4), math.remainder(-7, 3), math.ulp(1.0), math.nextafter(1, 2), math.gamma(5), math.lgamma(1))
print(round(math.erf(0.5), 12), round(math.erfc(0.5), 12), round(math.expm1(1e-5), 15), round(math.log1p(1e-5), 15), round(math.acosh(2), 12), round(math.asinh(1), 12), round(math.atanh(0.5), 12), math.cbrt(8), math.exp2(3), round(math.gamma(0.5), 12))
for f in (lambda: math.perm(-1), lambda: math.perm(2, -1), lambda: math.atanh(1), lambda: math.acosh(0), lambda: math.log1p(-1), lambda: math.gamma(0), lambda: math.gamma(200), lambda: math.lgamma(-1), lambda: math.dist([1], [1, 2]), lambda: math.remainder(1, 0), lambda: math.ldexp(1.0, 5000), lambda: math.isclose(1, 2, rel_tol=-1), lambda: math.fsum([math.inf, -math.inf]), lambda: math.expm1(1000)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
