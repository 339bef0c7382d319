"""The results of the profilers: reads them, adds them up, sorts them and prints them as tables."""
import enum
import marshal
import os
import re
import sys
import time
from dataclasses import dataclass
from functools import cmp_to_key
from typing import Dict

__all__ = ["Stats", "SortKey", "FunctionProfile", "StatsProfile"]


class SortKey(enum.StrEnum):
    """What a table may be sorted by; some keys have two names."""

    CALLS = "calls", "ncalls"
    CUMULATIVE = "cumulative", "cumtime"
    FILENAME = "filename", "module"
    LINE = "line"
    NAME = "name"
    NFL = "nfl"
    PCALLS = "pcalls"
    STDNAME = "stdname"
    TIME = "time", "tottime"

    def __new__(cls, *values):
        self = str.__new__(cls, values[0])
        self._value_ = values[0]
        for other in values[1:]:
            cls._value2member_map_[other] = self
        self._all_values = values
        return self


@dataclass(unsafe_hash=True)
class FunctionProfile:
    """A row of a table."""

    ncalls: str
    tottime: float
    percall_tottime: float
    cumtime: float
    percall_cumtime: float
    file_name: str
    line_number: int


@dataclass(unsafe_hash=True)
class StatsProfile:
    """A whole table."""

    total_tt: float
    func_profiles: Dict[str, FunctionProfile]


# The columns of what is sorted.
_PRIMITIVE, _CALLS, _OWN, _TOTAL, _FILE, _LINE, _NAME, _STANDARD = range(8)


class Stats:
    """Results of one or more profiles: `Stats(*sources, stream=None)`, each a profile or the name of a file."""

    sort_arg_dict_default = {
        "calls": (((_CALLS, -1),), "call count"),
        "ncalls": (((_CALLS, -1),), "call count"),
        "cumtime": (((_TOTAL, -1),), "cumulative time"),
        "cumulative": (((_TOTAL, -1),), "cumulative time"),
        "filename": (((_FILE, 1),), "file name"),
        "line": (((_LINE, 1),), "line number"),
        "module": (((_FILE, 1),), "file name"),
        "name": (((_NAME, 1),), "function name"),
        "nfl": (((_NAME, 1), (_FILE, 1), (_LINE, 1)), "name/file/line"),
        "pcalls": (((_PRIMITIVE, -1),), "primitive call count"),
        "stdname": (((_STANDARD, 1),), "standard name"),
        "time": (((_OWN, -1),), "internal time"),
        "tottime": (((_OWN, -1),), "internal time"),
    }

    def __init__(self, *args, stream=None):
        self.stream = stream or sys.stdout
        self.init(args[0] if args else None)
        self.add(*args[1:])

    def init(self, arg):
        """Takes the results of one source."""
        self.all_callees = None
        self.files = []
        self.fcn_list = None
        self.total_tt = 0
        self.total_calls = 0
        self.prim_calls = 0
        self.max_name_len = 0
        self.top_level = set()
        self.stats = {}
        self.sort_arg_dict = {}
        self.sort_type = ""
        self.load_stats(arg)
        self.get_top_level_stats()

    def load_stats(self, arg):
        """Reads a file, or takes what a profile has."""
        if arg is None:
            return
        if isinstance(arg, str):
            with open(arg, "rb") as file:
                self.stats = marshal.load(file)
            try:
                arg = time.ctime(os.stat(arg).st_mtime) + "    " + arg
            except OSError:
                pass
            self.files = [arg]
        elif hasattr(arg, "create_stats"):
            arg.create_stats()
            self.stats = arg.stats
            arg.stats = {}
        if not self.stats:
            raise TypeError("Cannot create or construct a %r object from %r" % (self.__class__, arg))

    def get_top_level_stats(self):
        """Adds up what the functions have."""
        for func, (primitive, calls, own, _, callers) in self.stats.items():
            self.total_calls += calls
            self.prim_calls += primitive
            self.total_tt += own
            if ("jprofile", 0, "profiler") in callers:
                self.top_level.add(func)
            self.max_name_len = max(self.max_name_len, len(func_std_string(func)))

    def add(self, *arg_list):
        """Adds the results of other sources."""
        for item in reversed(arg_list):
            other = item if type(item) is type(self) else Stats(item)
            self.files += other.files
            self.total_calls += other.total_calls
            self.prim_calls += other.prim_calls
            self.total_tt += other.total_tt
            self.top_level |= other.top_level
            self.max_name_len = max(self.max_name_len, other.max_name_len)
            self.fcn_list = None
            for func, stat in other.stats.items():
                mine = self.stats.get(func, (0, 0, 0, 0, {}))
                self.stats[func] = add_func_stats(mine, stat)
        return self

    def dump_stats(self, filename):
        """Writes the results to a file."""
        with open(filename, "wb") as file:
            marshal.dump(self.stats, file)

    # Order.

    def get_sort_arg_defs(self):
        """What can be sorted by, also by the beginnings of names that mean one thing only."""
        if not self.sort_arg_dict:
            ambiguous = set()
            found = {}
            for word, meaning in self.sort_arg_dict_default.items():
                for end in range(1, len(word) + 1):
                    start = word[:end]
                    if start in found and found[start] is not meaning and start != word:
                        ambiguous.add(start)
                    found[start] = meaning
            self.sort_arg_dict = {word: meaning for word, meaning in found.items() if word not in ambiguous}
            self.sort_arg_dict.update(self.sort_arg_dict_default)
        return self.sort_arg_dict

    def sort_stats(self, *field):
        """Sorts by the given keys."""
        if not field:
            self.fcn_list = 0
            return self
        if len(field) == 1 and isinstance(field[0], int):
            field = [{-1: "stdname", 0: "calls", 1: "time", 2: "cumulative"}[field[0]]]
        elif len(field) >= 2:
            for arg in field[1:]:
                if type(arg) != type(field[0]):
                    raise TypeError("Can't have mixed argument type")
        meanings = self.get_sort_arg_defs()
        columns, names = [], []
        for word in field:
            if isinstance(word, SortKey):
                word = word.value
            columns.extend(meanings[word][0])
            names.append(meanings[word][1])
        self.sort_type = ", ".join(names)
        rows = [
            (*stat[:4], *func, func_std_string(func), func) for func, stat in self.stats.items()
        ]
        rows.sort(key=cmp_to_key(TupleComp(columns).compare))
        self.fcn_list = [row[-1] for row in rows]
        return self

    def reverse_order(self):
        """Turns the order round."""
        if self.fcn_list:
            self.fcn_list.reverse()
        return self

    def strip_dirs(self):
        """Leaves away the folders of files; functions that then look the same are one."""
        merged = {}
        self.max_name_len = 0
        for func, (primitive, calls, own, total, callers) in self.stats.items():
            short = func_strip_path(func)
            self.max_name_len = max(self.max_name_len, len(func_std_string(short)))
            short_callers = {}
            for above, counts in callers.items():
                key = func_strip_path(above)
                before = short_callers.get(key)
                short_callers[key] = counts if before is None else _add_counts(before, counts)
            stat = primitive, calls, own, total, short_callers
            merged[short] = add_func_stats(merged[short], stat) if short in merged else stat
        self.top_level = {func_strip_path(func) for func in self.top_level}
        self.stats = merged
        self.fcn_list = None
        self.all_callees = None
        return self

    def calc_callees(self):
        """Turns the callers of functions into what functions call."""
        if self.all_callees:
            return
        self.all_callees = callees = {}
        for func, stat in self.stats.items():
            callees.setdefault(func, {})
            for above, counts in stat[4].items():
                callees.setdefault(above, {})[func] = counts

    # Printing.

    def eval_print_amount(self, sel, list, msg):
        """The functions that a restriction leaves, and the message with a word about it."""
        kept = list
        if isinstance(sel, str):
            try:
                pattern = re.compile(sel)
            except re.error:
                return list, msg + "   <Invalid regular expression %r>\n" % sel
            kept = [func for func in list if pattern.search(func_std_string(func))]
        elif isinstance(sel, float) and 0.0 <= sel < 1.0:
            kept = list[: int(len(list) * sel + 0.5)]
        elif isinstance(sel, int) and 0 <= sel < len(list):
            kept = list[:sel]
        if len(kept) != len(list):
            msg += "   List reduced from %r to %r due to restriction <%r>\n" % (len(list), len(kept), sel)
        return kept, msg

    def get_stats_profile(self):
        """The table as an object."""
        functions = {}
        order = self.fcn_list[:] if self.fcn_list else list(self.stats)
        profile = StatsProfile(float(f8(self.total_tt)), functions)
        for func in order:
            primitive, calls, own, total, _ = self.stats[func]
            file, line, name = func
            functions[name] = FunctionProfile(
                str(calls) if primitive == calls else f"{calls}/{primitive}",
                float(f8(own)),
                float(f8(own / calls)) if calls else 0,
                float(f8(total)),
                float(f8(total / primitive)) if primitive else 0,
                file,
                line,
            )
        return profile

    def get_print_list(self, sel_list):
        """The width of the names and the functions that are to be printed."""
        width = self.max_name_len
        if self.fcn_list:
            chosen = self.fcn_list[:]
            msg = "   Ordered by: " + self.sort_type + "\n"
        else:
            chosen = list(self.stats)
            msg = "   Random listing order was used\n"
        for selection in sel_list:
            chosen, msg = self.eval_print_amount(selection, chosen, msg)
        if not chosen:
            return 0, chosen
        self._print(msg)
        if len(chosen) < len(self.stats):
            width = max(len(func_std_string(func)) for func in chosen)
        return width + 2, chosen

    def _print(self, *values, end="\n"):
        print(*values, end=end, file=self.stream)

    def print_stats(self, *amount):
        """Prints the table."""
        for filename in self.files:
            self._print(filename)
        if self.files:
            self._print()
        indent = " " * 8
        for func in self.top_level:
            self._print(indent, func_get_function_name(func))
        self._print(indent, self.total_calls, "function calls", end=" ")
        if self.total_calls != self.prim_calls:
            self._print("(%d primitive calls)" % self.prim_calls, end=" ")
        self._print("in %.3f seconds" % self.total_tt)
        self._print()
        _, chosen = self.get_print_list(amount)
        if chosen:
            self.print_title()
            for func in chosen:
                self.print_line(func)
            self._print("\n")
        return self

    def print_title(self):
        """Prints the heads of the columns."""
        self._print("   ncalls  tottime  percall  cumtime  percall filename:lineno(function)")

    def print_line(self, func):
        """Prints the row of a function."""
        primitive, calls, own, total, _ = self.stats[func]
        count = str(calls) if calls == primitive else f"{calls}/{primitive}"
        own_each = f8(own / calls) if calls else " " * 8
        total_each = f8(total / primitive) if primitive else " " * 8
        self._print(count.rjust(9), f8(own), own_each, f8(total), total_each, func_std_string(func))

    def print_callees(self, *amount):
        """Prints which functions call which."""
        width, chosen = self.get_print_list(amount)
        if chosen:
            self.calc_callees()
            self.print_call_heading(width, "called...")
            for func in chosen:
                self.print_call_line(width, func, self.all_callees.get(func, {}))
            self._print("\n")
        return self

    def print_callers(self, *amount):
        """Prints which functions are called by which."""
        width, chosen = self.get_print_list(amount)
        if chosen:
            self.print_call_heading(width, "was called by...")
            for func in chosen:
                self.print_call_line(width, func, self.stats[func][4], "<-")
            self._print("\n")
        return self

    def print_call_heading(self, name_size, column_title):
        """Prints the heads of the columns of the last two."""
        self._print("Function ".ljust(name_size) + column_title)
        first = next((stat[4] for stat in self.stats.values() if stat[4]), None)
        if first and isinstance(next(iter(first.values())), tuple):
            self._print(" " * name_size + "    ncalls  tottime  cumtime")

    def print_call_line(self, name_size, source, call_dict, arrow="->"):
        """Prints the rows of one function."""
        self._print(func_std_string(source).ljust(name_size) + arrow, end=" ")
        if not call_dict:
            self._print()
            return
        indent = ""
        for func in sorted(call_dict):
            name, value = func_std_string(func), call_dict[func]
            if isinstance(value, tuple):
                calls, primitive, own, total = value
                count = f"{calls}/{primitive}" if calls != primitive else str(calls)
                text = f"{count.rjust(7 + 2 * len(indent))} {f8(own)} {f8(total)}  {name}"
                left = name_size + 1
            else:
                text = f"{name}({value!r}) {f8(self.stats[func][3])}"
                left = name_size + 3
            self._print(indent * left + text)
            indent = " "


class TupleComp:
    """Compares rows by some of their columns, each up or down."""

    def __init__(self, comp_select_list):
        self.comp_select_list = comp_select_list

    def compare(self, left, right):
        """Negative, zero or positive."""
        for index, direction in self.comp_select_list:
            if left[index] < right[index]:
                return -direction
            if left[index] > right[index]:
                return direction
        return 0


def func_strip_path(func_name):
    """The key of a function without the folders."""
    filename, line, name = func_name
    return os.path.basename(filename), line, name


def func_get_function_name(func):
    """The name in a key."""
    return func[2]


def func_std_string(func_name):
    """A key as it is printed."""
    if func_name[:2] == ("~", 0):
        name = func_name[2]
        return "{%s}" % name[1:-1] if name.startswith("<") and name.endswith(">") else name
    return "%s:%d(%s)" % func_name


def _add_counts(mine, other):
    if isinstance(mine, tuple):
        return tuple(map(sum, zip(mine, other)))
    return mine + other


def add_func_stats(target, source):
    """The sum of what two profiles say of a function."""
    return (*map(sum, zip(target[:4], source[:4])), add_callers(target[4], source[4]))


def add_callers(target, source):
    """The sum of what they say of its callers."""
    result = dict(target)
    for func, counts in source.items():
        result[func] = _add_counts(result[func], counts) if func in result else counts
    return result


def count_calls(callers):
    """How many calls there are."""
    return sum(callers.values())


def f8(x):
    """A time as it is printed."""
    return "%8.3f" % x
