//! A claim is one sentence of the written answer, with the tests that decide it.
//!
//! The verdict is never typed in: [`Claim::verdict`] computes it from the tests. A test that could
//! not have failed decides nothing, so every claim carries negative controls: the *same* test, run
//! on something that is broken on purpose, must fail. [`Claim::verdict`] checks that too.

use super::case::{Case, Checked};
pub use super::measure::{Criterion, Measure, Outcome, Test};
use super::text::Text;
use super::words::Words;

/// A claim with everything that decides it.
#[derive(Debug, Clone)]
pub struct Claim {
    /// For instance `LLM-Q1-C3`.
    pub id: &'static str,
    /// The sentence, in our own words.
    pub statement: Text,
    /// What to say aloud of it.
    pub say: Option<Text>,
    /// What decides it.
    pub evidence: Evidence,
}

/// What decides a claim.
#[derive(Debug, Clone)]
pub enum Evidence {
    /// Measurements.
    Tested(Box<Tested>),
    /// A fact about something published; it is quoted, not proved.
    Data {
        /// Where it is published.
        source: Text,
    },
    /// No experiment of ours decides it.
    Opinion {
        /// What can be said about it all the same.
        remark: Text,
    },
    /// An experiment could not be run, so that nothing is decided.
    Failed {
        /// Why.
        reason: Text,
    },
}

/// The tests of a claim.
#[derive(Debug, Clone)]
pub struct Tested {
    /// The sentence as the written answer has it.
    pub as_stated: Test,
    /// What to say instead, if the sentence does not stand as it is.
    pub correction: Option<Correction>,
    /// Broken variants that the deciding test must reject.
    pub controls: Vec<Control>,
}

/// The sentence put right.
#[derive(Debug, Clone)]
pub struct Correction {
    /// How far off the sentence was.
    pub degree: Degree,
    /// A case, with numbers, in which the written sentence fails.
    pub counterexample: Text,
    /// What to say instead, in thirty seconds.
    pub say: Text,
    /// The test of the corrected sentence.
    pub test: Test,
}

/// How far off a sentence was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Degree {
    /// True under a condition that it leaves out.
    Qualified,
    /// False as written.
    Wrong,
}

/// A broken variant for which the test must come out the other way.
#[derive(Debug, Clone)]
pub struct Control {
    /// What was broken.
    pub broken: Text,
    /// The deciding test, run on it.
    pub test: Test,
}

impl Control {
    /// The deciding test, run on something broken.
    pub fn new(broken: Text, test: Test) -> Control {
        Control { broken, test }
    }
}

/// What can be said of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// True as written.
    Holds,
    /// True under a condition that is left out.
    Qualified,
    /// False as written.
    Wrong,
    /// A published fact.
    Data,
    /// Not decidable by experiment.
    Opinion,
    /// The sample does not decide.
    Inconclusive,
    /// The check itself is at fault.
    Broken,
}

impl Verdict {
    /// All verdicts.
    pub const ALL: [Verdict; 7] = [
        Verdict::Holds,
        Verdict::Qualified,
        Verdict::Wrong,
        Verdict::Data,
        Verdict::Opinion,
        Verdict::Inconclusive,
        Verdict::Broken,
    ];

    /// The word used in JSON and in the recorded verdicts.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Holds => "holds",
            Verdict::Qualified => "qualified",
            Verdict::Wrong => "wrong",
            Verdict::Data => "data",
            Verdict::Opinion => "opinion",
            Verdict::Inconclusive => "inconclusive",
            Verdict::Broken => "broken",
        }
    }
}

impl Tested {
    /// The test that decides: of the correction where there is one, else of the sentence itself.
    pub fn deciding(&self) -> &Test {
        self.correction.as_ref().map_or(&self.as_stated, |correction| &correction.test)
    }

    /// Was this control rejected, by the very test that decides the claim?
    pub fn caught(&self, control: &Control) -> bool {
        control.test.same_as(self.deciding()) && control.test.outcome() == Outcome::Fail
    }

    fn verdict(&self) -> Verdict {
        let controlled = !self.controls.is_empty() && self.controls.iter().all(|c| self.caught(c));
        if !controlled || self.deciding().0.is_empty() || self.as_stated.0.is_empty() {
            return Verdict::Broken;
        }
        match (self.as_stated.outcome(), &self.correction) {
            (Outcome::Pass, _) => Verdict::Holds,
            (Outcome::Undecided, _) => Verdict::Inconclusive,
            (Outcome::Fail, None) => Verdict::Broken,
            (Outcome::Fail, Some(correction)) => match (correction.test.outcome(), correction.degree) {
                (Outcome::Pass, Degree::Qualified) => Verdict::Qualified,
                (Outcome::Pass, Degree::Wrong) => Verdict::Wrong,
                (Outcome::Undecided, _) => Verdict::Inconclusive,
                (Outcome::Fail, _) => Verdict::Broken,
            },
        }
    }
}

impl Claim {
    /// The verdict, computed from the tests.
    pub fn verdict(&self) -> Verdict {
        match &self.evidence {
            Evidence::Tested(tested) => tested.verdict(),
            Evidence::Data { .. } => Verdict::Data,
            Evidence::Opinion { .. } => Verdict::Opinion,
            Evidence::Failed { .. } => Verdict::Broken,
        }
    }

    /// Do all numbers of the deciding test come out of publications?
    pub fn looked_up(&self) -> bool {
        match &self.evidence {
            Evidence::Tested(tested) => tested.deciding().0.iter().all(|measure| measure.looked_up),
            _ => false,
        }
    }

    /// The sentence put right, where it had to be.
    pub fn correction(&self) -> Option<&Correction> {
        match &self.evidence {
            Evidence::Tested(tested) => tested.correction.as_ref(),
            _ => None,
        }
    }

    /// The last part of the id, as prose and the terminal show it: `C3`.
    pub fn short_id(&self) -> &'static str {
        short_id(self.id)
    }
}

/// The last part of a claim's id: `C3` of `LLM-Q1-C3`.
pub fn short_id(id: &'static str) -> &'static str {
    id.rsplit('-').next().unwrap_or(id)
}

/// A claim that a lesson can check: its id is known without running it.
#[derive(Debug, Clone, Copy)]
pub struct ClaimCheck {
    /// For instance `LLM-Q1-C3`.
    pub id: &'static str,
    /// What it takes to decide it.
    pub kind: Check,
    /// It holds, and what to say of it names a condition: who judges it true under a condition is right, too.
    pub conditional: bool,
}

/// What it takes to decide a claim.
#[derive(Debug, Clone, Copy)]
pub enum Check {
    /// Tests.
    Tested(fn(&mut Case) -> Checked),
    /// Nothing: a published fact.
    Data,
    /// Nothing: an opinion.
    Opinion,
}

impl ClaimCheck {
    /// A claim that tests decide.
    pub const fn tested(id: &'static str, make: fn(&mut Case) -> Checked) -> ClaimCheck {
        ClaimCheck { id, kind: Check::Tested(make), conditional: false }
    }

    /// A published fact.
    pub const fn data(id: &'static str) -> ClaimCheck {
        ClaimCheck { id, kind: Check::Data, conditional: false }
    }

    /// An opinion.
    pub const fn opinion(id: &'static str) -> ClaimCheck {
        ClaimCheck { id, kind: Check::Opinion, conditional: false }
    }

    /// What to say of it names a condition, or a case in which it does not hold as it stands.
    #[must_use]
    pub const fn under_a_condition(self) -> ClaimCheck {
        ClaimCheck { conditional: true, ..self }
    }

    /// The claim, decided.
    pub fn run(&self, seed: u64, words: &Words) -> Claim {
        match self.kind {
            Check::Tested(make) => Case::make(self.id, seed, words, make),
            Check::Data => Case::data(self.id, words),
            Check::Opinion => Case::opinion(self.id, words),
        }
    }
}
