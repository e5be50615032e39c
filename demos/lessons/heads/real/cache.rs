//! The cache counted in bytes, in 32 to 4 bits a number.

use concepts::budget::{BudgetError, Dtype};
use concepts::decoder::fast::Rows;
use concepts::decoder::{Change, Config, Keeping};

use crate::kit::findings::Table;
use crate::kit::grid::Grid;
use crate::kit::knob::Refusal;
use crate::kit::text::Text;
use crate::lessons::heads::WORDS;
use crate::real::changes::{Bench, Cost, range, signed};
use crate::{named, row};

/// Bits a number, and what they are called.
const KEPT: [(u32, &str); 4] = [(32, "float32"), (16, "float16"), (8, "int8"), (4, "int4")];

/// A cache of so many bits.
pub(super) struct Kept {
    bits: u32,
    /// Bytes counted in the cache of one window.
    pub(super) counted: u64,
    /// The same by the formula.
    pub(super) by_formula: u64,
    /// Of the whole trained context, by the formula.
    whole: u64,
    pub(super) cost: Cost,
}

impl Kept {
    pub(super) fn all(bench: &Bench) -> Result<Vec<Kept>, Refusal> {
        let config = bench.model.config();
        let window = &bench.windows[0];
        let of = |(bits, _): (u32, &str)| -> Result<Kept, Refusal> {
            let change = [Change::CacheBits(bits)];
            Ok(Kept {
                bits,
                counted: counted(bench, &change)?,
                by_formula: formula(config, bits, window.len())?,
                whole: formula(config, bits, config.context)?,
                cost: bench.with(&change)?,
            })
        };
        KEPT.into_iter().map(of).collect()
    }

    /// Bits a number.
    pub(super) fn bits(&self) -> u32 {
        self.bits
    }
}

/// Bytes of a cache that has read one window.
pub(super) fn counted(bench: &Bench, change: &[Change]) -> Result<u64, Refusal> {
    let decoder = bench.model.decoder_with(Keeping::F16, change)?;
    let mut cache = decoder.start_cache();
    decoder.extend(&mut [&mut cache], &[bench.windows[0].as_slice()], Rows::Last)?;
    Ok(cache.bytes() as u64)
}

/// What the calculator says of so many tokens: `2 · layers · kv_heads · head_dim` numbers a token.
fn formula(config: &Config, bits: u32, tokens: usize) -> Result<u64, BudgetError> {
    let group = config.head_dim as u64;
    let dtype = match bits {
        32 => Dtype::F32,
        16 => Dtype::F16,
        8 => Dtype::Int8 { group },
        _ => Dtype::Int4 { group },
    };
    dtype.bytes((2 * config.layers.len() * config.kv_heads * config.head_dim * tokens) as u64)
}

/// What layers that see a window could spare, if there are any.
pub(super) fn windowed(config: &Config) -> Result<Option<Text>, Refusal> {
    let (context, layers) = (config.context, config.layers.len());
    let windows: Vec<usize> = config.layers.iter().filter_map(|layer| layer.window).collect();
    let local = windows.iter().filter(|window| **window < context).count();
    let seen = config.layers.iter().map(|layer| layer.window.map_or(context, |window| window.min(context)));
    let mib = |tokens: usize| -> Result<f64, BudgetError> {
        let bytes = Dtype::F16.bytes((2 * config.kv_heads * config.head_dim * tokens) as u64)?;
        Ok(bytes as f64 / f64::from(1 << 20))
    };
    let (rolling, whole) = (mib(seen.sum())?, mib(layers * context)?);
    let values = named![local, layers, context, rolling, whole];
    Ok((local > 0).then(|| WORDS.with("kept.window", &values)))
}

pub(super) fn table(bench: &Bench, kept: &[Kept]) -> Table {
    let grid = Grid::new("kept", &WORDS)
        .value("tokens", bench.windows[0].len())
        .value("context", bench.model.config().context);
    let rows = kept.iter().zip(KEPT).map(|(kept, (_, name))| {
        let more = &kept.cost.more;
        let mib = kept.whole as f64 / f64::from(1 << 20);
        let cells = row![name, kept.counted, kept.by_formula, mib];
        // 32 bits are the cache that everything else is compared with.
        let cost = if kept.bits() == 32 { row!["", ""] } else { row![signed(more.estimate), range(more)] };
        cells.into_iter().chain(cost).collect()
    });
    grid.rows(rows).table()
}
