//! What scores say: a step, a smooth law, neither of them, or nothing.

use concepts::emergence::{EmergenceError, Items, MOST_EXPONENT, PowerLaw, Score, clopper_pearson};
use concepts::numerics::{Counted, misses};

use super::finite::LEVEL;
use super::series::{RISE, SUDDEN};
use crate::kit::number::{decimals_until, plain, typed};
use crate::kit::text::Text;
use crate::lessons::emergence::WORDS;
use crate::lessons::emergence::setup::Setup;
use crate::named;

/// Evidence counts from 20 to 1 on.
const COUNTS: f64 = 20.0;
const LN_20: f64 = 2.995_732_273_553_991;
const MOST_EVIDENCE: f64 = 300.0;
/// A law that rises by a smaller share of its last score is level.
const LEVEL_RISE: f64 = 0.001;

/// What is said of the scores.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Nothing at all was right.
    Nothing,
    /// Nothing at all was wrong.
    Everything,
    /// Every score is below that of a guess.
    Chance,
    /// One score is so beyond doubt.
    BelowGuess,
    /// Tests of one size contradict each other.
    Torn,
    /// They do not rise.
    Flat,
    /// Both laws miss them beyond doubt.
    Neither,
    Step,
    Smooth,
    /// A smooth law within less than a decade.
    Steep,
    /// Not told apart.
    Open,
}

impl Verdict {
    pub(super) fn of(setup: &Setup) -> Result<Verdict, EmergenceError> {
        let (rows, found) = (&setup.scores.rows, &setup.found);
        let right: u64 = rows.iter().map(|row| row.correct).sum();
        let total: u64 = rows.iter().map(|row| row.total).sum();
        Ok(match () {
            () if right == 0 => Verdict::Nothing,
            () if right == total => Verdict::Everything,
            () if all_below_guess(setup) => Verdict::Chance,
            () if below_guess(setup)? => Verdict::BelowGuess,
            () if torn(rows) => Verdict::Torn,
            () if flat(setup) => Verdict::Flat,
            () if missed(rows, |size| found.smooth.at(size)) && missed(rows, |size| found.step.at(size)) => {
                Verdict::Neither
            }
            () if found.evidence >= LN_20 => Verdict::Step,
            () if found.evidence <= -LN_20 && decades(setup) <= SUDDEN => Verdict::Steep,
            () if found.evidence <= -LN_20 => Verdict::Smooth,
            () => Verdict::Open,
        })
    }

    pub(super) fn said(self, setup: &Setup) -> Text {
        let id = match self {
            Verdict::Nothing => "verdict.nothing",
            Verdict::Everything => "verdict.everything",
            Verdict::Chance => "verdict.chance",
            Verdict::BelowGuess => "verdict.below-guess",
            Verdict::Torn => "verdict.torn",
            Verdict::Flat if setup.scores.own => "verdict.flat",
            Verdict::Flat => return WORDS.with("verdict.flat-drawn", &named![items = setup.items]),
            Verdict::Neither => return neither(setup),
            Verdict::Step if setup.chance > 0.0 => "verdict.step-guess",
            Verdict::Step => "verdict.step",
            Verdict::Steep => "verdict.smooth-steep",
            Verdict::Smooth => "verdict.smooth",
            Verdict::Open => "verdict.open",
        };
        let evidence = setup.found.evidence.abs();
        // Nobody reads more digits than that.
        let ratio = lead(evidence.min(MOST_EVIDENCE));
        let capped = evidence > MOST_EVIDENCE;
        let ratio = if capped { WORDS.with("ratio-capped", &named![ratio]) } else { Text::same(ratio) };
        let (most, chance, decades) = (MOST_EXPONENT, setup.chance, decades(setup));
        WORDS.with(id, &named![ratio, most, chance, decades])
    }

    /// How large a test would have to be, where one may ask: the scores rise, and no step explains them better.
    pub(super) fn needed(self, setup: &Setup) -> Text {
        if !matches!(self, Verdict::Smooth | Verdict::Steep | Verdict::Open) {
            return Text::same("");
        }
        let items = setup.scores.rows.iter().map(|row| row.total).max().unwrap_or(1) as f64;
        let factor = setup.found.factor_if_smooth;
        if !factor.is_finite() {
            // A law of which nothing is known says nothing of how many would do.
            let vague = setup.found.smooth.interval.0 <= 0.0;
            return WORDS.get(if vague { "needed.vague" } else { "needed.never" });
        }
        let questions = (factor * items).ceil();
        // Rounded, more questions than there are must not read as so many.
        let alike = plain(questions) == plain(items);
        let questions = if alike { typed(questions) } else { plain(questions) };
        let id = match () {
            () if factor > 1.0 => "needed.more",
            () if self == Verdict::Open => "needed.unlucky",
            () => "needed.enough",
        };
        WORDS.with(id, &named![questions, items = typed(items)])
    }
}

/// By how much the better law leads. Rounded, a lead that does not count must not read as one that does, nor as none.
fn lead(evidence: f64) -> String {
    let ratio = evidence.exp();
    let fair = |read: f64| evidence >= LN_20 || (read > 1.0 && read < COUNTS);
    let usual = plain(ratio);
    if usual.parse().is_ok_and(fair) {
        return usual;
    }
    decimals_until(ratio, 2..=9, fair).unwrap_or(usual)
}

/// May a law be fitted to the scores?
pub(crate) fn fits(setup: &Setup) -> Result<bool, EmergenceError> {
    Ok(mixed(setup) && !all_below_guess(setup) && !below_guess(setup)?)
}

/// Is something right and something wrong?
fn mixed(setup: &Setup) -> bool {
    let rows = &setup.scores.rows;
    rows.iter().any(|row| row.correct > 0) && rows.iter().any(|row| row.correct < row.total)
}

fn all_below_guess(setup: &Setup) -> bool {
    setup.scores.rows.iter().all(|row| row.share() < setup.chance)
}

/// Is a score beyond doubt below that of a guess? No law that starts at the guess goes through it.
fn below_guess(setup: &Setup) -> Result<bool, EmergenceError> {
    for row in &setup.scores.rows {
        if clopper_pearson(row.correct, row.total, LEVEL)?.1 < setup.chance {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Over how many decades the smooth law rises.
fn decades(setup: &Setup) -> f64 {
    PowerLaw::new(1.0, setup.found.smooth.exponent)
        .and_then(|law| law.decades_between(RISE[0], RISE[1], Items::Alike))
        .unwrap_or(f64::INFINITY)
}

/// Does no step go up, or is the smooth law level, as it may well be, and no step better?
fn flat(setup: &Setup) -> bool {
    let (smooth, step) = (&setup.found.smooth, &setup.found.step);
    let level = level(setup) && smooth.interval.0 <= 0.0;
    step.low >= step.high || level && setup.found.evidence < LN_20
}

/// Does the smooth law hardly rise over the sizes of the scores?
pub(super) fn level(setup: &Setup) -> bool {
    let smooth = &setup.found.smooth;
    let ends = setup.scores.rows.first().zip(setup.scores.rows.last());
    ends.is_none_or(|(first, last)| {
        let (first, last) = (smooth.at(first.size), smooth.at(last.size));
        last - first < LEVEL_RISE * last
    })
}

fn counted(row: &Score, share: f64) -> Counted {
    Counted { right: row.correct as f64, wrong: (row.total - row.correct) as f64, share }
}

/// Is a law beyond doubt none of these scores?
fn missed(rows: &[Score], law: impl Fn(f64) -> f64) -> bool {
    let counts: Vec<Counted> = rows.iter().map(|row| counted(row, law(row.size))).collect();
    misses(&counts)
}

/// Do tests of one and the same size contradict each other? Against the share of all that have it.
fn torn(rows: &[Score]) -> bool {
    let share = |size: f64| {
        let same = || rows.iter().filter(move |row| row.size == size);
        let right: u64 = same().map(|row| row.correct).sum();
        right as f64 / same().map(|row| row.total).sum::<u64>() as f64
    };
    missed(rows, share)
}

/// The better of the two laws, and by how much it misses the score that speaks most against it.
fn neither(setup: &Setup) -> Text {
    let (rows, found) = (&setup.scores.rows, &setup.found);
    let step = found.evidence > 0.0;
    let law = |size: f64| if step { found.step.at(size) } else { found.smooth.at(size) };
    let against =
        |row: &Score| Some(counted(row, law(row.size))).filter(Counted::enough).map(|row| row.square());
    let worst = rows.iter().filter_map(|row| Some((against(row)?, row)));
    let worst = worst.max_by(|one, other| one.0.total_cmp(&other.0));
    let gap = worst.map_or(f64::NAN, |(_, row)| (law(row.size) - row.share()).abs());
    let better = WORDS.get(if step { "better.step" } else { "better.smooth" });
    let id = if setup.scores.own { "verdict.neither" } else { "verdict.neither-drawn" };
    WORDS.with(id, &named![better, gap, chance = setup.chance])
}
