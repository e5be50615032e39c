//! Does somebody sit before standard error, at a terminal that can take a line back?

use std::io::IsTerminal;

/// A terminal that says it is dumb obeys no escape sequence, so nothing that has to be wiped is shown there.
pub fn attended() -> bool {
    std::io::stderr().is_terminal() && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}
