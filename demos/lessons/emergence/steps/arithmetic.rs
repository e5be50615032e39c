//! The example that is marked wrong.

use concepts::emergence::{Evaluated, Step, evaluate};

use crate::kit::findings::{Findings, Table};
use crate::kit::grid::Grid;
use crate::kit::knob::Refusal;
use crate::kit::number::unrounded;
use crate::kit::text::Text;
use crate::lessons::emergence::WORDS;
use crate::lessons::emergence::setup::Setup;
use crate::{named, row};

/// What the written answer asks, and what its small model says.
pub(crate) const ASKED: &str = "23-17+5";
pub(crate) const SAID: f64 = 11.0;

/// 2^53: from here on not every whole number has a float of its own.
const EXACT: f64 = 9_007_199_254_740_992.0;

pub(crate) fn arithmetic(setup: &Setup) -> Result<Findings, Refusal> {
    let mut f = Findings::default();
    let bank = evaluate(ASKED)?;
    f.words("asked", Text::same(ASKED));
    f.number("said", SAID);
    f.number("worth", bank.value);
    let (typed, own) = &setup.expression;
    let large = |step: &Step| [step.left, step.right, step.value].iter().any(|part| part.abs() >= EXACT);
    let rounded = own.value.abs() >= EXACT || own.steps.iter().any(|s| s.value.fract() != 0.0 || large(s));
    f.note("note_rounded", rounded.then(|| WORDS.get("note_rounded")));
    f.table("arithmetic", table(&[(ASKED, &bank), (typed, own)]));
    Ok(f)
}

/// `-0.0 + 0.0` is 0: a step is written without the sign of a zero.
fn table(all: &[(&str, &Evaluated)]) -> Table {
    let rows = all.iter().map(|(written, evaluated)| {
        let steps: Vec<String> = evaluated
            .steps
            .iter()
            .map(|s| format!("{} {} {} = {}", s.left + 0.0, s.operator, s.right + 0.0, s.value + 0.0))
            .collect();
        let steps = match steps.is_empty() {
            true => WORDS.get("arithmetic.no-steps"),
            false => WORDS.with("arithmetic.steps", &named![steps = steps.join(" → ")]),
        };
        row![*written, steps, unrounded(evaluated.value + 0.0)]
    });
    Grid::new("arithmetic", &WORDS).rows(rows).table()
}
