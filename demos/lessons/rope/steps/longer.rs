//! Texts longer than those of training.

use crate::kit::findings::{Findings, Table};
use crate::kit::grid::Grid;
use crate::lessons::rope::WORDS;
use crate::lessons::rope::experiments::extension::{Extended, extended, incomplete};
use crate::lessons::rope::knobs::{METHODS, Method};
use crate::lessons::rope::setup::Setup;
use crate::row;

pub(crate) fn longer(setup: &Setup) -> Findings {
    let mut f = Findings::default();
    f.number("train_len", setup.train_len as f64);
    f.number("len", setup.len as f64);
    f.number("incomplete", incomplete(&setup.trained, setup.train_len) as f64);
    f.formula("f_scaling", r"\text{PI: } \theta/s;\quad \text{NTK: } \mathrm{base}' = \mathrm{base}\cdot s^{d/(d-2)};\quad \text{YaRN: } (1-\gamma)\theta/s + \gamma\theta,\ \sqrt{1/t} = 0.1\ln s + 1", "PI: θ/s    NTK: base′ = base·s^(d/(d−2))    YaRN: (1−γ)·θ/s + γ·θ, √(1/t) = 0.1·ln s + 1    s = length / trained length");
    f.number("outside_none", fares(setup, Method::Plain).outside);
    f.number("outside_ntk", fares(setup, Method::Ntk).outside);
    f.table("methods", methods(setup));
    f
}

fn fares(setup: &Setup, method: Method) -> Extended {
    extended(method, setup.head_dim, setup.base, setup.train_len, setup.len)
}

fn methods(setup: &Setup) -> Table {
    let rows = METHODS.iter().map(|(name, method)| {
        let e = fares(setup, *method);
        let mark = if *method == setup.method { " ←" } else { "" };
        row![format!("{name}{mark}"), e.outside, e.farthest, e.sharpened]
    });
    Grid::new("methods", &WORDS).rows(rows).table()
}
