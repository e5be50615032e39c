//! The place where text is shown: its language, its width and the colours it can show.

use anstyle::{Ansi256Color, Color, RgbColor, Style};

use crate::kit::text::{Lang, Text};

/// Where text goes.
#[derive(Debug, Clone, Copy)]
pub struct Screen {
    /// Language of everything that is said.
    pub lang: Lang,
    /// Columns.
    pub width: usize,
    /// What colours can be shown.
    pub colour: Colour,
}

/// What colours can be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// None: a pipe, a file, `NO_COLOR`. Shades are drawn with characters instead.
    None,
    /// 256 colours.
    Ansi256,
    /// 24 bits.
    True,
}

/// Red, green, blue.
pub type Rgb = (u8, u8, u8);

/// The roles that text can play. What a role looks like is decided in one place: [`Screen::paint`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A heading.
    Heading,
    /// Words that carry weight.
    Strong,
    /// A formula or a symbol.
    Formula,
    /// Code, a command, a flag.
    Code,
    /// Secondary: units, labels, remarks.
    Quiet,
    /// A claim that holds, a control that was caught.
    Good,
    /// A claim that needs a condition.
    Caution,
    /// A claim that is wrong, a check that failed.
    Bad,
}

/// The Okabe–Ito palette, in the order in which series take their colours: it can be told apart by
/// colour-blind readers.
pub const SERIES: [Rgb; 7] = [
    (0, 114, 178),   // blue
    (213, 94, 0),    // vermillion
    (0, 158, 115),   // bluish green
    (204, 121, 167), // reddish purple
    (230, 159, 0),   // orange
    (86, 180, 233),  // sky blue
    (90, 90, 90),    // grey in place of black, which a dark terminal would swallow
];

impl Screen {
    /// The text in the screen's language.
    pub fn say<'a>(&self, text: &'a Text) -> &'a str {
        text.get(self.lang)
    }

    /// One of two fixed texts.
    pub fn pick<'a>(&self, en: &'a str, zh: &'a str) -> &'a str {
        match self.lang {
            Lang::En => en,
            Lang::Zh => zh,
        }
    }

    /// Text in the look of its role.
    pub fn paint(&self, role: Role, text: &str) -> String {
        let style = match role {
            Role::Heading => Style::new().bold().fg_color(self.colour(SERIES[5])),
            Role::Strong => Style::new().bold(),
            Role::Formula => Style::new().fg_color(self.colour(SERIES[4])),
            Role::Code => Style::new().fg_color(self.colour(SERIES[5])),
            Role::Quiet => Style::new().dimmed(),
            Role::Good => Style::new().bold().fg_color(self.colour(SERIES[2])),
            Role::Caution => Style::new().bold().fg_color(self.colour(SERIES[4])),
            Role::Bad => Style::new().bold().fg_color(self.colour(SERIES[1])),
        };
        self.styled(style, text)
    }

    /// Text in a colour.
    pub fn tint(&self, rgb: Rgb, text: &str) -> String {
        self.styled(Style::new().fg_color(self.colour(rgb)), text)
    }

    /// Text on a background, in black or white, whichever can be read on it.
    pub fn on(&self, background: Rgb, text: &str) -> String {
        let ink = if brightness(background) > 0.5 { (0, 0, 0) } else { (255, 255, 255) };
        self.styled(Style::new().fg_color(self.colour(ink)).bg_color(self.colour(background)), text)
    }

    /// Two colours one above the other, in one column.
    pub fn halves(&self, upper: Rgb, lower: Rgb) -> String {
        self.styled(Style::new().fg_color(self.colour(upper)).bg_color(self.colour(lower)), "▀")
    }

    fn styled(&self, style: Style, text: &str) -> String {
        match self.colour {
            Colour::None => text.to_string(),
            _ => format!("{style}{text}{style:#}"),
        }
    }

    fn colour(&self, (r, g, b): Rgb) -> Option<Color> {
        match self.colour {
            Colour::None => None,
            Colour::Ansi256 => Some(Color::Ansi256(Ansi256Color(nearest_of_256((r, g, b))))),
            Colour::True => Some(Color::Rgb(RgbColor(r, g, b))),
        }
    }
}

/// Columns that a text takes on a terminal: a Chinese character takes two, an escape sequence none.
pub fn columns(text: &str) -> usize {
    textwrap::core::display_width(text)
}

/// Fills up with blanks on the right.
pub fn pad_right(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(columns(text))))
}

/// Fills up with blanks on the left.
pub fn pad_left(text: &str, width: usize) -> String {
    format!("{}{text}", " ".repeat(width.saturating_sub(columns(text))))
}

/// Shortens to at most `width` columns, with an ellipsis where something was left out.
pub fn shorten(text: &str, width: usize) -> String {
    if columns(text) <= width {
        return text.to_string();
    }
    let mut kept = String::new();
    for c in text.chars() {
        if columns(&kept) + columns(c.encode_utf8(&mut [0; 4])) + 1 > width {
            break;
        }
        kept.push(c);
    }
    kept + "…"
}

/// How bright a colour looks, 0 to 1 (Rec. 709 weights).
fn brightness((r, g, b): Rgb) -> f64 {
    (0.2126 * f64::from(r) + 0.7152 * f64::from(g) + 0.0722 * f64::from(b)) / 255.0
}

/// The nearest colour of the 6 × 6 × 6 cube of a 256-colour terminal.
fn nearest_of_256((r, g, b): Rgb) -> u8 {
    let level = |x: u8| match x {
        0..48 => 0,
        48..115 => 1,
        _ => (x - 35) / 40,
    };
    16 + 36 * level(r) + 6 * level(g) + level(b)
}
