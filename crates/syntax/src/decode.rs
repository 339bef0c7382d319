//! From a file's bytes to source text: byte-order mark and encoding.

/// Bytes that are no source text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeError {
    /// What is wrong: CPython's message for a text that is decoded by the program.
    pub message: String,
    /// The offending byte.
    pub byte: u8,
    /// The line, from 1, of the offending byte; 0 if it is the declared encoding that is wrong.
    pub line: u32,
}

impl DecodeError {
    /// CPython's message for a source file.
    pub fn in_file(&self, file: &str) -> String {
        if self.line == 0 {
            return self.message.replace("unknown encoding", "encoding problem");
        }
        format!(
            "Non-UTF-8 code starting with '\\x{:02x}' in file {file} on line {}, but no encoding declared; \
             see https://peps.python.org/pep-0263/ for details",
            self.byte, self.line
        )
    }
}

/// Decodes a file: UTF-8, or what a comment on its first two lines says, of which ASCII, Latin-1 and Latin-9 are
/// known. A byte-order mark is dropped.
///
/// # Errors
/// What CPython says of an encoding that is not known, and of a byte that the encoding does not have.
pub fn decode(bytes: &[u8]) -> Result<String, DecodeError> {
    let marked = bytes.strip_prefix(b"\xef\xbb\xbf");
    let text = marked.unwrap_or(bytes);
    let Some(name) = declared(text) else { return utf8(text) };
    let normal = name.to_ascii_lowercase().replace('_', "-");
    let is = |prefix: &str| normal == prefix || normal.starts_with(&format!("{prefix}-"));
    let problem = |message| Err(DecodeError { message, byte: 0, line: 0 });
    if is("utf-8") || normal == "utf8" {
        return utf8(text);
    }
    if marked.is_some() {
        return problem(format!("encoding problem: {name} with BOM"));
    }
    if is("latin-1") || is("iso-8859-1") || is("iso-latin-1") || matches!(&*normal, "latin1" | "latin" | "l1")
    {
        return Ok(text.iter().map(|&b| b as char).collect());
    }
    match &*normal {
        "iso-8859-15" | "iso8859-15" | "latin-9" | "latin9" => Ok(text.iter().map(|&b| latin9(b)).collect()),
        "ascii" | "us-ascii" => match text.iter().position(|b| !b.is_ascii()) {
            None => utf8(text),
            Some(at) => problem(format!(
                "(unicode error) 'ascii' codec can't decode byte {:#04x} in position {at}: ordinal not in \
                 range(128)",
                text[at]
            )),
        },
        _ => problem(format!("unknown encoding: {name}")),
    }
}

/// The encoding that a comment declares on the first line, or on the second if the first has only a comment.
fn declared(bytes: &[u8]) -> Option<&str> {
    let mut lines = bytes.split(|&b| b == b'\n');
    for line in lines.by_ref().take(2) {
        let line = line.trim_ascii();
        if line.is_empty() {
            continue;
        }
        if line[0] != b'#' {
            return None;
        }
        let found = line.windows(7).position(|w| w.starts_with(b"coding") && matches!(w[6], b':' | b'='));
        let Some(at) = found else { continue };
        let rest = line[at + 7..].trim_ascii_start();
        let part = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
        let len = rest.iter().take_while(|b| part(b)).count();
        if len > 0 {
            return std::str::from_utf8(&rest[..len]).ok();
        }
    }
    None
}

/// Latin-9 is Latin-1 with the euro sign and seven letters.
fn latin9(b: u8) -> char {
    match b {
        0xa4 => '€',
        0xa6 => 'Š',
        0xa8 => 'š',
        0xb4 => 'Ž',
        0xb8 => 'ž',
        0xbc => 'Œ',
        0xbd => 'œ',
        0xbe => 'Ÿ',
        _ => b as char,
    }
}

fn utf8(bytes: &[u8]) -> Result<String, DecodeError> {
    let Err(e) = std::str::from_utf8(bytes) else { return Ok(String::from_utf8_lossy(bytes).into_owned()) };
    let at = e.valid_up_to();
    let line = bytes[..at].iter().filter(|&&b| b == b'\n').count() as u32 + 1;
    let reason = match e.error_len() {
        None => "unexpected end of data",
        Some(1) if matches!(bytes[at], 0x80..0xC2 | 0xF5..) => "invalid start byte",
        Some(_) => "invalid continuation byte",
    };
    let byte = bytes[at];
    let message =
        format!("(unicode error) 'utf-8' codec can't decode byte {byte:#04x} in position {at}: {reason}");
    Err(DecodeError { message, byte, line })
}
