//! Embeds the `knowledge/` folder's data files, so that the program needs nothing beside itself.

#![expect(
    clippy::disallowed_methods,
    reason = "the build reads the folder; the crate that it builds does not"
)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("../../knowledge");
    println!("cargo::rerun-if-changed={}", root.display());
    let mut files = Vec::new();
    collect(&root, &mut files)?;
    files.sort();
    let mut code = String::from("static EMBEDDED: &[(&str, &[u8])] = &[\n");
    for path in files {
        println!("cargo::rerun-if-changed={}", path.display());
        let name = path.strip_prefix(&root).expect("collected under the root");
        let name = name.to_string_lossy().replace('\\', "/");
        let full = fs::canonicalize(&path)?;
        writeln!(code, "    ({name:?}, include_bytes!({:?})),", full.display().to_string())
            .expect("a string takes it");
    }
    code.push_str("];\n");
    let out = Path::new(&env::var("OUT_DIR").expect("cargo sets it")).join("embedded.rs");
    fs::write(out, code)
}

/// The `.toml` and `.tsv` files under a folder.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            println!("cargo::rerun-if-changed={}", path.display());
            collect(&path, files)?;
        } else if path.extension().is_some_and(|e| e == "toml" || e == "tsv") {
            files.push(path);
        }
    }
    Ok(())
}
