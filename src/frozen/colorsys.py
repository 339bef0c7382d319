"""Conversions between colour systems; all numbers from 0 to 1, but for I and Q of YIQ, which may be negative.

The formulas are those of the NTSC signal (YIQ) and the usual ones of HLS and HSV.
"""

__all__ = ["rgb_to_yiq", "yiq_to_rgb", "rgb_to_hls", "hls_to_rgb", "rgb_to_hsv", "hsv_to_rgb"]

ONE_THIRD = 1.0 / 3.0
ONE_SIXTH = 1.0 / 6.0
TWO_THIRD = 2.0 / 3.0


def _within(x):
    return min(max(x, 0.0), 1.0)


def rgb_to_yiq(r, g, b):
    y = 0.30 * r + 0.59 * g + 0.11 * b
    return y, 0.74 * (r - y) - 0.27 * (b - y), 0.48 * (r - y) + 0.41 * (b - y)


def yiq_to_rgb(y, i, q):
    r = y + 0.9468822170900693 * i + 0.6235565819861433 * q
    g = y - 0.27478764629897834 * i - 0.6356910791873801 * q
    b = y - 1.1085450346420322 * i + 1.7090069284064666 * q
    return _within(r), _within(g), _within(b)


def _hue(r, g, b, highest, spread):
    """Where on the colour wheel, from 0 to 1, the mixture stands."""
    to_r, to_g, to_b = (highest - r) / spread, (highest - g) / spread, (highest - b) / spread
    if r == highest:
        sixths = to_b - to_g
    elif g == highest:
        sixths = 2.0 + to_r - to_b
    else:
        sixths = 4.0 + to_g - to_r
    return (sixths / 6.0) % 1.0


def rgb_to_hls(r, g, b):
    highest, lowest = max(r, g, b), min(r, g, b)
    total, spread = highest + lowest, highest - lowest
    lightness = total / 2.0
    if highest == lowest:
        return 0.0, lightness, 0.0
    saturation = spread / (total if lightness <= 0.5 else 2.0 - highest - lowest)
    return _hue(r, g, b, highest, spread), lightness, saturation


def hls_to_rgb(h, l, s):
    if s == 0.0:
        return l, l, l
    high = l * (1.0 + s) if l <= 0.5 else l + s - l * s
    low = 2.0 * l - high
    return _channel(low, high, h + ONE_THIRD), _channel(low, high, h), _channel(low, high, h - ONE_THIRD)


def _channel(low, high, hue):
    hue %= 1.0
    if hue < ONE_SIXTH:
        return low + (high - low) * hue * 6.0
    if hue < 0.5:
        return high
    if hue < TWO_THIRD:
        return low + (high - low) * (TWO_THIRD - hue) * 6.0
    return low


def rgb_to_hsv(r, g, b):
    highest, lowest = max(r, g, b), min(r, g, b)
    spread = highest - lowest
    if highest == lowest:
        return 0.0, 0.0, highest
    return _hue(r, g, b, highest, spread), spread / highest, highest


def hsv_to_rgb(h, s, v):
    if s == 0.0:
        return v, v, v
    sector = int(h * 6.0)
    rest = h * 6.0 - sector
    p, q, t = v * (1.0 - s), v * (1.0 - s * rest), v * (1.0 - s * (1.0 - rest))
    return [(v, t, p), (q, v, p), (p, v, t), (p, q, v), (t, p, v), (v, p, q)][sector % 6]
