import threading

Thread = threading.Thread


def err(f, *args, **keywords):
    try:
        print(f(*args, **keywords))
    except BaseException as e:
        print(type(e).__name__, e)


def in_thread(f):
    t = Thread(target=f)
    t.start()
    t.join()


data = threading.local()
data.x = 1


def other():
    err(lambda: data.x)
    data.x = 2
    data.y = 3
    print(data.x, sorted(data.__dict__))


in_thread(other)
print(data.x, data.__dict__, hasattr(data, "y"))
err(lambda: data.y)
err(setattr, data, "__dict__", {})
err(delattr, data, "y")
del data.x
print(data.__dict__, hasattr(data, "x"))
err(threading.local, 1)
print(type(data))


class Session(threading.local):
    limit = 5

    def __init__(self, user, *, log=None):
        self.user = user
        self.log = [] if log is None else log

    @property
    def shout(self):
        return self.user.upper()

    @shout.setter
    def shout(self, value):
        self.user = value.lower()

    def add(self, entry):
        self.log.append(entry)
        return len(self.log)


s = Session("ann", log=None)
s.add("main")


def other():
    print(s.user, s.log, s.limit, s.shout, s.add("thread"))
    s.shout = "BOB"
    s.limit = 6
    print(s.user, s.limit, s.__dict__)


in_thread(other)
print(s.user, s.log, s.limit, s.__dict__)
err(lambda: s.nothing)


class Freed:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("freed", self.name)


def other():
    data.freed = Freed("with its thread")
    print("thread ends")


in_thread(other)
data.freed = Freed("with the object")
del data
print("end")


class Fails(threading.local):
    def __init__(self):
        if threading.current_thread() is not threading.main_thread():
            raise ValueError("only here")
        self.a = 1


f = Fails()
in_thread(lambda: err(lambda: f.a))
in_thread(lambda: err(lambda: f.a))
print(f.a)
