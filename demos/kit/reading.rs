//! Why a file that a flag names cannot be read.

use std::io::{self, ErrorKind};
use std::path::Path;

use super::knob::Refusal;
use super::system;
use super::text::{Lang, Text, text};

/// A folder stands where a file is wanted.
pub const FOLDER: Text = text("it is a folder", "这是一个目录");

/// The system's reason in words, without the number of the error.
///
/// ```
/// use std::io::{Error, ErrorKind};
///
/// use demos::kit::reading::reason;
/// use demos::kit::text::Lang;
///
/// assert_eq!(reason(&Error::from(ErrorKind::NotFound)).get(Lang::Zh), "文件不存在");
/// ```
pub fn reason(error: &io::Error) -> Text {
    match error.kind() {
        ErrorKind::NotFound => Text::new(system::english(error), "文件不存在"),
        ErrorKind::PermissionDenied => Text::new(system::english(error), "没有读权限"),
        ErrorKind::IsADirectory => FOLDER,
        _ => system::reason(error),
    }
}

/// A file and the flag that named it, as a refusal begins; a file that stands without a flag has an empty one.
///
/// ```
/// use std::path::Path;
///
/// use demos::kit::reading::place;
///
/// assert_eq!(place("load", Path::new("a.json")), "--load a.json");
/// assert_eq!(place("", Path::new("a.gguf")), "a.gguf");
/// ```
pub fn place(flag: &str, path: &Path) -> String {
    if flag.is_empty() { path.display().to_string() } else { format!("--{flag} {}", path.display()) }
}

/// The refusal of a file: which flag named it, why it cannot be read, and what to give instead.
pub fn unreadable(flag: &str, path: &Path, reason: &Text, wanted: &Text) -> Refusal {
    let place = place(flag, path);
    let [en, zh] = Lang::ALL.map(|lang| (reason.get(lang), wanted.get(lang)));
    // A space stands between Chinese and Latin letters.
    let gap = if zh.1.starts_with(|first: char| first.is_ascii_alphanumeric()) { " " } else { "" };
    Refusal::new(
        format!("{place}: cannot be read ({}); give the path of {}", en.0, en.1),
        format!("{place}：无法读取（{}），请给出{gap}{}的路径", zh.0, zh.1),
    )
}
