//! Compiles the modules written in Python, so that an import only reads code, and links the binary at a fixed
//! address: thousands of relocations at every start cost more than they are worth for an interpreter whose start-up
//! time is one of its figures.

use minipy_bytecode::{Names, Source, store};
use minipy_syntax::{LineIndex, Mode};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::{env, fs};

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rustc-link-arg-bins=-no-pie");
    link_statically();
    println!("cargo:rerun-if-changed=src/frozen");
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo names the package's folder"));
    order_functions(&root.join("link-order.ld"));
    let mut modules = Vec::new();
    collect(&root.join("src/frozen"), "", &mut modules);
    modules.sort();
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo names the output folder"));
    let mut table = String::from("static FROZEN: &[FrozenModule] = &[\n");
    for (name, is_package, file) in modules {
        let code = out.join(format!("{name}.code"));
        fs::write(&code, compile(&name, &file)).expect("the output folder is writable");
        writeln!(
            table,
            "    FrozenModule {{ name: {name:?}, is_package: {is_package}, source: include_str!({file:?}), \
             code: include_bytes!({code:?}) }},"
        )
        .expect("a string grows");
    }
    table.push_str("];\n");
    fs::write(out.join("frozen.rs"), table).expect("the output folder is writable");
}

/// Links a release with the C library's archives where they are installed (Debian's libc6-dev has them): no library is
/// then looked for, mapped and bound at every start, which is a third of the start's time and of its memory.
///
/// The compiler's own switch for this, `crt-static`, also holds for procedural macros, which cannot be linked so; and
/// it fails where an archive is missing. So the archives are put where the linker looks first. The price: plug-ins of
/// /etc/nsswitch.conf are not asked (src/modules/name_service.rs). `MINIPY_DYNAMIC=1` leaves the libraries outside.
fn link_statically() {
    println!("cargo:rustc-check-cfg=cfg(static_libc)");
    println!("cargo:rerun-if-env-changed=MINIPY_DYNAMIC");
    let native = env::var("HOST").ok() == env::var("TARGET").ok();
    let known = is_release_for_linux() && is("CARGO_CFG_TARGET_ENV", "gnu") && native;
    if !known || env::var_os("MINIPY_DYNAMIC").is_some() || !names_are_built_in() {
        return;
    }
    let folder = PathBuf::from(env::var("OUT_DIR").expect("cargo names the output folder")).join("archives");
    fs::create_dir_all(&folder).expect("the output folder is writable");
    // What the compiler asks for, and the archive that has it.
    let archives = ["c", "m", "util", "rt", "pthread", "dl"].map(|name| (name, name));
    for (asked, archive) in [("gcc_s", "gcc_eh")].into_iter().chain(archives) {
        let Some(found) = archive_of(archive) else { return };
        let link = folder.join(format!("lib{asked}.a"));
        let _ = fs::remove_file(&link);
        if std::os::unix::fs::symlink(found, link).is_err() {
            return;
        }
    }
    println!("cargo:rustc-cfg=static_libc");
    println!("cargo:rustc-link-arg-bins=-static");
    println!("cargo:rustc-link-arg-bins=-L{}", folder.display());
    // The archives need each other and what the C compiler adds to the language.
    println!("cargo:rustc-link-arg-bins=-Wl,--start-group,-lgcc,-lgcc_eh,-lm,-lc,--end-group");
}

/// Whether the C library looks names up in files and DNS without plug-ins, as glibc does since 2.34.
fn names_are_built_in() -> bool {
    let Ok(output) = Command::new("getconf").arg("GNU_LIBC_VERSION").output() else { return false };
    let version = String::from_utf8_lossy(&output.stdout);
    let minor =
        version.trim().strip_prefix("glibc 2.").and_then(|rest| rest.split('.').next()?.parse::<u32>().ok());
    minor.is_some_and(|minor| minor >= 34)
}

/// The path of a library's archive, if the C compiler knows one.
fn archive_of(library: &str) -> Option<PathBuf> {
    let output = Command::new("cc").arg(format!("-print-file-name=lib{library}.a")).output().ok()?;
    let path = PathBuf::from(String::from_utf8(output.stdout).ok()?.trim());
    path.is_absolute().then_some(path)
}

/// Lays the functions of a start side by side (see scripts/link-order). The linkers of GNU and LLVM, one of which is
/// the default, know this; one that is asked for by the builder may not.
fn order_functions(script: &Path) {
    println!("cargo:rerun-if-changed={}", script.display());
    let another_linker = env::var("CARGO_ENCODED_RUSTFLAGS").is_ok_and(|flags| flags.contains("link"))
        || env::var_os("RUSTC_LINKER").is_some();
    if is_release_for_linux() && !another_linker {
        println!("cargo:rustc-link-arg-bins=-Wl,-T,{}", script.display());
    }
}

fn is_release_for_linux() -> bool {
    is("PROFILE", "release") && is("CARGO_CFG_TARGET_OS", "linux")
}

/// Whether a variable of the build has a value.
fn is(name: &str, value: &str) -> bool {
    env::var(name).is_ok_and(|found| found == value)
}

/// The stored code of a module.
fn compile(name: &str, file: &Path) -> Vec<u8> {
    let text = fs::read_to_string(file).expect("a module is UTF-8");
    let arena = bumpalo::Bump::new();
    let source = Source { filename: format!("<frozen {name}>").into(), lines: LineIndex::new(text.clone()) };
    let lines = source.lines.clone();
    let fail = |message: &str, offset: u32| -> ! {
        println!("cargo:warning={}:{}: {message}", file.display(), lines.line(offset));
        std::process::exit(1)
    };
    let tree = match minipy_syntax::parse(&arena, &text, Mode::Module) {
        Ok(tree) => tree,
        Err(e) => fail(&e.message, e.span.map_or(0, |s| s.start)),
    };
    match minipy_bytecode::compile(&tree, Arc::new(source), Names::Global) {
        Ok(code) => store::write(&code),
        Err(e) => fail(&e.message, e.span.start),
    }
}

/// The modules below a folder: name, whether it is a package, file.
fn collect(folder: &Path, prefix: &str, modules: &mut Vec<(String, bool, PathBuf)>) {
    for entry in fs::read_dir(folder).expect("src/frozen is readable").flatten() {
        let path = entry.path();
        let Some(stem) = path.file_stem().and_then(|s| s.to_str()) else { continue };
        if path.is_dir() {
            if stem != "__pycache__" {
                collect(&path, &format!("{prefix}{stem}."), modules);
            }
        } else if stem == "__init__" {
            modules.push((prefix.trim_end_matches('.').to_owned(), true, path));
        } else if path.extension().is_some_and(|e| e == "py") {
            modules.push((format!("{prefix}{stem}"), false, path));
        }
    }
}
