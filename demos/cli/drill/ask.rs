//! One card of each kind: asked, answered, turned over.

use std::thread;

use concepts::numerics::rng;
use serde_json::{Value, json};

use demos::kit::claim::{ClaimCheck, Verdict};
use demos::kit::lesson::DEFAULT_SEED;
use demos::kit::text::Text;
use demos::named;
use demos::practice::drill::WORDS;
use demos::practice::drill::card::{Card, Front};
use demos::practice::drill::predictions::{Experiment, Prediction};
use demos::practice::drill::puzzle::{Judged, PuzzleKind};
use demos::practice::drill::quantity::{Quantity, Unit, Unread, read};
use demos::practice::drill::schedule::Rating;
use demos::practice::drill::sheet::points;
use demos::render::screen::{Role, Screen};
use demos::render::text::practice::{back_of_claim, paragraph};

use super::session::{asks, more};
use super::talk::{Heard, Talk};

/// How a card went.
pub(super) struct Outcome {
    /// What the schedule makes of it.
    pub(super) rating: Rating,
    /// What else the journal keeps.
    pub(super) details: Vec<(&'static str, Value)>,
}

impl Outcome {
    fn of(right: bool) -> Outcome {
        Outcome { rating: if right { Rating::Good } else { Rating::Again }, details: Vec::new() }
    }
}

/// Asks a card; nothing if the person stops.
pub(super) fn ask(card: &Card, draw: u64, talk: &Talk, screen: &Screen) -> Option<Outcome> {
    let outcome = match card.front {
        Front::Judge(claim, verdict) => judge(card, claim, verdict, talk, screen),
        Front::Compute(kind) => compute(kind, draw, talk, screen),
        Front::Predict(prediction) => predict(prediction, draw, talk, screen),
        Front::Say => say(card, talk, screen),
    }?;
    let command = Text::same(more(card));
    let line = WORDS.with("session.more", &named![command]);
    talk.say(&screen.paint(Role::Quiet, paragraph(&line, screen).trim_end()));
    talk.say("\n");
    Some(outcome)
}

fn judge(
    card: &Card,
    claim: &'static ClaimCheck,
    verdict: Verdict,
    talk: &Talk,
    screen: &Screen,
) -> Option<Outcome> {
    talk.say(&paragraph(&card.lesson.words.plain(claim.id.rsplit('-').next().unwrap_or(claim.id)), screen));
    // Measured while the person thinks.
    let words = card.lesson.words;
    let measuring = thread::spawn(move || claim.run(DEFAULT_SEED, words));
    talk.say(&screen.paint(Role::Quiet, paragraph(&WORDS.get("session.judge-keys"), screen).trim_end()));
    let (said, why) = judged(talk, screen)?;
    let fair = claim.conditional && said == Some(Verdict::Qualified);
    let right = said == Some(verdict) || fair;
    let name = WORDS.get(&format!("session.{}", verdict.word()));
    let line = match said {
        _ if fair => WORDS.get("session.right-too"),
        _ if right => WORDS.get("session.right"),
        Some(_) => WORDS.with("session.not-right", &named![verdict = name]),
        None => WORDS.with("session.unknown", &named![verdict = name]),
    };
    talk.say(&marked(right, &line, screen));
    if let Ok(claim) = measuring.join() {
        talk.say(&back_of_claim(&claim, screen));
    }
    let mut outcome = Outcome::of(right);
    outcome.details.push(("said", said.map_or(Value::Null, |said| json!(said.word()))));
    outcome.details.extend(why.map(|why| ("why", json!(why))));
    Some(outcome)
}

/// What a person makes of a claim, nothing if they do not know, and why; nothing at all if they stop.
///
/// At a terminal the reason is asked for after the key, and Enter passes. Through a pipe it stands behind the key, on
/// the same line.
fn judged(talk: &Talk, screen: &Screen) -> Option<(Option<Verdict>, Option<String>)> {
    const LONGEST: usize = 300;
    let quiet = |id: &str| screen.paint(Role::Quiet, paragraph(&WORDS.get(id), screen).trim_end());
    if !talk.is_terminal() {
        talk.say(&format!("\n{}", quiet("session.judge-line")));
    }
    talk.say("\n> ");
    let wanted = paragraph(&WORDS.get("session.judge-wanted"), screen) + "> ";
    let Heard::Said(line) = talk.key(&['h', 'q', 'w', 'd', 'x'], &wanted) else { return None };
    let said = match line.chars().next().map(|c| c.to_ascii_lowercase()) {
        Some('h') => Verdict::Holds,
        Some('q') => Verdict::Qualified,
        Some('w') => Verdict::Wrong,
        Some('x') => return None,
        _ => return Some((None, None)),
    };
    let mut why = line.split_once(char::is_whitespace).map_or("", |(_, why)| why).trim().to_string();
    if talk.is_terminal() {
        talk.say(&format!("{}\n> ", quiet("session.judge-why")));
        let Heard::Said(line) = talk.line() else { return None };
        why = line;
    }
    let why: String = why.chars().take(LONGEST).collect();
    Some((Some(said), (!why.is_empty()).then_some(why)))
}

/// A line in the colour of right or wrong.
fn marked(right: bool, line: &Text, screen: &Screen) -> String {
    let (mark, role) = if right { ("✓", Role::Good) } else { ("✗", Role::Bad) };
    let line = paragraph(line, screen);
    format!("{} {line}", screen.paint(role, mark))
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
        Unit::Count | Unit::Plain => "session.compute-how",
    };
    let how = paragraph(&WORDS.get(how), screen);
    talk.say(&screen.paint(Role::Quiet, how.trim_end()));
    talk.say("\n");
    loop {
        talk.say("> ");
        let Heard::Said(line) = talk.line() else { return None };
        let why = match line.as_str() {
            "" => return Some(None),
            "x" | "X" => return None,
            line => match read(line, unit) {
                Ok(quantity) => return Some(Some(quantity)),
                Err(why) => why,
            },
        };
        let example = Text::same(match unit {
            Unit::Bytes => "42.9 GB, 40 GiB",
            Unit::Count => "70B, 1.4e12, 1.4T",
            Unit::Plain | Unit::Cut => "0.25, 25 %",
        });
        let why = match why {
            Unread::NoNumber => WORDS.get("session.unread"),
            Unread::UnknownUnit => WORDS.with("session.unknown-unit", &named![example]),
            Unread::NoUnit => WORDS.get("session.no-unit"),
            Unread::NoCut => WORDS.get("session.no-cut"),
        };
        talk.say(&paragraph(&why, screen));
    }
}

fn predict(prediction: &'static Prediction, draw: u64, talk: &Talk, screen: &Screen) -> Option<Outcome> {
    let Experiment { values, run } = (prediction.draw)(&mut rng(draw, prediction.id));
    talk.say(&paragraph(&WORDS.with(prediction.id, &values), screen));
    let running = thread::spawn(run);
    let range = range(talk, screen)?;
    let outcome = running.join().unwrap_or(f64::NAN);
    let held = range.map(|[_, low, high]| {
        let held = (low..=high).contains(&outcome);
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
        if line.eq_ignore_ascii_case("x") {
            return None;
        }
        let parts: Vec<f64> = line
            .split(|c: char| c.is_whitespace() || c == ';' || c == '；')
            .filter(|part| !part.is_empty())
            .filter_map(|part| read(part, Unit::Plain).or_else(|_| read(part, Unit::Count)).ok())
            .map(|quantity| quantity.value)
            .collect();
        match parts[..] {
            [estimate, low, high] if low <= estimate && estimate <= high => {
                return Some(Some([estimate, low, high]));
            }
            _ => talk.say(&paragraph(&WORDS.get("session.predict-unread"), screen)),
        }
    }
}

fn say(card: &Card, talk: &Talk, screen: &Screen) -> Option<Outcome> {
    talk.say(&format!("{}\n", asks(card, screen)));
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
        talk.say(&demos::render::text::practice::numbered(i + 1, point, screen));
    }
    talk.say(&screen.paint(Role::Quiet, paragraph(&WORDS.get("session.say-tick"), screen).trim_end()));
    talk.say("\n> ");
    let said = loop {
        let Heard::Said(line) = talk.line() else { return None };
        if line.eq_ignore_ascii_case("x") {
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
    if line.trim().eq_ignore_ascii_case("a") {
        return Some(points);
    }
    let parts =
        line.split(|c: char| c.is_whitespace() || ",;，、；.".contains(c)).filter(|part| !part.is_empty());
    let number = |part: &str| part.parse::<usize>().ok().filter(|n| (1..=points).contains(n));
    let named: Option<std::collections::BTreeSet<usize>> = parts.map(number).collect();
    named.map(|named| named.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_ticked_once() {
        assert_eq!(["1 3 3", "1,2;4", "a", ""].map(|line| ticked(line, 4)), [2, 3, 4, 0].map(Some));
        assert_eq!(["none", "1 9", "1 3 foo"].map(|line| ticked(line, 4)), [None; 3]);
    }
}
