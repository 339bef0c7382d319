"""Parsing the command line, with help and errors for its user."""

import os as _os
import re as _re
import sys as _sys
from gettext import gettext as _, ngettext

from _argparse_actions import (
    ONE_OR_MORE, OPTIONAL, PARSER, REMAINDER, SUPPRESS, ZERO_OR_MORE, Action, ArgumentError, ArgumentTypeError,
    BooleanOptionalAction, FileType, Namespace, _AppendAction, _AppendConstAction, _AttributeHolder, _CountAction,
    _ExtendAction, _get_action_name, _HelpAction, _StoreAction, _StoreConstAction, _StoreFalseAction, _StoreTrueAction,
    _SubParsersAction, _UNRECOGNIZED_ARGS_ATTR, _VersionAction,
)
from _argparse_containers import _ActionsContainer, _ArgumentGroup, _MutuallyExclusiveGroup
from _argparse_help import (
    ArgumentDefaultsHelpFormatter, HelpFormatter, MetavarTypeHelpFormatter, RawDescriptionHelpFormatter,
    RawTextHelpFormatter,
)
from _argparse_run import Run as _Run

__all__ = [
    "ArgumentParser", "ArgumentError", "ArgumentTypeError", "BooleanOptionalAction", "FileType", "HelpFormatter",
    "ArgumentDefaultsHelpFormatter", "RawDescriptionHelpFormatter", "RawTextHelpFormatter", "MetavarTypeHelpFormatter",
    "Namespace", "Action", "ONE_OR_MORE", "OPTIONAL", "PARSER", "REMAINDER", "SUPPRESS", "ZERO_OR_MORE",
]

# What the strings of an argument look like in the pattern of a parse. `--` may stand among those of a positional one.
_NARGS_PATTERNS = {
    None: "(-*A-*)",
    OPTIONAL: "(-*A?-*)",
    ZERO_OR_MORE: "(-*[A-]*)",
    ONE_OR_MORE: "(-*A[A-]*)",
    REMAINDER: "([-AO]*)",
    PARSER: "(-*A[-AO]*)",
    SUPPRESS: "(-*-*)",
}


def _identity(string):
    return string


class ArgumentParser(_AttributeHolder, _ActionsContainer):
    """Turns the strings of a command line into attributes of a namespace."""

    def __init__(
        self, prog=None, usage=None, description=None, epilog=None, parents=[], formatter_class=HelpFormatter,
        prefix_chars="-", fromfile_prefix_chars=None, argument_default=None, conflict_handler="error", add_help=True,
        allow_abbrev=True, exit_on_error=True,
    ):
        super().__init__(description, prefix_chars, argument_default, conflict_handler)
        self.prog = _os.path.basename(_sys.argv[0]) if prog is None else prog
        self.usage = usage
        self.epilog = epilog
        self.formatter_class = formatter_class
        self.fromfile_prefix_chars = fromfile_prefix_chars
        self.add_help = add_help
        self.allow_abbrev = allow_abbrev
        self.exit_on_error = exit_on_error
        self._positionals = self.add_argument_group(_("positional arguments"))
        self._optionals = self.add_argument_group(_("options"))
        self._subparsers = None
        self.register("type", None, _identity)
        if add_help:
            prefix = "-" if "-" in prefix_chars else prefix_chars[0]
            self.add_argument(
                f"{prefix}h", f"{prefix * 2}help", action="help", default=SUPPRESS,
                help=_("show this help message and exit"),
            )
        for parent in parents:
            self._add_container_actions(parent)
            self._defaults.update(getattr(parent, "_defaults", {}))

    def _get_kwargs(self):
        names = ("prog", "usage", "description", "formatter_class", "conflict_handler", "add_help")
        return [(name, getattr(self, name)) for name in names]

    # Arguments.

    def add_subparsers(self, **kwargs):
        """Adds an argument whose value chooses a parser for the rest; the result makes these parsers."""
        if self._subparsers is not None:
            self.error(_("cannot have multiple subparser arguments"))
        kwargs.setdefault("parser_class", type(self))
        if "title" in kwargs or "description" in kwargs:
            title = _(kwargs.pop("title", "subcommands"))
            self._subparsers = self.add_argument_group(title, _(kwargs.pop("description", None)))
        else:
            self._subparsers = self._positionals
        if kwargs.get("prog") is None:
            # The commands are called what stands before them in the usage.
            formatter = self._get_formatter()
            formatter.add_usage(self.usage, self._get_positional_actions(), self._mutually_exclusive_groups, "")
            kwargs["prog"] = formatter.format_help().strip()
        action = self._pop_action_class(kwargs, "parsers")(option_strings=[], **kwargs)
        self._subparsers._add_action(action)
        return action

    def _add_action(self, action):
        (self._optionals if action.option_strings else self._positionals)._add_action(action)
        return action

    def _get_optional_actions(self):
        return [action for action in self._actions if action.option_strings]

    def _get_positional_actions(self):
        return [action for action in self._actions if not action.option_strings]

    # Parsing.

    def parse_args(self, args=None, namespace=None):
        """The namespace with what the arguments say; arguments that nobody knows are an error."""
        return self._nothing_left(*self.parse_known_args(args, namespace))

    def parse_intermixed_args(self, args=None, namespace=None):
        """As `parse_args`, but the strings of one positional argument may have options between them."""
        return self._nothing_left(*self.parse_known_intermixed_args(args, namespace))

    def _nothing_left(self, namespace, unknown):
        if unknown:
            self.error(_("unrecognized arguments: %s") % " ".join(unknown))
        return namespace

    def parse_known_args(self, args=None, namespace=None):
        """The namespace with what the arguments say, and the list of arguments that nobody knows."""
        args = _sys.argv[1:] if args is None else list(args)
        if namespace is None:
            namespace = Namespace()
        for action in self._actions:
            if action.dest is not SUPPRESS and not hasattr(namespace, action.dest) and action.default is not SUPPRESS:
                setattr(namespace, action.dest, action.default)
        for dest, value in self._defaults.items():
            if not hasattr(namespace, dest):
                setattr(namespace, dest, value)
        try:
            namespace, unknown = self._parse_known_args(args, namespace)
        except ArgumentError as error:
            if not self.exit_on_error:
                raise
            self.error(str(error))
        if hasattr(namespace, _UNRECOGNIZED_ARGS_ATTR):
            unknown.extend(getattr(namespace, _UNRECOGNIZED_ARGS_ATTR))
            delattr(namespace, _UNRECOGNIZED_ARGS_ATTR)
        return namespace, unknown

    def _parse_known_args(self, arg_strings, namespace):
        if self.fromfile_prefix_chars is not None:
            arg_strings = self._read_args_from_files(arg_strings)
        return _Run(self, arg_strings, namespace).all()

    def parse_known_intermixed_args(self, args=None, namespace=None):
        """As `parse_known_args`, in two passes: the options, then the positional arguments from what is left."""
        positionals = self._get_positional_actions()
        for action in positionals:
            if action.nargs in (PARSER, REMAINDER):
                raise TypeError(f"parse_intermixed_args: positional arg with nargs={action.nargs}")
        for group in self._mutually_exclusive_groups:
            if any(action in positionals for action in group._group_actions):
                raise TypeError("parse_intermixed_args: positional in mutuallyExclusiveGroup")
        usage = self.usage
        try:
            if usage is None:
                self.usage = self.format_usage()[7:]
            namespace, rest = self._parse_options_only(positionals, args, namespace)
            # What the second pass must not ask for again.
            required = [*self._get_optional_actions(), *self._mutually_exclusive_groups]
            before = [item.required for item in required]
            try:
                for item in required:
                    item.required = False
                return self.parse_known_args(rest, namespace)
            finally:
                for item, value in zip(required, before):
                    item.required = value
        finally:
            self.usage = usage

    def _parse_options_only(self, positionals, args, namespace):
        before = [(action.nargs, action.default) for action in positionals]
        try:
            for action in positionals:
                action.nargs = action.default = SUPPRESS
            namespace, rest = self.parse_known_args(args, namespace)
            for action in positionals:
                if hasattr(namespace, action.dest) and getattr(namespace, action.dest) == []:
                    from warnings import warn

                    warn(f"Do not expect {action.dest} in {namespace}")
                    delattr(namespace, action.dest)
            return namespace, rest
        finally:
            for action, (nargs, default) in zip(positionals, before):
                action.nargs, action.default = nargs, default

    def _read_args_from_files(self, arg_strings):
        result = []
        for string in arg_strings:
            if not string or string[0] not in self.fromfile_prefix_chars:
                result.append(string)
                continue
            try:
                with open(string[1:]) as file:
                    lines = file.read().splitlines()
                words = [word for line in lines for word in self.convert_arg_line_to_args(line)]
                result += self._read_args_from_files(words)
            except OSError as error:
                self.error(str(error))
        return result

    def convert_arg_line_to_args(self, arg_line):
        """The arguments in a line of a file; to be overridden."""
        return [arg_line]

    # Which strings belong to which argument.

    def _match_argument(self, action, arg_strings_pattern):
        found = _re.match(self._get_nargs_pattern(action), arg_strings_pattern)
        if found is not None:
            return len(found[1])
        messages = {
            None: _("expected one argument"),
            OPTIONAL: _("expected at most one argument"),
            ONE_OR_MORE: _("expected at least one argument"),
        }
        message = messages.get(action.nargs)
        if message is None:
            message = ngettext("expected %s argument", "expected %s arguments", action.nargs) % action.nargs
        raise ArgumentError(action, message)

    def _match_arguments_partial(self, actions, arg_strings_pattern):
        patterns = [self._get_nargs_pattern(action) for action in actions]
        while patterns:
            found = _re.match("".join(patterns), arg_strings_pattern)
            if found is not None:
                return [len(group) for group in found.groups()]
            patterns.pop()
        return []

    def _get_nargs_pattern(self, action):
        pattern = _NARGS_PATTERNS.get(action.nargs)
        if pattern is None:
            pattern = f"(-*{'-*'.join('A' * action.nargs)}-*)"
        if action.option_strings:
            pattern = pattern.replace("-*", "").replace("-", "")
        return pattern

    def _parse_optional(self, arg_string):
        """The action, its spelling and the value attached to it if a string looks like an option, or None."""
        if not arg_string or arg_string[0] not in self.prefix_chars:
            return None
        known = self._option_string_actions
        if arg_string in known:
            return known[arg_string], arg_string, None
        if len(arg_string) == 1:
            return None
        option, equals, value = arg_string.partition("=")
        if equals and option in known:
            return known[option], option, value
        candidates = self._get_option_tuples(arg_string)
        if len(candidates) > 1:
            message = _("ambiguous option: %(option)s could match %(matches)s")
            matches = ", ".join([option for _action, option, _value in candidates])
            self.error(message % {"option": arg_string, "matches": matches})
        if candidates:
            return candidates[0]
        if self._negative_number_matcher.match(arg_string) and not self._has_negative_number_optionals:
            return None
        return None if " " in arg_string else (None, arg_string, None)

    def _get_option_tuples(self, option_string):
        """The options that a string may be an abbreviation of, or a letter with its value attached."""
        known = self._option_string_actions
        if option_string[1] in self.prefix_chars:
            if not self.allow_abbrev:
                return []
            prefix, equals, value = option_string.partition("=")
            return [(known[name], name, value if equals else None) for name in known if name.startswith(prefix)]
        found = []
        for name, action in known.items():
            if name == option_string[:2]:
                found.append((action, name, option_string[2:]))
            elif name.startswith(option_string):
                found.append((action, name, None))
        return found

    # Values.

    def _get_values(self, action, arg_strings):
        nargs = action.nargs
        if nargs not in (PARSER, REMAINDER) and "--" in arg_strings:
            arg_strings.remove("--")
        if not arg_strings and nargs == OPTIONAL:
            value = action.const if action.option_strings else action.default
            if isinstance(value, str):
                value = self._get_value(action, value)
                self._check_value(action, value)
            return value
        if not arg_strings and nargs == ZERO_OR_MORE and not action.option_strings:
            value = arg_strings if action.default is None else action.default
            self._check_value(action, value)
            return value
        if nargs == SUPPRESS:
            return SUPPRESS
        values = [self._get_value(action, string) for string in arg_strings]
        if nargs == PARSER:
            self._check_value(action, values[0])
        elif nargs != REMAINDER:
            for value in values:
                self._check_value(action, value)
        return values[0] if nargs in (None, OPTIONAL) and len(values) == 1 else values

    def _get_value(self, action, arg_string):
        convert = self._registry_get("type", action.type, action.type)
        if not callable(convert):
            raise ArgumentError(action, _("%r is not callable") % convert)
        try:
            return convert(arg_string)
        except ArgumentTypeError as error:
            raise ArgumentError(action, str(error))
        except (TypeError, ValueError):
            name = getattr(action.type, "__name__", repr(action.type))
            raise ArgumentError(action, _("invalid %(type)s value: %(value)r") % {"type": name, "value": arg_string})

    def _check_value(self, action, value):
        if action.choices is not None and value not in action.choices:
            message = _("invalid choice: %(value)r (choose from %(choices)s)")
            raise ArgumentError(action, message % {"value": value, "choices": ", ".join(map(repr, action.choices))})

    # Help.

    def format_usage(self):
        """The usage as text."""
        formatter = self._get_formatter()
        formatter.add_usage(self.usage, self._actions, self._mutually_exclusive_groups)
        return formatter.format_help()

    def format_help(self):
        """Usage, description, arguments in groups, and epilog as text."""
        formatter = self._get_formatter()
        formatter.add_usage(self.usage, self._actions, self._mutually_exclusive_groups)
        formatter.add_text(self.description)
        for group in self._action_groups:
            formatter.start_section(group.title)
            formatter.add_text(group.description)
            formatter.add_arguments(group._group_actions)
            formatter.end_section()
        formatter.add_text(self.epilog)
        return formatter.format_help()

    def _get_formatter(self):
        return self.formatter_class(prog=self.prog)

    def print_usage(self, file=None):
        """Writes the usage, to standard output unless told otherwise."""
        self._print_message(self.format_usage(), _sys.stdout if file is None else file)

    def print_help(self, file=None):
        """Writes the help, to standard output unless told otherwise."""
        self._print_message(self.format_help(), _sys.stdout if file is None else file)

    def _print_message(self, message, file=None):
        if message:
            try:
                (file or _sys.stderr).write(message)
            except (AttributeError, OSError):
                pass

    # Ends.

    def exit(self, status=0, message=None):
        """Ends the program."""
        if message:
            self._print_message(message, _sys.stderr)
        _sys.exit(status)

    def error(self, message):
        """Writes the usage and a message, and ends the program; an override must not return."""
        self.print_usage(_sys.stderr)
        self.exit(2, _("%(prog)s: error: %(message)s\n") % {"prog": self.prog, "message": message})
