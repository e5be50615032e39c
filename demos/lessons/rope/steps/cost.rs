//! What the rotation costs beside the attention block.

use concepts::position::PositionError;

use crate::kit::findings::Findings;
use crate::lessons::rope::experiments::counting::{block_operations, rotation};

const WIDTH: usize = 4096;
const LEN: usize = 2048;

pub(crate) fn cost(seed: u64) -> Result<Findings, PositionError> {
    let mut f = Findings::default();
    let (rotation, block) = (rotation(WIDTH, seed)?.operations, block_operations(WIDTH, LEN) as f64);
    f.number("rope_flops", rotation);
    f.number("cost_width", WIDTH as f64);
    f.number("block_flops", block);
    f.number("cost_len", LEN as f64);
    f.number("cost_share", rotation / block);
    Ok(f)
}
