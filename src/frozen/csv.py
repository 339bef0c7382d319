"""Comma-separated values, and other tables in text files."""

import re
from io import StringIO

from _csv import (
    QUOTE_ALL, QUOTE_MINIMAL, QUOTE_NONE, QUOTE_NONNUMERIC, Dialect as _Rules, Error, __version__, field_size_limit,
    get_dialect, list_dialects, reader, register_dialect, unregister_dialect, writer,
)

__all__ = [
    "QUOTE_MINIMAL", "QUOTE_ALL", "QUOTE_NONNUMERIC", "QUOTE_NONE", "Error", "Dialect", "__doc__", "excel",
    "excel_tab", "field_size_limit", "reader", "writer", "register_dialect", "get_dialect", "list_dialects", "Sniffer",
    "unregister_dialect", "__version__", "DictReader", "DictWriter", "unix_dialect",
]


class Dialect:
    """What separates and quotes fields, as class attributes; to be derived from."""

    _name = ""
    _valid = False
    delimiter = None
    quotechar = None
    escapechar = None
    doublequote = None
    skipinitialspace = None
    lineterminator = None
    quoting = None

    def __init__(self):
        self._valid = type(self) is not Dialect
        try:
            _Rules(self)
        except TypeError as error:
            raise Error(str(error))


class excel(Dialect):
    """As spreadsheets write it."""

    delimiter = ","
    quotechar = '"'
    doublequote = True
    skipinitialspace = False
    lineterminator = "\r\n"
    quoting = QUOTE_MINIMAL


class excel_tab(excel):
    """The same with tabs."""

    delimiter = "\t"


class unix_dialect(Dialect):
    """With the line ends of Unix and all fields quoted."""

    delimiter = ","
    quotechar = '"'
    doublequote = True
    skipinitialspace = False
    lineterminator = "\n"
    quoting = QUOTE_ALL


register_dialect("excel", excel)
register_dialect("excel-tab", excel_tab)
register_dialect("unix", unix_dialect)


class DictReader:
    """Rows as dictionaries; the first row has the keys unless they are given."""

    def __init__(self, f, fieldnames=None, restkey=None, restval=None, dialect="excel", *args, **kwds):
        self._fieldnames = fieldnames
        self.restkey = restkey
        self.restval = restval
        self.reader = reader(f, dialect, *args, **kwds)
        self.dialect = dialect
        self.line_num = 0

    def __iter__(self):
        return self

    @property
    def fieldnames(self):
        """The keys."""
        if self._fieldnames is None:
            self._fieldnames = next(self.reader, None)
        self.line_num = self.reader.line_num
        return self._fieldnames

    @fieldnames.setter
    def fieldnames(self, value):
        self._fieldnames = value

    def __next__(self):
        if self.line_num == 0:
            self.fieldnames
        row = next(self.reader)
        self.line_num = self.reader.line_num
        while row == []:
            row = next(self.reader)
        names = self.fieldnames
        result = dict(zip(names, row))
        if len(row) > len(names):
            result[self.restkey] = row[len(names) :]
        for name in names[len(row) :]:
            result[name] = self.restval
        return result


class DictWriter:
    """Writes dictionaries as rows."""

    def __init__(self, f, fieldnames, restval="", extrasaction="raise", dialect="excel", *args, **kwds):
        self.fieldnames = fieldnames
        self.restval = restval
        if extrasaction.lower() not in ("raise", "ignore"):
            raise ValueError(f"extrasaction ({extrasaction}) must be 'raise' or 'ignore'")
        self.extrasaction = extrasaction
        self.writer = writer(f, dialect, *args, **kwds)

    def writeheader(self):
        """Writes the keys."""
        return self.writerow(dict(zip(self.fieldnames, self.fieldnames)))

    def _row(self, rowdict):
        if self.extrasaction == "raise":
            unknown = rowdict.keys() - self.fieldnames
            if unknown:
                raise ValueError(f"dict contains fields not in fieldnames: {', '.join(map(repr, unknown))}")
        return (rowdict.get(key, self.restval) for key in self.fieldnames)

    def writerow(self, rowdict):
        """Writes a dictionary."""
        return self.writer.writerow(self._row(rowdict))

    def writerows(self, rowdicts):
        """Writes several dictionaries."""
        return self.writer.writerows(map(self._row, rowdicts))


_DELIMITER = r"(?P<delim>[^\w\n\"'])(?P<space> ?)"
_QUOTED = r"(?P<quote>[\"']).*?(?P=quote)"
# Quoted fields between delimiters, at the beginning of a line, at its end, and alone on it.
_quoted_fields = [
    re.compile(pattern, re.DOTALL | re.MULTILINE)
    for pattern in (
        rf"{_DELIMITER}{_QUOTED}(?P=delim)", rf"(?:^|\n){_QUOTED}{_DELIMITER}", rf"{_DELIMITER}{_QUOTED}(?:$|\n)",
        rf"(?:^|\n){_QUOTED}(?:$|\n)",
    )
]


def _most_frequent(values):
    """The most frequent value that is not empty, the first of several, and how often it is there; or None."""
    counts = {}
    for value in values:
        if value:
            counts[value] = counts.get(value, 0) + 1
    return max(counts.items(), key=lambda item: item[1]) if counts else None


class Sniffer:
    """Guesses the dialect of a sample."""

    def __init__(self):
        self.preferred = [",", "\t", ";", " ", ":"]

    def sniff(self, sample, delimiters=None):
        """A dialect, with one of the delimiters if they are given."""
        quotechar, doublequote, delimiter, skipinitialspace = self._guess_quote_and_delimiter(sample, delimiters)
        if not delimiter:
            delimiter, skipinitialspace = self._guess_delimiter(sample, delimiters)
        if not delimiter:
            raise Error("Could not determine delimiter")

        class dialect(Dialect):
            _name = "sniffed"
            lineterminator = "\r\n"
            quoting = QUOTE_MINIMAL

        dialect.doublequote = doublequote
        dialect.delimiter = delimiter
        dialect.quotechar = quotechar or '"'
        dialect.skipinitialspace = skipinitialspace
        return dialect

    def _guess_quote_and_delimiter(self, data, delimiters):
        """What is around quoted fields, if there are any."""
        found = []
        for pattern in _quoted_fields:
            found = [match.groupdict() for match in pattern.finditer(data)]
            if found:
                break
        if not found:
            return "", False, None, 0
        quote = _most_frequent(field["quote"] for field in found)[0]
        around = [field.get("delim", "") for field in found]
        best = _most_frequent(delim for delim in around if delimiters is None or delim in delimiters)
        delim, skipinitialspace = "", 0
        if best:
            delim = "" if best[0] == "\n" else best[0]
            skipinitialspace = best[1] == sum(bool(field.get("space")) for field in found)
        outside = re.escape(delim)
        twice = f"{quote}[^{outside}\n]*"
        pattern = rf"(({outside})|^)\W*{twice}{twice}{quote}\W*(({outside})|$)"
        return quote, bool(re.search(pattern, data, re.MULTILINE)), delim, skipinitialspace

    def _guess_delimiter(self, data, delimiters):
        """The character that is there equally often in most lines; ten more lines are looked at until there is one."""
        lines = [line for line in data.split("\n") if line]
        step = min(10, len(lines))
        counts = {chr(code): {} for code in range(127)}
        modes, candidates = {}, {}
        for start in range(0, len(lines), step or 1):
            for line in lines[start : start + step]:
                for char, table in counts.items():
                    number = line.count(char)
                    table[number] = table.get(number, 0) + 1
            for char, table in counts.items():
                if list(table) == [0]:
                    continue
                number, often = max(table.items(), key=lambda item: item[1])
                # How many lines have the usual number more than have another one.
                modes[char] = number, 2 * often - sum(table.values())
            candidates = self._consistent(modes, min(start + step, len(lines)), delimiters)
            if len(candidates) == 1:
                return self._with_space(next(iter(candidates)), lines)
        if not candidates:
            return "", 0
        for char in self.preferred:
            if char in candidates:
                return self._with_space(char, lines)
        return self._with_space(max((mode, char) for char, mode in candidates.items())[1], lines)

    @staticmethod
    def _consistent(modes, total, delimiters):
        """The characters that are there equally often in all lines, or else in nearly all."""
        consistency = 1.0
        while consistency >= 0.9:
            found = {
                char: (number, often)
                for char, (number, often) in modes.items()
                if number > 0 and often > 0 and often / total >= consistency
                and (delimiters is None or char in delimiters)
            }
            if found:
                return found
            consistency -= 0.01
        return {}

    @staticmethod
    def _with_space(delimiter, lines):
        """The delimiter, and whether a space follows it always."""
        return delimiter, lines[0].count(delimiter) == lines[0].count(f"{delimiter} ")

    def has_header(self, sample):
        """Whether the first row looks different from the others: its fields are no numbers, or of other lengths."""
        rows = reader(StringIO(sample), self.sniff(sample))
        header = next(rows)
        kinds = dict.fromkeys(range(len(header)))
        for checked, row in enumerate(rows):
            if checked > 20:
                break
            if len(row) != len(header):
                continue
            for column in list(kinds):
                kind = self._kind(row[column])
                if kinds[column] is None:
                    kinds[column] = kind
                elif kinds[column] != kind:
                    del kinds[column]
        votes = 0
        for column, kind in kinds.items():
            if isinstance(kind, int):
                differs = len(header[column]) != kind
            else:
                # A column without values has no kind, and cannot be like its header.
                differs = kind is None or self._kind(header[column]) is not kind
            votes += 1 if differs else -1
        return votes > 0

    @staticmethod
    def _kind(text):
        """The type `complex` for a number, the length of anything else."""
        try:
            complex(text)
        except (ValueError, OverflowError):
            return len(text)
        return complex
