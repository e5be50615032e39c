//! A pager between a long page and a terminal, as git has it.

use std::io::{IsTerminal, Write};
use std::process::{Child, ChildStdin, Command, Stdio};

/// A pager that is running.
pub(crate) struct Pager {
    child: Child,
    into: Option<ChildStdin>,
}

impl Pager {
    /// Starts the pager that the environment names; `None` where text goes elsewhere than to a terminal, where
    /// none is wanted, or where it cannot be started.
    pub(crate) fn start() -> Option<Pager> {
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        if dumb || !std::io::stdout().is_terminal() || !std::io::stdin().is_terminal() {
            return None;
        }
        let command = std::env::var("PAGER").unwrap_or_else(|_| "less".into());
        let words = shlex::split(&command).filter(|words| !words.is_empty() && words[0] != "cat")?;
        let mut pager = Command::new(&words[0]);
        pager.args(&words[1..]).stdin(Stdio::piped());
        // Leave at the end of a page that fits, keep colours, leave the page on the screen.
        for (name, value) in [("LESS", "FRX"), ("LV", "-c")] {
            if std::env::var_os(name).is_none() {
                pager.env(name, value);
            }
        }
        let mut child = pager.spawn().ok()?;
        let into = child.stdin.take();
        Some(Pager { child, into })
    }
}

impl Write for Pager {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.into.as_mut().map_or(Ok(bytes.len()), |into| into.write(bytes))
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.into.as_mut().map_or(Ok(()), Write::flush)
    }
}

/// The program ends when the person has finished reading.
impl Drop for Pager {
    fn drop(&mut self) {
        self.into = None;
        let _ = self.child.wait();
    }
}
