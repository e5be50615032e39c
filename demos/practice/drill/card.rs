//! All cards.

use crate::LESSONS;
use crate::kit::claim::{ClaimCheck, Verdict};
use crate::kit::lesson::Lesson;
use crate::verdicts;

use super::predictions::{PREDICTIONS, Prediction};
use super::puzzle::PuzzleKind;
use super::puzzles::KINDS;

/// A card.
#[derive(Debug, Clone, Copy)]
pub struct Card {
    /// The lesson that it belongs to.
    pub lesson: &'static Lesson,
    /// What it asks.
    pub front: Front,
}

/// What a card asks.
#[derive(Debug, Clone, Copy)]
pub enum Front {
    /// Does this sentence hold?
    Judge(&'static ClaimCheck, Verdict),
    /// How much is it?
    Compute(&'static PuzzleKind),
    /// What will come out?
    Predict(&'static Prediction),
    /// Say the answer to the lesson's question.
    Say,
}

/// The kind of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Does a sentence hold?
    Judge,
    /// How much is it?
    Compute,
    /// What will come out?
    Predict,
    /// Say the answer.
    Say,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 4] = [Kind::Judge, Kind::Compute, Kind::Predict, Kind::Say];

    /// The word by which it is called.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Judge => "judge",
            Kind::Compute => "compute",
            Kind::Predict => "predict",
            Kind::Say => "say",
        }
    }
}

impl Card {
    /// Its kind.
    pub fn kind(&self) -> Kind {
        match self.front {
            Front::Judge(..) => Kind::Judge,
            Front::Compute(_) => Kind::Compute,
            Front::Predict(_) => Kind::Predict,
            Front::Say => Kind::Say,
        }
    }

    /// By which the journal names it: `judge LLM-Q1-C3`, `compute kv-cache`.
    pub fn id(&self) -> String {
        let what = match self.front {
            Front::Judge(claim, _) => claim.id,
            Front::Compute(kind) => kind.id,
            Front::Predict(prediction) => prediction.id,
            Front::Say => self.lesson.card.name,
        };
        format!("{} {what}", self.kind().word())
    }
}

/// All cards: lesson by lesson, in each the kinds mixed, so that a person who meets them in this order meets all kinds.
///
/// Claims that are data or opinion are no question of holding or not; they have no card.
pub fn deck() -> Vec<Card> {
    LESSONS.iter().flat_map(|lesson| of_lesson(lesson)).collect()
}

fn of_lesson(lesson: &'static Lesson) -> Vec<Card> {
    let name = lesson.card.name;
    let card = |front| Card { lesson, front };
    let mut judge = lesson.claims.iter().filter_map(|claim| {
        let verdict = verdicts::expected(claim.id)?;
        let asked = matches!(verdict, Verdict::Holds | Verdict::Qualified | Verdict::Wrong);
        asked.then_some(card(Front::Judge(claim, verdict)))
    });
    let compute = KINDS.iter().filter(|kind| kind.lesson == name).map(|kind| card(Front::Compute(kind)));
    let predict = PREDICTIONS.iter().filter(|prediction| prediction.lesson == name);
    let predict = predict.map(|prediction| card(Front::Predict(prediction)));
    let mut others = std::iter::once(card(Front::Say)).chain(compute).chain(predict);
    let mut cards = Vec::new();
    // Two claims, then something else, as long as there is any.
    loop {
        let before = cards.len();
        cards.extend(judge.by_ref().take(2));
        cards.extend(others.next());
        if cards.len() == before {
            return cards;
        }
    }
}
