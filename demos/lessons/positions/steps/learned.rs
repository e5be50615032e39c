//! The learned table and what it costs.

use concepts::numerics::rng;
use concepts::position::LearnedTable;

use crate::kit::findings::Findings;
use crate::kit::grid::Grid;
use crate::kit::knob::Refusal;
use crate::kit::text::Text;
use crate::lessons::positions::WORDS;
use crate::lessons::positions::published::LEARNED;
use crate::lessons::positions::scheme;
use crate::lessons::positions::setup::Setup;
use crate::row;

/// A table asked for one place too many, and the tables of published models.
pub(crate) fn learned(setup: &Setup, f: &mut Findings) -> Result<(), Refusal> {
    let mut rng = rng(setup.seed, "learned limit");
    let table = LearnedTable::random(setup.seq, setup.d_model, 0.02, &mut rng)?;
    f.words(
        "learned_error",
        table.row(setup.seq).err().map_or(Text::same(""), |error| Refusal::from(error).0),
    );
    f.number("learned_rows", scheme::LEARNED as f64);
    let rows = LEARNED.iter().map(|model| {
        let parameters = (model.len * model.width) as f64;
        let share = format!("{:.3} %", parameters / model.millions / 1e4);
        row![model.name, model.len, model.width, parameters, share]
    });
    let [bert, ..] = &LEARNED;
    f.number("bert_parameters", (bert.len * bert.width) as f64);
    f.number("bert_share", (bert.len * bert.width) as f64 / bert.millions / 1e6);
    f.table("parameters", Grid::new("parameters", &WORDS).rows(rows).table());
    Ok(())
}
