//! The derivations an interviewer asks for, each with the numbers that check it.

use concepts::tokenizer::pretokenize::Pretokenizer;

use super::Setup;
use crate::kit::findings::Findings;
use crate::lessons::tokenization::experiments::cost::{shortening, work};
use crate::lessons::tokenization::experiments::criteria::{bound_violations, first_table};
use crate::lessons::tokenization::trained::BYTES;

/// Merges over which the work is counted.
const MERGES: usize = 1000;

pub(crate) fn derivations(_setup: &Setup, f: &mut Findings) {
    f.formula(
        "f_length",
        r"n_k = n_0 - \sum_{i \le k} c_i,\qquad c_1 \ge c_2 \ge \dots",
        "n_k = n₀ − Σ_(i ≤ k) cᵢ    c₁ ≥ c₂ ≥ …",
    );
    let shortened = shortening(MERGES, Pretokenizer::Gpt2, BYTES);
    f.number("length_merges", MERGES as f64);
    f.number("length_before", shortened.before);
    f.number("length_predicted", shortened.predicted);
    f.number("length_counted", shortened.counted);
    f.number("length_rises", shortened.rises);
    f.formula(
        "f_work",
        r"T_{\text{readable}} = O(M \cdot N),\qquad T_{\text{fast}} = O((N + M) \log N)",
        "T_readable = O(M·N)    T_fast = O((N + M)·log N)",
    );
    let work = work(MERGES);
    f.number("work_symbols", work.symbols);
    f.number("work_anew", work.anew);
    f.number("work_replaced", work.replaced);
    f.formula(
        "f_gain",
        r"\Delta L = f(c_x - m) - f(c_x) + f(c_y - m) - f(c_y) + f(m) + f(N) - f(N - m),\quad f(c) = c \ln c",
        "ΔL = f(c_x − m) − f(c_x) + f(c_y − m) − f(c_y) + f(m) + f(N) − f(N − m)    f(c) = c·ln c",
    );
    f.formula(
        "f_bound",
        r"\Delta L \ge m\left(\ln\frac{m\,(N - m)}{c_x c_y} - 1\right)",
        "ΔL ≥ m·(ln(m·(N − m)/(c_x·c_y)) − 1)",
    );
    let table = first_table();
    f.number("gain_candidates", table.as_ref().map_or(0.0, |table| table.candidates.len() as f64));
    f.number(
        "gain_violations",
        table.as_ref().map_or(f64::NAN, |table| bound_violations(table, |c| c.likelihood_gain) as f64),
    );
}
