//! The source of the library, read as text: which file is which module, and what it names.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use fancy_regex::Regex;

static USE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?m)^\s*(?:pub(?:\([^)]*\))? )?use ([^;]+);").expect("a valid pattern"));
static PATH: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\b(?:crate|super|self)(?:::\w+)+").expect("a valid pattern"));

/// A file of the library.
pub(crate) struct Module {
    /// `tokenizer`, `bpe`, `model`; nothing for the root.
    pub(crate) path: Vec<String>,
    /// What `use` brings in: the path as written, and the name by which it goes here.
    imports: Vec<(String, String)>,
    /// Paths written out where they are needed.
    inline: Vec<String>,
}

/// Every file of `src` that is no test.
pub(crate) fn library() -> Vec<Module> {
    let root = root().join("src");
    let modules: Vec<Module> = files(&root).iter().map(|file| Module::read(&root, file)).collect();
    modules.into_iter().filter(|module| module.path.last().is_none_or(|name| name != "tests")).collect()
}

impl Module {
    fn read(root: &Path, file: &Path) -> Module {
        let place = file.strip_prefix(root).expect("inside").with_extension("");
        let mut path: Vec<String> =
            place.iter().map(|part| part.to_str().expect("a plain name").to_owned()).collect();
        path.pop_if(|name| name == "mod" || name == "lib");
        let code = code(&text(file));
        let imports =
            matches(&USE, &code).iter().flat_map(|tree| leaves(tree)).map(|leaf| named(&leaf)).collect();
        let inline = matches(&PATH, &USE.replace_all(&code, ""));
        Module { path, imports, inline }
    }

    /// The modules in which the things are that this one names.
    pub(crate) fn uses(&self, modules: &[Module]) -> Vec<Vec<String>> {
        let imports = self.imports.iter().map(|(path, _)| path);
        imports.chain(&self.inline).filter_map(|path| home(modules, &self.absolute(modules, path)?)).collect()
    }

    /// A path from the root of the library; `None` for what is not of the library.
    fn absolute(&self, modules: &[Module], path: &str) -> Option<Vec<String>> {
        let mut absolute = self.path.clone();
        for (place, part) in path.split("::").enumerate() {
            match part {
                "crate" => absolute.clear(),
                "super" => drop(absolute.pop()),
                "self" => {}
                _ => {
                    absolute.push(part.to_owned());
                    if place == 0 && find(modules, &absolute).is_none() {
                        return None;
                    }
                }
            }
        }
        Some(absolute)
    }
}

fn find<'a>(modules: &'a [Module], path: &[String]) -> Option<&'a Module> {
    modules.iter().find(|module| module.path == path)
}

/// The module in which a thing is written, also if others pass it on.
fn home(modules: &[Module], path: &[String]) -> Option<Vec<String>> {
    let depth = (0..=path.len()).rev().find(|&depth| find(modules, &path[..depth]).is_some())?;
    let module = find(modules, &path[..depth])?;
    let Some(name) = path.get(depth) else { return Some(module.path.clone()) };
    let import = module.imports.iter().find(|(_, known_as)| known_as == name);
    let passed_on = import.and_then(|(import, _)| module.absolute(modules, import));
    match passed_on {
        Some(next) if next != path => home(modules, &next),
        _ => Some(module.path.clone()),
    }
}

/// Without comments and without the tests at the end.
fn code(text: &str) -> String {
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The first group of each match, or all of it.
fn matches(regex: &Regex, code: &str) -> Vec<String> {
    let found = regex.captures_iter(code).map(|found| found.expect("no limit is met"));
    found.map(|found| found.get(1).or(found.get(0)).expect("it matched").as_str().to_owned()).collect()
}

/// `a::{b, c::{d as e}}` are `a::b` and `a::c::d as e`.
fn leaves(tree: &str) -> Vec<String> {
    let Some((stem, rest)) = tree.split_once('{') else { return vec![tree.trim().to_owned()] };
    let inner = &rest[..rest.rfind('}').expect("a closing brace")];
    branches(inner).iter().flat_map(|branch| leaves(&format!("{stem}{}", branch.trim()))).collect()
}

/// Cuts at the commas that are in no braces.
fn branches(list: &str) -> Vec<&str> {
    let mut depth = 0;
    let outside = |c: char| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        c == ',' && depth == 0
    };
    list.split(outside).filter(|branch| !branch.trim().is_empty()).collect()
}

/// A path and the name of its end.
fn named(leaf: &str) -> (String, String) {
    let (path, renamed) = leaf.split_once(" as ").map_or((leaf, None), |(path, name)| (path, Some(name)));
    let path = path.trim_end_matches("::self");
    let end = path.rsplit("::").next().unwrap_or(path);
    (path.to_owned(), renamed.unwrap_or(end).to_owned())
}

/// The tables in the documentation of a module: rows of cells, the head among them.
pub(crate) fn tables(text: &str) -> Vec<Vec<Vec<String>>> {
    let rows = text.lines().map(|line| line.strip_prefix("//! |")?.strip_suffix('|'));
    let rows = rows.map(|row| Some(row?.split('|').map(|cell| cell.trim().to_owned()).collect()));
    let rows: Vec<Option<Vec<String>>> = rows.collect();
    let tables = rows.split(Option::is_none).filter(|table| !table.is_empty());
    tables.map(|table| table.iter().flatten().cloned().collect()).collect()
}

/// What stands between backticks.
pub(crate) fn ticked(cell: &str) -> Vec<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The folder of the whole project.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The text of a file.
pub(crate) fn text(file: &Path) -> String {
    fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// What is in a folder, by name.
pub(crate) fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut entries: Vec<PathBuf> = entries.map(|entry| entry.expect("a readable folder").path()).collect();
    entries.sort();
    entries
}

/// Every file of Rust in a folder and below.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let inside = |path: PathBuf| if path.is_dir() { files(&path) } else { vec![path] };
    let all = entries(folder).into_iter().flat_map(inside);
    all.filter(|path| path.extension().is_some_and(|extension| extension == "rs")).collect()
}

#[test]
fn a_use_tree_is_every_path_in_it() {
    assert_eq!(leaves("a::{b, c::{d as e, f}}"), ["a::b", "a::c::d as e", "a::c::f"]);
    assert_eq!(named("a::c::d as e"), ("a::c::d".into(), "e".into()));
    assert_eq!(named("a::b::self"), ("a::b".into(), "b".into()));
}
