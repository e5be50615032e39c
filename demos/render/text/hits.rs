//! Where words were found.

use crate::kit::visible::visible;
use crate::render::screen::{Role, Screen, pad_right, shorten};
use crate::search::{Hit, Place};

/// One hit a line: the command that shows it, what it is, and its title.
pub fn hits(query: &str, hits: &[Hit], screen: &Screen) -> String {
    if hits.is_empty() {
        let nothing = screen.pick("nothing found for", "没有找到");
        return format!("{nothing} \"{}\"\n", shorten(&visible(query), 40));
    }
    let widest = hits.iter().map(|hit| hit.document.command.len()).max().unwrap_or(0);
    hits.iter().map(|hit| line(hit, widest, screen)).collect()
}

fn line(hit: &Hit, command_columns: usize, screen: &Screen) -> String {
    let document = &hit.document;
    let place = screen.paint(Role::Quiet, &pad_right(name(document.place, screen), 7));
    let command = screen.paint(Role::Code, &pad_right(&document.command, command_columns));
    let room = screen.width.saturating_sub(command_columns + 7 + 4);
    format!("{command}  {place}  {}\n", shorten(screen.say(&document.title), room))
}

fn name(place: Place, screen: &Screen) -> &'static str {
    match place {
        Place::Question => screen.pick("lesson", "课程"),
        Place::Section => screen.pick("section", "小节"),
        Place::Claim => screen.pick("claim", "论断"),
        Place::Answer => screen.pick("answer", "应答"),
        Place::Knob => screen.pick("knob", "参数"),
    }
}
