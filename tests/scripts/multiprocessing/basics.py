import multiprocessing
import sys
import time

print("before")


def work(code):
    print("child", code)
    sys.exit(code)


def fail():
    raise ValueError("in a process")


def sleep():
    time.sleep(30)


if __name__ == "__main__":
    p = multiprocessing.Process(target=work, args=(3,))
    p.start()
    p.join()
    print(p.exitcode, p.is_alive(), p.name)
    q = multiprocessing.Process(target=fail)
    q.start()
    q.join()
    print(q.exitcode)
    r = multiprocessing.Process(target=sleep, daemon=True)
    r.start()
    r.join(0.05)
    print(r.is_alive())
    r.terminate()
    r.join()
    print(r.exitcode, multiprocessing.active_children(), multiprocessing.current_process().name)
