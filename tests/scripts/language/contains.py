class D:
    def __init__(self): self.s = "abc"
    def __contains__(self, x): return x == "b"
    def __del__(self): print("del")


def f(x):
    if x in D():
        print("in")
    else:
        print("not in")
    print("end")


f("a")
f("b")
print([c for c in ["hook", "x"] if "h" in c])
