//! What becomes of many numbers: drawn ones, or a person's own.

use concepts::activation::{Passed, passed};
use concepts::numerics::{normal, rng};

use super::COMPARED;
use crate::kit::findings::Findings;
use crate::kit::grid::Grid;
use crate::kit::knob::Refusal;
use crate::kit::text::Text;
use crate::kit::visible;
use crate::lessons::activations::WORDS;
use crate::lessons::activations::experiments::published::{GELU, GLU, RELU, SHAZEER};
use crate::lessons::activations::setup::Setup;
use crate::{named, row};

/// How many are drawn.
const DRAWN: usize = 10_000;

pub(crate) fn numbers(setup: &Setup) -> Result<Findings, Refusal> {
    let mut f = Findings::default();
    let drawn =
        || normal((1, DRAWN), 1.0, &mut rng(setup.seed, "activations numbers")).into_raw_vec_and_offset().0;
    let numbers = setup.own.as_ref().map_or_else(drawn, |own| own.numbers.clone());
    let mut rows = Vec::new();
    let mut before = None;
    let [_, chosen] = setup.chosen.clone();
    let all = COMPARED.map(|(name, g)| (Text::same(name), g));
    for (name, g) in all.into_iter().chain([(chosen, setup.f)]) {
        let Passed { behind, zeros, dead, slope, .. } = *before.insert(passed(g, &numbers)?);
        if ![behind.mean, behind.deviation, slope].iter().all(|x| x.is_finite()) {
            let file = setup.own.as_ref().map_or("", |own| &own.file);
            return Err(Refusal(WORDS.with("refused.overflow", &named![function = name, file])));
        }
        rows.push(row![name, zeros, dead, behind.mean, behind.deviation, slope]);
    }
    let (mean, deviation) = before.map_or((0.0, 0.0), |p| (p.before.mean, p.before.deviation));
    // The chosen one is a row of its own only where no row has it.
    rows.truncate(COMPARED.len() + usize::from(COMPARED.iter().all(|(_, g)| *g != setup.f)));
    f.table("passed", Grid::new("passed", &WORDS).rows(rows).table());
    let n = numbers.len();
    let note = match &setup.own {
        None => WORDS.with("note_values.drawn", &named![n, mean, deviation]),
        Some(own) => match &own.column {
            None => WORDS.with("note_values.list", &named![n, mean, deviation]),
            Some(column) => {
                let column = visible::name(column);
                WORDS.with("note_values.column", &named![n, mean, deviation, column])
            }
        },
    };
    f.note("note_values", Some(note));
    let unused = setup.own.as_ref().map_or(&[][..], |own| &own.unused);
    let shown: Vec<Text> = unused.iter().map(|name| name.map(visible::name)).collect();
    let names = Text::list(&shown);
    f.note("note_unused", (!unused.is_empty()).then(|| WORDS.with("note_unused", &named![names])));
    // As printed: the third decimal is what they differ by.
    let printed = |x: f64| format!("{x:.3}");
    let grid = Grid::new("shazeer", &WORDS);
    // One of the names is a word.
    let name = |name| if name == "Bilinear" { grid.word("bilinear") } else { Text::same(name) };
    let rows = SHAZEER.map(|r| row![name(r.name), printed(r.early), printed(r.noise), printed(r.late)]);
    f.table("shazeer", grid.rows(rows).table());
    f.number("late_relu", SHAZEER[RELU].late);
    f.number("late_gelu", SHAZEER[GELU].late);
    f.number("late_glu", SHAZEER[GLU].late);
    f.number("early_gelu", SHAZEER[GELU].early);
    f.number("early_glu", SHAZEER[GLU].early);
    Ok(f)
}
