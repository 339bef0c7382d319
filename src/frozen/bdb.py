"""What a debugger stands on: breakpoints, and stopping at the events of a trace function.

`Bdb` is the trace function. It asks itself at each event whether to stop there, and then calls one of its `user_`
methods, which subclasses replace.
"""
import fnmatch
import linecache
import os
import reprlib
import sys
from inspect import CO_ASYNC_GENERATOR, CO_COROUTINE, CO_GENERATOR

__all__ = ["BdbQuit", "Bdb", "Breakpoint"]

_SUSPENDING = CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR
GENERATOR_AND_COROUTINE_FLAGS = _SUSPENDING


def _suspends(frame):
    return frame.f_code.co_flags & _SUSPENDING


class BdbQuit(Exception):
    """The user wants the debugger to end."""


class Bdb:
    """A trace function that stops where it is told to."""

    def __init__(self, skip=None):
        self.skip = set(skip) if skip else None
        # The lines with breakpoints, by file.
        self.breaks = {}
        self.fncache = {}
        self.frame_returning = None
        self._load_breaks()

    def _load_breaks(self):
        for filename, line in Breakpoint.bplist:
            self._add_line(filename, line)

    def _add_line(self, filename, line):
        lines = self.breaks.setdefault(filename, [])
        if line not in lines:
            lines.append(line)

    def canonic(self, filename):
        """The file's absolute name, which breakpoints are kept by."""
        if filename == "<" + filename[1:-1] + ">":
            return filename
        if filename not in self.fncache:
            self.fncache[filename] = os.path.normcase(os.path.abspath(filename))
        return self.fncache[filename]

    def reset(self):
        """Forgets what files say and where to stop."""
        linecache.checkcache()
        self.botframe = None
        self._set_stopinfo(None, None)

    # The trace function.

    def trace_dispatch(self, frame, event, arg):
        """Hands an event to the method for it."""
        if self.quitting:
            return None
        if event == "line":
            return self.dispatch_line(frame)
        if event == "call":
            return self.dispatch_call(frame, arg)
        if event == "return":
            return self.dispatch_return(frame, arg)
        if event == "exception":
            return self.dispatch_exception(frame, arg)
        if event not in ("c_call", "c_exception", "c_return"):
            print("bdb.Bdb.dispatch: unknown debugging event:", repr(event))
        return self.trace_dispatch

    def _tell(self, method, *args):
        method(*args)
        if self.quitting:
            raise BdbQuit

    def dispatch_line(self, frame):
        """A line is about to run."""
        if self.stop_here(frame) or self.break_here(frame):
            self._tell(self.user_line, frame)
        return self.trace_dispatch

    def dispatch_call(self, frame, arg):
        """A function has been called."""
        if self.botframe is None:
            # The first: what stands below is the debugger's.
            self.botframe = frame.f_back
            return self.trace_dispatch
        if not (self.stop_here(frame) or self.break_anywhere(frame)):
            return None
        # A generator that goes on is no call.
        if not (self.stopframe and _suspends(frame)):
            self._tell(self.user_call, frame, arg)
        return self.trace_dispatch

    def dispatch_return(self, frame, arg):
        """A function returns."""
        if self.stop_here(frame) or frame == self.returnframe:
            if self.stopframe and _suspends(frame):
                return self.trace_dispatch
            self.frame_returning = frame
            try:
                self.user_return(frame, arg)
            finally:
                self.frame_returning = None
            if self.quitting:
                raise BdbQuit
            if self.stopframe is frame and self.stoplineno != -1:
                # `next` at the end of a function stops in its caller.
                self._set_stopinfo(None, None)
        return self.trace_dispatch

    def dispatch_exception(self, frame, arg):
        """An exception passes."""
        if self.stop_here(frame):
            ends = _suspends(frame) and arg[0] is StopIteration and arg[2] is None
            if not ends:
                self._tell(self.user_exception, frame, arg)
        elif (self.stopframe and frame is not self.stopframe and _suspends(self.stopframe)
              and arg[0] in (StopIteration, GeneratorExit)):
            self._tell(self.user_exception, frame, arg)
        return self.trace_dispatch

    # Where to stop.

    def is_skipped_module(self, module_name):
        """Whether a pattern of `skip` matches the module."""
        if module_name is None:
            return False
        return any(fnmatch.fnmatch(module_name, pattern) for pattern in self.skip)

    def stop_here(self, frame):
        """Whether stepping stops in this frame."""
        if self.skip and self.is_skipped_module(frame.f_globals.get("__name__")):
            return False
        if frame is self.stopframe:
            return self.stoplineno != -1 and frame.f_lineno >= self.stoplineno
        return not self.stopframe

    def break_here(self, frame):
        """Whether a breakpoint that is in effect stands here; one that stops once is then cleared."""
        filename = self.canonic(frame.f_code.co_filename)
        if filename not in self.breaks:
            return False
        line = frame.f_lineno
        if line not in self.breaks[filename]:
            # One for a function stands at its `def`.
            line = frame.f_code.co_firstlineno
            if line not in self.breaks[filename]:
                return False
        found, clears = effective(filename, line, frame)
        if not found:
            return False
        self.currentbp = found.number
        if clears and found.temporary:
            self.do_clear(str(found.number))
        return True

    def do_clear(self, arg):
        """Clears the breakpoint with this number."""
        raise NotImplementedError("subclass of bdb must implement do_clear()")

    def break_anywhere(self, frame):
        """Whether the frame's file has breakpoints."""
        return self.canonic(frame.f_code.co_filename) in self.breaks

    # For subclasses.

    def user_call(self, frame, argument_list):
        """Stops at a call."""

    def user_line(self, frame):
        """Stops at a line."""

    def user_return(self, frame, return_value):
        """Stops before a return."""

    def user_exception(self, frame, exc_info):
        """Stops at an exception."""

    # What the user wants next.

    def _set_stopinfo(self, stopframe, returnframe, stoplineno=0):
        self.stopframe = stopframe
        self.returnframe = returnframe
        self.quitting = False
        # -1: at no line.
        self.stoplineno = stoplineno

    def set_until(self, frame, lineno=None):
        """Stops at a later line than the frame's, or at `lineno`, or when it returns."""
        self._set_stopinfo(frame, frame, frame.f_lineno + 1 if lineno is None else lineno)

    def set_step(self):
        """Stops at the next event."""
        if self.frame_returning:
            caller = self.frame_returning.f_back
            if caller and not caller.f_trace:
                caller.f_trace = self.trace_dispatch
        self._set_stopinfo(None, None)

    def set_next(self, frame):
        """Stops at the next line of the frame, or of those that it returns to."""
        self._set_stopinfo(frame, None)

    def set_return(self, frame):
        """Stops when the frame returns."""
        if _suspends(frame):
            self._set_stopinfo(frame, None, -1)
        else:
            self._set_stopinfo(frame.f_back, frame)

    def set_trace(self, frame=None):
        """Starts in `frame`, by default the caller's."""
        if frame is None:
            frame = sys._getframe().f_back
        self.reset()
        while frame:
            frame.f_trace = self.trace_dispatch
            self.botframe = frame
            frame = frame.f_back
        self.set_step()
        sys.settrace(self.trace_dispatch)

    def set_continue(self):
        """Stops only at breakpoints; without any, traces no longer."""
        self._set_stopinfo(self.botframe, None, -1)
        if not self.breaks:
            sys.settrace(None)
            frame = sys._getframe().f_back
            while frame and frame is not self.botframe:
                del frame.f_trace
                frame = frame.f_back

    def set_quit(self):
        """Ends with BdbQuit."""
        self.stopframe = self.botframe
        self.returnframe = None
        self.quitting = True
        sys.settrace(None)

    # Breakpoints. These methods return a message if they cannot do what they should.

    def set_break(self, filename, lineno, temporary=False, cond=None, funcname=None):
        """Sets a breakpoint."""
        filename = self.canonic(filename)
        if not linecache.getline(filename, lineno):
            return "Line %s:%d does not exist" % (filename, lineno)
        self._add_line(filename, lineno)
        Breakpoint(filename, lineno, temporary, cond, funcname)
        return None

    def _prune_breaks(self, filename, lineno):
        if (filename, lineno) not in Breakpoint.bplist:
            self.breaks[filename].remove(lineno)
        if not self.breaks[filename]:
            del self.breaks[filename]

    def clear_break(self, filename, lineno):
        """Clears the breakpoints of a line."""
        filename = self.canonic(filename)
        if filename not in self.breaks:
            return "There are no breakpoints in %s" % filename
        if lineno not in self.breaks[filename]:
            return "There is no breakpoint at %s:%d" % (filename, lineno)
        for breakpoint in Breakpoint.bplist[filename, lineno][:]:
            breakpoint.deleteMe()
        self._prune_breaks(filename, lineno)
        return None

    def clear_bpbynumber(self, arg):
        """Clears the breakpoint with this number."""
        try:
            breakpoint = self.get_bpbynumber(arg)
        except ValueError as error:
            return str(error)
        breakpoint.deleteMe()
        self._prune_breaks(breakpoint.file, breakpoint.line)
        return None

    def clear_all_file_breaks(self, filename):
        """Clears the breakpoints of a file."""
        filename = self.canonic(filename)
        if filename not in self.breaks:
            return "There are no breakpoints in %s" % filename
        for line in self.breaks.pop(filename):
            for breakpoint in Breakpoint.bplist[filename, line][:]:
                breakpoint.deleteMe()
        return None

    def clear_all_breaks(self):
        """Clears all breakpoints."""
        if not self.breaks:
            return "There are no breakpoints"
        for breakpoint in filter(None, Breakpoint.bpbynumber):
            breakpoint.deleteMe()
        self.breaks = {}
        return None

    def get_bpbynumber(self, arg):
        """The breakpoint with this number; ValueError if there is none."""
        if not arg:
            raise ValueError("Breakpoint number expected")
        try:
            number = int(arg)
        except ValueError:
            raise ValueError("Non-numeric breakpoint number %s" % arg) from None
        try:
            breakpoint = Breakpoint.bpbynumber[number]
        except IndexError:
            raise ValueError("Breakpoint number %d out of range" % number) from None
        if breakpoint is None:
            raise ValueError("Breakpoint %d already deleted" % number)
        return breakpoint

    def get_break(self, filename, lineno):
        """Whether the line has a breakpoint."""
        return lineno in self.breaks.get(self.canonic(filename), ())

    def get_breaks(self, filename, lineno):
        """The breakpoints of a line."""
        if not self.get_break(filename, lineno):
            return []
        return Breakpoint.bplist.get((self.canonic(filename), lineno), [])

    def get_file_breaks(self, filename):
        """The lines of a file that have breakpoints."""
        return self.breaks.get(self.canonic(filename), [])

    def get_all_breaks(self):
        """All lines with breakpoints, by file."""
        return self.breaks

    # The stack.

    def get_stack(self, f, t):
        """The frames from the outermost on, each with its line, those of a traceback last; and the index of `f`."""
        stack = []
        if t and t.tb_frame is f:
            t = t.tb_next
        while f is not None:
            stack.insert(0, (f, f.f_lineno))
            if f is self.botframe:
                break
            f = f.f_back
        index = max(0, len(stack) - 1)
        while t is not None:
            stack.append((t.tb_frame, t.tb_lineno))
            t = t.tb_next
        if f is None:
            index = max(0, len(stack) - 1)
        return stack, index

    def format_stack_entry(self, frame_lineno, lprefix=": "):
        """A frame and its line as text: the place, the function, what it returns, and the source."""
        frame, line = frame_lineno
        filename = self.canonic(frame.f_code.co_filename)
        text = f"{filename}({line!r}){frame.f_code.co_name or '<lambda>'}()"
        if "__return__" in frame.f_locals:
            text += "->" + reprlib.repr(frame.f_locals["__return__"])
        if line is None:
            return f"{text}{lprefix}Warning: lineno is None"
        source = linecache.getline(filename, line, frame.f_globals)
        return text + lprefix + source.strip() if source else text

    # Running something under the debugger.

    def _running(self, function, *args):
        self.reset()
        sys.settrace(self.trace_dispatch)
        try:
            return function(*args)
        except BdbQuit:
            return None
        finally:
            self.quitting = True
            sys.settrace(None)

    @staticmethod
    def _namespaces(globals, locals):
        if globals is None:
            globals = sys.modules["__main__"].__dict__
        return globals, globals if locals is None else locals

    def run(self, cmd, globals=None, locals=None):
        """Runs a statement."""
        globals, locals = self._namespaces(globals, locals)
        if isinstance(cmd, str):
            cmd = compile(cmd, "<string>", "exec")
        self._running(exec, cmd, globals, locals)

    def runeval(self, expr, globals=None, locals=None):
        """Runs an expression, whose value it returns."""
        globals, locals = self._namespaces(globals, locals)
        return self._running(eval, expr, globals, locals)

    def runctx(self, cmd, globals, locals):
        """The same as `run`."""
        self.run(cmd, globals, locals)

    def runcall(self, func, /, *args, **kwds):
        """Calls a function, whose result it returns."""
        return self._running(lambda: func(*args, **kwds)) if kwds else self._running(func, *args)


def set_trace():
    """Starts a `Bdb` in the caller."""
    Bdb().set_trace(sys._getframe().f_back)


class Breakpoint:
    """A place to stop at: once if temporary, if a condition holds, not the next `ignore` times, or not while disabled."""

    # The number that the next one gets.
    next = 1
    # Lists of breakpoints by file and line, and all of them by number.
    bplist = {}
    bpbynumber = [None]

    def __init__(self, file, line, temporary=False, cond=None, funcname=None):
        self.funcname = funcname
        # The line where the function's code begins, once it has been reached.
        self.func_first_executable_line = None
        self.file = file
        self.line = line
        self.temporary = temporary
        self.cond = cond
        self.enabled = True
        self.ignore = 0
        self.hits = 0
        self.number = Breakpoint.next
        Breakpoint.next += 1
        self.bpbynumber.append(self)
        self.bplist.setdefault((file, line), []).append(self)

    @staticmethod
    def clearBreakpoints():
        """Forgets all, and numbers from 1 again."""
        Breakpoint.next = 1
        Breakpoint.bplist = {}
        Breakpoint.bpbynumber = [None]

    def deleteMe(self):
        """Takes it away."""
        place = self.file, self.line
        self.bpbynumber[self.number] = None
        self.bplist[place].remove(self)
        if not self.bplist[place]:
            del self.bplist[place]

    def enable(self):
        """Makes it stop again."""
        self.enabled = True

    def disable(self):
        """Keeps it from stopping."""
        self.enabled = False

    def bpprint(self, out=None):
        """Prints what `bpformat` says."""
        print(self.bpformat(), file=sys.stdout if out is None else out)

    def bpformat(self):
        """A row of the table of breakpoints, and what is to be said about it."""
        kind = "del  " if self.temporary else "keep "
        state = "yes  " if self.enabled else "no   "
        text = "%-4dbreakpoint   %s%s at %s:%d" % (self.number, kind, state, self.file, self.line)
        if self.cond:
            text += f"\n\tstop only if {self.cond}"
        if self.ignore:
            text += f"\n\tignore next {self.ignore} hits"
        if self.hits:
            text += f"\n\tbreakpoint already hit {self.hits} time{'s' if self.hits > 1 else ''}"
        return text

    def __str__(self):
        return f"breakpoint {self.number} at {self.file}:{self.line}"


def checkfuncname(b, frame):
    """Whether a breakpoint is to stop here: always, unless it was set by the name of a function."""
    if not b.funcname:
        # A breakpoint on a `def` stops there, not in the function.
        return b.line == frame.f_lineno
    if frame.f_code.co_name != b.funcname:
        return False
    if not b.func_first_executable_line:
        b.func_first_executable_line = frame.f_lineno
    return b.func_first_executable_line == frame.f_lineno


def effective(file, line, frame):
    """The breakpoint that stops here, and whether it may be cleared if temporary; otherwise `(None, None)`."""
    for candidate in Breakpoint.bplist[file, line]:
        if not candidate.enabled or not checkfuncname(candidate, frame):
            continue
        candidate.hits += 1
        if candidate.cond:
            try:
                holds = eval(candidate.cond, frame.f_globals, frame.f_locals)
            except Exception:
                # Stop, so that the user sees it, but do not clear.
                return candidate, False
            if not holds:
                continue
        if candidate.ignore > 0:
            candidate.ignore -= 1
            continue
        return candidate, True
    return None, None
