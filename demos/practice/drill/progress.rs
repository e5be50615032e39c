//! How a person stands with each question.

use chrono::{DateTime, NaiveDate, Utc};

use super::calibration::Calibration;
use super::card::{Card, Front};
use super::schedule::{Schedule, WANTED, begin};
use crate::LESSONS;
use crate::kit::lesson::Lesson;

/// How a person stands.
#[derive(Debug)]
pub struct Progress {
    /// With every lesson.
    pub standings: Vec<Standing>,
    /// The day of the interview.
    pub interview: Option<NaiveDate>,
    /// The day on this person's clock.
    pub today: NaiveDate,
    /// How good their ranges are.
    pub calibration: Calibration,
}

/// How a person stands with one lesson.
#[derive(Debug)]
pub struct Standing {
    /// The lesson.
    pub lesson: &'static Lesson,
    /// All its cards.
    pub cards: usize,
    /// Those that were answered at least once.
    pub seen: usize,
    /// Those whose turn it is.
    pub due: usize,
    /// The mean probability that a card of it is known now; one never seen, or last answered wrong, counts as not known.
    pub strength: f64,
    /// The claim that is known worst, of those seen.
    pub weakest: Option<&'static str>,
    /// Cards that would be known less than wanted on the day of the interview, the unseen ones included.
    pub at_risk: usize,
}

/// How a person stands with every lesson.
pub fn standings(deck: &[Card], schedule: &Schedule, now: DateTime<Utc>) -> Vec<Standing> {
    LESSONS.iter().map(|lesson| standing(lesson, deck, schedule, now)).collect()
}

fn standing(lesson: &'static Lesson, deck: &[Card], schedule: &Schedule, now: DateTime<Utc>) -> Standing {
    let cards: Vec<&Card> = deck.iter().filter(|card| card.lesson.card.name == lesson.card.name).collect();
    let recall = |card: &Card, at| {
        let known = schedule.recall(&card.id(), at)?;
        Some(if schedule.has_missed(&card.id()) { 0.0 } else { known })
    };
    let sum = cards.iter().filter_map(|card| recall(card, now)).fold(0.0, |sum, recall| sum + recall);
    let claims = cards.iter().filter_map(|card| match card.front {
        Front::Judge(claim, _) => Some((recall(card, now)?, claim.id)),
        _ => None,
    });
    // One that is over is no day to look ahead to.
    let day = schedule.interview().map_or(now, begin).max(now);
    Standing {
        lesson,
        cards: cards.len(),
        seen: cards.iter().filter(|card| schedule.has_seen(&card.id())).count(),
        due: cards.iter().filter(|card| schedule.is_due(&card.id(), now)).count(),
        strength: if cards.is_empty() { 0.0 } else { sum / cards.len() as f64 },
        weakest: claims.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, id)| id),
        at_risk: cards.iter().filter(|card| recall(card, day).unwrap_or(0.0) < WANTED).count(),
    }
}
