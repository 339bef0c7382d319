"""A signal handler that keeps the streams and a frame: they go when the interpreter ends, with all that looks for them."""
import signal, sys


class Keeper:
    def __init__(self):
        self.input, self.output, self.frame = sys.stdin, sys.stdout, sys._getframe()
    def handle(self, *a): pass


keeper = Keeper()
signal.signal(signal.SIGINT, keeper.handle)
print(signal.getsignal(signal.SIGINT) == keeper.handle)
