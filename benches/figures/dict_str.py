"""A dictionary with string keys, read and written."""
from time import perf_counter


def count(words, rounds):
    seen = {}
    for _ in range(rounds):
        for word in words:
            if word in seen:
                seen[word] = seen[word] + 1
            else:
                seen[word] = 1
    return seen


words = [f"word{i % 97}" for i in range(1000)]
start = perf_counter()
assert count(words, 700)["word0"] == 7700
print(perf_counter() - start)
