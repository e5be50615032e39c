//! Which regular expressions mean the same here and in the files.
//!
//! Files are written for Oniguruma, which Hugging Face uses; here `fancy-regex` reads them. Both agree on most
//! of what is written in practice, character by character (the tests compare all of Unicode). What they read
//! differently is written in another way where that can be said (`\w`, `\b`, `^`, `$`), and refused otherwise.

use fancy_regex::Expr;

use super::{PatternError, Unlike};

/// No published pattern is nearly as long.
const MOST_BYTES: usize = 10_000;

/// Properties on which both agree for every character.
const PROPERTIES: [&str; 53] = [
    "L",
    "Lu",
    "Ll",
    "Lt",
    "Lm",
    "Lo",
    "M",
    "Mn",
    "Mc",
    "Me",
    "N",
    "Nd",
    "Nl",
    "No",
    "P",
    "Pc",
    "Pd",
    "Ps",
    "Pe",
    "Pi",
    "Pf",
    "Po",
    "S",
    "Sm",
    "Sc",
    "Sk",
    "So",
    "Z",
    "Zs",
    "Zl",
    "Zp",
    "C",
    "Cc",
    "Cf",
    "Cn",
    "Co",
    "Letter",
    "Number",
    "Punctuation",
    "Alphabetic",
    "Emoji",
    "Han",
    "Hiragana",
    "Katakana",
    "Hangul",
    "Latin",
    "Greek",
    "Cyrillic",
    "Arabic",
    "Thai",
    "Hebrew",
    "Devanagari",
    "Any",
];

/// What may follow `(?` beside `(?i:`.
const GROUPS: [&str; 6] = [":", "=", "!", "<=", "<!", ">"];

/// Two letters that are one sign in another case, as `ss` and `ß`: Oniguruma takes them for the same.
const FOLDED: [&str; 5] = ["ss", "st", "ff", "fi", "fl"];

/// What Oniguruma takes for `\w` in a class: without the two signs that join characters, which Unicode counts too.
const IN_CLASS: &str = r"\p{Alphabetic}\p{M}\p{Nd}\p{Pc}";

/// What it takes for `\w` elsewhere: six signs more, which it looks up in a table for the first 256 characters.
const WORD: &str = r"\p{Alphabetic}\p{M}\p{Nd}\p{Pc}²³¹¼½¾";

/// The same pattern in words that mean here what the pattern means to Oniguruma. Refuses one with anything that
/// the two read differently, or that is not known to be the same.
pub(super) fn translated(pattern: &str) -> Result<String, PatternError> {
    let unlike = |what| PatternError::Unlike { pattern: pattern.into(), what };
    let part = |what: &str| unlike(Unlike::Part(what.into()));
    if pattern.len() > MOST_BYTES {
        return Err(unlike(Unlike::TooLong));
    }
    let mut out = String::with_capacity(pattern.len());
    let (mut rest, any_case) = leading(pattern, &mut out);
    if any_case && !folds_alike(rest) {
        return Err(part(&shown(pattern, 6)));
    }
    let mut in_class = false;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        if let Some((said, length)) = otherwise(rest, in_class, any_case) {
            out.push_str(&said);
            rest = &rest[length..];
            continue;
        }
        let next = match (c, in_class) {
            ('\\', _) => escape(after).ok_or_else(|| part(&shown(rest, 6)))?,
            ('[', false) => {
                in_class = true;
                let inside = after.strip_prefix('^').unwrap_or(after);
                if inside.starts_with(']') {
                    return Err(part("[]"));
                }
                inside
            }
            ('[', true) => return Err(unlike(Unlike::NestedClass)),
            (']', true) => {
                in_class = false;
                after
            }
            ('&' | '-' | '~', true) if after.starts_with(c) => return Err(part(&format!("{c}{c}"))),
            ('(', false) if after.starts_with('?') => {
                group(&after[1..]).ok_or_else(|| part(&shown(rest, 6)))?
            }
            ('{', false) => counts(after).ok_or_else(|| part(&shown(rest, 6)))?,
            ('*' | '+' | '?', false) if after.starts_with('*') => return Err(part(&shown(rest, 2))),
            _ => after,
        };
        out.push_str(&rest[..rest.len() - next.len()]);
        rest = next;
    }
    let invalid =
        |error: fancy_regex::Error| PatternError::Invalid { pattern: pattern.into(), reason: error.into() };
    if repeats_nothing(&Expr::parse_tree(&out).map_err(invalid)?.expr) {
        return Err(unlike(Unlike::RepeatedNothing));
    }
    Ok(out)
}

/// Flags for the whole pattern: what is said for them is written, and the pattern behind them returned, and whether
/// case is ignored. Elsewhere the programs disagree how far a flag reaches. Oniguruma's `m` is what others call `s`:
/// a dot is the end of a line too.
fn leading<'a>(pattern: &'a str, out: &mut String) -> (&'a str, bool) {
    for (flags, said) in [("(?i)", "(?i)"), ("(?m)", "(?s)"), ("(?im)", "(?is)"), ("(?mi)", "(?is)")] {
        if let Some(rest) = pattern.strip_prefix(flags) {
            out.push_str(said);
            return (rest, flags.contains('i'));
        }
    }
    (pattern, false)
}

/// Whether a pattern means the same to both where case is ignored: letters of ASCII, without two that are one sign,
/// and what has no case. Of classes with properties Oniguruma folds the whole.
fn folds_alike(pattern: &str) -> bool {
    let known = [r"\p{L}", r"\p{N}", r"\s", r"\S", r"\r", r"\n", r"\t", r"\d"];
    let mut bare = pattern.to_string();
    for escape in known {
        bare = bare.replace(escape, "1");
    }
    let in_classes = pattern.split('[').skip(1).filter_map(|part| part.split(']').next());
    let plain = |c: char| c.is_ascii_alphanumeric() || "'’|[]?+*{}(), ^".contains(c);
    let lower = bare.to_ascii_lowercase();
    bare.chars().all(plain)
        && !bare.contains("(?")
        && !FOLDED.iter().any(|pair| lower.contains(pair))
        && !in_classes.into_iter().any(|class| class.contains(r"\p"))
}

/// What has to be said in other words: those words, and how many bytes of the pattern they stand for.
fn otherwise(rest: &str, in_class: bool, any_case: bool) -> Option<(String, usize)> {
    // No letter is one of another case to Oniguruma where a property is asked for.
    if any_case && let Some(property) = rest.get(..5).filter(|property| property.starts_with(r"\p")) {
        return Some((format!("(?-i:{property})"), 5));
    }
    let edge = |yes: &str, no: &str| format!("(?:(?<=[{WORD}]){yes}[{WORD}])|(?<![{WORD}]){no}[{WORD}]))");
    let said = match (rest.get(..2).unwrap_or(rest), in_class) {
        (r"\w", true) => IN_CLASS.into(),
        (r"\W", true) => format!("[^{IN_CLASS}]"),
        (r"\w", false) => format!("[{WORD}]"),
        (r"\W", false) => format!("[^{WORD}]"),
        (r"\b", false) => edge("(?!", "(?="),
        (r"\B", false) => edge("(?=", "(?!"),
        _ if in_class => return None,
        // The beginning of any line, but not of one that is not there.
        (start, _) if start.starts_with('^') => return Some((r"(?:\A|(?<=\n)(?!\z))".into(), 1)),
        (start, _) if start.starts_with('$') => return Some((r"(?=\n|\z)".into(), 1)),
        _ => return None,
    };
    Some((said, 2))
}

/// Whether a part that may match nothing is repeated. When to stop is then up to the program.
fn repeats_nothing(expr: &Expr) -> bool {
    let here = matches!(expr, Expr::Repeat { child, hi, .. } if *hi > 1 && may_be_empty(child));
    here || expr.children_iter().any(repeats_nothing)
}

/// Whether a part may match without a character; of rare parts it is said that they may.
fn may_be_empty(expr: &Expr) -> bool {
    match expr {
        Expr::Literal { val, .. } => val.is_empty(),
        Expr::Any { .. } | Expr::Delegate { .. } => false,
        Expr::Concat(parts) => parts.iter().all(may_be_empty),
        Expr::Alt(parts) => parts.iter().any(may_be_empty),
        Expr::Group(child) => may_be_empty(child),
        Expr::AtomicGroup(child) => may_be_empty(child),
        Expr::Repeat { child, lo, .. } => *lo == 0 || may_be_empty(child),
        _ => true,
    }
}

/// The first characters.
fn shown(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}

/// What stands after an escape that both know, given what stands after its `\`.
fn escape(text: &str) -> Option<&str> {
    let c = text.chars().next()?;
    let after = &text[c.len_utf8()..];
    match c {
        'r' | 'n' | 't' | 'f' | 's' | 'S' | 'd' | 'D' | 'h' | 'A' | 'z' => Some(after),
        'p' | 'P' => {
            let (name, after) = after.strip_prefix('{')?.split_once('}')?;
            PROPERTIES.contains(&name).then_some(after)
        }
        'x' => hexadecimal(after, 2).filter(|(code, _)| *code < 0x80).map(|(_, after)| after),
        'u' => hexadecimal(after, 4).map(|(_, after)| after),
        // Any other sign stands for itself.
        ' ' => Some(after),
        _ => c.is_ascii_punctuation().then_some(after),
    }
}

fn hexadecimal(text: &str, digits: usize) -> Option<(u32, &str)> {
    let code = text.get(..digits)?;
    let plain = code.bytes().all(|byte| byte.is_ascii_hexdigit());
    let code = u32::from_str_radix(code, 16).ok().filter(|_| plain)?;
    Some((code, &text[digits..]))
}

/// What stands after the beginning of a group, given what stands after its `(?`.
fn group(text: &str) -> Option<&str> {
    if let Some(folded) = text.strip_prefix("i:") {
        let (inside, after) = folded.split_once(')')?;
        let plain = |c: char| c.is_ascii_alphabetic() || "'’|[]?".contains(c);
        let lower = inside.to_ascii_lowercase();
        let same = inside.chars().all(plain) && !FOLDED.iter().any(|pair| lower.contains(pair));
        return same.then_some(after);
    }
    GROUPS.iter().find_map(|begin| text.strip_prefix(begin))
}

/// What stands after `{2}`, `{2,}`, `{2,3}`, given what stands after the `{`.
fn counts(text: &str) -> Option<&str> {
    let (inside, after) = text.split_once('}')?;
    let number = |text: &str| text.parse().ok().filter(|_: &u16| text.len() < 4 && !text.starts_with('+'));
    let (least, most) = inside.split_once(',').unwrap_or((inside, ""));
    let least: u16 = number(least)?;
    // What stands behind a count is another count for Oniguruma.
    if after.starts_with('?') || (after.starts_with('+') && least == 0) {
        return None;
    }
    // With the larger number first, Oniguruma never gives back what was matched.
    (most.is_empty() || number(most)? >= least).then_some(after)
}
