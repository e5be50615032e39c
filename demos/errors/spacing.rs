//! The blank between Chinese and Latin letters. What a person typed is not touched: only a name knows what
//! stands beside it.

use super::Chinese;

/// A name at the beginning of a clause: a blank after Latin letters.
pub(super) fn first(name: &impl Chinese) -> String {
    let mut name = name.chinese();
    if name.ends_with(|c: char| c.is_ascii_alphanumeric()) {
        name.push(' ');
    }
    name
}

/// A name inside a clause: a blank on each side of Latin letters.
pub(super) fn inside(name: &impl Chinese) -> String {
    let mut name = last(name);
    if name.ends_with(|c: char| c.is_ascii_alphanumeric()) {
        name.push(' ');
    }
    name
}

/// A name at the end of a clause: a blank before Latin letters.
pub(super) fn last(name: &impl Chinese) -> String {
    let name = name.chinese();
    if name.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '<') { format!(" {name}") } else { name }
}
