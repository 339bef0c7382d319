import multiprocessing


def work(n):
    return 1 // n


if __name__ == "__main__":
    p = multiprocessing.Process(target=work, args=(0,))
    p.start()
    p.join()
    print(p.exitcode)
