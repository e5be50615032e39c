//! The accelerators and the published models, as lists.

use std::path::Path;

use concepts::budget::{
    ACCELERATORS, Accelerator, BudgetError, Published, gib, huggingface_types, parameters, published,
};

use crate::errors::Chinese;
use crate::kit::findings::{Cell, Findings, Table};
use crate::kit::grid::Grid;
use crate::kit::knob::Refusal;
use crate::kit::lesson::Setting;
use crate::kit::text::Text;
use crate::lessons::heads::{WORDS, knobs};
use crate::{named, row};

/// What one says in the place of a name to see all names.
const LIST: &str = "list";

/// The lists that were asked for in the place of a page.
pub(crate) fn listed(setting: &Setting) -> Result<Option<Findings>, Refusal> {
    let asked = |name: Option<&str>| name.is_some_and(|name| name.trim().eq_ignore_ascii_case(LIST));
    let mut lists = Findings::default();
    if asked(knobs::MODEL.of(&setting.values)) {
        lists.table("published", models()?);
    }
    if asked(knobs::ACCELERATOR.of(&setting.values)) {
        lists.table("accelerators", accelerators());
    }
    // A file may have that name.
    if asked(knobs::CONFIG.of(&setting.values).filter(|path| !path.exists()).and_then(Path::to_str)) {
        lists.table("families", families());
    }
    Ok(lists.is_list().then_some(lists))
}

fn models() -> Result<Table, BudgetError> {
    let row = |model: &Published| {
        let config = &model.config;
        let heads = format!("{} / {}", config.heads, config.kv_heads);
        let billions = parameters(config)?.total() as f64 / 1e9;
        Ok(row![model.id.clone(), config.name.clone(), billions, config.layers, heads, config.context])
    };
    let rows: Result<Vec<_>, BudgetError> = published().iter().map(row).collect();
    Ok(Grid::new("published", &WORDS).rows(rows?).table())
}

/// The types of models whose configuration is read.
fn families() -> Table {
    let mut names = huggingface_types();
    names.sort_unstable();
    Grid::new("families", &WORDS).rows(names.into_iter().map(|name| row![name])).table()
}

fn accelerators() -> Table {
    Grid::new("accelerators", &WORDS).rows(ACCELERATORS.iter().map(row)).table()
}

fn row(on: &Accelerator) -> Vec<Cell> {
    let unprinted = || Cell::from("–");
    row![
        on.name,
        memory(on),
        gib(on.memory()),
        on.bandwidth / 1e12,
        on.flops.map_or_else(unprinted, |flops| Cell::Number(flops / 1e12)),
        on.ridge().map_or_else(unprinted, Cell::Number),
        source(on),
    ]
}

/// The memory as the maker prints it, and as a program finds it.
pub(super) fn memory(on: &Accelerator) -> Text {
    let (printed, mib) = (on.printed, on.mib);
    match on.reported.tool() {
        Some(tool) => WORDS.with("printed", &named![printed, mib, tool]),
        None => WORDS.with("printed.built-in", &named![printed]),
    }
}

/// Where its numbers stand.
pub(super) fn source(on: &Accelerator) -> Text {
    Text::new(on.source.to_string(), on.source.chinese())
}

/// The accelerator with the lowest ridge.
pub(super) fn lowest() -> Option<(&'static Accelerator, f64)> {
    let ridges = ACCELERATORS.iter().filter_map(|this| Some((this, this.ridge()?)));
    ridges.min_by(|a, b| a.1.total_cmp(&b.1))
}
