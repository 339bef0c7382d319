//! The command line.

fn main() {
    std::process::exit(minipy::cli::main());
}
