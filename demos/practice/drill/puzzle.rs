//! A question with fresh numbers, its answer, and the wrong formulas that people use.

use rand_chacha::ChaCha8Rng;

use super::WORDS;
use super::quantity::{Quantity, Unit};
use crate::kit::text::Text;
use crate::kit::words::Named;

/// An answer may be off by this share: the mistakes that are looked for, a GiB taken for a GB among them (7%), lie
/// further away. One that is the right number rounded to two digits may be off by more, up to 5%.
pub const CLOSE: f64 = 0.02;

/// A kind of question.
#[derive(Debug)]
pub struct PuzzleKind {
    /// Its id in the words, and part of its card's.
    pub id: &'static str,
    /// The lesson that explains it.
    pub lesson: &'static str,
    /// Draws the numbers.
    pub draw: fn(&mut ChaCha8Rng) -> Drawn,
}

/// Numbers that were drawn, the answer and the wrong ones.
pub struct Drawn {
    /// The values that the words name.
    pub values: Vec<Named>,
    /// The right answer.
    pub right: f64,
    /// What it counts.
    pub unit: Unit,
    /// Wrong answers, each by the id of the mistake that makes it.
    pub slips: Vec<(&'static str, f64)>,
}

/// A question that can be asked: no wrong answer lies near the right one, or near another.
pub struct Puzzle {
    /// Its kind.
    pub kind: &'static PuzzleKind,
    /// Its numbers.
    pub drawn: Drawn,
}

/// What an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judged {
    /// Right.
    Right,
    /// What a known mistake gives; its id.
    Slip(&'static str),
    /// Wrong in a way of its own.
    Wrong,
}

/// GB said for GiB, and the other way round; any question about bytes knows them.
pub const DECIMAL_FOR_BINARY: &str = "gb-for-gib";
/// The other way round.
pub const BINARY_FOR_DECIMAL: &str = "gib-for-gb";

impl PuzzleKind {
    /// Draws until no two answers look alike.
    ///
    /// # Panics
    /// If that does not come about: the kind asks for something else then. A test draws each kind a thousand times.
    pub fn fresh(&'static self, rng: &mut ChaCha8Rng) -> Puzzle {
        for _ in 0..1000 {
            let drawn = (self.draw)(rng);
            if drawn.tells_apart() {
                return Puzzle { kind: self, drawn };
            }
        }
        panic!("{}: answers that cannot be told apart", self.id);
    }
}

impl Drawn {
    /// A question without its mistakes.
    pub fn new(values: &[Named], right: f64, unit: Unit) -> Drawn {
        Drawn { values: values.to_vec(), right, unit, slips: Vec::new() }
    }

    /// A mistake, by what it gives.
    #[must_use]
    pub fn slip(mut self, id: &'static str, value: f64) -> Drawn {
        self.slips.push((id, value));
        self
    }

    /// What can be answered: right, by each mistake, and with GB and GiB mixed up.
    fn answers(&self) -> Vec<f64> {
        let mut answers = vec![self.right];
        answers.extend(self.slips.iter().map(|(_, value)| *value));
        if self.unit == Unit::Bytes {
            answers.extend(mixed_up(self.right).map(|(_, value)| value));
        }
        answers
    }

    /// By which share an answer may be off.
    fn close(&self) -> f64 {
        if self.unit == Unit::Cut { 0.0 } else { CLOSE }
    }

    fn tells_apart(&self) -> bool {
        let answers = self.answers();
        let apart = |i: usize, j: usize| {
            let (a, b) = (answers[i], answers[j]);
            // Twice the tolerance: an answer near one is not near the other.
            (a - b).abs() > 2.0 * self.close() * a.abs().max(b.abs())
        };
        answers.iter().all(|x| x.is_finite() && *x != 0.0)
            && (0..answers.len()).all(|i| (0..i).all(|j| apart(i, j)))
    }
}

/// What is said who reads the number of GiB as GB, and who reads that of GB as GiB; the units between mega and tera are
/// the ones that people use.
fn mixed_up(right: f64) -> [(&'static str, f64); 2] {
    let (decimal, binary) = [(1e12, 2f64.powi(40)), (1e9, 2f64.powi(30)), (1e6, 2f64.powi(20))]
        .into_iter()
        .find(|(decimal, _)| right >= *decimal)
        .unwrap_or((1e3, 1024.0));
    [(DECIMAL_FOR_BINARY, right / binary * decimal), (BINARY_FOR_DECIMAL, right / decimal * binary)]
}

impl Puzzle {
    /// The question.
    pub fn asks(&self) -> Text {
        WORDS.with(self.kind.id, &self.drawn.values)
    }

    /// How it is computed, with the numbers.
    pub fn line(&self) -> Text {
        WORDS.with(&format!("{}.line", self.kind.id), &self.drawn.values)
    }

    /// What a mistake is, and the right line.
    pub fn slip(&self, id: &str) -> Text {
        match id {
            DECIMAL_FOR_BINARY | BINARY_FOR_DECIMAL => WORDS.get(&format!("bytes.{id}")),
            id => WORDS.with(&format!("{}.{id}", self.kind.id), &self.drawn.values),
        }
    }

    /// All mistakes that it knows, with what each gives.
    pub fn slips(&self) -> Vec<(&'static str, f64)> {
        let mut slips = self.drawn.slips.clone();
        if self.drawn.unit == Unit::Bytes {
            slips.extend(mixed_up(self.drawn.right));
        }
        slips
    }

    /// Is it the right number in two digits, and no mistake lies nearer?
    fn is_rounded(&self, answer: Quantity) -> bool {
        let off = |value: f64| (answer.value - value).abs();
        let right = self.drawn.right;
        let two_digits: f64 = format!("{:.1e}", right / answer.factor).parse().unwrap_or(f64::NAN);
        self.drawn.unit != Unit::Cut
            && (answer.number - two_digits).abs() <= 1e-9 * two_digits.abs()
            && self.slips().iter().all(|(_, slip)| off(right) < off(*slip))
    }

    /// Is an answer right, or which mistake gives it?
    pub fn judge(&self, answer: Quantity) -> Judged {
        let near = |value: f64| (answer.value - value).abs() <= self.drawn.close() * value.abs();
        if near(self.drawn.right) || self.is_rounded(answer) {
            return Judged::Right;
        }
        let mut slips = self.slips().into_iter();
        slips.find(|(_, value)| near(*value)).map_or(Judged::Wrong, |(id, _)| Judged::Slip(id))
    }
}
