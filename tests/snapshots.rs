//! What people see, as snapshots: tokens, trees, bytecode, tracebacks, the command line, the prompt, the examples.
//! After a wanted change: `INSTA_UPDATE=always cargo test --test snapshots`, and look at the difference.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Runs minipy in the project's folder; its output, errors and exit code as one text.
fn minipy(args: &[&str], stdin: &str) -> String {
    let mut child = Command::new(env!("CARGO_BIN_EXE_minipy"))
        .args(args)
        .current_dir(root())
        .env_remove("PYTHONPATH")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("minipy starts");
    // It may have ended without reading.
    let _ = child.stdin.take().expect("it is piped").write_all(stdin.as_bytes());
    let output = child.wait_with_output().expect("it ends");
    // Line numbers of frozen modules change whenever those do.
    let line = |l: &str| match l.split_once(">\", line ") {
        Some((module, place)) if l.contains("\"<frozen ") => {
            format!("{module}>\", line N{}\n", place.trim_start_matches(|c: char| c.is_ascii_digit()))
        }
        _ => format!("{l}\n"),
    };
    let text = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes).replace(env!("CARGO_MANIFEST_DIR"), "ROOT");
        let ends = text.ends_with('\n') || text.is_empty();
        let text: String = text.lines().map(line).collect();
        if ends { text } else { text.trim_end_matches('\n').to_owned() }
    };
    let mut out = text(&output.stdout);
    if !output.stderr.is_empty() {
        out += &format!("--- stderr\n{}", text(&output.stderr));
    }
    out + &format!("--- exit {}\n", output.status.code().map_or("by a signal".into(), |c| c.to_string()))
}

fn files(folder: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root().join(folder)).expect("the folder is there");
    let mut files: Vec<_> = entries.map(|e| e.expect("an entry").path()).collect();
    files.retain(|p| p.extension().is_some_and(|e| e == "py"));
    files.sort();
    files
}

fn name(path: &Path) -> String {
    path.file_stem().expect("a file").to_string_lossy().into_owned()
}

#[test]
fn front_end() {
    for file in files("tests/front") {
        let stem = name(&file);
        let path = format!("tests/front/{stem}.py");
        for view in ["tokens", "ast", "dis"] {
            if view == "dis" && stem == "syntax_only" {
                continue;
            }
            insta::assert_snapshot!(format!("{view}_{stem}"), minipy(&[&format!("--{view}"), &path], ""));
        }
    }
}

/// `--ast` prints what CPython's `ast.dump` prints.
#[test]
fn trees_are_cpythons() {
    let mut all = files("tests/front");
    all.extend(files("examples"));
    let mut folders = vec![root().join("tests/scripts")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("the folder is there") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "py") {
                all.push(path);
            }
        }
    }
    all.sort();
    let program = "import ast, sys\nfor p in sys.argv[1:]:\n    print(ast.dump(ast.parse(open(p).read()), indent=4), end='\\0')";
    let output = Command::new("python3").args(["-c", program]).args(&all).output().expect("python3 starts");
    let theirs = String::from_utf8_lossy(&output.stdout).into_owned();
    for (file, tree) in all.iter().zip(theirs.split('\0')) {
        let ours = minipy(&["--ast", &file.display().to_string()], "");
        assert!(ours == format!("{tree}\n--- exit 0\n"), "{} differs", file.display());
    }
}

#[test]
fn tracebacks() {
    for file in files("tests/tracebacks") {
        let path = format!("tests/tracebacks/{}.py", name(&file));
        insta::assert_snapshot!(format!("traceback_{}", name(&file)), minipy(&[&path], ""));
    }
}

#[test]
fn command_line() {
    let cases: &[(&str, &[&str], &str)] = &[
        ("help", &["-h"], ""),
        ("version", &["--version"], ""),
        ("unknown_option", &["-z"], ""),
        ("missing_argument", &["-c"], ""),
        ("bad_interval", &["--switch-interval", "never", "-c", "1"], ""),
        ("missing_file", &["tests/nothing.py"], ""),
        ("directory", &["tests/front"], ""),
        ("missing_module", &["-m", "nothing_of_this_name"], ""),
        ("piped", &["-", "a", "-b"], "import sys\nprint(sys.argv)\n"),
        ("code_arguments", &["-c", "import sys; print(sys.argv); sys.exit(3)", "-i", "x"], ""),
        ("exit_text", &["-c", "raise SystemExit('goodbye')"], ""),
        ("exit_big", &["-c", "import sys; sys.exit(2 ** 70)"], ""),
        ("syntax_error", &["-c", "x = (1,\ny = 2"], ""),
        ("not_supported", &["-c", "x = 1\nx = 'a' 'b' = 2"], ""),
    ];
    for (case, args, stdin) in cases {
        insta::assert_snapshot!(format!("cli_{case}"), minipy(args, stdin));
    }
}

#[test]
fn prompt() {
    let session = "1 + 1\n_ * 2\nx\ndef f(a):\n    return a * 2\n\nf(21)\nfor i in range(2):\n    i\n\n[1,\n2]\n1 / 0\n\
                   if True: print('one line')\n\nx = (\n)\nx\n'''a\nb'''\n)\nNone\nimport sys; sys.ps1 = '-> '\nexit(4)\n";
    insta::assert_snapshot!("prompt_session", minipy(&["-i", "-q"], session));
    insta::assert_snapshot!("prompt_after_code", minipy(&["-i", "-c", "x = 5; print(x)"], "x + 1\n"));
    insta::assert_snapshot!("prompt_banner", minipy(&["-i"], ""));
}

/// The examples' output without times, which vary, and with lines sorted, since threads race.
#[test]
fn examples() {
    for file in files("examples") {
        let path = format!("examples/{}.py", name(&file));
        let output = minipy(&[&path], "");
        let without_numbers: String =
            output.chars().map(|c| if c.is_ascii_digit() { '#' } else { c }).collect();
        let mut lines: Vec<String> = without_numbers
            .lines()
            .map(|l| l.split_whitespace().collect::<Vec<_>>().join(" ").replace("##", "#").replace("##", "#"))
            .collect();
        lines.sort();
        insta::assert_snapshot!(format!("example_{}", name(&file)), lines.join("\n"));
    }
}
