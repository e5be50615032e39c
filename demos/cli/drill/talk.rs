//! Asks and hears: single keys at a terminal, lines through a pipe.

use std::io::{self, BufRead, IsTerminal, Write};

use console::{Key, Term};
use demos::kit::number::half_width;
use unicode_width::UnicodeWidthChar;

/// Who is talked to.
pub(super) enum Talk {
    /// A person at a terminal.
    Terminal(Term),
    /// Lines, from a pipe or a file.
    Lines,
}

/// What was heard.
#[derive(Debug, PartialEq)]
pub(super) enum Heard {
    /// A line, or a key as a text.
    Said(String),
    /// Nothing more comes: the end of the input, Ctrl-C, Ctrl-D.
    Over,
}

impl Talk {
    /// A terminal where both ends are one.
    pub(super) fn new() -> Talk {
        if io::stdin().is_terminal() && io::stdout().is_terminal() {
            Talk::Terminal(Term::stdout())
        } else {
            Talk::Lines
        }
    }

    /// Does a person sit at a terminal?
    pub(super) fn is_terminal(&self) -> bool {
        matches!(self, Talk::Terminal(_))
    }

    /// Says something. Nobody may be listening any more: that is seen when the next thing is asked.
    pub(super) fn say(&self, text: &str) {
        let mut out = io::stdout().lock();
        let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    }

    /// One of some keys; at another it is said what is wanted. Through a pipe, a line that begins with
    /// one, and not with a longer word.
    pub(super) fn key(&self, keys: &[char], wanted: &str) -> Heard {
        loop {
            let heard = match self {
                Talk::Terminal(terminal) => match terminal.read_key_raw() {
                    Ok(Key::CtrlC | Key::Escape | Key::Char('\u{4}')) | Err(_) => return Heard::Over,
                    Ok(Key::Enter) => Some(String::new()),
                    Ok(Key::Char(c)) if !c.is_control() => Some(c.to_string()),
                    Ok(_) => None,
                },
                Talk::Lines => match self.heard() {
                    Heard::Over => return Heard::Over,
                    Heard::Said(line) => Some(line),
                },
            };
            let Some(line) = heard.map(|line| half_width_first(&line)) else { continue };
            if self.is_terminal() {
                self.say(&format!("{line}\n"));
            }
            // "does not hold" is no "don't know".
            let is_word = line.bytes().take_while(u8::is_ascii_alphabetic).count() > 1;
            if !is_word && keys.contains(&line.chars().next().map_or('\n', |c| c.to_ascii_lowercase())) {
                return Heard::Said(line);
            }
            self.say(wanted);
        }
    }

    /// A line.
    pub(super) fn line(&self) -> Heard {
        match self {
            Talk::Terminal(terminal) => self.typed(terminal),
            Talk::Lines => self.heard(),
        }
    }

    /// A line through a pipe. Nobody sees it typed: without a new line, what is said next would stand behind the "> ".
    fn heard(&self) -> Heard {
        let heard = read_line();
        if let Heard::Said(_) = heard {
            self.say("\n");
        }
        heard
    }

    /// A line at a terminal, key by key, so that Ctrl-C ends the session and not the program.
    fn typed(&self, terminal: &Term) -> Heard {
        let mut line = String::new();
        loop {
            match terminal.read_key_raw() {
                Ok(Key::Enter) => {
                    self.say("\n");
                    return Heard::Said(line.trim().to_string());
                }
                Ok(Key::Backspace) => {
                    if let Some(c) = line.pop() {
                        let _ = terminal.clear_chars(c.width().unwrap_or(0));
                    }
                }
                Ok(Key::Char(c)) if !c.is_control() => {
                    line.push(c);
                    self.say(&c.to_string());
                }
                Ok(Key::CtrlC | Key::Escape | Key::Char('\u{4}')) | Err(_) => return Heard::Over,
                Ok(_) => {}
            }
        }
    }
}

/// A key typed in full width is the key; what stands behind it stays as it is.
fn half_width_first(line: &str) -> String {
    let mut rest = line.chars();
    let first = rest.next().map(|key| half_width(&key.to_string())).unwrap_or_default();
    first + rest.as_str()
}

fn read_line() -> Heard {
    let mut line = Vec::new();
    match io::stdin().lock().read_until(b'\n', &mut line) {
        Ok(0) | Err(_) => Heard::Over,
        Ok(_) => Heard::Said(String::from_utf8_lossy(&line).trim().to_string()),
    }
}
