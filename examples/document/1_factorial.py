# CPU-bound: Calculate factorial
def factorial(n):
    return 1 if n == 0 else n * factorial(n-1)

for i in range(1, 10000):
    factorial(100)

