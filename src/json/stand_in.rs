//! What lies in the place of a file that was not fetched.

use std::fmt::{self, Display, Formatter};

/// Something else than the file that its name promises.
///
/// # Examples
/// ```
/// use concepts::weights::StandIn;
/// assert_eq!(StandIn::of(b"version https://git-lfs.github.com/spec/v1\n"), Some(StandIn::Pointer));
/// assert_eq!(StandIn::of(b"\n<!DOCTYPE html>"), Some(StandIn::WebPage));
/// assert_eq!(StandIn::of(b"{}"), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StandIn {
    /// The few lines that Git LFS keeps in the place of a large file.
    Pointer,
    /// A web page, saved in the place of the file that it shows.
    WebPage,
}

/// How a pointer begins.
const POINTER: &[u8] = b"version https://git-lfs";
/// How web pages begin, in small letters.
const PAGES: [&[u8]; 2] = [b"<!doctype html", b"<html"];

impl StandIn {
    /// What the bytes of a file are, if they stand for another.
    pub fn of(bytes: &[u8]) -> Option<StandIn> {
        let start = bytes.trim_ascii_start();
        let begins =
            |page: &&[u8]| start.get(..page.len()).is_some_and(|start| start.eq_ignore_ascii_case(page));
        if start.starts_with(POINTER) {
            return Some(StandIn::Pointer);
        }
        PAGES.iter().any(begins).then_some(StandIn::WebPage)
    }
}

impl Display for StandIn {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            StandIn::Pointer => {
                "it is a pointer of Git LFS and not the file itself; fetch it with git lfs pull"
            }
            StandIn::WebPage => {
                "it is a web page and not the file that the page shows; download the file itself"
            }
        })
    }
}
