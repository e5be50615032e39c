//! What the rotation costs beside the attention block.

use crate::kit::findings::Findings;
use crate::lessons::rope::experiments::counting::{block_operations, rotation_operations};

const WIDTH: usize = 4096;
const LEN: usize = 2048;

pub(crate) fn cost() -> Findings {
    let mut f = Findings::default();
    let (rotation, block) = (rotation_operations(WIDTH) as f64, block_operations(WIDTH, LEN) as f64);
    f.number("rope_flops", rotation);
    f.number("cost_width", WIDTH as f64);
    f.number("block_flops", block);
    f.number("cost_len", LEN as f64);
    f.number("cost_share", rotation / block);
    f
}
