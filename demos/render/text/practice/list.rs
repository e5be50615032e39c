//! All exercises.

use super::command;
use crate::named;
use crate::practice::attempts::{Attempt, Attempts};
use crate::practice::{WORDS, catalogue};
use crate::render::screen::{Role, Screen, columns, pad_right, shorten};
use crate::render::text::prose::wrap;

/// All exercises by question, a line each.
pub(super) fn list(attempts: &Attempts, screen: &Screen) -> String {
    let say = |id: &str| screen.say(&WORDS.get(id)).to_string();
    let mut out = format!("{}\n", screen.paint(Role::Heading, &say("list.title")));
    let room = catalogue::all().map(|entry| entry.exercise.name.len()).max().unwrap_or(0);
    let mut lesson = "";
    for entry in catalogue::all() {
        if entry.lesson.card.name != lesson {
            lesson = entry.lesson.card.name;
            let question = entry.lesson.card.questions.join(", ");
            out.push_str(&format!("\n{}\n", screen.paint(Role::Strong, &format!("{question} · {lesson}"))));
        }
        let attempt = attempts.get(entry.exercise.name);
        out.push_str(&line(entry.exercise.name, screen.say(&entry.exercise.title()), attempt, room, screen));
    }
    out.push('\n');
    out.push_str(&wrap(&say("list.how"), "", "", screen));
    if let Some(first) = catalogue::all().next() {
        out.push_str(&command(&format!("demo grade {}", first.exercise.name), screen));
    }
    out
}

fn line(name: &str, title: &str, attempt: Option<&Attempt>, room: usize, screen: &Screen) -> String {
    let state = attempt.map_or_else(String::new, |attempt| {
        let Attempt { date, right, cases } = attempt.clone();
        let (id, role) =
            if right == cases { ("list.passed", Role::Good) } else { ("list.best", Role::Caution) };
        let date = crate::kit::text::Text::same(date);
        let values = if right == cases { named![date].to_vec() } else { named![right, cases, date].to_vec() };
        screen.paint(role, screen.say(&WORDS.with(id, &values)))
    });
    // The state stands at the right end; without one the title has the whole line.
    let taken = if state.is_empty() { 0 } else { columns(&state) + 2 };
    let title_room = screen.width.saturating_sub(room + 4 + taken);
    let title = shorten(title, title_room);
    let gap = " ".repeat((title_room + taken).saturating_sub(columns(&title) + columns(&state)));
    let line = format!("  {}  {title}{gap}{state}", screen.paint(Role::Code, &pad_right(name, room)));
    format!("{}\n", line.trim_end())
}
