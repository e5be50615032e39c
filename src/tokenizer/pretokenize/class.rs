//! What the patterns tell apart: letters, numbers, whitespace and the rest.

use std::sync::LazyLock;

use unicode_general_category::{GeneralCategory, get_general_category};

/// The class of a character; every character has exactly one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Class {
    /// `\p{L}`
    Letter,
    /// `\p{N}`
    Number,
    /// `\s`
    Space,
    /// `[^\s\p{L}\p{N}]`
    Other,
    /// Not ASCII: more than this byte must be read.
    Beyond,
}

/// The class of a first byte.
const BYTES: [Class; 256] = {
    let mut table = [Class::Beyond; 256];
    let mut byte = 0;
    while byte < 128 {
        table[byte as usize] = match byte {
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'0'..=b'9' => Class::Number,
            b'\t'..=b'\r' | b' ' => Class::Space,
            _ => Class::Other,
        };
        byte += 1;
    }
    table
};

/// The classes of the first 65,536 code points, nearly all that occur. One load is faster than the search
/// in the tables of Unicode.
static PLANE: LazyLock<Box<[Class; PLANE_SIZE]>> = LazyLock::new(|| {
    let mut plane = Box::new([Class::Other; PLANE_SIZE]);
    for (code, class) in (0..).zip(plane.iter_mut()) {
        // A surrogate is no character and is never asked for.
        *class = char::from_u32(code).map_or(Class::Other, find_class);
    }
    plane
});

const PLANE_SIZE: usize = 1 << 16;

fn find_class(c: char) -> Class {
    use GeneralCategory as G;
    if c.is_whitespace() {
        return Class::Space;
    }
    match get_general_category(c) {
        G::UppercaseLetter | G::LowercaseLetter | G::TitlecaseLetter | G::ModifierLetter | G::OtherLetter => {
            Class::Letter
        }
        G::DecimalNumber | G::LetterNumber | G::OtherNumber => Class::Number,
        _ => Class::Other,
    }
}

/// Text that is asked for classes by place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Classes<'a> {
    pub(super) text: &'a str,
}

impl Classes<'_> {
    /// The byte at a place, `None` at the end.
    pub(super) fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    /// The class of the character at a place and its length; `None` at the end.
    #[inline]
    pub(super) fn at(&self, at: usize) -> Option<(Class, usize)> {
        match BYTES[usize::from(self.byte(at)?)] {
            Class::Beyond => self.beyond(at),
            class => Some((class, 1)),
        }
    }

    /// As [`at`](Classes::at), where the character is not ASCII.
    #[inline]
    fn beyond(&self, at: usize) -> Option<(Class, usize)> {
        // Three bytes are what Chinese, Japanese and Korean are made of.
        if let [lead @ 0xE0..=0xEF, second, third, ..] = self.text.as_bytes()[at..] {
            let low = |byte: u8| usize::from(byte & 0x3F);
            return Some((PLANE[usize::from(lead & 0x0F) << 12 | low(second) << 6 | low(third)], 3));
        }
        self.beyond_slowly(at)
    }

    #[inline(never)]
    fn beyond_slowly(&self, at: usize) -> Option<(Class, usize)> {
        let c = self.text[at..].chars().next()?;
        Some((PLANE.get(c as usize).copied().unwrap_or_else(|| find_class(c)), c.len_utf8()))
    }

    /// The end of the run of a class.
    #[inline]
    pub(super) fn run(&self, class: Class, mut at: usize) -> usize {
        let bytes = self.text.as_bytes();
        loop {
            while at < bytes.len() && BYTES[usize::from(bytes[at])] == class {
                at += 1;
            }
            if at >= bytes.len() || bytes[at] < 0x80 {
                return at;
            }
            match self.beyond(at) {
                Some((other, len)) if other == class => at += len,
                _ => return at,
            }
        }
    }

    /// The end of the run of `\r` and `\n`.
    pub(super) fn newlines(&self, mut at: usize) -> usize {
        while matches!(self.byte(at), Some(b'\r' | b'\n')) {
            at += 1;
        }
        at
    }

    /// Where a run of whitespace is cut: `\s+(?!\S)|\s+`. The last character is left to what follows,
    /// unless it is the only one or nothing follows.
    pub(super) fn whitespace(&self, start: usize, end: usize) -> usize {
        if end == self.text.len() {
            return end;
        }
        let last = self.text[start..end].char_indices().next_back().map_or(0, |(place, _)| place);
        if last == 0 { end } else { start + last }
    }
}
