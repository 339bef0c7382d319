import random
random.seed(42)
print([random.random() for _ in range(3)], random.randint(1, 100), random.randrange(0, 100, 7), random.uniform(1, 2))
print(random.choice("abcdef"), [random.gauss(0, 1) for _ in range(3)], random.normalvariate(0, 1), random.expovariate(2))
l = list(range(10)); random.shuffle(l); print(l, random.sample(range(1000), 5), random.sample([1,2,3,4], 3))
print(random.betavariate(1, 2), random.gammavariate(2, 3), random.gammavariate(0.5, 1), random.gammavariate(1, 1), random.vonmisesvariate(0, 4), random.paretovariate(3), random.weibullvariate(1, 2), random.lognormvariate(0, 1), random.triangular(0, 10, 3))
print(random.getrandbits(100), random.getrandbits(5), random.randbytes(5))
for s in (3.5, -7, 10**50, None and 0):
    random.seed(s if s is not None else 1); print(random.random(), random.randint(0, 10**20))
random.seed(1); st = random.getstate(); a = random.random(); random.setstate(st); print(a == random.random(), len(st[1]))
r = random.Random(5); print(r.random(), r.randint(1, 6))
class R(random.Random):
    def random(self): return 0.25
print(R().randrange(100), R().choice([1,2,3,4]))
for f in (lambda: random.choice([]), lambda: random.randint(5, 1), lambda: random.sample([1], 2), lambda: random.randrange(0), lambda: random.sample({1,2}, 1)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
print(len(random.SystemRandom.__mro__))
