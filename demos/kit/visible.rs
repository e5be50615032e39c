//! What a person brings, made visible before it is shown.
//!
//! A text, a file's name, a token of a tokenizer file or a name in a `config.json` may hold what a terminal obeys
//! (ESC, C1), what turns a line around (bidirectional controls) and what no XML may hold (U+FFFE). All of it passes
//! here: findings before a renderer sees them, refusals before they are printed. Only the terminal's own colours
//! contain ESC. A number that is none is said in words.
//!
//! ```
//! use demos::kit::visible::{message, visible};
//!
//! assert_eq!(visible("a\u{1b}[31mb\n"), r"a\x1b[31mb\n");
//! assert_eq!(visible("\u{202e}\u{9b}"), r"\u{202e}\x9b");
//! assert_eq!(message(&format!("--x {}: give less", "a".repeat(9000))).chars().count(), 601);
//! ```

use std::borrow::Cow;
use std::sync::Arc;

use super::figure::{Figure, Heat, Plot};
use super::findings::{Cell, Findings, Item, Matrix, Table};
use super::number::in_words;
use super::text::Text;

/// Characters of a message at most: what is left out is in its middle, the remedy stands at its end.
const MESSAGE: usize = 600;
/// Characters of a name at most: of a model, of a file.
const NAME: usize = 100;
/// A number of more digits than this is no number that anybody reads.
const DIGITS: usize = 40;

/// Is this a character that a terminal obeys, that reorders a line, that nobody sees, or that is none?
pub fn is_hidden(c: char) -> bool {
    let bidirectional =
        matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let without_width = matches!(c, '\u{200b}' | '\u{2060}'..='\u{2064}');
    let line_end = matches!(c, '\u{2028}' | '\u{2029}');
    let mark = c == '\u{feff}';
    let none = matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe;
    c.is_control() || bidirectional || without_width || line_end || mark || none
}

/// The text with every hidden character written out: `\x1b`, `\n`, `\u{202e}`.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if is_hidden(c) && u32::from(c) < 0x100 => out.push_str(&format!("\\x{:02x}", u32::from(c))),
            c if is_hidden(c) => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// One line for standard error: visible, not endless, and without numbers of hundreds of digits.
pub fn message(text: &str) -> String {
    // A pattern of megabytes is cut before it is looked at.
    let cut = middle_out(text, 4 * MESSAGE);
    middle_out(&visible(&readable_numbers(&cut)), MESSAGE)
}

/// A name that somebody gave: visible, and its beginning if it is long.
pub fn name(text: &str) -> String {
    let begun: String = text.chars().take(NAME).collect();
    let more = if begun.len() < text.len() { "…" } else { "" };
    visible(&begun).into_owned() + more
}

/// The beginning and the end of what is longer than `most` characters.
fn middle_out(text: &str, most: usize) -> String {
    let length = text.chars().count();
    if length <= most {
        return text.to_string();
    }
    let end = most / 2;
    let begun: String = text.chars().take(most - end).collect();
    let ended: String = text.chars().skip(length - end).collect();
    format!("{begun}…{ended}")
}

/// Numbers of very many digits in scientific notation.
fn readable_numbers(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, from) = rest.split_at(start);
        let digits = from.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(from.len());
        let (number, behind) = from.split_at(digits);
        out.push_str(before);
        match number.trim_end_matches('.').parse::<f64>() {
            Ok(value) if number.len() > DIGITS && value.is_finite() => out.push_str(&format!("{value:.3e}")),
            _ => out.push_str(number),
        }
        rest = behind;
    }
    out + rest
}

impl Text {
    /// The text with every hidden character written out, in both languages.
    #[must_use]
    pub fn visible(&self) -> Text {
        self.map(|text| visible(text).into_owned())
    }
}

impl Findings {
    /// The findings as they may be shown.
    #[must_use]
    pub fn visible(self) -> Findings {
        self.map(|item| match item {
            Item::Words(words) => Item::Words(words.visible()),
            Item::Matrices(all) => Item::Matrices(all.iter().map(Matrix::visible).collect()),
            Item::Tables(all) => Item::Tables(all.iter().map(Table::visible).collect()),
            Item::Figure(figure) => Item::Figure(Box::new(figure.visible())),
            Item::Note(note) => Item::Note(note.map(|note| note.visible())),
            Item::Notes(notes) => Item::Notes(notes.iter().map(Text::visible).collect()),
            Item::Number(value) => in_words(value).map_or(Item::Number(value), Item::Words),
            Item::Formula(formula) => Item::Formula(formula),
            // Another program wants it as it is; whoever prints it looks whether a person does.
            Item::Instead(text) => Item::Instead(text),
        })
    }
}

impl Matrix {
    fn visible(&self) -> Matrix {
        let names = |all: &[String]| all.iter().map(|name| visible(name).into_owned()).collect();
        Matrix {
            symbol: visible(&self.symbol).into_owned(),
            caption: self.caption.visible(),
            rows: names(&self.rows),
            cols: names(&self.cols),
            data: Arc::clone(&self.data),
        }
    }
}

impl Table {
    /// The table as it may be shown.
    #[must_use]
    pub fn visible(&self) -> Table {
        let cell = |cell: &Cell| match cell {
            Cell::Number(value) => in_words(*value).map_or(Cell::Number(*value), Cell::Words),
            Cell::Words(words) => Cell::Words(words.visible()),
        };
        Table {
            caption: self.caption.visible(),
            head: self.head.iter().map(Text::visible).collect(),
            rows: self.rows.iter().map(|row| row.iter().map(cell).collect()).collect(),
        }
    }
}

impl Figure {
    /// The figure as it may be shown.
    #[must_use]
    pub fn visible(&self) -> Figure {
        Figure {
            id: self.id,
            title: self.title.visible(),
            description: self.description.visible(),
            plot: self.plot.visible(),
        }
    }
}

impl Plot {
    fn visible(&self) -> Plot {
        let mut plot = self.clone();
        let all = |texts: &mut Vec<Text>| texts.iter_mut().for_each(|text| *text = text.visible());
        match &mut plot {
            Plot::Lines { x, y, series, rule } => {
                x.label = x.label.visible();
                y.label = y.label.visible();
                series.iter_mut().for_each(|line| line.label = line.label.visible());
                rule.iter_mut().for_each(|(_, label)| *label = label.visible());
            }
            Plot::Bars { y, bars } => {
                y.label = y.label.visible();
                bars.iter_mut().for_each(|(label, _)| *label = label.visible());
            }
            Plot::Pictures(pictures) => {
                pictures.iter_mut().for_each(|picture| picture.label = picture.label.visible());
            }
            Plot::Heat(Heat { row_axis, col_axis, rows, cols, .. }) => {
                *row_axis = row_axis.visible();
                *col_axis = col_axis.visible();
                all(rows);
                all(cols);
            }
        }
        plot
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_control_is_written_out_and_letters_stay() {
        for c in (0..0x11_0000).filter_map(char::from_u32) {
            let text = c.to_string();
            assert!(!visible(&text).contains(is_hidden), "{c:?}");
            assert_eq!(visible(&text) == text, !is_hidden(c), "{c:?}");
        }
        // joins the people of a family
        assert_eq!(visible("👩\u{200d}👧 e\u{301}"), "👩\u{200d}👧 e\u{301}");
    }

    #[test]
    fn messages_keep_their_beginning_and_their_remedy() {
        let said = message(&format!("--load {}\n: give a file", "é".repeat(1_000_000)));
        assert!(said.starts_with("--load é") && said.ends_with(r"é\n: give a file") && said.contains('…'));
        assert_eq!(message(&format!("a score of {}", f64::MAX)), "a score of 1.798e308");
        assert_eq!(message("1.5 and 18446744073709551615."), "1.5 and 18446744073709551615.");
    }

    #[test]
    fn names_are_cut_in_characters() {
        assert_eq!(name(&"雪".repeat(101)), "雪".repeat(100) + "…");
        assert_eq!(name("a\u{0}"), r"a\x00");
    }
}
