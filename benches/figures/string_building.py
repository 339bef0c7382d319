"""Strings: f-strings, join, split, replace, append."""
from time import perf_counter


def run(rounds):
    total = 0
    for n in range(rounds):
        parts = [f"item {i}: {i * n:>6}" for i in range(50)]
        text = ", ".join(parts)
        words = text.replace("item", "thing").split(", ")
        line = ""
        for word in words:
            line += word.upper()
        total += len(line)
    return total


start = perf_counter()
assert run(800) > 0
print(perf_counter() - start)
