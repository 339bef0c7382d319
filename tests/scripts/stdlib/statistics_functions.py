# statistics: every function for many data, and the errors.
import statistics as S
from fractions import Fraction as F
from decimal import Decimal as D
DATA = [[1, 2, 3, 4, 4], [2.5, 3.25, 5.5, 11.25, 11.75], [F(1, 6), F(1, 2), F(5, 3)], [D('0.5'), D('0.75'), D('0.625'), D('0.375')], [1], [], [1, 1, 2, 2, 3], [True, 2, 2.5], [1, F(1, 2)], [1.5, D(1)], ['a', 'b', 'a'], [1e+308, 1e+308], [float('inf'), 1], [float('nan'), 2.0], [-1, -2], [0, 1], [52, 52, 53, 54], [-2.75, -1.75, -1.25, -0.25, 0.5, 1.25, 3.5], (3, 3.5), {1, 2, 4}]
NAMES = 'mean fmean geometric_mean harmonic_mean median median_low median_high median_grouped mode multimode variance pvariance stdev pstdev quantiles'.split()


def show(text, f):
    try:
        print(text, '->', repr(f()))
    except Exception as e:
        print(text, '->', type(e).__name__, e)

for data in DATA:
    for name in NAMES:
        show(f'{name}({data})', lambda: getattr(S, name)(data))
    show('inclusive', lambda: S.quantiles(data, n=5, method='inclusive'))
    show('iterator', lambda: (S.mean(iter(data)), S.fmean(iter(data)), S.harmonic_mean(iter(data))))
    for c in (0, 2.5):
        show(f'around {c}', lambda: (S.variance(data, c), S.pvariance(data, c), S.stdev(data, c), S.pstdev(data, c)))
show('weights', lambda: (S.fmean([1, 2, 3], [3, 2, 1]), S.harmonic_mean([40, 60], weights=[5, 30]), S.harmonic_mean([40, 60], iter([5, 30]))))
for f in [
    'S.fmean([1, 2], [1])', 'S.fmean([1, 2], [0, 0])', 'S.harmonic_mean([1, 2], [1])',
    'S.harmonic_mean([1, -2])', 'S.harmonic_mean([1, 2], [-1, 2])', 'S.harmonic_mean(["a"])',
    'S.quantiles([1, 2], n=0)', 'S.quantiles([1], n=2)', 'S.quantiles([1, 2], method="x")', 'S.mean(["a"])',
    'S.mean([1, None])', 'S.median_grouped([1, "a"])', 'S.covariance([1], [1])', 'S.covariance([1, 2], [1])',
    'S.correlation([1, 1], [1, 2])', 'S.linear_regression([1, 1], [1, 2])', 'S.NormalDist(0, -1)',
    'S.NormalDist(0, 0).pdf(1)', 'S.NormalDist().inv_cdf(1)', 'S.NormalDist().overlap(5)',
    'S.NormalDist.from_samples([1])', 'S.mode([])',
]:
    show(f, lambda: eval(f))
x, y = ([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 3, 1, 2, 3.5, 1, 2, 3])
print(S.covariance(x, y), S.correlation(x, y), S.linear_regression(x, y), S.linear_regression(x, y, proportional=True), S.linear_regression(x, y).slope)
N = S.NormalDist
a, b = (N(5, 2), N(mu=7, sigma=3))
print(a, a.mean, a.median, a.mode, a.stdev, a.variance, a + b, a - b, a * 3, a / 2, a + 1, 1 - a, -a, +a, a == N(5, 2), hash(a) == hash(N(5, 2)), a == 5)
print([a.pdf(i) for i in range(4)], [a.cdf(i) for i in range(4)], [a.inv_cdf(p) for p in (1e-09, 0.01, 0.2, 0.5, 0.9, 0.999)], a.quantiles(), a.quantiles(10), a.overlap(b), a.overlap(N(6, 2)), a.zscore(9), a.samples(3, seed=7), N.from_samples([1, 2, 3.5, 7]))
print(sorted(S.__all__), S.StatisticsError.__mro__)
