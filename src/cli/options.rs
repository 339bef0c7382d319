//! The options, which follow CPython's: what comes after the program to run belongs to the program.

use clap::{Arg, ArgAction, ArgMatches, Command};

/// What to run.
#[derive(Debug, PartialEq)]
pub enum Program {
    /// A script, or a folder with a `__main__.py`.
    File(String),
    /// `-c`
    Code(String),
    /// `-m`
    Module(String),
    /// Standard input.
    Stdin,
    /// `--tokens`, `--ast` or `--dis` of a file.
    Show(&'static str, String),
}

/// The command line, understood.
#[derive(Debug, PartialEq)]
pub struct Options {
    /// What to run.
    pub program: Program,
    /// `sys.argv`
    pub argv: Vec<String>,
    /// `-i`: a prompt afterwards.
    pub interactive: bool,
    /// `-q`: no banner.
    pub quiet: bool,
    /// `-E`: `PYTHON*` variables do not count.
    pub ignore_environment: bool,
    /// `-W`: what to do with warnings.
    pub warnings: Vec<String>,
    /// `-u`: output is not buffered.
    pub unbuffered: bool,
    /// `--switch-interval`, in seconds.
    pub switch_interval: Option<f64>,
}

/// Why nothing is to be run.
pub enum Stop {
    /// Print this and end well.
    Text(String),
    /// Print this to standard error and end with exit code 2.
    Usage(String),
}

/// What `-V` prints.
pub fn version() -> String {
    format!("Python {} (minipy {})", crate::modules::sys_info::VERSION, env!("CARGO_PKG_VERSION"))
}

const SHOWN: [&str; 3] = ["tokens", "ast", "dis"];

fn command() -> Command {
    let flag = |name: &'static str, short: char, help: &'static str| {
        Arg::new(name).short(short).action(ArgAction::SetTrue).help(help)
    };
    // Takes everything that follows, options included.
    let rest = |name: &'static str, short: char, value: &'static str, help: &'static str| {
        Arg::new(name).short(short).num_args(1..).value_name(value).allow_hyphen_values(true).help(help)
    };
    let show =
        |name: &'static str, help: &'static str| Arg::new(name).long(name).value_name("FILE").help(help);
    Command::new("minipy")
        .about("A Python interpreter with a real global interpreter lock")
        .override_usage("minipy [options] [FILE | -c CODE | -m MODULE | -] [arguments]")
        .disable_version_flag(true)
        .args_override_self(true)
        .arg(
            Arg::new("script")
                .value_name("FILE")
                .num_args(0..)
                .trailing_var_arg(true)
                .help("A script (- is standard input, the default) and its arguments"),
        )
        .arg(rest("code", 'c', "CODE", "Run a program given as text; the rest are its arguments"))
        .arg(rest("module", 'm', "MODULE", "Run a module as a script; the rest are its arguments"))
        .arg(flag(
            "interactive",
            'i',
            "A prompt after the program, or although standard input is no terminal",
        ))
        .arg(flag("quiet", 'q', "No banner at the prompt"))
        .arg(
            Arg::new("version")
                .short('V')
                .long("version")
                .action(ArgAction::SetTrue)
                .help("Print the version and exit"),
        )
        .arg(
            Arg::new("switch-interval")
                .long("switch-interval")
                .value_name("SECONDS")
                .help("How long a thread waits before it asks for the GIL (0.005)"),
        )
        .arg(show("tokens", "Print the tokens of a script"))
        .arg(show("ast", "Print its syntax tree"))
        .arg(show("dis", "Print its bytecode"))
        .arg(flag("ignore-environment", 'E', "Ignore PYTHONPATH"))
        .arg(flag("unbuffered", 'u', "Pass on at once what is written to standard output and error"))
        .args(
            [
                ("bytecode", 'B'),
                ("isolated", 'I'),
                ("optimize", 'O'),
                ("user-site", 's'),
                ("site", 'S'),
                ("verbose", 'v'),
                ("bytes", 'b'),
                ("debug", 'd'),
                ("first-line", 'x'),
                ("safe-path", 'P'),
            ]
            .map(|(name, short)| flag(name, short, "Accepted as CPython's").hide(true)),
        )
        .arg(
            Arg::new("warnings")
                .short('W')
                .value_name("FILTER")
                .action(ArgAction::Append)
                .help("What to do with warnings, action:message:category:module:line, as in PYTHONWARNINGS"),
        )
        .arg(
            Arg::new("implementation")
                .short('X')
                .action(ArgAction::Append)
                .help("Accepted as CPython's")
                .hide(true),
        )
}

fn usage(message: &str) -> Stop {
    Stop::Usage(format!(
        "{message}\nusage: minipy [option] ... [-c cmd | -m mod | file | -] [arg] ...\nTry `minipy -h' for more information.\n"
    ))
}

/// Reads the arguments after the program's name.
pub fn parse(args: Vec<String>) -> Result<Options, Stop> {
    // clap does not say which option lacks its value in CPython's words.
    if let Some(last) = args.last()
        && let Some(option) = ["-c", "-m"].iter().find(|o| *o == last)
        && args[..args.len() - 1]
            .iter()
            .all(|a| a.starts_with('-') && !a.starts_with("-c") && !a.starts_with("-m"))
    {
        return Err(usage(&format!("Argument expected for the {option} option")));
    }
    let found = command().no_binary_name(true).try_get_matches_from(args).map_err(|e| match e.kind() {
        clap::error::ErrorKind::DisplayHelp => Stop::Text(e.to_string()),
        clap::error::ErrorKind::UnknownArgument => {
            let argument = e.get(clap::error::ContextKind::InvalidArg);
            usage(&format!("Unknown option: {}", argument.map(ToString::to_string).unwrap_or_default()))
        }
        _ => {
            let text = e.to_string();
            usage(text.lines().next().unwrap_or_default())
        }
    })?;
    if found.get_flag("version") {
        return Err(Stop::Text(version() + "\n"));
    }
    let (program, argv) = program(&found)?;
    let switch_interval = match found.get_one::<String>("switch-interval") {
        None => None,
        Some(text) => match text.parse::<f64>().ok().filter(|s| *s > 0.0 && s.is_finite()) {
            Some(seconds) => Some(seconds),
            None => return Err(usage(&format!("invalid switch interval: '{text}'"))),
        },
    };
    Ok(Options {
        program,
        argv,
        interactive: found.get_flag("interactive"),
        quiet: found.get_flag("quiet"),
        warnings: found.get_many::<String>("warnings").into_iter().flatten().cloned().collect(),
        unbuffered: found.get_flag("unbuffered"),
        ignore_environment: found.get_flag("ignore-environment") || found.get_flag("isolated"),
        switch_interval,
    })
}

fn program(found: &ArgMatches) -> Result<(Program, Vec<String>), Stop> {
    let values = |name: &str| -> Vec<String> {
        found.get_many::<String>(name).into_iter().flatten().cloned().collect()
    };
    for what in SHOWN {
        if let Some(file) = found.get_one::<String>(what) {
            return Ok((Program::Show(what, file.clone()), Vec::new()));
        }
    }
    let mut code = values("code");
    if !code.is_empty() {
        let text = std::mem::replace(&mut code[0], "-c".to_owned());
        return Ok((Program::Code(text), code));
    }
    let module = values("module");
    if let Some(name) = module.first() {
        return Ok((Program::Module(name.clone()), module));
    }
    let script = values("script");
    Ok(match script.first().map(String::as_str) {
        None => (Program::Stdin, vec![String::new()]),
        Some("-") => (Program::Stdin, script),
        Some(file) => (Program::File(file.to_owned()), script),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(args: &[&str]) -> (Program, Vec<String>) {
        match parse(args.iter().map(|s| s.to_string()).collect()) {
            Ok(o) => (o.program, o.argv),
            Err(Stop::Text(t) | Stop::Usage(t)) => panic!("{t}"),
        }
    }

    #[test]
    fn the_rest_belongs_to_the_program() {
        let argv = |a: &[&str]| a.iter().map(|s| s.to_string()).collect::<Vec<_>>();
        assert_eq!(
            run(&["-c", "x", "-i", "--", "-q"]),
            (Program::Code("x".into()), argv(&["-c", "-i", "--", "-q"]))
        );
        assert_eq!(run(&["-Bcx"]), (Program::Code("x".into()), argv(&["-c"])));
        assert_eq!(
            run(&["-u", "a.py", "-c", "b"]),
            (Program::File("a.py".into()), argv(&["a.py", "-c", "b"]))
        );
        assert_eq!(run(&["-m", "a.b", "--help"]), (Program::Module("a.b".into()), argv(&["a.b", "--help"])));
        assert_eq!(run(&["-", "x"]), (Program::Stdin, argv(&["-", "x"])));
        assert_eq!(run(&["-W", "error", "-Xdev", "a.py"]), (Program::File("a.py".into()), argv(&["a.py"])));
        assert_eq!(run(&[]), (Program::Stdin, argv(&[""])));
    }

    #[test]
    fn bad_options_are_usage_errors() {
        for bad in [&["-z"][..], &["-c"], &["--switch-interval", "0"], &["--nope"], &["-B", "-m"]] {
            assert!(
                matches!(parse(bad.iter().map(|s| s.to_string()).collect()), Err(Stop::Usage(_))),
                "{bad:?}"
            );
        }
    }
}
