"""Measures how long small pieces of code take.

`timeit`, `repeat` and `Timer` take code as text or as a function without arguments; `python -m timeit` measures from
the command line.
"""
import gc
import itertools
import sys
import time

__all__ = ["Timer", "timeit", "repeat", "default_timer"]

default_number = 1000000
default_repeat = 5
default_timer = time.perf_counter

_PLAN = """
def inner(_it, _timer{parameters}):
    {setup}
    _t0 = _timer()
    for _i in _it:
        {stmt}
        pass
    _t1 = _timer()
    return _t1 - _t0
"""


def _indented(text, depth):
    return text.replace("\n", "\n" + " " * depth)


class Timer:
    """Measures one statement, after a setup that is not measured."""

    def __init__(self, stmt="pass", setup="pass", timer=default_timer, globals=None):
        self.timer = timer
        names = {}
        parameters = ""
        outer = _globals() if globals is None else globals
        if isinstance(setup, str):
            compile(setup, "<timeit-src>", "exec")
            before = setup + "\n"
            setup = _indented(setup, 4)
        elif callable(setup):
            names["_setup"] = setup
            parameters += ", _setup=_setup"
            before = ""
            setup = "_setup()"
        else:
            raise ValueError("setup is neither a string nor callable")
        if isinstance(stmt, str):
            compile(before + stmt, "<timeit-src>", "exec")
            stmt = _indented(stmt, 8)
        elif callable(stmt):
            names["_stmt"] = stmt
            parameters += ", _stmt=_stmt"
            stmt = "_stmt()"
        else:
            raise ValueError("stmt is neither a string nor callable")
        self.src = _PLAN.format(parameters=parameters, setup=setup, stmt=stmt)
        exec(compile(self.src, "<timeit-src>", "exec"), outer, names)
        self.inner = names["inner"]

    def print_exc(self, file=None):
        """Prints the traceback of what the measured code raised, with its lines."""
        import linecache
        import traceback

        linecache.cache["<timeit-src>"] = len(self.src), None, self.src.split("\n"), "<timeit-src>"
        traceback.print_exc(file=file)

    def timeit(self, number=default_number):
        """Seconds that `number` executions take; meanwhile the cycle collector does not run."""
        rounds = itertools.repeat(None, number)
        collecting = gc.isenabled()
        gc.disable()
        try:
            return self.inner(rounds, self.timer)
        finally:
            if collecting:
                gc.enable()

    def repeat(self, repeat=default_repeat, number=default_number):
        """Measures several times; the least is the one that other programs have disturbed least."""
        return [self.timeit(number) for _ in range(repeat)]

    def autorange(self, callback=None):
        """How many executions take 0.2 seconds or more, of 1, 2, 5, 10, 20, ..., and how long they took."""
        for power in itertools.count():
            for factor in 1, 2, 5:
                number = factor * 10**power
                taken = self.timeit(number)
                if callback:
                    callback(number, taken)
                if taken >= 0.2:
                    return number, taken


def _globals():
    return globals()


def timeit(stmt="pass", setup="pass", timer=default_timer, number=default_number, globals=None):
    """As `Timer(...).timeit(number)`."""
    return Timer(stmt, setup, timer, globals).timeit(number)


def repeat(
    stmt="pass", setup="pass", timer=default_timer, repeat=default_repeat, number=default_number, globals=None
):
    """As `Timer(...).repeat(repeat, number)`."""
    return Timer(stmt, setup, timer, globals).repeat(repeat, number)


_UNITS = {"nsec": 1e-9, "usec": 1e-6, "msec": 1e-3, "sec": 1.0}


def main(args=None):
    """The command line: `-n N`, `-r N`, `-s SETUP`, `-u UNIT`, `-p`, `-v`, then lines of the statement."""
    import getopt

    try:
        options, rest = getopt.getopt(
            sys.argv[1:] if args is None else args,
            "n:u:s:r:pvh",
            ["number=", "setup=", "repeat=", "process", "verbose", "unit=", "help"],
        )
    except getopt.error as e:
        print(e)
        print("use -h/--help for command line help")
        return 2
    number, repeats, setup, unit, verbose, precision, timer = 0, default_repeat, [], None, 0, 3, default_timer
    for option, value in options:
        match option:
            case "-n" | "--number":
                number = int(value)
            case "-s" | "--setup":
                setup.append(value)
            case "-u" | "--unit":
                if value not in _UNITS:
                    print("Unrecognized unit. Please select nsec, usec, msec, or sec.", file=sys.stderr)
                    return 2
                unit = value
            case "-r" | "--repeat":
                repeats = max(int(value), 1)
            case "-p" | "--process":
                timer = time.process_time
            case "-v" | "--verbose":
                precision += verbose > 0
                verbose += 1
            case _:
                print(main.__doc__)
                return 0
    sys.path.insert(0, "")
    timer = Timer("\n".join(rest) or "pass", "\n".join(setup) or "pass", timer)

    def shown(seconds):
        name = unit or next((n for n in ("sec", "msec", "usec") if seconds >= _UNITS[n]), "nsec")
        return f"{seconds / _UNITS[name]:.{precision}g} {name}"

    try:
        if not number:

            def told(count, taken):
                if verbose:
                    print(f"{count} loop{'s' * (count != 1)} -> {taken:.{precision}g} secs")

            number, _ = timer.autorange(told)
            if verbose:
                print()
        taken = timer.repeat(repeats, number)
    except Exception:
        timer.print_exc()
        return 1
    if verbose:
        print(f"raw times: {', '.join(map(shown, taken))}\n")
    each = [t / number for t in taken]
    best, worst = min(each), max(each)
    print(f"{number} loop{'s' * (number != 1)}, best of {repeats}: {shown(best)} per loop")
    if worst >= best * 4:
        import warnings

        text = (
            f"The test results are likely unreliable. The worst time ({shown(worst)}) was more than four times "
            f"slower than the best time ({shown(best)})."
        )
        warnings.warn_explicit(text, UserWarning, "", 0)
    return None


if __name__ == "__main__":
    sys.exit(main())
