//! Several positions a token, as for images and video.

use crate::kit::findings::Findings;
use crate::lessons::rope::experiments::axes::score_by_axes;
use crate::lessons::rope::experiments::score::{content, score};
use crate::lessons::rope::setup::Setup;

/// Time, row and column of a query and of a key, and a shift along each axis.
const QUERY: [i64; 3] = [4, 11, 2];
const KEY: [i64; 3] = [1, 3, 9];
const SHIFT: [i64; 3] = [100, 20, 3];

pub(crate) fn axes(setup: &Setup) -> Findings {
    let mut f = Findings::default();
    let c = content(setup.head_dim, setup.seed, "axes content");
    let at = |m, n| score_by_axes(&c, m, n, &setup.used, setup.layout);
    let moved = |[a, b, c]: [i64; 3]| [a + SHIFT[0], b + SHIFT[1], c + SHIFT[2]];
    let (m, n) = (setup.m, setup.n);
    let plain = score(&c, m, n, &setup.used, setup.layout);
    f.number("mrope_text", (at([m; 3], [n; 3]) - plain).abs());
    f.number("mrope_shift", (at(moved(QUERY), moved(KEY)) - at(QUERY, KEY)).abs());
    f
}
