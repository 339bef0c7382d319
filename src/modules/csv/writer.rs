//! `writer`: rows as lines of text.

use super::dialect::{self, QUOTE_ALL, QUOTE_NONE, QUOTE_NONNUMERIC, Rules};
use super::error;
use crate::modules::native::this;
use crate::object::{Boxed, Layout, Result, Slots, Type, Value, intern};
use crate::protocol::{self, type_error};

/// The fields of a writer.
pub struct Writer {
    /// The method `write` of the file.
    write: Value,
    dialect: Value,
}

crate::body!(Writer: CsvWriter { write, dialect });

/// `_csv.writer`
pub static WRITER: Type = Type::builtin::<Boxed<Writer>>(
    "_csv.writer",
    Layout::CsvWriter,
    "Writes rows to a file.",
    crate::defs! {
        get "dialect()" "" => |v| Ok(this::<Writer>(v).dialect.clone());
        fn "writerow(row, /)" "Writes a row, an iterable of fields." => |a| write_row(&a[0], &a[1]);
        fn "writerows(rows, /)" "Writes several rows." => |a| {
            protocol::for_each(&a[1], |row| write_row(&a[0], &row).map(drop))?;
            Ok(Value::NONE)
        };
    },
)
.with_slots(Slots::EMPTY);

/// `writer(fileobj, dialect='excel', **fmtparams)`
pub fn new(a: &[Value]) -> Result {
    let (file, base, keywords) = super::arguments(a)?;
    let dialect = dialect::make(base.as_ref(), &keywords)?;
    match protocol::get_attr_opt(&file, &intern("write"))? {
        Some(write) if write.ty().slots().call.is_some() => {
            Ok(Value::new(&WRITER, Writer { write, dialect }))
        }
        _ => type_error("argument 1 must have a \"write\" method"),
    }
}

/// Appends a field to a line, quoted if it must be.
fn append(line: &mut String, field: &str, mut quoted: bool, rules: &Rules) -> Result<()> {
    let start = line.len();
    let is_quote = |c| rules.quote == Some(c);
    for c in field.chars() {
        let special =
            c == rules.delimiter || rules.escape == Some(c) || is_quote(c) || rules.terminator.contains(c);
        if special {
            let escaped = if rules.quoting == QUOTE_NONE {
                true
            } else if is_quote(c) {
                if rules.double_quote {
                    line.push(c);
                }
                !rules.double_quote
            } else {
                rules.escape == Some(c)
            };
            match rules.escape {
                Some(escape) if escaped => line.push(escape),
                None if escaped => return error("need to escape, but no escapechar set"),
                _ => quoted = true,
            }
        }
        line.push(c);
    }
    if let Some(quote) = rules.quote.filter(|_| quoted) {
        line.insert(start, quote);
        line.push(quote);
    }
    Ok(())
}

fn write_row(v: &Value, row: &Value) -> Result {
    let writer = this::<Writer>(v);
    let rules = this::<Rules>(&writer.dialect);
    if row.ty().slots().iter.is_none() && row.ty().slots().get_item.is_none() {
        return error(format!("iterable expected, not {}", row.ty().name()));
    }
    let (mut line, mut count) = (String::new(), 0);
    protocol::for_each(row, |field| {
        let quoted = match rules.quoting {
            QUOTE_NONNUMERIC => {
                let slots = field.ty().slots();
                slots.int.is_none() && slots.float.is_none() && slots.index.is_none()
            }
            QUOTE_ALL => true,
            _ => false,
        };
        if count > 0 {
            line.push(rules.delimiter);
        }
        count += 1;
        match field.as_str() {
            Some(text) => append(&mut line, text, quoted, rules),
            None if field.is_none() => append(&mut line, "", quoted, rules),
            None => append(&mut line, &protocol::str_string(&field)?, quoted, rules),
        }
    })?;
    // A row of one empty field is not an empty line.
    if count > 0 && line.is_empty() {
        if rules.quoting == QUOTE_NONE {
            return error("single empty field record must be quoted");
        }
        append(&mut line, "", true, rules)?;
    }
    line.push_str(&rules.terminator);
    protocol::call(&writer.write, &[Value::str(&line)])
}
