//! Links the unwinder of the C compiler into the program, where there is one to link.
//!
//! Nothing unwinds here (`panic = "abort"`), but the standard library names the unwinder, and a program that finds it in
//! `libgcc_s.so` spends a fortieth of a check of five articles on loading a library that it never calls.

use std::env;
use std::path::Path;
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let target = |name: &str| env::var(name).unwrap_or_default();
    if target("CARGO_CFG_TARGET_OS") != "linux"
        || target("CARGO_CFG_TARGET_ENV") != "gnu"
        || target("HOST") != target("TARGET")
    {
        return;
    }
    // The compiler prints the path of an archive that it has, and of any other the bare name.
    let Ok(answer) = Command::new("cc").arg("-print-file-name=libgcc_eh.a").output() else { return };
    let archive = String::from_utf8_lossy(&answer.stdout);
    if let Some(folder) = Path::new(archive.trim()).parent().filter(|folder| folder.is_absolute()) {
        println!("cargo::rustc-link-search=native={}", folder.display());
        println!("cargo::rustc-link-lib=static:-bundle=gcc_eh");
    }
}
