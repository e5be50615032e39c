//! The sinusoidal table, and the relative places inside it.

use std::sync::Arc;

use std::f64::consts::TAU;

use concepts::position::{sinusoidal_frequencies, sinusoidal_shift, sinusoidal_table, wavelengths};
use ndarray::Array2;

use crate::kit::findings::{Findings, Matrix};
use crate::kit::knob::Refusal;
use crate::kit::text::Text;
use crate::lessons::positions::WORDS;
use crate::lessons::positions::experiments::sinusoid::{
    PROJECTED, USUAL_BASE, by_offset, first_rise, projected_spread, shift_error, unseen_pairs,
};
use crate::lessons::positions::setup::Setup;
use crate::named;

/// Rows and columns of the rotation that are shown.
const FEATURES: usize = 8;

/// The formula and its wavelengths.
pub(crate) fn waves(setup: &Setup, f: &mut Findings) -> Result<(), Refusal> {
    let Setup { seq, d_model, base, .. } = *setup;
    let lengths = wavelengths(&sinusoidal_frequencies(d_model, base)?);
    f.formula(
        "f_sinusoidal",
        r"PE(p, 2i) = \sin(p\,\omega_i),\; PE(p, 2i+1) = \cos(p\,\omega_i),\; \omega_i = \mathrm{base}^{-2i/d}",
        "PE(p, 2i) = sin(p·ωᵢ)    PE(p, 2i+1) = cos(p·ωᵢ)    ωᵢ = base^(−2i/d)",
    );
    f.number("wavelength_first", lengths.first().copied().unwrap_or(TAU));
    f.number("wavelength_last", lengths.last().copied().unwrap_or(TAU));
    let alike = alike(setup)?;
    f.words("pairs_said", pairs_said(&lengths, seq, alike));
    let [first, last] = [lengths.first(), lengths.last()].map(|length| length.copied().unwrap_or(TAU));
    let id = if alike { "turns_said.alike" } else { "turns_said" };
    f.words("turns_said", WORDS.with(id, &named![first, last]));
    f.number("pairs", lengths.len() as f64);
    f.number("seq", seq as f64);
    f.number("unseen", unseen_pairs(d_model, base, seq)? as f64);
    Ok(())
}

/// Do all pairs turn at the same speed, as far as one can see?
pub(crate) fn alike(setup: &Setup) -> Result<bool, Refusal> {
    let lengths = wavelengths(&sinusoidal_frequencies(setup.d_model, setup.base)?);
    Ok(lengths.iter().all(|&length| length < 1.1 * TAU))
}

/// What the pairs tell apart, by how long their turns take.
fn pairs_said(lengths: &[f64], seq: usize, alike: bool) -> Text {
    if alike {
        return WORDS.get("pairs_said.alike");
    }
    // Half a turn of the fastest pair: within it no two places look the same to it.
    if lengths.first().is_some_and(|first| (seq as f64) <= first / 2.0) {
        return WORDS.get("pairs_said.near");
    }
    let turned = lengths.iter().all(|&length| length < seq as f64);
    if turned { WORDS.with("pairs_said.turned", &named![seq]) } else { WORDS.get("pairs_said") }
}

/// Moving on is a rotation, and the dot product of two rows depends on their distance.
pub(crate) fn relative(setup: &Setup, f: &mut Findings) -> Result<(), Refusal> {
    let Setup { seq, d_model, base, seed, .. } = *setup;
    let k = 3.min(seq - 1);
    let whole = sinusoidal_table(seq, d_model, base)?;
    // A row against the row k before it and the row k after it, for each k of the picture.
    let both = sinusoidal_table(2 * seq - 1, d_model, base)?;
    let about = both.dot(&both.row(seq - 1));
    let even = (1..seq).map(|k| (about[seq - 1 + k] - about[seq - 1 - k]).abs());
    f.formula("f_shift", r"PE(p + k) = R(k)\,PE(p)", "PE(p + k) = R(k)·PE(p)");
    f.number("shift_by", k as f64);
    f.matrix(
        "shift",
        Matrix {
            symbol: format!("R({k})"),
            caption: WORDS.get(if d_model > FEATURES { "shift.first" } else { "shift" }),
            rows: Vec::new(),
            cols: Vec::new(),
            data: Arc::new(corner(&sinusoidal_shift(k as i64, d_model, base)?)),
        },
    );
    f.number("shift_error", shift_error(&whole, k, base)?);
    f.number("projected_spread", projected_spread(k, seed)?);
    let (rows, width) = PROJECTED;
    f.number("projected_rows", rows as f64);
    f.number("projected_width", width as f64);
    f.number("projected_base", USUAL_BASE);
    f.number("offset_even", even.fold(0.0, f64::max));
    let rise = first_rise(&by_offset(&whole));
    let rise = match rise {
        Some(k) => WORDS.with("rise.at", &named![k]),
        None => WORDS.with("rise.never", &named![seq]),
    };
    f.words("rise", rise);
    Ok(())
}

/// The first pairs: all others look alike.
fn corner(shift: &Array2<f64>) -> Array2<f64> {
    let n = shift.nrows().min(FEATURES);
    Array2::from_shape_fn((n, n), |(i, j)| shift[[i, j]])
}
