"""Statistics of numbers: averages, spread, and relations between two inputs. Sums are exact, and rounded once."""

import math
from bisect import bisect_left, bisect_right
from collections import Counter, namedtuple
from decimal import Decimal
from fractions import Fraction
from math import erf, exp, fabs, fsum, hypot, log, sqrt, tau
import numbers
import random
import sys

__all__ = [
    'NormalDist',
    'StatisticsError',
    'correlation',
    'covariance',
    'fmean',
    'geometric_mean',
    'harmonic_mean',
    'linear_regression',
    'mean',
    'median',
    'median_grouped',
    'median_high',
    'median_low',
    'mode',
    'multimode',
    'pstdev',
    'pvariance',
    'quantiles',
    'stdev',
    'variance',
]


class StatisticsError(ValueError):
    """The data does not allow what was asked for."""


# Exact sums

def _exact_ratio(x):
    """Numerator and denominator of a number; an infinity or a NaN has no denominator."""
    try:
        return x.as_integer_ratio()
    except AttributeError:
        pass
    except (OverflowError, ValueError):
        return x, None
    try:
        return x.numerator, x.denominator
    except AttributeError:
        name = type(x).__name__
        raise TypeError(f"can't convert type '{name}' to numerator/denominator")


class _ExactSum:
    """A sum of fractions, kept apart by denominator until it is asked for."""

    def __init__(self):
        self.by_denominator = {}

    def add(self, numerator, denominator):
        sums = self.by_denominator
        sums[denominator] = sums.get(denominator, 0) + numerator

    def special(self):
        """The sum of infinities and NaNs, None if there were none."""
        return self.by_denominator.get(None)

    def total(self):
        special = self.special()
        if special is not None:
            return special
        return sum(Fraction(n, d) for d, n in self.by_denominator.items())


def _coerce(T, S):
    """The type that results of data of two types have."""
    if T is S or S is int or S is bool:
        return T
    if T is int or issubclass(S, T):
        return S
    if issubclass(T, S):
        return T
    if issubclass(T, int):
        return S
    if issubclass(S, int):
        return T
    if issubclass(T, Fraction) and issubclass(S, float):
        return S
    if issubclass(T, float) and issubclass(S, Fraction):
        return T
    raise TypeError(f"don't know how to coerce {T.__name__} and {S.__name__}")


def _common_type(types):
    T = int
    for S in types:
        T = _coerce(T, S)
    return T


def _sum(data):
    """The type for the result, the exact sum, and how many numbers there are."""
    types, total, count = {}, _ExactSum(), 0
    for x in data:
        types[type(x)] = None
        total.add(*_exact_ratio(x))
        count += 1
    result = total.total()
    return _common_type(types), result, count


def _ss(data, c=None):
    """The type for the result, the exact sum of squared deviations from the mean or from c, the mean, and how many
    numbers there are."""
    if c is not None:
        T, squares, count = _sum((d := x - c) * d for x in data)
        return T, squares, c, count
    types, total, squares, count = {}, _ExactSum(), _ExactSum(), 0
    for x in data:
        types[type(x)] = None
        n, d = _exact_ratio(x)
        total.add(n, d)
        squares.add(n * n, None if d is None else d * d)
        count += 1
    if not count:
        deviation = c = Fraction(0)
    elif total.special() is not None:
        deviation = c = total.special()
    else:
        sx = total.total()
        deviation = (count * squares.total() - sx * sx) / count
        c = sx / count
    return _common_type(types), deviation, c, count


def _convert(value, T):
    """An exact value as a number of the type T, a float instead of an int that it is not."""
    if type(value) is T:
        return value
    if issubclass(T, int) and value.denominator != 1:
        T = float
    try:
        return T(value)
    except TypeError:
        if issubclass(T, Decimal):
            return T(value.numerator) / T(value.denominator)
        raise


def _not_negative(values, message):
    for x in values:
        if x < 0:
            raise StatisticsError(message)
        yield x


# Square roots of fractions, rounded correctly

_ROOT_BITS = 2 * sys.float_info.mant_dig + 3


def _sticky_root(n, m):
    """The integer part of sqrt(n / m), its last bit set if there is more."""
    root = math.isqrt(n // m)
    return root | (root * root * m != n)


def _float_sqrt_of_frac(n, m):
    shift = (n.bit_length() - m.bit_length() - _ROOT_BITS) // 2
    if shift >= 0:
        return (_sticky_root(n, m << 2 * shift) << shift) / 1
    return _sticky_root(n << -2 * shift, m) / (1 << -shift)


def _decimal_sqrt_of_frac(n, m):
    if not n:
        return Decimal('0.0')
    if n < 0:
        n, m = -n, -m
    root = (Decimal(n) / Decimal(m)).sqrt()
    low, lower = root.as_integer_ratio()
    # The quotient was rounded before the root was: a neighbour may be nearer.
    for neighbour, sign in ((root.next_plus(), 1), (root.next_minus(), -1)):
        high, higher = neighbour.as_integer_ratio()
        middle = low * higher + high * lower
        difference = 4 * n * (lower * higher) ** 2 - m * middle ** 2
        if difference * sign > 0:
            return neighbour
    return root


def _root(variance, T):
    if issubclass(T, Decimal):
        return _decimal_sqrt_of_frac(variance.numerator, variance.denominator)
    return _float_sqrt_of_frac(variance.numerator, variance.denominator)


# Averages

def mean(data):
    """The arithmetic mean."""
    T, total, n = _sum(data)
    if n < 1:
        raise StatisticsError('mean requires at least one data point')
    return _convert(total / n, T)


class _Counted:
    """The items of an iterable; how many there were is known afterwards."""

    def __init__(self, items):
        self.items = items
        self.count = 0

    def __iter__(self):
        for x in self.items:
            self.count += 1
            yield x

    def __len__(self):
        return self.count


def fmean(data, weights=None):
    """The arithmetic mean as a float, of weighted data if there are weights."""
    try:
        len(data)
    except TypeError:
        data = _Counted(data)
    if weights is None:
        total = fsum(data)
        if not len(data):
            raise StatisticsError('fmean requires at least one data point')
        return total / len(data)
    try:
        len(weights)
    except TypeError:
        weights = list(weights)
    weighted = fsum(x * w for x, w in zip(data, weights))
    if len(data) != len(weights):
        raise StatisticsError('data and weights must be the same length')
    total = fsum(weights)
    if not total:
        raise StatisticsError('sum of weights must be non-zero')
    return weighted / total


def geometric_mean(data):
    """The n-th root of the product of n numbers."""
    try:
        return exp(fmean(map(log, data)))
    except ValueError:
        raise StatisticsError(
            'geometric mean requires a non-empty dataset containing positive numbers') from None


def harmonic_mean(data, weights=None):
    """The reciprocal of the mean of the reciprocals."""
    negative = 'harmonic mean does not support negative values'
    if iter(data) is data:
        data = list(data)
    n = len(data)
    if n < 1:
        raise StatisticsError('harmonic_mean requires at least one data point')
    if n == 1 and weights is None:
        x = data[0]
        if not isinstance(x, (numbers.Real, Decimal)):
            raise TypeError('unsupported type')
        if x < 0:
            raise StatisticsError(negative)
        return x
    if weights is None:
        weights = [1] * n
        all_weights = n
    else:
        if iter(weights) is weights:
            weights = list(weights)
        if len(weights) != n:
            raise StatisticsError('Number of weights does not match data size')
        all_weights = _sum(_not_negative(weights, negative))[1]
    try:
        T, total, _ = _sum(w / x if w else 0 for w, x in zip(weights, _not_negative(data, negative)))
    except ZeroDivisionError:
        return 0
    if total <= 0:
        raise StatisticsError('Weighted sum must be positive')
    return _convert(all_weights / total, T)


# Middles

def _in_order(data):
    data = sorted(data)
    if not data:
        raise StatisticsError('no median for empty data')
    return data


def median(data):
    """The middle value, the mean of the two middle ones if there are two."""
    data = _in_order(data)
    half, odd = divmod(len(data), 2)
    return data[half] if odd else (data[half - 1] + data[half]) / 2


def median_low(data):
    """The middle value, the lower one if there are two."""
    data = _in_order(data)
    return data[(len(data) - 1) // 2]


def median_high(data):
    """The middle value, the higher one if there are two."""
    data = _in_order(data)
    return data[len(data) // 2]


def median_grouped(data, interval=1.0):
    """The median of data that are the middles of classes as wide as interval."""
    data = _in_order(data)
    n = len(data)
    x = data[n // 2]
    below = bisect_left(data, x)
    within = bisect_right(data, x, lo=below) - below
    try:
        interval = float(interval)
        x = float(x)
    except ValueError:
        raise TypeError('Value cannot be converted to a float')
    lower_limit = x - interval / 2.0
    return lower_limit + interval * (n / 2 - below) / within


def mode(data):
    """The most common value, the first one if there are several."""
    most = Counter(iter(data)).most_common(1)
    if not most:
        raise StatisticsError('no mode for empty data') from None
    return most[0][0]


def multimode(data):
    """A list of the most common values in the order in which they came."""
    counts = Counter(iter(data))
    if not counts:
        return []
    most = max(counts.values())
    return [value for value, count in counts.items() if count == most]


def quantiles(data, *, n=4, method='exclusive'):
    """The n - 1 values that divide the data into n parts of equal probability."""
    if n < 1:
        raise StatisticsError('n must be at least 1')
    data = sorted(data)
    count = len(data)
    if count < 2:
        raise StatisticsError('must have at least two data points')
    if method == 'inclusive':
        steps = (divmod(i * (count - 1), n) for i in range(1, n))
        return [(data[j] * (n - rest) + data[j + 1] * rest) / n for j, rest in steps]
    if method == 'exclusive':
        result = []
        for i in range(1, n):
            place = i * (count + 1)
            j = min(max(place // n, 1), count - 1)
            rest = place - j * n
            result.append((data[j - 1] * (n - rest) + data[j] * rest) / n)
        return result
    raise ValueError(f'Unknown method: {method!r}')


# Spread

def variance(data, xbar=None):
    """The variance of a sample."""
    T, squares, _, n = _ss(data, xbar)
    if n < 2:
        raise StatisticsError('variance requires at least two data points')
    return _convert(squares / (n - 1), T)


def pvariance(data, mu=None):
    """The variance of a population."""
    T, squares, _, n = _ss(data, mu)
    if n < 1:
        raise StatisticsError('pvariance requires at least one data point')
    return _convert(squares / n, T)


def stdev(data, xbar=None):
    """The standard deviation of a sample."""
    T, squares, _, n = _ss(data, xbar)
    if n < 2:
        raise StatisticsError('stdev requires at least two data points')
    return _root(squares / (n - 1), T)


def pstdev(data, mu=None):
    """The standard deviation of a population."""
    T, squares, _, n = _ss(data, mu)
    if n < 1:
        raise StatisticsError('pstdev requires at least one data point')
    return _root(squares / n, T)


# Two inputs

LinearRegression = namedtuple('LinearRegression', ('slope', 'intercept'))


def _deviations(name, x, y):
    """The means of two inputs, and their deviations from them."""
    n = len(x)
    if len(y) != n:
        raise StatisticsError(f'{name} requires that both inputs have same number of data points')
    if n < 2:
        raise StatisticsError(f'{name} requires at least two data points')
    xbar = fsum(x) / n
    ybar = fsum(y) / n
    return xbar, ybar, [xi - xbar for xi in x], [yi - ybar for yi in y]


def _dot(p, q):
    return fsum(a * b for a, b in zip(p, q))


def covariance(x, y, /):
    """The covariance of the samples x and y."""
    _, _, dx, dy = _deviations('covariance', x, y)
    return _dot(dx, dy) / (len(x) - 1)


def correlation(x, y, /):
    """Pearson's correlation coefficient, between -1 and 1."""
    _, _, dx, dy = _deviations('correlation', x, y)
    try:
        return _dot(dx, dy) / sqrt(_dot(dx, dx) * _dot(dy, dy))
    except ZeroDivisionError:
        raise StatisticsError('at least one of the inputs is constant')


def linear_regression(x, y, /, *, proportional=False):
    """Slope and intercept of the line nearest to the points; through the origin if proportional is true."""
    xbar, ybar, dx, dy = _deviations('linear regression', x, y)
    if proportional:
        dx, dy = x, y
    try:
        slope = _dot(dx, dy) / _dot(dx, dx)
    except ZeroDivisionError:
        raise StatisticsError('x is constant')
    intercept = 0.0 if proportional else ybar - slope * xbar
    return LinearRegression(slope=slope, intercept=intercept)


# The normal distribution

_SQRT2 = sqrt(2.0)

# Wichura's algorithm AS 241: coefficients of numerator and denominator, highest power first.
_CENTRAL = (
    (2.50908_09287_30122_6727e+3, 3.34305_75583_58812_8105e+4, 6.72657_70927_00870_0853e+4,
     4.59219_53931_54987_1457e+4, 1.37316_93765_50946_1125e+4, 1.97159_09503_06551_4427e+3,
     1.33141_66789_17843_7745e+2, 3.38713_28727_96366_6080e+0),
    (5.22649_52788_52854_5610e+3, 2.87290_85735_72194_2674e+4, 3.93078_95800_09271_0610e+4,
     2.12137_94301_58659_5867e+4, 5.39419_60214_24751_1077e+3, 6.87187_00749_20579_0830e+2,
     4.23133_30701_60091_1252e+1, 1.0),
)
_OUTER = (
    (7.74545_01427_83414_07640e-4, 2.27238_44989_26918_45833e-2, 2.41780_72517_74506_11770e-1,
     1.27045_82524_52368_38258e+0, 3.64784_83247_63204_60504e+0, 5.76949_72214_60691_40550e+0,
     4.63033_78461_56545_29590e+0, 1.42343_71107_49683_57734e+0),
    (1.05075_00716_44416_84324e-9, 5.47593_80849_95344_94600e-4, 1.51986_66563_61645_71966e-2,
     1.48103_97642_74800_74590e-1, 6.89767_33498_51000_04550e-1, 1.67638_48301_83803_84940e+0,
     2.05319_16266_37758_82187e+0, 1.0),
)
_TAIL = (
    (2.01033_43992_92288_13265e-7, 2.71155_55687_43487_57815e-5, 1.24266_09473_88078_43860e-3,
     2.65321_89526_57612_30930e-2, 2.96560_57182_85048_91230e-1, 1.78482_65399_17291_33580e+0,
     5.46378_49111_64114_36990e+0, 6.65790_46435_01103_77720e+0),
    (2.04426_31033_89939_78564e-15, 1.42151_17583_16445_88870e-7, 1.84631_83175_10054_68180e-5,
     7.86869_13114_56132_59100e-4, 1.48753_61290_85061_48525e-2, 1.36929_88092_27358_05310e-1,
     5.99832_20655_58879_37690e-1, 1.0),
)


def _polynomial(coefficients, r):
    value = coefficients[0]
    for c in coefficients[1:]:
        value = value * r + c
    return value


def _normal_dist_inv_cdf(p, mu, sigma):
    q = p - 0.5
    if fabs(q) <= 0.425:
        r = 0.180625 - q * q
        top, bottom = _CENTRAL
        return mu + _polynomial(top, r) * q / _polynomial(bottom, r) * sigma
    r = sqrt(-log(p if q <= 0.0 else 1.0 - p))
    (top, bottom), r = (_OUTER, r - 1.6) if r <= 5.0 else (_TAIL, r - 5.0)
    x = _polynomial(top, r) / _polynomial(bottom, r)
    return mu + (-x if q < 0.0 else x) * sigma


class NormalDist:
    """A normal distribution of a random variable: its mean and its standard deviation."""

    __slots__ = {
        '_mu': 'Arithmetic mean of a normal distribution',
        '_sigma': 'Standard deviation of a normal distribution',
    }

    def __init__(self, mu=0.0, sigma=1.0):
        if sigma < 0.0:
            raise StatisticsError('sigma must be non-negative')
        self._mu = float(mu)
        self._sigma = float(sigma)

    @classmethod
    def from_samples(cls, data):
        """The distribution with the mean and the standard deviation of a sample."""
        T, squares, xbar, n = _ss(data)
        if n < 2:
            raise StatisticsError('stdev requires at least two data points')
        spread = squares / (n - 1)
        try:
            return cls(float(xbar), _float_sqrt_of_frac(spread.numerator, spread.denominator))
        except AttributeError:
            # Infinities or NaNs.
            return cls(float(xbar), float(xbar) / float(squares))

    def samples(self, n, *, seed=None):
        """A list of n random samples, always the same ones for a seed."""
        gauss = random.gauss if seed is None else random.Random(seed).gauss
        return [gauss(self._mu, self._sigma) for _ in range(n)]

    def _check_sigma(self, name):
        if not self._sigma:
            raise StatisticsError(f'{name}() not defined when sigma is zero')

    def pdf(self, x):
        """The probability density at x."""
        variance = self._sigma * self._sigma
        if not variance:
            raise StatisticsError('pdf() not defined when sigma is zero')
        difference = x - self._mu
        return exp(difference * difference / (-2.0 * variance)) / sqrt(tau * variance)

    def cdf(self, x):
        """The probability of x or less."""
        self._check_sigma('cdf')
        return 0.5 * (1.0 + erf((x - self._mu) / (self._sigma * _SQRT2)))

    def inv_cdf(self, p):
        """The value that is not exceeded with probability p."""
        if p <= 0.0 or p >= 1.0:
            raise StatisticsError('p must be in the range 0.0 < p < 1.0')
        if self._sigma <= 0.0:
            raise StatisticsError('cdf() not defined when sigma at or below zero')
        return _normal_dist_inv_cdf(p, self._mu, self._sigma)

    def quantiles(self, n=4):
        """The n - 1 values that divide the distribution into n parts of equal probability."""
        return [self.inv_cdf(i / n) for i in range(1, n)]

    def overlap(self, other):
        """How much the areas below two densities have in common, from 0 to 1."""
        if not isinstance(other, NormalDist):
            raise TypeError('Expected another NormalDist instance')
        narrow, wide = sorted((self, other), key=lambda d: (d._sigma, d._mu))
        if not narrow.variance or not wide.variance:
            raise StatisticsError('overlap() not defined when sigma is zero')
        dv = wide.variance - narrow.variance
        dm = fabs(wide._mu - narrow._mu)
        if not dv:
            return 1.0 - erf(dm / (2.0 * narrow._sigma * _SQRT2))
        # Where the densities cross.
        middle = narrow._mu * wide.variance - wide._mu * narrow.variance
        width = narrow._sigma * wide._sigma * sqrt(dm * dm + dv * log(wide.variance / narrow.variance))
        x1 = (middle + width) / dv
        x2 = (middle - width) / dv
        return 1.0 - (fabs(wide.cdf(x1) - narrow.cdf(x1)) + fabs(wide.cdf(x2) - narrow.cdf(x2)))

    def zscore(self, x):
        """How many standard deviations x is above the mean."""
        self._check_sigma('zscore')
        return (x - self._mu) / self._sigma

    @property
    def mean(self):
        """The arithmetic mean."""
        return self._mu

    @property
    def median(self):
        """The median, which is the mean."""
        return self._mu

    @property
    def mode(self):
        """The mode, which is the mean."""
        return self._mu

    @property
    def stdev(self):
        """The standard deviation."""
        return self._sigma

    @property
    def variance(self):
        """The square of the standard deviation."""
        return self._sigma * self._sigma

    def __add__(self, other):
        if isinstance(other, NormalDist):
            return NormalDist(self._mu + other._mu, hypot(self._sigma, other._sigma))
        return NormalDist(self._mu + other, self._sigma)

    def __sub__(self, other):
        if isinstance(other, NormalDist):
            return NormalDist(self._mu - other._mu, hypot(self._sigma, other._sigma))
        return NormalDist(self._mu - other, self._sigma)

    def __mul__(self, factor):
        return NormalDist(self._mu * factor, self._sigma * fabs(factor))

    def __truediv__(self, divisor):
        return NormalDist(self._mu / divisor, self._sigma / fabs(divisor))

    def __pos__(self):
        return NormalDist(self._mu, self._sigma)

    def __neg__(self):
        return NormalDist(-self._mu, self._sigma)

    __radd__ = __add__

    def __rsub__(self, other):
        return -(self - other)

    __rmul__ = __mul__

    def __eq__(self, other):
        if not isinstance(other, NormalDist):
            return NotImplemented
        return self._mu == other._mu and self._sigma == other._sigma

    def __hash__(self):
        return hash((self._mu, self._sigma))

    def __repr__(self):
        return f'{type(self).__name__}(mu={self._mu!r}, sigma={self._sigma!r})'

    def __getstate__(self):
        return self._mu, self._sigma

    def __setstate__(self, state):
        self._mu, self._sigma = state
