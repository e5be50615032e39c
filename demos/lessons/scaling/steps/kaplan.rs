//! Kaplan's laws, and what doubling does.

use concepts::scaling::{BESIROGLU, Kaplan};

use crate::kit::findings::Findings;
use crate::kit::grid::Grid;
use crate::lessons::scaling::WORDS;
use crate::lessons::scaling::experiments::slopes::slope;
use crate::row;

pub(crate) fn kaplan() -> Findings {
    const K: Kaplan = Kaplan::PUBLISHED;
    let mut f = Findings::default();
    f.formula(
        "f_kaplan",
        r"L(N) = (N_c/N)^{\alpha_N},\quad L(D) = (D_c/D)^{\alpha_D},\quad L(C) = (C_c/C)^{\alpha_C}",
        "L(N) = (N_c/N)^α_N    L(D) = (D_c/D)^α_D    L(C) = (C_c/C)^α_C",
    );
    f.formula(
        "f_joint",
        r"L(N, D) = \Big[ \Big(\frac{N_c}{N}\Big)^{\alpha_N/\alpha_D} + \frac{D_c}{D} \Big]^{\alpha_D}",
        "L(N, D) = [ (N_c/N)^(α_N/α_D) + D_c/D ]^α_D",
    );
    let grid = Grid::new("doubling", &WORDS);
    // From one size to a multiple of it; the law itself is asked at both.
    let by_n = |times: f64| K.by_parameters(times * 1e9) / K.by_parameters(1e9);
    let by_d = |times: f64| K.by_tokens(times * 1e10) / K.by_tokens(1e10);
    let by_c = |times: f64| K.by_compute(times * 1e21) / K.by_compute(1e21);
    let rows = [
        ("n", K.alpha_n, by_n(2.0), by_n(10.0)),
        ("d", K.alpha_d, by_d(2.0), by_d(10.0)),
        ("c", K.alpha_c, by_c(2.0), by_c(10.0)),
    ];
    let grid =
        rows.into_iter().fold(grid, |grid, (id, alpha, two, ten)| grid.said(id, row![alpha, two, ten]));
    f.table("doubling", grid.table());
    let joint = [(1e9, 1e9), (1e9, 1e11), (1e11, 1e9), (1e11, 1e11)]
        .map(|(n, d)| row![n, d, K.loss(n, d), BESIROGLU.loss(n, d)]);
    f.table("joint", Grid::new("joint", &WORDS).rows(joint).table());
    f.number("kaplan_ten_n", K.optimum(1e22).n / K.optimum(1e21).n);
    f.number("kaplan_ten_d", K.optimum(1e22).d / K.optimum(1e21).d);
    f.number("kaplan_wrong", K.alpha_d / (K.alpha_n + K.alpha_d));
    f.number("kaplan_right", K.n_opt.1);
    const SLOPE: [f64; 2] = [1e8, 1e11];
    let ([from, to], far) = (SLOPE, f64::INFINITY);
    f.number("slope_from", from);
    f.number("slope_to", to);
    f.number("slope_whole", -slope(|n| BESIROGLU.loss(n, far), from, to));
    f.number("slope_above", -slope(|n| BESIROGLU.loss(n, far) - BESIROGLU.e, from, to));
    f
}
