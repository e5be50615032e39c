//! Which card comes next, until the minutes are over.

use std::time::{Duration, Instant};

use chrono::{Local, Utc};
use serde_json::{Map, Value, json};

use demos::kit::question::question;
use demos::kit::text::Text;
use demos::kit::visible::visible;
use demos::named;
use demos::practice::drill::WORDS;
use demos::practice::drill::calibration::Calibration;
use demos::practice::drill::card::{Card, Kind};
use demos::practice::drill::schedule::{Rating, Schedule, rating_word};
use demos::practice::journal::{Contents, Journal};
use demos::render::screen::{Role, Screen};
use demos::render::text::practice::{calibration, paragraph, skipped};

use super::ask::{self, Outcome};
use super::talk::Talk;
use crate::cli::Failure;
use crate::cli::args::DrillRequest;
use crate::cli::grade::not_kept;

/// What was done.
#[derive(Default)]
struct Done {
    cards: usize,
    right: usize,
    /// Ranges were given.
    ranges: bool,
    stopped: bool,
    /// No card was left.
    all: bool,
    /// New cards were not asked for.
    due_only: bool,
}

/// Asks cards until the minutes, the cards or the person's patience are over. What was answered is kept at once.
pub(super) fn run(
    cards: &[Card],
    mut schedule: Schedule,
    (journal, contents): (&Journal, &Contents),
    request: &DrillRequest,
    screen: &Screen,
) -> Result<(), Failure> {
    let talk = Talk::new();
    talk.say(&skipped(&journal.kept(contents), screen));
    let end = Instant::now() + Duration::from_secs_f64(request.minutes * 60.0);
    let ids: Vec<String> = cards.iter().map(Card::id).collect();
    let now = Utc::now();
    let order = schedule.order(ids.iter().map(String::as_str), now);
    let order: Vec<&Card> = order
        .into_iter()
        .filter(|id| !request.due || schedule.is_due(id, now))
        .filter_map(|id| cards.iter().zip(&ids).find(|(_, other)| *other == id).map(|(card, _)| card))
        .collect();
    if order.is_empty() {
        let none = if request.due { "session.none-due" } else { "session.none" };
        talk.say(&paragraph(&WORDS.get(none), screen));
        return Ok(());
    }
    let mut done = Done { all: true, due_only: request.due, ..Done::default() };
    for (turn, card) in order.iter().enumerate() {
        if Instant::now() >= end {
            done.all = false;
            break;
        }
        talk.say(&head(card, &done, end, screen));
        // Fresh numbers each time; with a seed of the person's own, the same ones.
        let draw =
            request.seed.unwrap_or_else(|| Utc::now().timestamp_millis() as u64).wrapping_add(turn as u64);
        let Some(outcome) = ask::ask(card, draw, &talk, screen) else {
            (done.stopped, done.all) = (true, false);
            break;
        };
        keep(card, &outcome, journal).map_err(|error| not_kept(journal, &error, screen.lang))?;
        schedule.review(&card.id(), outcome.rating, Utc::now());
        done.cards += 1;
        done.ranges |= outcome.details.iter().any(|(name, _)| *name == "held");
        done.right += usize::from(matches!(outcome.rating, Rating::Good | Rating::Easy));
    }
    talk.say(&closing(&done, cards, &schedule, journal, screen));
    Ok(())
}

fn head(card: &Card, done: &Done, end: Instant, screen: &Screen) -> String {
    let kind = WORDS.get(&format!("session.kind-{}", card.kind().word()));
    let asked = Text::same(card.lesson.card.questions.join(", "));
    let lesson = Text::same(card.lesson.card.name);
    let head = WORDS.with("session.head", &named![kind, question = asked, lesson]);
    let minutes = end.saturating_duration_since(Instant::now()).as_secs_f64() / 60.0;
    let left = if minutes <= 1.0 {
        WORDS.with("session.last-minute", &named![done = done.cards])
    } else {
        WORDS.with("session.left", &named![done = done.cards, minutes = minutes.ceil() as usize])
    };
    let head = screen.paint(Role::Heading, screen.say(&head));
    format!("\n{head}   {}\n", screen.paint(Role::Quiet, screen.say(&left)))
}

fn keep(card: &Card, outcome: &Outcome, journal: &Journal) -> std::io::Result<()> {
    let mut fields = Map::new();
    fields.insert("card".into(), json!(card.id()));
    fields.insert("rating".into(), json!(rating_word(outcome.rating)));
    for (name, value) in &outcome.details {
        fields.insert((*name).into(), value.clone());
    }
    journal.add("review", Value::Object(fields))
}

/// How many cards are due and were not asked; if none is, the day of the next ones.
fn comes_next(cards: &[Card], schedule: &Schedule) -> Option<Text> {
    let now = Utc::now();
    let due: Vec<_> = cards.iter().filter_map(|card| schedule.due(&card.id(), now)).collect();
    let left = due.iter().filter(|due| **due <= now).count();
    if left > 0 {
        return Some(WORDS.with("session.still-due", &named![left]));
    }
    let next = due.into_iter().min()?;
    let when = Text::same(next.with_timezone(&Local).format("%Y-%m-%d").to_string());
    Some(WORDS.with("session.next", &named![when]))
}

fn closing(done: &Done, cards: &[Card], schedule: &Schedule, journal: &Journal, screen: &Screen) -> String {
    let mut out = String::from("\n");
    let over = WORDS.with("session.over", &named![done = done.cards, right = done.right]);
    out.push_str(&paragraph(&over, screen));
    let why = match (done.stopped, done.cards) {
        (true, 0) => Some("session.stopped-at-once"),
        (true, _) => Some("session.stopped"),
        (false, _) if done.all && done.due_only => Some("session.all-due"),
        (false, _) => done.all.then_some("session.all"),
    };
    if let Some(id) = why {
        out.push_str(&paragraph(&WORDS.get(id), screen));
    }
    if let Some(next) = comes_next(cards, schedule) {
        out.push_str(&paragraph(&next, screen));
    }
    if let Some(contents) = journal.read().ok().filter(|_| done.ranges) {
        out.push_str(&calibration(&Calibration::of(&contents.entries), screen));
    }
    if done.cards > 0 {
        let file = Text::same(visible(&journal.path().display().to_string()));
        out.push_str(&paragraph(&WORDS.with("session.kept", &named![file]), screen));
    }
    out
}

/// The questions of a card's lesson, each a paragraph.
pub(super) fn asks(card: &Card, screen: &Screen) -> String {
    let asked = card.lesson.card.questions.iter().filter_map(|id| question(id));
    asked.map(|question| paragraph(&question.asks, screen)).collect()
}

/// The command that shows more of a card.
pub(super) fn more(card: &Card) -> String {
    let lesson = card.lesson.card.name;
    match card.kind() {
        Kind::Judge => format!("{lesson} {}", card.id().rsplit('-').next().unwrap_or("")),
        Kind::Say => format!("{lesson} --answer"),
        Kind::Compute | Kind::Predict => lesson.into(),
    }
}
