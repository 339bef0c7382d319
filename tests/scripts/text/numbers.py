print(2 ** 200, 10 ** 30 // 7, -7 // 2, -7 % 3, 7 / 2, 1e16, 1e-5, 0.1 + 0.2, float("inf"), -0.0, 1e308 * 10)
print(int("ff", 16), int(3.9), float("2.5"), bool([]), True + True, 5 // 0.3, 2 ** -1, 2 ** 0.5)
print(f"{1234567.891:,.2f} {255:#x} {5:>5}|{5:<5}|{5:^5}|{-3:+d} {0.000012:g} {1e20:g} {12:05d} {0.5:%}")
print("a,b,,c".split(","), " x ".strip(), "abc".upper(), "-".join("xyz"), "hello".replace("l", "L"), "abc".find("c"))
print("hello"[1:3], "hello"[::-1], "é€𝄞"[1], len("é€𝄞"), repr("it's\n\t\\"), "ab" * 3, "b" in "abc", "x".rjust(3, "."))
import math
print(math.factorial(20), math.gcd(12, 18), math.sqrt(2), math.pi, math.floor(-1.5), math.ceil(1.2), math.isqrt(10 ** 20))
n = 1
for i in range(1, 101):
    n *= i
print(n)
