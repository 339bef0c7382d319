//! `reader`: a machine that takes lines apart, one character at a time.

use super::dialect::{self, QUOTE_NONE, QUOTE_NONNUMERIC, Rules};
use super::error;
use crate::modules::native::this;
use crate::object::{Boxed, Layout, Result, Slots, Type, Value};
use crate::protocol;
use crate::types::{float, int};
use std::cell::Cell;
use std::sync::atomic::Ordering;

/// Where in a record the machine is.
#[derive(Clone, Copy, PartialEq)]
enum State {
    StartRecord,
    StartField,
    Escaped,
    AfterEscapedNewline,
    InField,
    InQuoted,
    EscapedInQuoted,
    QuoteInQuoted,
    /// Behind the end of the line, where only more of it may follow.
    Newline,
}

/// The fields of a reader.
pub struct Reader {
    lines: Value,
    dialect: Value,
    line_number: Cell<i64>,
}

crate::body!(Reader: CsvReader { lines, dialect });

/// The record that is being read.
struct Record {
    state: State,
    row: Vec<Value>,
    field: String,
    /// How many characters the field has.
    length: i64,
    /// Whether the field is to become a float.
    numeric: bool,
}

/// `_csv.reader`
pub static READER: Type = Type::builtin::<Boxed<Reader>>(
    "_csv.reader",
    Layout::CsvReader,
    "An iterator over the rows of lines of text.",
    crate::defs! {
        get "dialect()" "" => |v| Ok(this::<Reader>(v).dialect.clone());
        get "line_num()" "" => |v| Ok(int::from_i64(this::<Reader>(v).line_number.get()));
    },
)
.with_slots(Slots { iter: Some(|v| Ok(v.clone())), next: Some(next), ..Slots::EMPTY });

/// `reader(iterable, dialect='excel', **fmtparams)`
pub fn new(a: &[Value]) -> Result {
    let (lines, base, keywords) = super::arguments(a)?;
    let body = Reader {
        lines: protocol::iter(&lines)?,
        dialect: dialect::make(base.as_ref(), &keywords)?,
        line_number: Cell::new(0),
    };
    Ok(Value::new(&READER, body))
}

impl Record {
    fn new() -> Record {
        Record { state: State::StartRecord, row: Vec::new(), field: String::new(), length: 0, numeric: false }
    }

    fn add(&mut self, c: char) -> Result<()> {
        let limit = super::FIELD_LIMIT.load(Ordering::Relaxed);
        if self.length >= limit {
            return error(format!("field larger than field limit ({limit})"));
        }
        self.length += 1;
        self.field.push(c);
        Ok(())
    }

    fn save(&mut self) -> Result<()> {
        let mut value = Value::str(&self.field);
        self.field.clear();
        self.length = 0;
        if std::mem::take(&mut self.numeric) {
            value = protocol::call(&float::FLOAT.value(), &[value])?;
        }
        self.row.push(value);
        Ok(())
    }

    /// Ends a field at a delimiter (`None`), or at the end of a line, which may have been reached without a newline.
    fn end_field(&mut self, line_end: Option<Option<char>>) -> Result<()> {
        self.save()?;
        self.state = match line_end {
            None => State::StartField,
            Some(None) => State::StartRecord,
            Some(Some(_)) => State::Newline,
        };
        Ok(())
    }

    /// Takes the next character; `None` is the end of the line.
    fn take(&mut self, c: Option<char>, rules: &Rules) -> Result<()> {
        let quotes = rules.quoting != QUOTE_NONE;
        let is_quote = c.is_some() && c == rules.quote && quotes;
        let is_escape = c.is_some() && c == rules.escape;
        let is_delimiter = c == Some(rules.delimiter);
        let line_end = matches!(c, None | Some('\n' | '\r')).then_some(c);
        match self.state {
            State::StartRecord if c.is_none() => {}
            State::StartRecord if line_end.is_some() => self.state = State::Newline,
            State::StartRecord | State::StartField => {
                if line_end.is_some() {
                    self.end_field(line_end)?;
                } else if is_quote {
                    self.state = State::InQuoted;
                } else if is_escape {
                    self.state = State::Escaped;
                } else if c == Some(' ') && rules.skip_space {
                    self.state = State::StartField;
                } else if is_delimiter {
                    self.end_field(None)?;
                } else if let Some(c) = c {
                    self.numeric = rules.quoting == QUOTE_NONNUMERIC;
                    self.add(c)?;
                    self.state = State::InField;
                }
            }
            State::Escaped => {
                self.add(c.unwrap_or('\n'))?;
                let newline = matches!(c, Some('\n' | '\r'));
                self.state = if newline { State::AfterEscapedNewline } else { State::InField };
            }
            State::AfterEscapedNewline if c.is_none() => {}
            State::AfterEscapedNewline | State::InField => {
                if line_end.is_some() {
                    self.end_field(line_end)?;
                } else if is_escape {
                    self.state = State::Escaped;
                } else if is_delimiter {
                    self.end_field(None)?;
                } else if let Some(c) = c {
                    self.add(c)?;
                    self.state = State::InField;
                }
            }
            State::InQuoted => {
                if is_escape {
                    self.state = State::EscapedInQuoted;
                } else if is_quote {
                    self.state = if rules.double_quote { State::QuoteInQuoted } else { State::InField };
                } else if let Some(c) = c {
                    self.add(c)?;
                }
            }
            State::EscapedInQuoted => {
                self.add(c.unwrap_or('\n'))?;
                self.state = State::InQuoted;
            }
            State::QuoteInQuoted => {
                if let Some(c) = c.filter(|_| is_quote) {
                    self.add(c)?;
                    self.state = State::InQuoted;
                } else if is_delimiter {
                    self.end_field(None)?;
                } else if line_end.is_some() {
                    self.end_field(line_end)?;
                } else if rules.strict {
                    let quote = rules.quote.unwrap_or('"');
                    return error(format!("'{}' expected after '{quote}'", rules.delimiter));
                } else if let Some(c) = c {
                    self.add(c)?;
                    self.state = State::InField;
                }
            }
            State::Newline => match c {
                Some('\n' | '\r') => {}
                None => self.state = State::StartRecord,
                Some(_) => {
                    return error(
                        "new-line character seen in unquoted field - do you need to open the file in \
                         universal-newline mode?",
                    );
                }
            },
        }
        Ok(())
    }
}

fn next(v: &Value) -> Result<Option<Value>> {
    let reader = this::<Reader>(v);
    let rules = this::<Rules>(&reader.dialect);
    let mut record = Record::new();
    loop {
        let Some(line) = protocol::next(&reader.lines)? else {
            if record.length != 0 || record.state == State::InQuoted {
                if rules.strict {
                    return error("unexpected end of data");
                }
                record.save()?;
                break;
            }
            return Ok(None);
        };
        let Some(text) = line.as_str() else {
            let kind = line.ty().name();
            return error(format!(
                "iterator should return strings, not {kind} (the file should be opened in text mode)"
            ));
        };
        reader.line_number.set(reader.line_number.get() + 1);
        for c in text.chars() {
            record.take(Some(c), rules)?;
        }
        record.take(None, rules)?;
        if record.state == State::StartRecord {
            break;
        }
    }
    Ok(Some(Value::list(record.row)))
}
