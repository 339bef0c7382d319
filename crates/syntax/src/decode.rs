//! From a file's bytes to source text: byte-order mark and encoding.

/// Bytes that are no source text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeError {
    /// What is wrong: CPython's message for a text that is decoded by the program.
    pub message: String,
    /// The offending byte.
    pub byte: u8,
    /// The line, from 1, of the offending byte.
    pub line: u32,
}

impl DecodeError {
    /// CPython's message for a source file.
    pub fn in_file(&self, file: &str) -> String {
        format!(
            "Non-UTF-8 code starting with '\\x{:02x}' in file {file} on line {}, but no encoding declared; \
             see https://peps.python.org/pep-0263/ for details",
            self.byte, self.line
        )
    }
}

/// Decodes a file. Only UTF-8 is supported; a byte-order mark is dropped.
///
/// # Errors
/// What CPython says of a byte that is not UTF-8.
pub fn decode(bytes: &[u8]) -> Result<String, DecodeError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(e) => {
            let at = e.valid_up_to();
            let line = bytes[..at].iter().filter(|&&b| b == b'\n').count() as u32 + 1;
            let reason = match e.error_len() {
                None => "unexpected end of data",
                Some(1) if matches!(bytes[at], 0x80..0xC2 | 0xF5..) => "invalid start byte",
                Some(_) => "invalid continuation byte",
            };
            let message = format!(
                "(unicode error) 'utf-8' codec can't decode byte {:#04x} in position {at}: {reason}",
                bytes[at]
            );
            Err(DecodeError { message, byte: bytes[at], line })
        }
    }
}
