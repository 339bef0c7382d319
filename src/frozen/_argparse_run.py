"""One parse of a list of arguments.

The arguments are described by a pattern with a letter for each: O for an option, A for another argument, - for `--`.
What an action takes is then a match of a regular expression at the place in the pattern.
"""

from gettext import gettext as _

from _argparse_actions import SUPPRESS, ArgumentError, _get_action_name


class Run:
    """The state of a parse."""

    def __init__(self, parser, strings, namespace):
        self.parser = parser
        self.strings = strings
        self.namespace = namespace
        self.extras = []
        self.seen = set()
        # Actions that were given a value other than their default, as far as exclusive groups are concerned.
        self.given = set()
        self.positionals = parser._get_positional_actions()
        self.conflicts = {}
        for group in parser._mutually_exclusive_groups:
            members = group._group_actions
            for i, action in enumerate(members):
                self.conflicts.setdefault(action, []).extend(members[:i] + members[i + 1 :])
        self.options = {}
        self.pattern = self._describe()

    def _describe(self):
        letters = []
        for i, string in enumerate(self.strings):
            if string == "--":
                return "".join(letters) + "-" + "A" * (len(self.strings) - i - 1)
            found = self.parser._parse_optional(string)
            if found is not None:
                self.options[i] = found
            letters.append("A" if found is None else "O")
        return "".join(letters)

    def all(self):
        """Takes options and positional arguments in turn; returns the namespace and the arguments nobody wanted."""
        at = 0
        last = max(self.options, default=-1)
        while at <= last:
            following = min(i for i in self.options if i >= at)
            if at != following:
                end = self._take_positionals(at)
                if end > at:
                    at = end
                    continue
            if at not in self.options:
                self.extras += self.strings[at:following]
                at = following
            at = self._take_option(at)
        self.extras += self.strings[self._take_positionals(at) :]
        self._finish_actions()
        self._check_groups()
        return self.namespace, self.extras

    def _take(self, action, strings, option_string=None):
        self.seen.add(action)
        values = self.parser._get_values(action, strings)
        if values is not action.default:
            self.given.add(action)
            for other in self.conflicts.get(action, ()):
                if other in self.given:
                    raise ArgumentError(action, _("not allowed with argument %s") % _get_action_name(other))
        if values is not SUPPRESS:
            action(self.parser, self.namespace, values, option_string)

    def _take_positionals(self, at):
        """Gives as many positional arguments as possible their strings; the index behind the strings."""
        counts = self.parser._match_arguments_partial(self.positionals, self.pattern[at:])
        for action, count in zip(self.positionals, counts):
            self._take(action, self.strings[at : at + count])
            at += count
        del self.positionals[: len(counts)]
        return at

    def _take_option(self, at):
        """Takes the option at an index, or the several ones of `-xyz`; the index behind its strings."""
        action, option, value = self.options[at]
        calls = []
        while action is not None and value is not None:
            count = self.parser._match_argument(action, "A")
            if count == 1:
                calls.append((action, [value], option))
                break
            # What follows the letter of an option that takes nothing are the letters of more options.
            next_option = option[0] + value[:1]
            if count != 0 or option[1] in self.parser.prefix_chars or not value:
                raise ArgumentError(action, _("ignored explicit argument %r") % value)
            if next_option not in self.parser._option_string_actions:
                raise ArgumentError(action, _("ignored explicit argument %r") % value)
            calls.append((action, [], option))
            action, option = self.parser._option_string_actions[next_option], next_option
            value = value[1:] or None
        end = at + 1
        if action is None:
            self.extras.append(self.strings[at])
            return end
        if value is None:
            end += self.parser._match_argument(action, self.pattern[end:])
            calls.append((action, self.strings[at + 1 : end], option))
        for call in calls:
            self._take(*call)
        return end

    def _finish_actions(self):
        """Complains about what is missing; converts the defaults, those that are strings, of what was not given."""
        missing = []
        for action in self.parser._actions:
            if action in self.seen:
                continue
            if action.required:
                missing.append(_get_action_name(action))
            elif isinstance(action.default, str) and action.default is getattr(self.namespace, action.dest, None):
                setattr(self.namespace, action.dest, self.parser._get_value(action, action.default))
        if missing:
            self.parser.error(_("the following arguments are required: %s") % ", ".join(missing))

    def _check_groups(self):
        for group in self.parser._mutually_exclusive_groups:
            if group.required and self.given.isdisjoint(group._group_actions):
                names = [_get_action_name(action) for action in group._group_actions if action.help is not SUPPRESS]
                self.parser.error(_("one of the arguments %s is required") % " ".join(names))
