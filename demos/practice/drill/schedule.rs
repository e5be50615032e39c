//! When each card comes back.
//!
//! FSRS, a model of forgetting with a difficulty and a stability for each card, says how well a card is known on a day
//! and when that falls to nine in ten. Cards are never changed: what a person knows is computed anew from the journal,
//! review by review.
//!
//! A date of the interview changes two things. No card's next turn lies behind it; and minutes that are left, when
//! nothing is due and nothing is new, go to the cards that would be known least on the day. Spending them otherwise was
//! tried on simulated memories: always asking what adds most to the day forgets the days between and is much worse;
//! pulling weak cards into the last week changes nothing.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Duration, NaiveDate, Utc};
use rs_fsrs::{FSRS, Parameters, State};

pub use rs_fsrs::Rating;

use crate::practice::journal::Entry;

/// How well a card is to be known when it comes back.
pub const WANTED: f64 = 0.9;

/// Hours after which a card may be asked again though it is not due.
const REST: i64 = 20;

/// What a person knows.
#[derive(Debug, Clone, Default)]
pub struct Schedule {
    cards: BTreeMap<String, rs_fsrs::Card>,
    /// Those whose last answer was wrong.
    missed: BTreeSet<String>,
    interview: Option<NaiveDate>,
}

impl Schedule {
    /// Out of the journal: every review in its order, and the last date of an interview.
    pub fn of(entries: &[Entry]) -> Schedule {
        let mut schedule = Schedule::default();
        for entry in entries {
            let text = |name: &str| entry.fields.get(name).and_then(|value| value.as_str());
            match entry.what.as_str() {
                "review" => {
                    if let (Some(card), Some(rating)) = (text("card"), text("rating").and_then(rating)) {
                        schedule.review(card, rating, moment(entry.at));
                    }
                }
                "interview" => schedule.interview = text("date").and_then(|date| date.parse().ok()),
                _ => {}
            }
        }
        schedule
    }

    /// The day of the interview.
    pub fn interview(&self) -> Option<NaiveDate> {
        self.interview
    }

    /// Sets the day of the interview.
    pub fn set_interview(&mut self, date: NaiveDate) {
        self.interview = Some(date);
    }

    /// A card was answered.
    pub fn review(&mut self, card: &str, rating: Rating, now: DateTime<Utc>) {
        let fsrs = FSRS::new(parameters());
        if rating == Rating::Again {
            self.missed.insert(card.to_string());
        } else {
            self.missed.remove(card);
        }
        let mut known =
            self.cards.get(card).cloned().unwrap_or_else(|| rs_fsrs::Card { due: now, ..Default::default() });
        // A clock that was set back must not make days negative.
        let now = if known.state == State::New { now } else { now.max(known.last_review) };
        if known.state == State::New {
            known.last_review = now;
        }
        let next = fsrs.next(known, now, rating).card;
        self.cards.insert(card.to_string(), next);
    }

    /// Has a card been answered before?
    pub fn has_seen(&self, card: &str) -> bool {
        self.cards.contains_key(card)
    }

    /// Was its last answer wrong? The memory model takes it that the answer, once read, is known for a while.
    pub fn has_missed(&self, card: &str) -> bool {
        self.missed.contains(card)
    }

    /// The probability that a card is known at a moment; nothing for one that was never answered.
    pub fn recall(&self, card: &str, at: DateTime<Utc>) -> Option<f64> {
        let card = self.cards.get(card)?;
        let days = (at - card.last_review).num_seconds().max(0) as f64 / 86_400.0;
        Some(Parameters::forgetting_curve(days, card.stability))
    }

    /// When a card comes back.
    pub fn due(&self, card: &str, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let known = self.cards.get(card)?;
        let Some(day) = self.interview.map(begin).filter(|day| *day > now) else { return Some(known.due) };
        Some(known.due.min(day - Duration::days(1)).max(known.last_review + Duration::hours(REST)))
    }

    /// Is it a card's turn?
    pub fn is_due(&self, card: &str, now: DateTime<Utc>) -> bool {
        self.due(card, now).is_some_and(|due| due <= now)
    }

    /// The order in which cards are asked: those that are due, the least known first; those never seen, in the order
    /// given; and before an interview, while there are minutes left, those that would be known least on the day.
    pub fn order<'c>(&self, cards: impl IntoIterator<Item = &'c str>, now: DateTime<Utc>) -> Vec<&'c str> {
        let (mut due, mut new, mut early) = (Vec::new(), Vec::new(), Vec::new());
        let day = self.interview.map(begin).filter(|day| *day > now);
        for card in cards {
            match (self.recall(card, now), day) {
                (None, _) => new.push(card),
                (Some(recall), _) if self.is_due(card, now) => due.push((recall, card)),
                (Some(_), Some(day)) if self.has_rested(card, now) => {
                    early.push((self.recall(card, day).unwrap_or(0.0), card));
                }
                _ => {}
            }
        }
        for list in [&mut due, &mut early] {
            list.sort_by(|a, b| a.0.total_cmp(&b.0));
        }
        due.into_iter()
            .map(|(_, card)| card)
            .chain(new)
            .chain(early.into_iter().map(|(_, card)| card))
            .collect()
    }

    /// Not asked since yesterday: to be asked again at once teaches nothing.
    fn has_rested(&self, card: &str, now: DateTime<Utc>) -> bool {
        self.cards.get(card).is_some_and(|card| now - card.last_review >= Duration::hours(REST))
    }
}

fn parameters() -> Parameters {
    // Days are what counts here: no steps of minutes, and nothing drawn.
    Parameters {
        request_retention: WANTED,
        enable_short_term: false,
        enable_fuzz: false,
        ..Parameters::default()
    }
}

/// A moment of the journal.
pub fn moment(at: u64) -> DateTime<Utc> {
    i64::try_from(at).ok().and_then(|at| DateTime::from_timestamp(at, 0)).unwrap_or_default()
}

/// The beginning of a day.
pub fn begin(day: NaiveDate) -> DateTime<Utc> {
    day.and_hms_opt(0, 0, 0).unwrap_or_default().and_utc()
}

/// The word that the journal has for a rating.
pub fn rating_word(rating: Rating) -> &'static str {
    match rating {
        Rating::Again => "again",
        Rating::Hard => "hard",
        Rating::Good => "good",
        Rating::Easy => "easy",
    }
}

fn rating(word: &str) -> Option<Rating> {
    Rating::iter().copied().find(|rating| rating_word(*rating) == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(n: i64) -> DateTime<Utc> {
        begin(NaiveDate::from_ymd_opt(2026, 12, 1).unwrap()) + Duration::days(n)
    }

    #[test]
    fn a_card_that_was_known_comes_back_later_than_one_that_was_not() {
        let mut schedule = Schedule::default();
        schedule.review("known", Rating::Good, day(0));
        schedule.review("not", Rating::Again, day(0));
        let due = |card| schedule.due(card, day(0)).unwrap();
        assert!(due("not") < due("known") && due("not") > day(0));
        assert!(schedule.recall("known", day(3)) > schedule.recall("not", day(3)));
        assert_eq!(schedule.order(["new", "known", "not"], day(30)), ["not", "known", "new"]);
    }

    #[test]
    fn no_turn_lies_behind_the_interview() {
        let mut schedule = Schedule::default();
        for n in [0, 4, 20] {
            schedule.review("well known", Rating::Easy, day(n));
        }
        assert!(schedule.due("well known", day(20)).unwrap() > day(40));
        schedule.set_interview(day(30).date_naive());
        let due = schedule.due("well known", day(20)).unwrap();
        assert!(due < day(30) && due > day(20), "{due}");
    }
}
