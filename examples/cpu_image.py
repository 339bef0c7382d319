"""CPU-bound, image processing: a picture is blurred, strip by strip, and its edges are found."""
import multiprocessing
from multiprocessing.pool import ThreadPool

from comparison import compare

WIDTH, HEIGHT, STRIPS = 480, 384, 4


def picture():
    """A disc on a gradient: one list of brightnesses, 0 to 255, for each row."""

    def pixel(x, y):
        inside = (x - WIDTH / 2) ** 2 + (y - HEIGHT / 2) ** 2 < (HEIGHT / 3) ** 2
        return 255 if inside else (x + y) * 255 // (WIDTH + HEIGHT)

    return [[pixel(x, y) for x in range(WIDTH)] for y in range(HEIGHT)]


IMAGE = picture()


def edges_of_strip(strip):
    """Blurs the rows of a strip with a 3 by 3 box, and counts where brightness then jumps."""
    rows = range(strip * HEIGHT // STRIPS, (strip + 1) * HEIGHT // STRIPS)
    edges = 0
    for y in rows:
        blurred = []
        for x in range(WIDTH):
            total = count = 0
            for near_y in range(max(y - 1, 0), min(y + 2, HEIGHT)):
                row = IMAGE[near_y]
                for near_x in range(max(x - 1, 0), min(x + 2, WIDTH)):
                    total += row[near_x]
                    count += 1
            blurred.append(total // count)
        edges += sum(abs(a - b) > 20 for a, b in zip(blurred, blurred[1:]))
    return edges


def sequential():
    return [edges_of_strip(strip) for strip in range(STRIPS)]


def threads():
    with ThreadPool(STRIPS) as pool:
        return pool.map(edges_of_strip, range(STRIPS))


def processes():
    with multiprocessing.Pool(STRIPS) as pool:
        return pool.map(edges_of_strip, range(STRIPS))


if __name__ == "__main__":
    edges = compare("Blurring a picture", sequential=sequential, threads=threads, processes=processes)
    print(f"edges in each strip: {edges}")
