"""The help of `optparse`."""

import os
import textwrap


class HelpFormatter:
    """Puts the help together: names of options in one column, what they do in another one."""

    NO_DEFAULT_VALUE = "none"

    def __init__(self, indent_increment, max_help_position, width, short_first):
        self.parser = None
        self.indent_increment = indent_increment
        if width is None:
            try:
                width = int(os.environ["COLUMNS"])
            except (KeyError, ValueError):
                width = 80
            width -= 2
        self.width = width
        self.help_position = self.max_help_position = min(max_help_position, max(width - 20, indent_increment * 2))
        self.current_indent = 0
        self.level = 0
        self.help_width = None
        self.short_first = short_first
        self.default_tag = "%default"
        self.option_strings = {}
        self._short_opt_fmt = "%s %s"
        self._long_opt_fmt = "%s=%s"

    def set_parser(self, parser):
        self.parser = parser

    def set_short_opt_delimiter(self, delim):
        if delim not in ("", " "):
            raise ValueError(f"invalid metavar delimiter for short options: {delim!r}")
        self._short_opt_fmt = "%s" + delim + "%s"

    def set_long_opt_delimiter(self, delim):
        if delim not in ("=", " "):
            raise ValueError(f"invalid metavar delimiter for long options: {delim!r}")
        self._long_opt_fmt = "%s" + delim + "%s"

    def indent(self):
        self.current_indent += self.indent_increment
        self.level += 1

    def dedent(self):
        self.current_indent -= self.indent_increment
        assert self.current_indent >= 0, "Indent decreased below 0."
        self.level -= 1

    def format_usage(self, usage):
        raise NotImplementedError("subclasses must implement")

    def format_heading(self, heading):
        raise NotImplementedError("subclasses must implement")

    def _format_text(self, text):
        indent = " " * self.current_indent
        width = max(self.width - self.current_indent, 11)
        return textwrap.fill(text, width, initial_indent=indent, subsequent_indent=indent)

    def format_description(self, description):
        return self._format_text(description) + "\n" if description else ""

    def format_epilog(self, epilog):
        return "\n" + self._format_text(epilog) + "\n" if epilog else ""

    def expand_default(self, option):
        """The help of an option, with %default replaced."""
        from optparse import NO_DEFAULT

        if self.parser is None or not self.default_tag:
            return option.help
        default = self.parser.defaults.get(option.dest)
        if default is NO_DEFAULT or default is None:
            default = self.NO_DEFAULT_VALUE
        return option.help.replace(self.default_tag, str(default))

    def format_option(self, option):
        """The lines for an option."""
        names = self.option_strings[option]
        room = self.help_position - self.current_indent - 2
        start = " " * self.current_indent + names
        if len(names) > room:
            # What it does starts on the next line.
            first = " " * self.help_position
            result = start + "\n"
        else:
            first = start.ljust(self.help_position)
            result = ""
        if not option.help:
            line = result or " " * self.current_indent + f"{names:<{room}}  "
            return line if line.endswith("\n") else line + "\n"
        lines = textwrap.wrap(self.expand_default(option), self.help_width)
        for i, line in enumerate(lines):
            result += (first if i == 0 else " " * self.help_position) + line + "\n"
        return result

    def store_option_strings(self, parser):
        """Find out how much room the names take."""
        from optparse import SUPPRESS_HELP

        self.indent()
        longest = 0

        def store(options, indent):
            nonlocal longest
            for option in options:
                self.option_strings[option] = names = self.format_option_strings(option)
                longest = max(longest, len(names) + indent)

        store(parser.option_list, self.current_indent)
        self.indent()
        for group in parser.option_groups:
            store(group.option_list, self.current_indent)
        self.dedent()
        self.dedent()
        self.help_position = min(longest + 2, self.max_help_position)
        self.help_width = max(self.width - self.help_position, 11)

    def format_option_strings(self, option):
        """The names of an option, with what stands for its value."""
        short, long = option._short_opts, option._long_opts
        if option.takes_value():
            value = option.metavar or option.dest.upper()
            short = [self._short_opt_fmt % (name, value) for name in short]
            long = [self._long_opt_fmt % (name, value) for name in long]
        return ", ".join(short + long if self.short_first else long + short)


class IndentedHelpFormatter(HelpFormatter):
    """Headings with a colon, and options indented."""

    def __init__(self, indent_increment=2, max_help_position=24, width=None, short_first=1):
        super().__init__(indent_increment, max_help_position, width, short_first)

    def format_usage(self, usage):
        return f"Usage: {usage}\n"

    def format_heading(self, heading):
        return " " * self.current_indent + heading + ":\n"


class TitledHelpFormatter(HelpFormatter):
    """Headings that are underlined."""

    def __init__(self, indent_increment=0, max_help_position=24, width=None, short_first=0):
        super().__init__(indent_increment, max_help_position, width, short_first)

    def format_usage(self, usage):
        return f"{self.format_heading('Usage')}  {usage}\n"

    def format_heading(self, heading):
        return f"{heading}\n{'=-'[self.level] * len(heading)}\n"


for _cls in (HelpFormatter, IndentedHelpFormatter, TitledHelpFormatter):
    _cls.__module__ = "optparse"
