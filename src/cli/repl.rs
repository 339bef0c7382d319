//! The prompt: reads statements, runs them one by one and prints the values of expressions.
//!
//! On a terminal lines are edited and remembered (`~/.minipy_history`); otherwise, with `-i`, they are read plainly
//! and the prompts go to standard error, as CPython's do. The GIL is released while a line is awaited, so that
//! background threads run on.

use super::{INTERRUPTED, options, report};
use crate::modules::io;
use crate::object::{Raised, Value, intern};
use crate::protocol;
use crate::types::{exception, module};
use crate::vm;
use minipy_bytecode::Names;
use minipy_syntax::Mode;

/// What the reader got.
enum Line {
    Text(String),
    /// Ctrl-C: what was typed is forgotten.
    Interrupt,
    /// Ctrl-D, or the end of the input.
    End,
}

/// Where lines come from.
enum Reader {
    #[cfg(feature = "repl")]
    Terminal(Box<terminal::Terminal>),
    Plain,
}

impl Reader {
    fn new() -> Reader {
        #[cfg(feature = "repl")]
        if io::is_terminal(0)
            && io::is_terminal(1)
            && let Some(t) = terminal::Terminal::new()
        {
            return Reader::Terminal(Box::new(t));
        }
        Reader::Plain
    }

    fn read(&mut self, prompt: &str) -> Line {
        match self {
            #[cfg(feature = "repl")]
            Reader::Terminal(t) => minipy_sched::without_gil(|| t.read(prompt)),
            Reader::Plain => {
                let _ = io::write_program_stderr(prompt);
                match io::read_line() {
                    Ok(Some(line)) => Line::Text(line.trim_end_matches(['\n', '\r']).to_owned()),
                    Ok(None) => Line::End,
                    Err(_) => Line::Interrupt,
                }
            }
        }
    }

    fn remember(&mut self, _statement: &str) {
        #[cfg(feature = "repl")]
        if let Reader::Terminal(t) = self {
            t.remember(_statement);
        }
    }
}

#[cfg(feature = "repl")]
mod terminal {
    use super::Line;
    use rustyline::error::ReadlineError;
    use rustyline::history::FileHistory;
    use rustyline::{Config, Editor};
    use std::path::PathBuf;

    /// An editor of lines with a history.
    pub struct Terminal {
        editor: Editor<(), FileHistory>,
        history: Option<PathBuf>,
    }

    impl Terminal {
        pub fn new() -> Option<Terminal> {
            let config = Config::builder().max_history_size(10_000).ok()?.auto_add_history(false).build();
            let mut editor = Editor::with_config(config).ok()?;
            let history = std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".minipy_history"));
            if let Some(file) = &history {
                // There is none the first time.
                let _ = editor.load_history(file);
            }
            Some(Terminal { editor, history })
        }

        pub fn read(&mut self, prompt: &str) -> Line {
            match self.editor.readline(prompt) {
                Ok(line) => Line::Text(line),
                Err(ReadlineError::Interrupted) => Line::Interrupt,
                Err(_) => Line::End,
            }
        }

        pub fn remember(&mut self, line: &str) {
            let _ = self.editor.add_history_entry(line);
        }
    }

    impl Drop for Terminal {
        fn drop(&mut self) {
            if let Some(file) = &self.history {
                let _ = self.editor.save_history(file);
            }
        }
    }
}

fn prompt(name: &'static str, default: &str) -> String {
    match vm::import::sys_attribute(name) {
        Some(p) => protocol::str_string(&p).unwrap_or_else(|_| default.to_owned()),
        None => default.to_owned(),
    }
}

/// Reads and runs statements in a namespace until the input ends; returns the exit code.
pub fn run(namespace: &Value, banner: bool) -> i32 {
    if banner {
        let help = "Type \"help\", \"copyright\", \"credits\" or \"license\" for more information.";
        let _ = io::write_program_stderr(&format!("{} on linux\n{help}\n", options::version()));
    }
    if let Ok(sys) = vm::import::import_absolute("sys")
        && let Some(sys) = sys.cast::<module::Module>()
    {
        for (name, text) in [("ps1", ">>> "), ("ps2", "... ")] {
            if sys.namespace().get_interned(&intern(name)).is_none() {
                sys.namespace().set_interned(&intern(name), Value::str(text));
            }
        }
    }
    let mut reader = Reader::new();
    loop {
        let source = match statement(&mut reader) {
            Some(s) => s,
            None => {
                let _ = io::write_program_stderr("\n");
                return 0;
            }
        };
        if source.lines().all(|l| l.trim_start().is_empty() || l.trim_start().starts_with('#')) {
            continue;
        }
        reader.remember(source.trim_end());
        let done = vm::compile(&source, "<stdin>", Mode::Interactive, Names::Global)
            .and_then(|code| vm::run_code(&code, namespace, Value::UNBOUND));
        if let Err(e) = done
            && let Some(code) = failed(&e)
        {
            return code;
        }
        io::try_flush();
    }
}

/// Ctrl-C has been dealt with.
fn forget_interrupt() {
    minipy_sched::take_interrupt();
    minipy_sched::take_signals();
}

/// A whole statement with its line ends; `None` at the end of the input.
fn statement(reader: &mut Reader) -> Option<String> {
    let mut source = String::new();
    loop {
        let prompt = if source.is_empty() { prompt("ps1", ">>> ") } else { prompt("ps2", "... ") };
        match reader.read(&prompt) {
            Line::Text(line) => {
                source += &line;
                source.push('\n');
                if !minipy_syntax::is_incomplete(&source) {
                    return Some(source);
                }
            }
            Line::Interrupt => {
                forget_interrupt();
                let _ = io::write_program_stderr("\nKeyboardInterrupt\n");
                source.clear();
            }
            Line::End if source.is_empty() => return None,
            Line::End => return Some(source),
        }
    }
}

/// Reports what a statement raised; the exit code if the session ends.
fn failed(e: &Raised) -> Option<i32> {
    if e.0.ty().is_subtype(&exception::SYSTEM_EXIT) {
        return Some(report(e));
    }
    if report(e) == INTERRUPTED {
        forget_interrupt();
    }
    None
}
