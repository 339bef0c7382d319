def down(n):
    return down(n + 1)


try:
    down(0)
except RecursionError as e:
    print(type(e).__name__, str(e)[:32])


class Node:
    def __init__(self, next):
        self.next = next


node = None
for _ in range(1000000):
    node = Node(node)
node = None
x = []
for _ in range(200000):
    x = [x]
x = None
print("freed")
