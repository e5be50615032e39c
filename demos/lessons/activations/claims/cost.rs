//! C20, C23: parameters and operations.

use concepts::activation::{ffn_operations, ffn_parameters, llama_width};

use crate::kit::case::{Case, Checked};
use crate::kit::claim::Degree::Qualified;

const D: usize = 4096;
/// Widths are rounded up to a multiple of 256: at most this share of 11008.
const ROUNDED: f64 = 256.0 / 11_008.0;

/// C20: complexity low, medium, high
pub(crate) fn complexity(c: &mut Case) -> Checked {
    // Operations of an exponential and what goes with it, generously.
    const AN_ELEMENT: f64 = 20.0;
    let width = llama_width(D, 1.0, 256)?;
    let usual = ffn_operations(D, 4 * D, false) as f64;
    let ratio = |h: usize| ffn_operations(D, h, true) as f64 / usual;
    c.value("d", D).value("width", width).value("ratio", ratio(width));
    c.as_written(|t| {
        t.at_least("more", ratio(width), 1.1);
    });
    c.corrected(Qualified, width, |t, h: usize| {
        t.near("matched", ratio(h), 1.0, ROUNDED);
        t.near("same", ratio(4 * D), 1.5, 0.0);
        t.at_most("elements", AN_ELEMENT * h as f64 / ffn_operations(D, h, true) as f64, 0.01);
    })
    .control("same-width", 4 * D);
    Ok(())
}

/// C23: 50 % more parameters
pub(crate) fn half_more(c: &mut Case) -> Checked {
    let width = llama_width(D, 1.0, 256)?;
    let ratio = |h: usize| ffn_parameters(D, h, true) as f64 / ffn_parameters(D, 4 * D, false) as f64;
    c.value("d", D).value("width", width).value("ratio", ratio(width));
    c.as_written(|t| {
        t.near("half", ratio(width), 1.5, ROUNDED);
    });
    c.corrected(Qualified, width, |t, h: usize| {
        t.near("matched", ratio(h), 1.0, ROUNDED);
        t.near("same", ratio(4 * D), 1.5, 0.0);
    })
    .control("same-width", 4 * D);
    Ok(())
}
