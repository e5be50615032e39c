//! What becomes of spaces before text is cut.

use super::METASPACE;
use super::align::Aligned;

/// What becomes of spaces before text is cut into words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Spaces {
    /// They stay.
    #[default]
    Kept,
    /// A space is put before text that begins with none (`add_prefix_space`): the first word then looks
    /// like all others.
    Prefixed,
    /// Each becomes `▁`, and perhaps one more is put before the text.
    Metaspace(Prepend),
    /// The same with another sign.
    Escaped {
        /// What stands for a space.
        sign: char,
        /// Where one more is put.
        prepend: Prepend,
    },
}

/// Where one more `▁` is put, unless one is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Prepend {
    /// Before every stretch of text between added tokens.
    #[default]
    Always,
    /// Only at the beginning of the whole text.
    First,
    /// Nowhere.
    Never,
}

impl Spaces {
    /// The text with its spaces changed. `first`: nothing stands before it.
    pub(super) fn apply(self, text: &str, first: bool) -> Aligned {
        let mut out = Aligned::new(text.len() + 4);
        match self {
            Self::Kept => out.push(0..text.len(), text, true),
            Self::Prefixed => {
                if !text.starts_with(' ') {
                    out.push(0..0, " ", false);
                }
                out.push(0..text.len(), text, true);
            }
            Self::Metaspace(prepend) => escape(text, METASPACE, prepend.wanted(first), &mut out),
            Self::Escaped { sign, prepend } => escape(text, sign, prepend.wanted(first), &mut out),
        }
        out
    }
}

impl Prepend {
    /// Is a sign put before a stretch of text? `first`: nothing stands before it.
    pub(super) fn wanted(self, first: bool) -> bool {
        self == Self::Always || (self == Self::First && first)
    }
}

/// Spaces as a sign. `one_more`: before a text that begins with none.
fn escape(text: &str, sign: char, one_more: bool, out: &mut Aligned) {
    let written = sign.to_string();
    if one_more && !text.starts_with([' ', sign]) {
        out.push(0..0, &written, false);
    }
    let mut start = 0;
    for (at, _) in text.match_indices(' ') {
        out.push(start..at, &text[start..at], true);
        out.push(at..at + 1, &written, false);
        start = at + 1;
    }
    out.push(start..text.len(), &text[start..], true);
}
