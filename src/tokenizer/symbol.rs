//! Pieces of text.

use std::fmt;

/// A piece of text: some bytes, which need not be whole characters.
///
/// Symbols compare byte by byte. For valid UTF-8 that is the order of the code points.
///
/// # Examples
/// ```
/// use concepts::tokenizer::Symbol;
/// assert_eq!(Symbol::from("lo").joined(&Symbol::from("w")).to_string(), "low");
/// // Two of the three bytes of 我, shown as what they are.
/// assert_eq!(Symbol::from("我".as_bytes()[..2].to_vec()).to_string(), r"\xE6\x88");
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Symbol(Box<[u8]>);

impl Symbol {
    /// The bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The text, if the bytes are whole characters.
    pub fn as_str(&self) -> Option<&str> {
        str::from_utf8(&self.0).ok()
    }

    /// This symbol followed by another one.
    pub fn joined(&self, right: &Symbol) -> Symbol {
        Symbol([&*self.0, &*right.0].concat().into())
    }
}

impl From<&str> for Symbol {
    fn from(text: &str) -> Self {
        Symbol(text.as_bytes().into())
    }
}

impl From<Vec<u8>> for Symbol {
    fn from(bytes: Vec<u8>) -> Self {
        Symbol(bytes.into())
    }
}

impl From<&[u8]> for Symbol {
    fn from(bytes: &[u8]) -> Self {
        Symbol(bytes.into())
    }
}

impl AsRef<[u8]> for Symbol {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

// So that a lookup needs no copy of the key; equal symbols have equal bytes and hashes.
impl std::borrow::Borrow<[u8]> for Symbol {
    fn borrow(&self) -> &[u8] {
        &self.0
    }
}

/// As text; bytes that are no character as `\xE6`.
impl fmt::Display for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for chunk in self.0.utf8_chunks() {
            f.write_str(chunk.valid())?;
            for byte in chunk.invalid() {
                write!(f, "\\x{byte:02X}")?;
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{self}\"")
    }
}
