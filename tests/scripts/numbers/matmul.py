# Numbers have no `@`.
for a in (1, True, 2**70, 1.5, 1j):
    for b in (2, False, 2**70, 0.5):
        try:
            print(a @ b)
        except TypeError as e:
            print(e)
        try:
            a @= b
        except TypeError as e:
            print(e)


class Right:
    def __rmatmul__(self, other):
        return "right", other


print(1 @ Right(), 2**70 @ Right())
import operator

try:
    operator.matmul(1, 2)
except TypeError as e:
    print(e)
print(hasattr(1, "__matmul__"))
