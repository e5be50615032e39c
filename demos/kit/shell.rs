//! What a person brought, inside a command that is there to be copied.

use super::visible::is_hidden;

/// One argument as a shell takes it: quoted only where it must be, and with nothing that a terminal obeys.
///
/// ```
/// use demos::kit::shell::argument;
///
/// assert_eq!(argument("models/文 件.gguf"), "'models/文 件.gguf'");
/// assert_eq!(argument("models/文件-1.gguf"), "models/文件-1.gguf");
/// assert_eq!(argument("it's"), r"'it'\''s'");
/// assert_eq!(argument("-n.txt"), "./-n.txt");
/// assert_eq!(argument("a\n\u{1b}\u{202e}b"), r"$'a\n\x1b\u202eb'");
/// ```
pub fn argument(word: &str) -> String {
    // A file whose name begins with a dash is taken for a flag, in quotation marks too.
    let word = if word.starts_with('-') { format!("./{word}") } else { word.to_owned() };
    if word.contains(is_hidden) {
        return format!("$'{}'", word.chars().map(escaped).collect::<String>());
    }
    let plain = |c: char| c.is_alphanumeric() || "/._-+,:@%=".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word;
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

/// A character between `$'` and `'`.
fn escaped(c: char) -> String {
    match c {
        '\n' => r"\n".into(),
        '\t' => r"\t".into(),
        '\r' => r"\r".into(),
        '\'' | '\\' => format!("\\{c}"),
        // Of a longer escape the shell reads digits that follow it as its own: four or eight, never fewer.
        c if is_hidden(c) && u32::from(c) < 0x80 => format!("\\x{:02x}", u32::from(c)),
        c if is_hidden(c) && u32::from(c) < 0x1_0000 => format!("\\u{:04x}", u32::from(c)),
        c if is_hidden(c) => format!("\\U{:08x}", u32::from(c)),
        c => c.to_string(),
    }
}
