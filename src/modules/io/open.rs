//! `open`: the layers that a mode asks for, on top of each other.

use super::buffered::{self, BufferedBody};
use super::fileio::{self, FileBody};
use super::{base, is_terminal, method, reader, text, writer};
use crate::modules::native::{class, this};
use crate::object::{Result, Value, arg, intern};
use crate::protocol::{self, type_error, value_error};
use crate::types::{exception, str};

/// What the letters of a mode ask for.
#[derive(Default)]
struct Mode {
    creating: bool,
    reading: bool,
    writing: bool,
    appending: bool,
    updating: bool,
    text: bool,
    binary: bool,
}

impl Mode {
    fn parse(mode: &str) -> Result<Mode> {
        let mut m = Mode::default();
        for c in mode.chars() {
            let letter = match c {
                'x' => &mut m.creating,
                'r' => &mut m.reading,
                'w' => &mut m.writing,
                'a' => &mut m.appending,
                '+' => &mut m.updating,
                't' => &mut m.text,
                'b' => &mut m.binary,
                _ => return invalid(mode),
            };
            if std::mem::replace(letter, true) {
                return invalid(mode);
            }
        }
        if m.text && m.binary {
            return value_error("can't have text and binary mode at once");
        }
        if [m.creating, m.reading, m.writing, m.appending].iter().filter(|&&x| x).count() > 1 {
            return value_error("must have exactly one of create/read/write/append mode");
        }
        Ok(m)
    }

    /// The mode of the raw file.
    fn raw(&self) -> String {
        let letters = [
            (self.creating, 'x'),
            (self.reading, 'r'),
            (self.writing, 'w'),
            (self.appending, 'a'),
            (self.updating, '+'),
        ];
        letters.iter().filter(|(on, _)| *on).map(|(_, c)| *c).collect()
    }
}

fn invalid<T>(mode: &str) -> Result<T> {
    value_error(format!("invalid mode: '{mode}'"))
}

/// The arguments of `open` that the layers need.
struct Request<'a> {
    mode: Mode,
    mode_text: Value,
    buffering: i32,
    encoding: &'a Value,
    errors: &'a Value,
    newline: &'a Value,
}

/// `open(file, mode, buffering, encoding, errors, newline, closefd, opener)`
pub fn open(a: &[Value]) -> Result {
    let mode_text = arg(a, 1).clone().bound().unwrap_or_else(|| Value::str("r"));
    let Some(mode) = mode_text.as_str() else {
        let given = str::given(&mode_text);
        return type_error(format!("open() argument 'mode' must be str, not {given}"));
    };
    let buffering = arg(a, 2).as_bound().map_or(Ok(-1), str::c_int)?;
    for (i, name) in [(3, "encoding"), (4, "errors"), (5, "newline")] {
        if let Some(v) = arg(a, i).as_bound().filter(|v| !v.is_none() && v.as_str().is_none()) {
            let given = v.ty().name();
            return type_error(format!("open() argument '{name}' must be str or None, not {given}"));
        }
    }
    let file = if a[0].ty().slots().index.is_some() { a[0].clone() } else { super::path(&a[0])?.0 };
    let request = Request {
        mode: Mode::parse(mode)?,
        mode_text: mode_text.clone(),
        buffering,
        encoding: arg(a, 3),
        errors: arg(a, 4),
        newline: arg(a, 5),
    };
    request.check()?;
    super::ready_standard_types();
    let closefd = arg(a, 6).as_bound().map_or(Ok(true), protocol::truth)?;
    let raw = fileio::new(&file, &request.mode.raw(), closefd, arg(a, 7))?;
    let mut outermost = raw.clone();
    request.layers(&raw, &mut outermost).inspect_err(|e| {
        // The file is closed at once, not when the error is forgotten.
        if let Err(second) = method(&outermost, "close", &[]) {
            exception::set_context(&e.0, &second.0, false);
        }
    })
}

/// `open_code(path)`
pub fn open_code(a: &[Value]) -> Result {
    if a[0].as_str().is_none() {
        let given = str::given(&a[0]);
        return type_error(format!("open_code() argument 'path' must be str, not {given}"));
    }
    open(&[a[0].clone(), Value::str("rb")])
}

impl Request<'_> {
    /// What cannot be had at once.
    fn check(&self) -> Result<()> {
        let given = |v: &Value| v.as_bound().is_some_and(|v| !v.is_none());
        for (v, name) in [(self.encoding, "encoding"), (self.errors, "errors"), (self.newline, "newline")] {
            if self.mode.binary && given(v) {
                let article = if name == "newline" { "a" } else { "an" };
                return value_error(format!("binary mode doesn't take {article} {name} argument"));
            }
        }
        if self.mode.binary && self.buffering == 1 {
            let text = "line buffering (buffering=1) isn't supported in binary mode, \
                        the default buffer size will be used";
            if let Some(warnings) = crate::vm::import::loaded("warnings") {
                let args = [Value::str(text), exception::RUNTIME_WARNING.value(), Value::small(1)];
                protocol::call(&protocol::get_attr(&warnings, &intern("warn"))?, &args)?;
            }
        }
        Ok(())
    }

    /// Puts the layers that are asked for on top of the raw file; `outermost` is always the topmost so far.
    fn layers(&self, raw: &Value, outermost: &mut Value) -> Result {
        let terminal = self.buffering < 0 && is_terminal(this::<FileBody>(raw).fd.get());
        let line_buffering = self.buffering == 1 || terminal;
        let size = match self.buffering {
            n if n < 0 || n == 1 => this::<FileBody>(raw).block_size.get(),
            n => n as i64,
        };
        if size == 0 {
            if !self.mode.binary {
                return value_error("can't have unbuffered text I/O");
            }
            return Ok(raw.clone());
        }
        let (ty, readable, writable) = match &self.mode {
            Mode { updating: true, .. } => (&writer::BUFFERED_RANDOM, true, true),
            Mode { reading: true, .. } => (&reader::BUFFERED_READER, true, false),
            _ => (&writer::BUFFERED_WRITER, false, true),
        };
        if readable && writable {
            class(ty);
            base::check_able(raw, "seekable")?;
        }
        let buffer = Value::new(ty, BufferedBody::over(raw.clone(), readable, writable));
        buffered::set_size(this::<BufferedBody>(&buffer), size)?;
        *outermost = buffer.clone();
        if self.mode.binary {
            return Ok(buffer);
        }
        let stream = text::new();
        let setup = text::setup(self.encoding, self.errors, text::newline(self.newline)?, line_buffering)?;
        text::open_over(&stream, &buffer, setup)?;
        *outermost = stream.clone();
        this::<text::TextBody>(&stream).set_mode(self.mode_text.clone());
        Ok(stream)
    }
}

/// A raw file's buffer as `open` would make it.
pub fn buffer_over(raw: Value, readable: bool) -> Value {
    let ty = if readable { &reader::BUFFERED_READER } else { &writer::BUFFERED_WRITER };
    Value::new(ty, BufferedBody::over(raw, readable, !readable))
}
