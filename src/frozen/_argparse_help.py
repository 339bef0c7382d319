"""Usage and help as text."""

import os as _os
import re as _re
import sys as _sys
from gettext import gettext as _

from _argparse_actions import ONE_OR_MORE, OPTIONAL, PARSER, REMAINDER, SUPPRESS, ZERO_OR_MORE

_spaces = _re.compile(r"\s+", _re.ASCII)
# Where a usage may be divided: brackets stay whole.
_usage_part = _re.compile(r"\(.*?\)+(?=\s|$)|\[.*?\]+(?=\s|$)|\S+")


def _columns():
    """The width of the terminal."""
    try:
        columns = int(_os.environ["COLUMNS"])
    except (KeyError, ValueError):
        columns = 0
    if columns > 0:
        return columns
    try:
        return _os.get_terminal_size(_sys.__stdout__.fileno()).columns or 80
    except (AttributeError, ValueError, OSError):
        return 80


class _Section:
    """A heading with items below it, each a function that makes text."""

    def __init__(self, heading, parent):
        self.heading = heading
        self.parent = parent
        self.items = []


def _fill_lines(parts, indent, width, first_length=None):
    """Lines of words; the first one is a continuation if its length so far is given."""
    lines, line = [], []
    length = len(indent) - 1 if first_length is None else first_length
    for part in parts:
        if line and length + 1 + len(part) > width:
            lines.append(indent + " ".join(line))
            line, length = [], len(indent) - 1
        line.append(part)
        length += len(part) + 1
    if line:
        lines.append(indent + " ".join(line))
    if lines and first_length is not None:
        lines[0] = lines[0][len(indent) :]
    return lines


class HelpFormatter:
    """Makes the help of a parser; subclasses change single steps."""

    __module__ = "argparse"

    def __init__(self, prog, indent_increment=2, max_help_position=24, width=None):
        if width is None:
            width = _columns() - 2
        self._prog = prog
        self._indent_increment = indent_increment
        self._max_help_position = min(max_help_position, max(width - 20, indent_increment * 2))
        self._width = width
        self._current_indent = 0
        self._level = 0
        self._action_max_length = 0
        self._root_section = self._current_section = _Section(None, None)

    def _indent(self):
        self._current_indent += self._indent_increment
        self._level += 1

    def _dedent(self):
        self._current_indent -= self._indent_increment
        self._level -= 1

    # Collecting.

    def _add_item(self, func, args):
        self._current_section.items.append((func, args))

    def start_section(self, heading):
        """What is added from now on belongs under a heading."""
        self._indent()
        section = _Section(heading, self._current_section)
        self._add_item(self._format_section, (section,))
        self._current_section = section

    def end_section(self):
        """Ends the section begun last."""
        self._current_section = self._current_section.parent
        self._dedent()

    def add_text(self, text):
        """Adds a paragraph."""
        if text is not SUPPRESS and text is not None:
            self._add_item(self._format_text, (text,))

    def add_usage(self, usage, actions, groups, prefix=None):
        """Adds the usage, made of the actions unless given."""
        if usage is not SUPPRESS:
            self._add_item(self._format_usage, (usage, actions, groups, prefix))

    def add_argument(self, action):
        """Adds the help of an argument."""
        if action.help is SUPPRESS:
            return
        lengths = [len(self._format_action_invocation(action))]
        for sub in self._iter_indented_subactions(action):
            lengths.append(len(self._format_action_invocation(sub)))
        self._action_max_length = max(self._action_max_length, max(lengths) + self._current_indent)
        self._add_item(self._format_action, (action,))

    def add_arguments(self, actions):
        """Adds the help of several arguments."""
        for action in actions:
            self.add_argument(action)

    # The text.

    def format_help(self):
        """All that was added, as text."""
        text = self._join_parts([func(*args) for func, args in self._root_section.items])
        if not text:
            return text
        return _re.sub("\n\n\n+", "\n\n", text).strip("\n") + "\n"

    def _join_parts(self, part_strings):
        return "".join([part for part in part_strings if part and part is not SUPPRESS])

    def _format_section(self, section):
        self._indent()
        text = self._join_parts([func(*args) for func, args in section.items])
        self._dedent()
        if not text:
            return ""
        heading = ""
        if section.heading is not SUPPRESS and section.heading is not None:
            heading = f"{' ' * self._current_indent}{section.heading}:\n"
        return f"\n{heading}{text}\n"

    def _format_text(self, text):
        if "%(prog)" in text:
            text = text % {"prog": self._prog}
        width = max(self._width - self._current_indent, 11)
        return self._fill_text(text, width, " " * self._current_indent) + "\n\n"

    def _format_usage(self, usage, actions, groups, prefix):
        if prefix is None:
            prefix = _("usage: ")
        if usage is not None:
            usage = usage % {"prog": self._prog}
        elif not actions:
            usage = f"{self._prog}"
        else:
            prog = f"{self._prog}"
            options = [action for action in actions if action.option_strings]
            positionals = [action for action in actions if not action.option_strings]
            usage = " ".join(filter(None, (prog, self._format_actions_usage(options + positionals, groups))))
            width = self._width - self._current_indent
            if len(prefix) + len(usage) > width:
                parts = []
                for chosen in (options, positionals):
                    text = self._format_actions_usage(chosen, groups)
                    parts.append(_usage_part.findall(text))
                    assert " ".join(parts[-1]) == text
                usage = "\n".join(self._wrap_usage(prefix, prog, *parts, width))
        return f"{prefix}{usage}\n\n"

    def _wrap_usage(self, prefix, prog, options, positionals, width):
        """The usage in lines: options first, positional arguments on lines of their own."""
        if len(prefix) + len(prog) <= 0.75 * width:
            indent = " " * (len(prefix) + len(prog) + 1)
            if not options:
                options, positionals = positionals, []
            lines = _fill_lines([prog, *options], indent, width, len(prefix) - 1)
            return lines + _fill_lines(positionals, indent, width)
        # A long name has a line for itself.
        indent = " " * len(prefix)
        lines = _fill_lines(options + positionals, indent, width)
        if len(lines) > 1:
            lines = _fill_lines(options, indent, width) + _fill_lines(positionals, indent, width)
        return [prog, *lines]

    def _group_marks(self, actions, groups):
        """The brackets and bars of mutually exclusive groups by the index they stand before; the grouped actions."""
        marks, grouped = {}, set()

        def mark(at, text, joint):
            marks[at] = f"{marks[at]}{joint}{text}" if at in marks else text

        for group in groups:
            members = group._group_actions
            if not members:
                raise ValueError(f"empty group {group}")
            if members[0] not in actions:
                continue
            start = actions.index(members[0])
            end = start + len(members)
            if actions[start:end] != members:
                continue
            grouped.update(members)
            if not group.required:
                brackets = "[]"
            elif sum(action.help is not SUPPRESS for action in members) > 1:
                brackets = "()"
            else:
                brackets = None
            if brackets:
                mark(start, brackets[0], " ")
                mark(end, brackets[1], "")
            marks.update(dict.fromkeys(range(start + 1, end), "|"))
        return marks, grouped

    def _format_actions_usage(self, actions, groups):
        marks, grouped = self._group_marks(actions, groups)
        parts = []
        for i, action in enumerate(actions):
            if action.help is SUPPRESS:
                # Its bar disappears with it.
                for at in (i, i + 1):
                    if marks.get(at) == "|":
                        del marks[at]
                        break
                parts.append(None)
            else:
                parts.append(self._format_action_usage(action, action in grouped))
        words = []
        for i in range(len(parts) + 1):
            words.append(marks.get(i))
            words += parts[i : i + 1]
        text = " ".join([word for word in words if word is not None])
        text = _re.sub(r"([\[(]) ", r"\1", text)
        text = _re.sub(r" ([\])])", r"\1", text)
        return _re.sub(r"[\[(] *[\])]", "", text).strip()

    def _format_action_usage(self, action, grouped):
        """How the usage shows one argument; brackets of its own are left away in a group."""
        if not action.option_strings:
            text = self._format_args(action, self._get_default_metavar_for_positional(action))
            if grouped and text[0] == "[" and text[-1] == "]":
                text = text[1:-1]
            return text
        if action.nargs == 0:
            text = action.format_usage()
        else:
            args = self._format_args(action, self._get_default_metavar_for_optional(action))
            text = f"{action.option_strings[0]} {args}"
        return text if action.required or grouped else f"[{text}]"

    def _format_action(self, action):
        position = min(self._action_max_length + 2, self._max_help_position)
        label_width = position - self._current_indent - 2
        label = self._format_action_invocation(action)
        start = " " * self._current_indent
        first = " " * position
        if not action.help:
            head = f"{start}{label}\n"
        elif len(label) <= label_width:
            head = f"{start}{label:<{label_width}}  "
            first = ""
        else:
            head = f"{start}{label}\n"
        parts = [head]
        if action.help and action.help.strip():
            text = self._expand_help(action)
            if text:
                lines = self._split_lines(text, max(self._width - position, 11))
                parts.append(f"{first}{lines[0]}\n")
                parts += [f"{' ' * position}{line}\n" for line in lines[1:]]
        elif not head.endswith("\n"):
            parts.append("\n")
        for sub in self._iter_indented_subactions(action):
            parts.append(self._format_action(sub))
        return self._join_parts(parts)

    def _format_action_invocation(self, action):
        if not action.option_strings:
            default = self._get_default_metavar_for_positional(action)
            (metavar,) = self._metavar_formatter(action, default)(1)
            return metavar
        if action.nargs == 0:
            return ", ".join(action.option_strings)
        args = self._format_args(action, self._get_default_metavar_for_optional(action))
        return ", ".join([f"{option} {args}" for option in action.option_strings])

    def _metavar_formatter(self, action, default_metavar):
        """A function that gives so many names of values."""
        if action.metavar is not None:
            name = action.metavar
        elif action.choices is not None:
            name = "{" + ",".join(map(str, action.choices)) + "}"
        else:
            name = default_metavar
        return lambda count: name if isinstance(name, tuple) else (name,) * count

    def _format_args(self, action, default_metavar):
        names = self._metavar_formatter(action, default_metavar)
        nargs = action.nargs
        if nargs is None:
            return "%s" % names(1)
        if nargs == OPTIONAL:
            return "[%s]" % names(1)
        if nargs == ZERO_OR_MORE:
            found = names(1)
            return ("[%s [%s ...]]" if len(found) == 2 else "[%s ...]") % found
        if nargs == ONE_OR_MORE:
            return "%s [%s ...]" % names(2)
        if nargs == REMAINDER:
            return "..."
        if nargs == PARSER:
            return "%s ..." % names(1)
        if nargs == SUPPRESS:
            return ""
        try:
            places = " ".join(["%s" for _ in range(nargs)])
        except TypeError:
            raise ValueError("invalid nargs value") from None
        return places % names(nargs)

    def _expand_help(self, action):
        facts = {}
        for name, value in {**vars(action), "prog": self._prog}.items():
            if value is not SUPPRESS:
                facts[name] = getattr(value, "__name__", value)
        if facts.get("choices") is not None:
            facts["choices"] = ", ".join(map(str, facts["choices"]))
        return self._get_help_string(action) % facts

    def _iter_indented_subactions(self, action):
        subactions = getattr(action, "_get_subactions", None)
        if subactions is not None:
            self._indent()
            yield from subactions()
            self._dedent()

    def _split_lines(self, text, width):
        import textwrap

        return textwrap.wrap(_spaces.sub(" ", text).strip(), width)

    def _fill_text(self, text, width, indent):
        import textwrap

        text = _spaces.sub(" ", text).strip()
        return textwrap.fill(text, width, initial_indent=indent, subsequent_indent=indent)

    def _get_help_string(self, action):
        return action.help

    def _get_default_metavar_for_optional(self, action):
        return action.dest.upper()

    def _get_default_metavar_for_positional(self, action):
        return action.dest


class RawDescriptionHelpFormatter(HelpFormatter):
    """Leaves the lines of descriptions as they are."""

    __module__ = "argparse"

    def _fill_text(self, text, width, indent):
        return "".join([indent + line for line in text.splitlines(keepends=True)])


class RawTextHelpFormatter(RawDescriptionHelpFormatter):
    """Leaves the lines of all texts as they are."""

    __module__ = "argparse"

    def _split_lines(self, text, width):
        return text.splitlines()


class ArgumentDefaultsHelpFormatter(HelpFormatter):
    """Adds default values to the help of arguments."""

    __module__ = "argparse"

    def _get_help_string(self, action):
        text = "" if action.help is None else action.help
        if "%(default)" in text or action.default is SUPPRESS:
            return text
        if action.option_strings or action.nargs in (OPTIONAL, ZERO_OR_MORE):
            text += " (default: %(default)s)"
        return text


class MetavarTypeHelpFormatter(HelpFormatter):
    """Calls the values by their type, not by the name of the argument."""

    __module__ = "argparse"

    def _get_default_metavar_for_optional(self, action):
        return action.type.__name__

    def _get_default_metavar_for_positional(self, action):
        return action.type.__name__
