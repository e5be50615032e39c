//! A card: asked, answered, turned over.

use std::thread;

use concepts::numerics::rng;
use serde_json::{Value, json};

use demos::kit::number::{half_width, plain};
use demos::kit::text::Text;
use demos::kit::visible::visible;
use demos::named;
use demos::practice::drill::WORDS;
use demos::practice::drill::card::{Card, Front};
use demos::practice::drill::predictions::{Experiment, Prediction};
use demos::practice::drill::puzzle::{Judged, PuzzleKind};
use demos::practice::drill::quantity::{Quantity, Unit, Unread, behind, read};
use demos::practice::drill::schedule::Rating;
use demos::render::screen::{Role, Screen, shorten};
use demos::render::text::practice::{led, paragraph};

use super::session::more;
use super::talk::{Heard, Talk};
use super::{judge, say};

/// How a card went.
pub(super) struct Outcome {
    /// What the schedule makes of it.
    pub(super) rating: Rating,
    /// What else the journal keeps.
    pub(super) details: Vec<(&'static str, Value)>,
}

impl Outcome {
    /// Right or wrong, and nothing more.
    pub(super) fn of(right: bool) -> Outcome {
        Outcome { rating: if right { Rating::Good } else { Rating::Again }, details: Vec::new() }
    }
}

/// Asks a card; nothing if the person stops.
pub(super) fn ask(card: &Card, draw: u64, talk: &Talk, screen: &Screen) -> Option<Outcome> {
    let outcome = match card.front {
        Front::Judge(claim, verdict) => judge::judge(card, claim, verdict, talk, screen),
        Front::Compute(kind) => compute(kind, draw, talk, screen),
        Front::Predict(prediction) => predict(prediction, draw, talk, screen),
        Front::Say => say::say(card, talk, screen),
    }?;
    let command = Text::same(more(card));
    let line = WORDS.with("session.more", &named![command]);
    talk.say(&screen.paint(Role::Quiet, paragraph(&line, screen).trim_end()));
    talk.say("\n");
    Some(outcome)
}

/// A line in the colour of right or wrong.
pub(super) fn marked(right: bool, line: &Text, screen: &Screen) -> String {
    let (mark, role) = if right { ("✓", Role::Good) } else { ("✗", Role::Bad) };
    led(&screen.paint(role, mark), line, screen)
}

fn compute(kind: &'static PuzzleKind, draw: u64, talk: &Talk, screen: &Screen) -> Option<Outcome> {
    let puzzle = kind.fresh(&mut rng(draw, kind.id));
    talk.say(&paragraph(&puzzle.asks(), screen));
    let answer = number(puzzle.drawn.unit, talk, screen)?;
    let judged = answer.map(|answer| puzzle.judge(answer));
    match judged {
        Some(Judged::Right) => talk.say(&marked(true, &WORDS.get("session.right"), screen)),
        Some(Judged::Slip(id)) => talk.say(&marked(false, &puzzle.slip(id), screen)),
        Some(Judged::Wrong) => {
            let cut = puzzle.drawn.unit == Unit::Cut;
            let id = if cut { "session.wrong-cut" } else { "session.wrong-number" };
            talk.say(&marked(false, &WORDS.get(id), screen));
        }
        None => {}
    }
    talk.say(&paragraph(&puzzle.line(), screen));
    let mut outcome = Outcome::of(judged == Some(Judged::Right));
    if let Some(Judged::Slip(id)) = judged {
        outcome.details.push(("mistake", json!(id)));
    }
    Some(outcome)
}

/// A number with its unit; asked again until it can be read. Nothing inside if the person does not know; nothing at
/// all if they stop.
fn number(unit: Unit, talk: &Talk, screen: &Screen) -> Option<Option<Quantity>> {
    let how = match unit {
        Unit::Bytes => "session.compute-how-bytes",
        Unit::Cut => "session.compute-how-cut",
        Unit::Count | Unit::Plain | Unit::Angle => "session.compute-how",
    };
    let how = paragraph(&WORDS.get(how), screen);
    talk.say(&screen.paint(Role::Quiet, how.trim_end()));
    talk.say("\n");
    loop {
        talk.say("> ");
        let Heard::Said(line) = talk.line() else { return None };
        let why = match half_width(&line).as_str() {
            "" => return Some(None),
            "x" | "X" => return None,
            _ => match read(&line, unit) {
                Ok(quantity) => return Some(Some(quantity)),
                Err(why) => why,
            },
        };
        let example = Text::list(&match unit {
            Unit::Bytes => vec![Text::same("42.9 GB"), Text::same("40 GiB")],
            Unit::Count => vec![Text::same("70B"), Text::same("1.4e12"), Text::same("1.4T")],
            Unit::Plain | Unit::Cut => vec![Text::same("0.25"), Text::same("25 %")],
            Unit::Angle => vec![Text::same("0.25"), Text::same("0.25 rad")],
        });
        let why = match why {
            Unread::NoNumber => WORDS.get("session.unread"),
            Unread::UnknownUnit => {
                let rest = Text::same(shorten(&visible(&behind(&line)), 40));
                WORDS.with("session.unknown-unit", &named![rest, example])
            }
            Unread::Comma => comma(&line),
            Unread::NoUnit => WORDS.get("session.no-unit"),
            Unread::NoCut => WORDS.get("session.no-cut"),
        };
        talk.say(&paragraph(&why, screen));
    }
}

/// Asks whether the comma is a decimal point, and shows how to write it then. Of several none can be one.
fn comma(typed: &str) -> Text {
    let typed = half_width(typed);
    if typed.matches(',').count() > 1 {
        return WORDS.get("session.unread");
    }
    let point = typed.replacen(',', ".", 1);
    let point = point.trim().trim_end_matches('.');
    WORDS.with("session.comma", &named![point = Text::same(shorten(&visible(point), 40))])
}

fn predict(prediction: &'static Prediction, draw: u64, talk: &Talk, screen: &Screen) -> Option<Outcome> {
    let Experiment { values, run } = (prediction.draw)(&mut rng(draw, prediction.id));
    talk.say(&paragraph(&WORDS.with(prediction.id, &values), screen));
    let running = thread::spawn(run);
    let range = range(talk, screen)?;
    let outcome = running.join().unwrap_or(f64::NAN);
    let held = range.map(|[_, low, high]| {
        // Judged as it is shown: 0.7004 is said as 0.700, and that lies in a range up to 0.7.
        let shown = plain(outcome).parse().unwrap_or(outcome);
        let held = (low..=high).contains(&shown);
        let id = if held { "session.held" } else { "session.missed" };
        talk.say(&marked(held, &WORDS.with(id, &named![outcome, low, high]), screen));
        held
    });
    let line = [&values[..], &named![outcome]].concat();
    talk.say(&paragraph(&WORDS.with(&format!("{}.line", prediction.id), &line), screen));
    let mut kept = Outcome::of(held == Some(true));
    if let (Some(held), Some([estimate, low, high])) = (held, range) {
        kept.details.push(("held", json!(held)));
        let numbers = [("estimate", estimate), ("low", low), ("high", high), ("outcome", outcome)];
        kept.details.extend(numbers.map(|(name, number)| (name, json!(number))));
    }
    Some(kept)
}

/// Estimate, lower and upper end.
fn range(talk: &Talk, screen: &Screen) -> Option<Option<[f64; 3]>> {
    let how = paragraph(&WORDS.get("session.predict-how"), screen);
    talk.say(&screen.paint(Role::Quiet, how.trim_end()));
    talk.say("\n");
    loop {
        talk.say("> ");
        let Heard::Said(line) = talk.line() else { return None };
        if line.is_empty() {
            return Some(None);
        }
        if half_width(&line).eq_ignore_ascii_case("x") {
            return None;
        }
        let typed = with_units(&apart(&line));
        if let Some(part) = typed.iter().find(|part| read(part, Unit::Plain) == Err(Unread::Comma)) {
            talk.say(&paragraph(&comma(part), screen));
            continue;
        }
        let of = |part: &String| read(part, Unit::Plain).or_else(|_| read(part, Unit::Count));
        let parts: Result<Vec<f64>, Unread> = typed.iter().map(|part| Ok(of(part)?.value)).collect();
        match parts.as_deref() {
            Ok(&[estimate, low, high]) if low <= estimate && estimate <= high => {
                return Some(Some([estimate, low, high]));
            }
            _ => talk.say(&paragraph(&WORDS.get("session.predict-unread"), screen)),
        }
    }
}

/// The numbers of a line one by one, as people part them: `18 10 20`, `18, 10, 20`, `18;10;20`, `18、10、20`. Commas
/// without blanks part them only where they make three of one: `0,5 0,2 0,8` are decimal points.
fn apart(line: &str) -> Vec<&str> {
    const COMMAS: [char; 2] = [',', '，'];
    let typed = line.split(|c: char| c.is_whitespace() || matches!(c, ';' | '；' | '、'));
    let typed: Vec<&str> =
        typed.map(|part| part.trim_end_matches(COMMAS)).filter(|part| !part.is_empty()).collect();
    if let [one] = typed[..]
        && read(one, Unit::Plain) == Err(Unread::Comma)
        && one.matches(COMMAS).count() == 2
    {
        return one.split(COMMAS).collect();
    }
    typed
}

/// A unit with a blank before it belongs to its number: `50 % 20 % 80 %`. Words between numbers say nothing.
fn with_units(parts: &[&str]) -> Vec<String> {
    const BETWEEN: [&str; 9] = ["to", "from", "and", "about", "between", "到", "至", "和", "约"];
    let mut joined: Vec<String> = Vec::new();
    for part in parts.iter().filter(|part| !BETWEEN.contains(&part.to_lowercase().as_str())) {
        let with_unit = joined.last().map(|number| format!("{number} {part}"));
        // 万 alone is ten thousand, behind a number its unit.
        let is_number =
            read(part, Unit::Plain) != Err(Unread::NoNumber) && !part.chars().all(|c| "百千万亿".contains(c));
        let is_unit = |with: &String| {
            !is_number && behind(with).to_lowercase().ends_with(&half_width(part).to_lowercase())
        };
        match with_unit.filter(is_unit) {
            Some(with) => {
                joined.pop();
                joined.push(with);
            }
            None => joined.push((*part).to_string()),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::{apart, with_units};

    #[test]
    fn a_unit_belongs_to_its_number() {
        let of = |line: &str| with_units(&apart(line));
        assert_eq!(of("50 % 20 % 80 %"), ["50 %", "20 %", "80 %"]);
        assert_eq!(of("0.5 from 0.2 to 0.8"), ["0.5", "0.2", "0.8"]);
        assert_eq!(of("1.5 万 1 万 2万"), ["1.5 万", "1 万", "2万"]);
        assert_eq!(of("5 apples 2 8"), ["5 apples", "2", "8"]);
    }

    #[test]
    fn three_numbers_as_people_part_them() {
        for line in ["18 10 20", "18, 10, 20", "18，10，20", "18,10,20", "18;10; 20", "18、10、20"] {
            assert_eq!(apart(line), ["18", "10", "20"], "{line}");
        }
        assert_eq!(apart("0,5 0,2 0,8"), ["0,5", "0,2", "0,8"]);
        assert_eq!(apart("1,500, 1,000, 2,000"), ["1,500", "1,000", "2,000"]);
        assert_eq!(apart("1,000,200"), ["1,000,200"]);
    }
}
