//! One pair, turned place by place.

use concepts::numerics::{max_difference, normal, rng};
use concepts::position::rope::rotate_by_complex;
use ndarray::{Array2, Axis};

use crate::kit::findings::{Cell, Findings};
use crate::kit::grid::Grid;
use crate::kit::knob::Refusal;
use crate::kit::number;
use crate::lessons::rope::WORDS;
use crate::lessons::rope::setup::Setup;
use crate::named;

/// The pair that is shown: fast enough to see it turn.
pub(crate) fn shown_pair(setup: &Setup) -> usize {
    setup.used.len() / 8
}

pub(crate) fn one_pair(setup: &Setup) -> Result<Findings, Refusal> {
    let mut f = Findings::default();
    let i = shown_pair(setup);
    let theta = setup.used[i];
    f.number("pair", i as f64);
    f.number("pairs", setup.used.len() as f64);
    f.number("theta", theta);
    f.formula("f_rotate", r"\begin{pmatrix}a'\\ b'\end{pmatrix} = \begin{pmatrix}\cos m\theta & -\sin m\theta\\ \sin m\theta & \cos m\theta\end{pmatrix}\begin{pmatrix}a\\ b\end{pmatrix}", "a′ = a·cos mθ − b·sin mθ    b′ = a·sin mθ + b·cos mθ");
    f.table("steps", Grid::new("steps", &WORDS).rows((0..=6).map(|m| place(m, theta))).table());
    f.number("norm_error", norm_error(setup)?);
    f.formula(
        "f_theta",
        r"\theta_i = \mathrm{base}^{-2i/d},\quad i = 0, \dots, d/2 - 1",
        "θᵢ = base^(−2i/d)    i = 0, …, d/2 − 1",
    );
    let plain = setup.trained[i];
    // A scaling by 1 changes no more than the rounding.
    let other = number::plain(plain) != number::plain(theta);
    f.note("note_theta", other.then(|| WORDS.with("note_theta", &named![i, theta, plain])));
    Ok(f)
}

/// The pair (1, 0) at a place, so that what is seen is the rotation itself.
fn place(m: u32, theta: f64) -> Vec<Cell> {
    let m = f64::from(m);
    let (sin, cos) = (m * theta).sin_cos();
    [m, (m * theta).to_degrees() % 360.0, cos, sin, cos.hypot(sin)].map(Cell::Number).to_vec()
}

/// The largest change of a vector's length, over places far apart.
fn norm_error(setup: &Setup) -> Result<f64, Refusal> {
    // (16, head_dim)
    let x = normal((16, setup.head_dim), 1.0, &mut rng(setup.seed, "norms"));
    let places: Vec<i64> = (0..16).map(|i| i * 1234).collect();
    let turned = rotate_by_complex(x.view(), &places, &setup.used, setup.layout)?;
    let norm = |x: &Array2<f64>| x.map_axis(Axis(1), |row| row.dot(&row).sqrt()).insert_axis(Axis(1));
    Ok(max_difference(&norm(&turned), &norm(&x)))
}
