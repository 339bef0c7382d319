"""The commands of the debugger that show something or set breakpoints. `pdb.Pdb` has those that go on."""
import code
import inspect
import linecache
import pprint
import re
import sys
import traceback

__all__ = ["Commands"]

_LIMIT_MESSAGES = "Oldest frame", "Newest frame"


class Commands:
    """The part of `Pdb` that looks around."""

    # Telling the user.

    def message(self, msg):
        """Prints a line."""
        print(msg, file=self.stdout)

    def error(self, msg):
        """Prints what went wrong."""
        print("***", msg, file=self.stdout)

    def _error_exc(self):
        kind, value = sys.exc_info()[:2]
        self.error(traceback.format_exception_only(kind, value)[-1].strip())

    # Expressions.

    def _getval(self, arg):
        try:
            return eval(arg, self.curframe.f_globals, self.curframe_locals)
        except:
            self._error_exc()
            raise

    def _getval_except(self, arg, frame=None):
        try:
            if frame is None:
                return eval(arg, self.curframe.f_globals, self.curframe_locals)
            return eval(arg, frame.f_globals, frame.f_locals)
        except BaseException as error:
            text = traceback.format_exception_only(error)[-1].strip()
            return _Undefined("** raised %s **" % text)

    def do_p(self, arg):
        """p expression
        Print the value of the expression.
        """
        try:
            self.message(repr(self._getval(arg)))
        except Exception:
            pass

    def do_pp(self, arg):
        """pp expression
        Print the value of the expression, laid out by pprint.
        """
        try:
            self.message(pprint.pformat(self._getval(arg)))
        except Exception:
            pass

    def do_whatis(self, arg):
        """whatis arg
        Print what kind of thing the argument is.
        """
        try:
            value = self._getval(arg)
        except Exception:
            return
        function = getattr(value, "__func__", None)
        if hasattr(function, "__code__"):
            self.message("Method %s" % function.__code__.co_name)
        elif hasattr(value, "__code__"):
            self.message("Function %s" % value.__code__.co_name)
        elif value.__class__ is type:
            self.message("Class %s.%s" % (value.__module__, value.__qualname__))
        else:
            self.message(type(value))

    def do_display(self, arg):
        """display [expression]
        Show the value of the expression whenever it has changed when the program stops in this frame; without an
        argument list what is shown.
        """
        shown = self.displaying.setdefault(self.curframe, {})
        if not arg:
            self.message("Currently displaying:")
            for item in self.displaying.get(self.curframe, {}).items():
                self.message("%s: %r" % item)
            return
        value = self._getval_except(arg)
        shown[arg] = value
        self.message("display %s: %r" % (arg, value))

    def do_undisplay(self, arg):
        """undisplay [expression]
        Show the expression no more; without an argument none.
        """
        if arg:
            try:
                del self.displaying.get(self.curframe, {})[arg]
            except KeyError:
                self.error("not displaying %s" % arg)
        else:
            self.displaying.pop(self.curframe, None)

    def _show_displayed(self):
        shown = self.displaying.get(self.curframe) or {}
        for expression, old in shown.items():
            new = self._getval_except(expression)
            if new is not old and new != old:
                shown[expression] = new
                self.message("display %s: %r  [old: %r]" % (expression, new, old))

    # Arguments and results.

    def do_args(self, arg):
        """a(rgs)
        Print the arguments of the function.
        """
        function = self.curframe.f_code
        count = function.co_argcount + function.co_kwonlyargcount
        count += bool(function.co_flags & inspect.CO_VARARGS) + bool(function.co_flags & inspect.CO_VARKEYWORDS)
        for name in function.co_varnames[:count]:
            if name in self.curframe_locals:
                self.message("%s = %r" % (name, self.curframe_locals[name]))
            else:
                self.message("%s = *** undefined ***" % (name,))

    do_a = do_args

    def do_retval(self, arg):
        """retval
        Print what the function that has just ended returns.
        """
        if "__return__" in self.curframe_locals:
            self.message(repr(self.curframe_locals["__return__"]))
        else:
            self.error("Not yet returned!")

    do_rv = do_retval

    # The stack.

    def print_stack_trace(self):
        """Prints all frames."""
        try:
            for entry in self.stack:
                self.print_stack_entry(entry)
        except KeyboardInterrupt:
            pass

    def print_stack_entry(self, frame_lineno, prompt_prefix="\n-> "):
        """Prints a frame and its line, that of the current one marked with >."""
        mark = "> " if frame_lineno[0] is self.curframe else "  "
        self.message(mark + self.format_stack_entry(frame_lineno, prompt_prefix))

    def do_where(self, arg):
        """w(here)
        Print the stack, the innermost frame last.
        """
        self.print_stack_trace()

    do_w = do_bt = do_where

    def _select_frame(self, number):
        self.curindex = number
        self.curframe = self.stack[number][0]
        self.curframe_locals = self.curframe.f_locals
        self.print_stack_entry(self.stack[number])
        self.lineno = None

    def _move(self, arg, direction):
        last = 0 if direction < 0 else len(self.stack) - 1
        if self.curindex == last:
            self.error(_LIMIT_MESSAGES[direction > 0])
            return
        try:
            count = int(arg or 1)
        except ValueError:
            self.error("Invalid frame count (%s)" % arg)
            return
        if count < 0:
            self._select_frame(last)
        elif direction < 0:
            self._select_frame(max(last, self.curindex - count))
        else:
            self._select_frame(min(last, self.curindex + count))

    def do_up(self, arg):
        """u(p) [count]
        Look at the frame that called this one, or one further out.
        """
        self._move(arg, -1)

    do_u = do_up

    def do_down(self, arg):
        """d(own) [count]
        Look at the frame that this one called, or one further in.
        """
        self._move(arg, 1)

    do_d = do_down

    # Source.

    def do_list(self, arg):
        """l(ist) [first[, last] | .]
        Show eleven lines around the current one, or go on after those shown last. `.` goes back to the current line;
        `last` may be a number of lines.
        """
        self.lastcmd = "list"
        last = None
        if arg and arg != ".":
            try:
                first, comma, rest = arg.partition(",")
                first = int(first.strip())
                if comma:
                    last = int(rest.strip())
                    if last < first:
                        last += first
                else:
                    first = max(1, first - 5)
            except ValueError:
                self.error("Error in argument: %r" % arg)
                return
        elif self.lineno is None or arg == ".":
            first = max(1, self.curframe.f_lineno - 5)
        else:
            first = self.lineno + 1
        if last is None:
            last = first + 10
        filename = self.curframe.f_code.co_filename
        lines = linecache.getlines(filename, self.curframe.f_globals)
        self._print_lines(lines[first - 1 : last], first, self.get_file_breaks(filename), self.curframe)
        self.lineno = min(last, len(lines))
        if len(lines) < last:
            self.message("[EOF]")

    do_l = do_list

    def do_longlist(self, arg):
        """longlist | ll
        Show the source of the whole function.
        """
        filename = self.curframe.f_code.co_filename
        try:
            lines, first = self._getsourcelines(self.curframe)
        except OSError as error:
            self.error(error)
            return
        self._print_lines(lines, first, self.get_file_breaks(filename), self.curframe)

    do_ll = do_longlist

    def do_source(self, arg):
        """source expression
        Show the source of a function, a class or a module.
        """
        try:
            thing = self._getval(arg)
        except Exception:
            return
        try:
            lines, first = self._getsourcelines(thing)
        except (OSError, TypeError) as error:
            self.error(error)
            return
        self._print_lines(lines, first)

    @staticmethod
    def _getsourcelines(thing):
        lines, first = inspect.getsourcelines(thing)
        return lines, max(1, first)

    def _print_lines(self, lines, start, breaks=(), frame=None):
        current = raised = -1
        if frame:
            current = frame.f_lineno
            raised = self.tb_lineno.get(frame, -1)
        for number, line in enumerate(lines, start):
            text = str(number).rjust(3)
            if len(text) < 4:
                text += " "
            text += "B" if number in breaks else " "
            if number == current:
                text += "->"
            elif number == raised:
                text += ">>"
            self.message(text + "\t" + line.rstrip())

    # Breakpoints.

    def do_break(self, arg, temporary=False):
        """b(reak) [([filename:]lineno | function) [, condition]]
        Set a breakpoint at a line or at the first line of a function; without an argument list them all.
        """
        if not arg:
            self._list_breakpoints()
            return
        place, comma, cond = arg.partition(",")
        cond = cond.lstrip() if comma else None
        place = place.rstrip()
        filename = funcname = None
        if ":" in place:
            name, _, number = place.rpartition(":")
            name = name.rstrip()
            filename = self.lookupmodule(name)
            if not filename:
                self.error("%r not found from sys.path" % name)
                return
            number = number.lstrip()
            try:
                line = int(number)
            except ValueError:
                self.error("Bad lineno: %s" % number)
                return
        else:
            try:
                line = int(place)
            except ValueError:
                found = self._find_function(place)
                if not found:
                    return
                funcname, filename, line = found
        if not filename:
            filename = self.defaultFile()
        line = self.checkline(filename, line)
        if not line:
            return
        problem = self.set_break(filename, line, temporary, cond, funcname)
        if problem:
            self.error(problem)
        else:
            bp = self.get_breaks(filename, line)[-1]
            self.message("Breakpoint %d at %s:%d" % (bp.number, bp.file, bp.line))

    do_b = do_break

    def do_tbreak(self, arg):
        """tbreak [([filename:]lineno | function) [, condition]]
        As break, but the breakpoint is cleared when it is reached.
        """
        self.do_break(arg, True)

    def _list_breakpoints(self):
        if self.breaks:
            self.message("Num Type         Disp Enb   Where")
            for bp in self._breakpoints():
                self.message(bp.bpformat())

    def _find_function(self, name):
        """Name, file and line of the function that an expression names, or None after a message."""
        try:
            thing = eval(name, self.curframe.f_globals, self.curframe_locals)
        except Exception:
            thing = name
        function = getattr(thing, "__func__", thing)
        code = getattr(function, "__code__", None)
        if code is not None:
            return code.co_name, code.co_filename, code.co_firstlineno
        found = self._search_function(name)
        if not found:
            self.error("The specified object %r is not a function or was not found along sys.path." % name)
        return found

    def _search_function(self, name):
        """The same for a function that is not defined yet, `function` or `module.function`."""
        module, _, name = name.rpartition(".")
        filename = self.lookupmodule(module) if module else self.defaultFile()
        if not filename or not name.isidentifier():
            return None
        start = re.compile(rf"\s*(async\s+)?def\s+{re.escape(name)}\s*[(]")
        for number, line in enumerate(linecache.getlines(filename), 1):
            if start.match(line):
                return name, filename, number
        return None

    def defaultFile(self):
        """The file that a breakpoint without one means: the current frame's."""
        filename = self.curframe.f_code.co_filename
        return self.mainpyfile if filename == "<string>" and self.mainpyfile else filename

    def checkline(self, filename, lineno):
        """The line, or 0 after a message if nothing can stop there."""
        frame = getattr(self, "curframe", None)
        line = linecache.getline(filename, lineno, frame.f_globals if frame else None)
        if not line:
            self.message("End of file")
            return 0
        line = line.strip()
        if not line or line[0] == "#" or line[:3] in ('"""', "'''"):
            self.error("Blank or comment")
            return 0
        return lineno

    def _each(self, arg):
        """The breakpoints that an argument numbers; a message for each that is not there."""
        for number in arg.split():
            try:
                yield self.get_bpbynumber(number)
            except ValueError as error:
                self.error(error)

    def do_enable(self, arg):
        """enable bpnumber [bpnumber ...]
        Let breakpoints stop again.
        """
        for bp in self._each(arg):
            bp.enable()
            self.message("Enabled %s" % bp)

    def do_disable(self, arg):
        """disable bpnumber [bpnumber ...]
        Keep breakpoints from stopping until they are enabled.
        """
        for bp in self._each(arg):
            bp.disable()
            self.message("Disabled %s" % bp)

    def do_condition(self, arg):
        """condition bpnumber [condition]
        Stop at a breakpoint only if the condition holds; without one, always.
        """
        number, _, cond = arg.partition(" ")
        try:
            bp = self.get_bpbynumber(number.strip())
        except ValueError as error:
            self.error(error)
            return
        bp.cond = cond or None
        if cond:
            self.message("New condition set for breakpoint %d." % bp.number)
        else:
            self.message("Breakpoint %d is now unconditional." % bp.number)

    def do_ignore(self, arg):
        """ignore bpnumber [count]
        Pass a breakpoint so many times before stopping there.
        """
        number, _, count = arg.partition(" ")
        try:
            count = max(0, int(count.strip()))
        except ValueError:
            count = 0
        try:
            bp = self.get_bpbynumber(number.strip())
        except ValueError as error:
            self.error(error)
            return
        bp.ignore = count
        if count:
            crossings = "%d crossings" % count if count > 1 else "1 crossing"
            self.message("Will ignore next %s of breakpoint %d." % (crossings, bp.number))
        else:
            self.message("Will stop next time breakpoint %d is reached." % bp.number)

    def do_clear(self, arg):
        """cl(ear) [filename:lineno | bpnumber [bpnumber ...]]
        Clear breakpoints; without an argument, after a question, all.
        """
        if not arg:
            try:
                reply = input("Clear all breaks? ")
            except EOFError:
                reply = "no"
            if reply.strip().lower() in ("y", "yes"):
                cleared = self._breakpoints()
                self.clear_all_breaks()
                for bp in cleared:
                    self.message("Deleted %s" % bp)
            return
        if ":" in arg:
            filename, _, number = arg.rpartition(":")
            try:
                line = int(number)
            except ValueError:
                problem, cleared = "Invalid line number (%s)" % number, []
            else:
                cleared = self.get_breaks(filename, line)[:]
                problem = self.clear_break(filename, line)
            if problem:
                self.error(problem)
            else:
                for bp in cleared:
                    self.message("Deleted %s" % bp)
            return
        for bp in self._each(arg):
            self.clear_bpbynumber(bp.number)
            self.message("Deleted %s" % bp)

    do_cl = do_clear

    # A prompt within the frame.

    def do_interact(self, arg):
        """interact
        Start an interpreter with the names of the frame.
        """
        code.interact("*interactive*", local={**self.curframe.f_globals, **self.curframe_locals})


class _Undefined(str):
    """What stands for the value of an expression that raises."""

    def __repr__(self):
        return str(self)
