//! An answer, said aloud.

use std::collections::BTreeSet;
use std::thread;

use serde_json::json;

use demos::kit::number::half_width;
use demos::named;
use demos::practice::drill::WORDS;
use demos::practice::drill::card::Card;
use demos::practice::drill::schedule::Rating;
use demos::practice::drill::sheet::points;
use demos::render::screen::{Role, Screen};
use demos::render::text::practice::{numbered, paragraph};

use super::ask::Outcome;
use super::session::asks;
use super::talk::{Heard, Talk};

/// Asks for an answer aloud, and how many of its points were said.
pub(super) fn say(card: &Card, talk: &Talk, screen: &Screen) -> Option<Outcome> {
    talk.say(&asks(card, screen));
    let (lesson, lang) = (card.lesson, screen.lang);
    let collecting = thread::spawn(move || points(lesson, lang));
    talk.say(&screen.paint(Role::Quiet, paragraph(&WORDS.get("session.say-how"), screen).trim_end()));
    talk.say("\n> ");
    let wanted = paragraph(&WORDS.get("session.say-wanted"), screen) + "> ";
    match talk.key(&['\n', 'x'], &wanted) {
        Heard::Said(line) if line.is_empty() => {}
        _ => return None,
    }
    let points = collecting.join().unwrap_or_default();
    for (i, point) in points.iter().enumerate() {
        talk.say(&numbered(i + 1, point, screen));
    }
    talk.say(&screen.paint(Role::Quiet, paragraph(&WORDS.get("session.say-tick"), screen).trim_end()));
    talk.say("\n> ");
    let said = loop {
        let Heard::Said(line) = talk.line() else { return None };
        if half_width(&line).eq_ignore_ascii_case("x") {
            return None;
        }
        if let Some(said) = ticked(&line, points.len()) {
            break said;
        }
        let wanted = WORDS.with("session.tick-wanted", &named![points = points.len()]);
        talk.say(&(paragraph(&wanted, screen) + "> "));
    };
    talk.say(&paragraph(&WORDS.with("session.said", &named![said, points = points.len()]), screen));
    let share = said as f64 / points.len().max(1) as f64;
    let rating = if share >= 0.8 {
        Rating::Good
    } else if share >= 0.5 {
        Rating::Hard
    } else {
        Rating::Again
    };
    Some(Outcome { rating, details: vec![("said", json!(said)), ("of", json!(points.len()))] })
}

/// How many points a line names, each once; nothing if it has anything else.
fn ticked(line: &str, points: usize) -> Option<usize> {
    let line = half_width(line);
    if line.trim().eq_ignore_ascii_case("a") {
        return Some(points);
    }
    let parts = line
        .split(|c: char| c.is_whitespace() || ",;、.和第条".contains(c))
        .filter(|part| !part.is_empty() && *part != "and");
    let number = |part: &str| part.parse::<usize>().ok().filter(|n| (1..=points).contains(n));
    let named: Option<BTreeSet<usize>> = parts.map(number).collect();
    named.map(|named| named.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_ticked_once() {
        assert_eq!(["1 3 3", "1,2;4", "a", ""].map(|line| ticked(line, 4)), [2, 3, 4, 0].map(Some));
        let typed = ["１、３", "第1条和第3条", "1 and 2", "ａ"];
        assert_eq!(typed.map(|line| ticked(line, 4)), [2, 2, 2, 4].map(Some));
        assert_eq!(["none", "1 9", "1 3 foo"].map(|line| ticked(line, 4)), [None; 3]);
    }
}
