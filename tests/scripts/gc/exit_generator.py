# A generator that is suspended at the end is closed.
def gen():
    try:
        yield 1
    finally:
        print("generator closed")


g = gen()
next(g)

print("end")
