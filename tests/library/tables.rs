//! The documentation of a room names every file in it, and no other.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::source::{entries, files, root, tables, text, ticked};

/// Heads of the columns that name files.
const HEADS: [&str; 2] = ["file", "module"];

/// The names in the columns of files; `None` if the documentation has no such column.
fn named(text: &str) -> Option<BTreeSet<String>> {
    let mut names: Option<BTreeSet<String>> = None;
    for table in tables(text) {
        let Some(column) = table[0].iter().position(|head| HEADS.contains(&head.as_str())) else { continue };
        let cells = table.iter().filter_map(|row| row.get(column));
        let found =
            cells.flat_map(|cell| ticked(cell)).map(|name| name.trim_start_matches("mod@").to_owned());
        names.get_or_insert_default().extend(found);
    }
    names
}

/// Where the files are that belong to a module: beside `mod.rs`, below any other.
fn room(file: &Path) -> PathBuf {
    if is_room(file) { file.with_file_name("") } else { file.with_extension("") }
}

fn is_room(file: &Path) -> bool {
    ["mod.rs", "lib.rs"].iter().any(|name| file.ends_with(name))
}

/// The modules in a room, apart from its own file, tests and a program.
fn there(room: &Path) -> BTreeSet<String> {
    let entries = if room.is_dir() { entries(room) } else { Vec::new() };
    let modules = entries.iter().filter(|path| {
        if path.is_dir() { !files(path).is_empty() } else { path.extension().is_some_and(|end| end == "rs") }
    });
    let names = modules.filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()));
    names.filter(|name| !["mod", "lib", "main", "tests"].contains(&name.as_str())).collect()
}

/// Where tables and files differ in a folder and below.
fn differences(folder: &str) -> Vec<String> {
    let mut differences = Vec::new();
    for file in files(&root().join(folder)) {
        let Some(mut named) = named(&text(&file)) else { continue };
        named.remove("mod");
        let (place, there) = (short(&file), there(&room(&file)));
        let unnamed = there.difference(&named).map(|name| format!("{place}: no table names the file {name}"));
        differences.extend(unnamed);
        let gone = named.difference(&there).map(|name| format!("{place}: {name} is named and not there"));
        differences.extend(gone);
    }
    differences
}

/// A file by its place in the project.
fn short(file: &Path) -> String {
    file.strip_prefix(root()).expect("inside the project").display().to_string()
}

#[test]
fn tables_name_every_file_and_no_other() {
    let differences = [differences("src"), differences("demos")].concat();
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn every_room_of_the_library_has_a_table() {
    let mut rooms = files(&root().join("src"));
    rooms.retain(|file| !there(&room(file)).is_empty());
    assert!(rooms.len() > 10, "only {} rooms were found", rooms.len());
    let bare: Vec<String> =
        rooms.iter().filter(|file| named(&text(file)).is_none()).map(|file| short(file)).collect();
    assert!(bare.is_empty(), "without a table of their files: {}", bare.join(", "));
}

#[test]
fn what_is_not_named_is_found() {
    let table = "//! | | file |\n//! |---|---|\n//! | 1 | `a`, [`mod@b`] |\n//!\n//! | text |\n//! | `c` |";
    assert_eq!(named(table), Some(["a", "b"].map(str::to_owned).into()));
    assert_eq!(named("//! | text |\n//! | `c` |"), None);
    assert!(there(&root().join("src")).contains("attention"));
}
