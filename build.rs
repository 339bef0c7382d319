//! Links the binary at a fixed address: thousands of relocations at every start cost more than they are worth
//! for an interpreter whose start-up time is one of its figures.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rustc-link-arg-bins=-no-pie");
}
