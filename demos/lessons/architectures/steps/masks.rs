//! Who may see whom.

use std::sync::Arc;

use crate::kit::findings::{Findings, Matrix};
use crate::kit::grid::Grid;
use crate::kit::knob::Refusal;
use crate::lessons::architectures::WORDS;
use crate::lessons::architectures::setup::Setup;

pub(crate) fn masks(setup: &Setup, f: &mut Findings) -> Result<(), Refusal> {
    let shown = [("mask_encoder", "encoder"), ("mask_decoder", "decoder"), ("mask_prefix", "prefix LM")];
    for ((id, symbol), (_, kind)) in shown.into_iter().zip(setup.kinds()) {
        let data = Arc::new(kind.reach(setup.seq)?.mapv(|seen| if seen { 1.0 } else { 0.0 }));
        let numbers: Vec<String> = (1..=setup.seq).map(|i| i.to_string()).collect();
        let caption = WORDS.get("masks");
        f.matrix(id, Matrix { symbol: symbol.into(), caption, rows: numbers.clone(), cols: numbers, data });
    }
    let grid = Grid::new("patterns", &WORDS);
    let rows = ["encoder", "decoder", "prefix", "encoder-decoder"].map(|family| {
        let word = |what: &str| grid.word(&format!("{family}{what}")).into();
        vec![word(""), word("-input"), word("-output")]
    });
    f.table("patterns", grid.rows(rows).table());
    Ok(())
}
