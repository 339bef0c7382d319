# Long strings that are not ASCII: indexing, slices, finding and matches by the number of characters.
import random
import re

random.seed(5)
alphabets = ["é", "aé", "abcdefghijkl€", "a𝄞é€", "xyz" * 30 + "\u3042"]
for alphabet in alphabets:
    for n in (1, 60, 127, 128, 129, 200, 511, 1000, 3000):
        chars = [random.choice(alphabet) for _ in range(n)]
        s = "".join(chars)
        for i in [random.randrange(-n, n) for _ in range(60)] + [0, -1, n - 1, -n]:
            assert s[i] == chars[i], (n, i)
            j = random.randrange(n + 3)
            assert s[i:j] == "".join(chars[i:j])
            step = random.choice([-3, -1, 2, 5])
            assert s[i:j:step] == "".join(chars[i:j:step])
            c = random.choice(alphabet)
            start = i % n
            found = next((k for k in range(start, n) if chars[k] == c), -1)
            assert s.find(c, start) == found, (n, start, c)
            back = next((k for k in range(n - 1, start - 1, -1) if chars[k] == c), -1)
            assert s.rfind(c, start) == back
            m = re.compile(re.escape(c)).search(s, start)
            assert (m.span() if m else (-1, 0)) == (found, found + 1 if m else 0)
            assert s.startswith(c, start) == (chars[start] == c)
        grown = s
        for k in range(200):
            grown += alphabet[k % len(alphabet)]
            assert grown[n + k] == alphabet[k % len(alphabet)] and grown[k % n] == chars[k % n]
        assert [m.start() for m in re.finditer(".", s)] == list(range(n))
texts = [chr(0x3b1 + k) * 500 + str(k) for k in range(150)]
for i in range(0, 500, 7):
    assert all(t[i] == chr(0x3b1 + k) for k, t in enumerate(texts))
print("every character is where it should be")

# A walk by index takes time in proportion to the length.
long = "aé€" * 40_000
print(sum(long[i] == "€" for i in range(len(long))), sum(long[i : i + 2] == "é€" for i in range(0, len(long), 3)))
