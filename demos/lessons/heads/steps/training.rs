//! The memory of training: sixteen bytes per parameter, and what each stage of ZeRO splits.

use concepts::budget::{BudgetError, TrainingState, Zero, gib, parameters, training_state};

use super::beside::beside_memory;
use super::sizes::{exceeding, memory_gib};
use crate::kit::findings::{Findings, Table};
use crate::kit::grid::Grid;
use crate::kit::text::Text;
use crate::lessons::heads::WORDS;
use crate::lessons::heads::setup::Setup;
use crate::{named, row};

pub(super) fn training(f: &mut Findings, setup: &Setup) -> Result<(), BudgetError> {
    f.formula("f_training", r"16N = 2N + 2N + (4 + 4 + 4)N", "16·N = 2·N + 2·N + (4 + 4 + 4)·N");
    let over = if setup.devices > 1 { "zero_over" } else { "zero_over.one" };
    f.words("zero_over", WORDS.with(over, &named![devices = setup.devices]));
    f.table("training", stages(setup)?);
    f.note("devices_needed", Some(devices_needed(setup)?));
    Ok(())
}

fn stages(setup: &Setup) -> Result<Table, BudgetError> {
    let all = parameters(&setup.model)?.total();
    let stages = [
        ("nothing", Zero::Nothing),
        ("zero-1", Zero::Optimizer),
        ("zero-2", Zero::Gradients),
        ("zero-3", Zero::Weights),
    ];
    let states = stages.map(|(_, zero)| training_state(all, zero, setup.devices));
    let states: Vec<_> = states.into_iter().collect::<Result<_, _>>()?;
    let totals: Vec<u64> = states.iter().map(TrainingState::total).collect();
    let (totals, memory) = beside_memory(&totals, setup);
    let mut grid = Grid::new("training", &WORDS)
        .value("model", setup.title.clone())
        .value("devices", setup.devices)
        .value("memory", memory);
    for (((id, _), state), total) in stages.into_iter().zip(states).zip(totals) {
        let fits = grid.word(if state.total() <= setup.memory { "yes" } else { "no" });
        let [weights, gradients, optimizer] = [state.weights, state.gradients, state.optimizer].map(gib);
        grid = grid.said(id, row![weights, gradients, optimizer, total, fits]);
    }
    Ok(grid.table())
}

/// The fewest devices whose memory holds the training state.
fn devices_needed(setup: &Setup) -> Result<Text, BudgetError> {
    let whole = training_state(parameters(&setup.model)?.total(), Zero::Nothing, 1)?.total();
    let devices = whole.div_ceil(setup.memory.max(1));
    if devices > 1 {
        let ([size], memory) = exceeding([whole], setup);
        return Ok(WORDS.with("devices_needed", &named![size, memory, devices]));
    }
    Ok(WORDS.with("devices_needed.one", &named![size = gib(whole), memory = memory_gib(setup)]))
}
