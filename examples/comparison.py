"""Times several ways of doing the same work and prints them as a table. The examples beside it use it."""
import time


def compare(title, **ways):
    """Runs each way, checks that all have the same result, and prints the times; returns the result."""
    print(title)
    print(f"{'way':<12}{'seconds':>9}{'speed-up':>10}")
    first = base = None
    for name, way in ways.items():
        start = time.perf_counter()
        result = way()
        elapsed = time.perf_counter() - start
        if base is None:
            first, base = result, elapsed
        assert result == first, f"{name} gives {result!r}, not {first!r}"
        print(f"{name:<12}{elapsed:>9.3f}{base / elapsed:>9.2f}x")
    return first
