a = 1 + 2j; b = 3 - 4j
print(a, b, a + b, a - b, a * b, a / b, a ** 2, a ** -1, a ** 0.5, a ** b, -a, +a, abs(b), a == b, a == 1 + 2j, 3 + 0j == 3, hash(3 + 0j) == hash(3), bool(0j), 1j * 1j, a.real, a.imag, a.conjugate())
print(2j, -2j, 0j, -0j, complex(-0.0, 1), complex(0, -0.0), complex(1.5, -2.5), 1e20j, complex("nan"), complex("inf+1j"), 1 + 1e-7j, (1e16 + 0j), complex(float("inf"), float("nan")))
print(complex("1+2j"), complex(" (3-4.5j) "), complex("j"), complex("-j"), complex("2"), complex("1e3+1e-3j"), complex(1, 2), complex(1j, 2j), complex(), complex(imag=3), complex(real=2), complex(True))
print(1 + a, 2.5 * a, a - 1, 1 - a, 1 / a, 2 ** a, a ** 0, 0j ** 0, 5 // 2, (-8) ** (1 / 3), (-1) ** 0.5)
for f in (lambda: a < b, lambda: a // 1, lambda: a % 2, lambda: 1j / 0, lambda: complex("x"), lambda: complex([]), lambda: int(a), lambda: float(a), lambda: 0j ** -1, lambda: complex("1", 2), lambda: complex(1, "2"), lambda: a + "x", lambda: 0j ** 1j, lambda: divmod(a, 1), lambda: complex("1 + 2j")):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
print(f"{a}", f"{a:.2f}", f"{a:>10}", f"{1.5+2.25j:g}", f"{a:+.1f}", format(a, ""), "%s" % a, repr(a), f"{2j:.3f}", f"{a:*^20.1e}")
print(type(a), isinstance(a, complex), sum([1j, 2]), {1j: 2}[1j], a in [1 + 2j], complex(a), round(a.real), [1j] * 2, max([abs(1j), 2]))
class C(complex):
    def __repr__(self): return "C" + super().__repr__()
print(C(1, 2), C(1) + 1, type(C(1) * 2).__name__)
class D:
    def __complex__(self): return 3j
print(complex(D()), 3 .real, 3 .imag, (2.5).conjugate(), True.imag)
print(1J, .5j, 1_0j, 0x10 + 1j)
