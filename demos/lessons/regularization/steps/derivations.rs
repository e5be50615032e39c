//! The derivations an interviewer asks for, each with the numbers that check it.

use concepts::regularization::{Penalty, soft_threshold};

use crate::kit::findings::Findings;
use crate::lessons::regularization::experiments::search::lowest;

/// Points at which the thresholds are compared with a search.
const TRIED: usize = 61;

pub(crate) fn derivations() -> Findings {
    let mut f = Findings::default();
    f.formula(
        "f_subgradient",
        r"0 \in w - b + \lambda\,\partial|w|,\quad \partial|0| = [-1, 1]\quad\Rightarrow\quad w = 0 \iff |b| \le \lambda",
        "0 ∈ w − b + λ·∂|w|    ∂|0| = [−1, 1]    ⇒    w = 0 ⇔ |b| ≤ λ",
    );
    f.number("tried", TRIED as f64);
    f.number("threshold_error", threshold_error());
    f.formula(
        "f_bayes",
        r"-\log p(w \mid y) = \frac{\|y - Xw\|^2}{2\sigma^2} + \begin{cases} \|w\|_1 / b & \text{Laplace} \\ \|w\|^2 / 2\tau^2 & \text{Gauss} \end{cases} + \text{const}",
        "−log p(w | y) = ‖y − Xw‖²/2σ² + q(w) + const    Laplace: q(w) = ‖w‖₁/b    Gauss: q(w) = ‖w‖²/2τ²",
    );
    f.formula(
        "f_decay",
        r"w - \eta\,(g + 2\lambda w) = (1 - 2\eta\lambda)\,w - \eta g",
        "w − η·(g + 2λw) = (1 − 2ηλ)·w − η·g",
    );
    f
}

/// The soft threshold against a search of the minimum.
fn threshold_error() -> f64 {
    let penalty = Penalty { l1: 0.7, l2: 0.4 };
    let points = (0..TRIED).map(|i| 3.0 * (2.0 * i as f64 / (TRIED - 1) as f64 - 1.0));
    let off = points.map(|b: f64| {
        let of = |w: f64| 0.5 * (w - b).powi(2) + penalty.l1 * w.abs() + 0.5 * penalty.l2 * w * w;
        (lowest(of, -4.0, 4.0) - soft_threshold(b, penalty)).abs()
    });
    off.fold(0.0, f64::max)
}
