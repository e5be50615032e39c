//! Learning from examples without any training; what a real small model does.

use concepts::emergence::{Recorded, clopper_pearson};

use super::finite::LEVEL;
use crate::kit::findings::{Findings, Table};
use crate::kit::grid::Grid;
use crate::kit::knob::Refusal;
use crate::kit::text::Text;
use crate::lessons::emergence::WORDS;
use crate::lessons::emergence::experiments::learning::{
    Labels, Left, after_one, identity, kernel_error, left, typical,
};
use crate::lessons::emergence::experiments::table::LINE;
use crate::lessons::emergence::setup::Setup;
use crate::row;

/// Functions that are learned, each from examples of its own.
pub(crate) const TASKS: usize = 200;
/// Functions that the kernel meets.
const FUNCTIONS: usize = 400;
/// Examples that the kernel is given.
pub(crate) const KERNEL: [usize; 5] = [1, 4, 16, 64, 256];

pub(crate) fn context(setup: &Setup) -> Result<Findings, Refusal> {
    let mut f = Findings::default();
    let (n, d) = (setup.examples, setup.features);
    f.number("examples", n as f64);
    f.number("features", d as f64);
    f.number("layers", setup.layers as f64);
    f.formula(
        "f_descent",
        r"\Delta w = \eta \sum_i (y_i - w\cdot x_i)\,x_i,\qquad w = 0 \Rightarrow \hat y = \sum_i (\eta\, y_i)\,(x_i\cdot q)",
        "Δw = η·Σ(yᵢ − w·xᵢ)·xᵢ    w = 0 ⇒ ŷ = Σ(η·yᵢ)·(xᵢ·q)",
    );
    f.number("same", identity((n, d), setup.layers, 1, setup.seed)?);
    let table = depth(setup, &mut f);
    f.table("depth", table);
    let mut kernel = Grid::new("kernel", &WORDS);
    for n in KERNEL {
        kernel = kernel.row(row![n, kernel_error(n, FUNCTIONS, Labels::Right, setup.seed)?]);
    }
    f.table("kernel", kernel.table());
    f.number("kernel_one", kernel_error(KERNEL[0], FUNCTIONS, Labels::Right, setup.seed)?);
    recorded(&mut f)?;
    Ok(f)
}

/// Layers that are shown: doubled, and the last.
fn depths(layers: usize) -> Vec<usize> {
    let mut all: Vec<usize> = (0..).map(|i| 1 << i).take_while(|&depth| depth < layers).collect();
    all.push(layers);
    all
}

fn depth(setup: &Setup, f: &mut Findings) -> Table {
    let (n, d) = (setup.examples, setup.features);
    let left = left((n, d), setup.layers, TASKS, setup.seed);
    let Left { right, foreign } = &left;
    let (mean, error) = after_one(right);
    f.number("one_measured", mean);
    f.number("one_error", error);
    f.number("one_tasks", TASKS as f64);
    // Is more than half of the error gone?
    let learns = typical(right, setup.layers) < 0.5;
    f.words("learns", WORDS.get(if learns { "learns.well" } else { "learns.little" }));
    let rows = depths(setup.layers).into_iter().map(|k| row![k, typical(right, k), typical(foreign, k)]);
    let grid = Grid::new("depth", &WORDS).value("examples", n).value("features", d);
    grid.rows(rows).table()
}

fn recorded(f: &mut Findings) -> Result<(), Refusal> {
    let rows = Recorded::all();
    let row = |row: &Recorded| -> Result<_, Refusal> {
        let (low, high) = clopper_pearson(row.correct as u64, row.trials as u64, LEVEL)?;
        let share = row.correct as f64 / row.trials as f64;
        let task = Grid::new("recorded", &WORDS).word(row.task);
        Ok(row![task, row.examples, share, format!("{low:.2} … {high:.2}"), row.mean_ln_p])
    };
    let table = rows.iter().map(row).collect::<Result<Vec<_>, _>>()?;
    f.table("recorded", Grid::new("recorded", &WORDS).rows(table).table());
    let first = &rows[0];
    f.words("recorded_model", Text::same(first.model));
    f.words("recorded_tool", Text::same(first.tool));
    f.words("recorded_hash", Text::same(&first.file_sha256[..12]));
    f.number("recorded_size", first.parameters);
    f.number("recorded_trials", first.trials as f64);
    f.number("recorded_smaller", LINE / first.parameters);
    Ok(())
}
