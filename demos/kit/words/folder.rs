//! The Markdown files of a folder.
//!
//! A release build carries them inside. A debug build reads them from the disk each time it runs, so that a
//! changed word needs no building at all.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use crate::kit::text::Lang;

/// The Markdown files of a folder, by name and language.
#[derive(Debug, Clone, Copy)]
pub struct Folder {
    /// The source file beside which they stand.
    beside: &'static str,
    embedded: &'static [(&'static str, [&'static str; 2])],
}

impl Folder {
    /// The files beside a source file, which a release build brings along.
    pub const fn new(beside: &'static str, embedded: &'static [(&'static str, [&'static str; 2])]) -> Folder {
        Folder { beside, embedded }
    }

    /// The content of `<name>.<lang>.md`; empty if there is no such file.
    pub fn read(&self, name: &str, lang: Lang) -> Cow<'static, str> {
        let embedded = self.embedded.iter().find(|(known, _)| *known == name);
        match embedded {
            Some((_, texts)) => Cow::Borrowed(texts[lang as usize]),
            None => Cow::Owned(self.on_disk(name, lang)),
        }
    }

    fn on_disk(&self, name: &str, lang: Lang) -> String {
        let path = self.path(&format!("{name}.{}.md", lang.code()));
        std::fs::read_to_string(path).unwrap_or_default()
    }

    /// Where a file of the folder stands in the source tree from which this was built.
    pub fn path(&self, name: &str) -> PathBuf {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        root.join(self.beside).with_file_name(name)
    }
}

/// The words of the folder in which this stands, out of the named files: `words!("claims", "shown")`. Files
/// behind a semicolon are kept as whole texts: `words!("claims", "shown"; "lesson")`.
#[cfg(not(debug_assertions))]
#[macro_export]
macro_rules! words {
    ($($parsed:literal),+ $(; $($whole:literal),+)?) => {{
        const FOLDER: $crate::kit::words::Folder = $crate::kit::words::Folder::new(file!(), &[
            $(($parsed, [include_str!(concat!($parsed, ".en.md")), include_str!(concat!($parsed, ".zh.md"))]),)+
            $($(($whole, [include_str!(concat!($whole, ".en.md")), include_str!(concat!($whole, ".zh.md"))]),)+)?
        ]);
        $crate::kit::words::Words::new(FOLDER, || FOLDER.book(&[$($parsed),+]))
    }};
}

/// The words of the folder in which this stands, out of the named files: `words!("claims", "shown")`. Files
/// behind a semicolon are kept as whole texts: `words!("claims", "shown"; "lesson")`.
#[cfg(debug_assertions)]
#[macro_export]
macro_rules! words {
    ($($parsed:literal),+ $(; $($whole:literal),+)?) => {{
        const FOLDER: $crate::kit::words::Folder = $crate::kit::words::Folder::new(file!(), &[]);
        $crate::kit::words::Words::new(FOLDER, || FOLDER.book(&[$($parsed),+]))
    }};
}

impl Folder {
    /// The texts by id of some of the files.
    pub fn book(&self, names: &[&str]) -> super::Book {
        let files: Vec<[(String, Cow<str>); 2]> = names
            .iter()
            .map(|name| Lang::ALL.map(|lang| (format!("{name}.{}.md", lang.code()), self.read(name, lang))))
            .collect();
        super::Book::read(
            files.iter().map(|file| file.each_ref().map(|(name, text)| (name.as_str(), &**text))),
        )
    }
}
