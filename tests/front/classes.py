@decorated(1)
class Counter(Base, metaclass=Meta):
    count: int = 0

    def __init__(self, start=0):
        super().__init__()
        self.count = start

    @property
    def double(self):
        return self.count << 1 if (n := self.count) > 0 else n ** 2
