//! A file that is written is none that is read, and none that is written for another flag.

use std::path::Path;

use demos::kit::draft::{replaces, same_file};
use demos::kit::knob::{Value, Values};
use demos::kit::text::{Lang, Text, text};

use super::{Failure, refusal};

/// The flag that a page is written for.
pub(crate) const OUT: &str = "out";

/// Who reads a file, or writes it too.
#[derive(Clone, Copy)]
pub(crate) enum Other {
    /// A flag.
    Flag(&'static str),
    /// The model that a command opens.
    Model,
    /// The person's results are kept there.
    Results,
}

impl Other {
    /// What stands against writing there.
    fn why(self, written: &Path, path: &Path) -> Text {
        match self {
            Other::Flag(flag) if same_file(written, path) => {
                Text::new(format!("--{flag} names the same file"), format!("和 --{flag} 是同一个文件"))
            }
            Other::Flag(flag) => {
                Text::new(format!("--{flag} reads this file"), format!("--{flag} 要读的就是这个文件"))
            }
            Other::Model => text("the model is read from this file", "模型就从这个文件读取"),
            Other::Results => text("your results are kept in this file", "你的练习记录就存在这个文件里"),
        }
    }
}

/// Refuses a file for a flag that is one of the others.
pub(crate) fn refuse<'a>(
    flag: &str,
    written: &Path,
    others: impl IntoIterator<Item = (Other, &'a Path)>,
    lang: Lang,
) -> Result<(), Failure> {
    match others.into_iter().find(|(_, path)| replaces(written, path)) {
        Some((other, path)) => Err(refusal::overwritten(flag, written, &other.why(written, path), lang)),
        None => Ok(()),
    }
}

/// The files and folders that knobs name. A model may be named by words or by a path.
pub(crate) fn named(values: &Values) -> impl Iterator<Item = (&'static str, &Path)> {
    values.iter().filter_map(|(name, value)| match value {
        Value::File(path) => Some((name, path.as_path())),
        Value::Words(words) if name == "model" => Some((name, Path::new(words.trim()))),
        _ => None,
    })
}
