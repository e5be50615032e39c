//! Colours and width of the place where text goes.

use std::io::IsTerminal;

use demos::kit::text::Lang;
use demos::render::screen::{Colour, Screen};

use super::args::{Common, WhenColour};

/// The width where nothing says how wide the terminal is.
const WIDTH: usize = 100;

/// The screen that a request is shown on.
pub(crate) fn screen(common: &Common) -> Screen {
    let to_file = common.out.is_some();
    Screen {
        lang: common.lang,
        width: if to_file { WIDTH } else { width() },
        colour: if wanted(common.colour, to_file) { depth() } else { Colour::None },
    }
}

/// The screen for help, which has no colour.
pub(crate) fn plain(lang: Lang) -> Screen {
    Screen { lang, width: width(), colour: Colour::None }
}

/// Columns of the terminal. Below 60 no matrix fits; above 120 lines are hard to read.
fn width() -> usize {
    let terminal = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    let columns = || std::env::var("COLUMNS").ok()?.parse().ok();
    terminal.or_else(columns).unwrap_or(WIDTH).clamp(60, 120)
}

fn wanted(when: WhenColour, to_file: bool) -> bool {
    match when {
        WhenColour::Always => {
            anstyle_query::windows::enable_ansi_colors();
            true
        }
        WhenColour::Never => false,
        WhenColour::Auto => !to_file && environment_wants_colour(),
    }
}

/// The conventions of <https://no-color.org> and <https://bixense.com/clicolors>.
fn environment_wants_colour() -> bool {
    if anstyle_query::no_color() {
        return false;
    }
    if anstyle_query::clicolor_force() {
        return true;
    }
    anstyle_query::clicolor() != Some(false)
        && std::io::stdout().is_terminal()
        && anstyle_query::term_supports_ansi_color()
        && anstyle_query::windows::enable_ansi_colors() != Some(false)
}

fn depth() -> Colour {
    if anstyle_query::truecolor() { Colour::True } else { Colour::Ansi256 }
}
