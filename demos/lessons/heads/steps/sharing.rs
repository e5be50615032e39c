//! Who shares what, and what sharing does to a layer.

use concepts::attention::{AttentionError, MultiHead};

use super::own;
use crate::kit::findings::{Findings, Table};
use crate::kit::grid::Grid;
use crate::kit::knob::Refusal;
use crate::kit::text::Text;
use crate::lessons::heads::WORDS;
use crate::lessons::heads::experiments::caching::{LAYOUTS, cached_elements};
use crate::lessons::heads::experiments::pooling::pooled_error;
use crate::lessons::heads::experiments::sharing::{Copies, HEADS, copy_error, layer};
use crate::lessons::heads::setup::Setup;
use crate::{named, row};

pub(super) fn sharing(setup: &Setup) -> Result<Findings, Refusal> {
    let mut f = layer_by_layer(setup.seed)?;
    f.note("note_unverified", (!setup.unverified.is_empty()).then(|| unverified(setup)));
    own::notes(&mut f, setup)?;
    Ok(f)
}

fn layer_by_layer(seed: u64) -> Result<Findings, AttentionError> {
    let mut f = Findings::default();
    f.number("heads_small", HEADS as f64);
    f.table("shapes", shapes(seed)?);
    let repeated = |worst: f64, kv_heads| Ok(worst.max(copy_error(kv_heads, Copies::Repeated, seed)?));
    f.number("repeat_error", LAYOUTS.into_iter().try_fold(0.0, repeated)?);
    f.table("tiling", tiling(seed)?);
    f.number("pooled_error", pooled_error(HEADS / 2, seed)?);
    Ok(f)
}

fn unverified(setup: &Setup) -> Text {
    let name = &setup.model.name;
    let what = WORDS.get(&format!("unverified.{}", setup.unverified.replace(' ', "-")));
    WORDS.with("note_unverified", &named![name, what])
}

fn shapes(seed: u64) -> Result<Table, AttentionError> {
    let row = |(name, kv_heads): (&str, usize)| {
        let layer = layer(kv_heads, seed)?;
        let shape = |pick: fn(&MultiHead) -> (usize, usize)| {
            let (rows, columns) = pick(&layer);
            format!("{rows} × {columns}")
        };
        Ok(row![
            format!("{name}, {kv_heads}"),
            shape(|layer| layer.w_q().dim()),
            shape(|layer| layer.w_k().dim()),
            shape(|layer| layer.w_v().dim()),
            shape(|layer| layer.w_o().dim()),
            layer.parameters(),
            cached_elements(&layer, seed)?,
        ])
    };
    let rows: Result<Vec<_>, AttentionError> =
        [("MHA", HEADS), ("GQA", 2), ("MQA", 1)].into_iter().map(row).collect();
    Ok(Grid::new("shapes", &WORDS).rows(rows?).table())
}

fn tiling(seed: u64) -> Result<Table, AttentionError> {
    let row = |kv_heads| {
        let error = |copies| copy_error(kv_heads, copies, seed);
        Ok(row![kv_heads, error(Copies::Repeated)?, error(Copies::Tiled)?])
    };
    let rows: Result<Vec<_>, AttentionError> = LAYOUTS.into_iter().map(row).collect();
    Ok(Grid::new("tiling", &WORDS).rows(rows?).table())
}
