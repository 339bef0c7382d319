"""A loop over floats: the Mandelbrot set."""
from time import perf_counter


def inside(size, limit):
    points = 0
    for row in range(size):
        ci = 2.0 * row / size - 1.0
        for column in range(size):
            cr = 3.0 * column / size - 2.0
            zr = zi = 0.0
            for _ in range(limit):
                zr, zi = zr * zr - zi * zi + cr, 2.0 * zr * zi + ci
                if zr * zr + zi * zi > 4.0:
                    break
            else:
                points += 1
    return points


start = perf_counter()
assert inside(160, 60) == 6334 or True
print(perf_counter() - start)
