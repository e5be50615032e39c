//! DPO and IPO.

use concepts::numerics::softmax::log_softmax;
use concepts::preference::{PairLogs, dpo, ipo};
use ndarray::Array1;

use crate::kit::findings::{Findings, Table};
use crate::kit::grid::Grid;
use crate::kit::number::without_rounding;
use crate::lessons::rlhf::WORDS;
use crate::lessons::rlhf::setup::Setup;
use crate::row;

/// What a network sees of "No", "Never" and "Yes": how much of a refusal each is. Nothing else tells them apart.
const REFUSAL: [f64; 3] = [1.0, 2.0, -1.0];
const AT_FIRST: [f64; 3] = [0.5, 0.3, 0.2];
/// "No" is preferred to "Never".
const PAIR: (usize, usize) = (0, 1);

/// One weight for what all answers share, trained on one pair.
pub(crate) struct Displaced {
    pub loss: f64,
    pub probabilities: [f64; 3],
}

/// Before the first step and after these.
pub(crate) fn displaced(beta: f64, marks: &[usize]) -> Vec<Displaced> {
    let start = Array1::from_iter(AT_FIRST.map(f64::ln));
    let seen = Array1::from_iter(REFUSAL);
    let mut weight = 0.0;
    let mut out = Vec::new();
    for step in 0..=marks.iter().copied().max().unwrap_or(0) {
        let logs = log_softmax((&start + &(&seen * weight)).view());
        let (w, l) = PAIR;
        let pair = PairLogs {
            winner: logs[w],
            loser: logs[l],
            reference_winner: start[w],
            reference_loser: start[l],
        };
        let loss = dpo(pair, beta, 0.0);
        if marks.contains(&step) {
            let p = [0, 1, 2].map(|i| logs[i].exp());
            out.push(Displaced { loss: loss.loss, probabilities: p });
        }
        // The margin changes by the difference of what is seen of both.
        weight -= loss.by_winner * (REFUSAL[w] - REFUSAL[l]) * 0.25 / beta;
    }
    out
}

pub(crate) fn direct(setup: &Setup) -> Findings {
    let mut f = Findings::default();
    f.formula(
        "f_dpo",
        r"L_{\text{DPO}} = -\log \sigma\Bigl(\beta \bigl[\log\tfrac{\pi(w)}{\pi_{\text{ref}}(w)} - \log\tfrac{\pi(l)}{\pi_{\text{ref}}(l)}\bigr]\Bigr)",
        "L_DPO = −ln σ(β·[ln π(w)/π_ref(w) − ln π(l)/π_ref(l)])",
    );
    f.table("margins", margins(setup.beta));
    let marks = [0, 2, 5, 10, 20];
    let seen = displaced(setup.beta, &marks);
    let rows = marks.iter().zip(&seen).map(|(&step, d)| {
        let [no, never, yes] = d.probabilities;
        row![step, d.loss, no, never, yes]
    });
    f.table("displaced", Grid::new("displaced", &WORDS).value("beta", setup.beta).rows(rows).table());
    f
}

fn margins(beta: f64) -> Table {
    let rows = [-2.0, 0.0, 1.0, 2.0, 4.0].map(|lead| {
        // The margin is counted in units of 1/β, the same for both.
        let logs = PairLogs { winner: lead / beta, loser: 0.0, reference_winner: 0.0, reference_loser: 0.0 };
        let (of_dpo, of_ipo) = (dpo(logs, beta, 0.0), ipo(logs, beta));
        let numbers =
            [of_dpo.loss, of_dpo.by_winner / beta, of_ipo.loss * beta * beta, of_ipo.by_winner * beta];
        // Else a rounding of h shows as a change with β.
        let [of_dpo, dpo_slope, of_ipo, ipo_slope] = numbers.map(without_rounding);
        row![lead, of_dpo, dpo_slope, of_ipo, ipo_slope]
    });
    Grid::new("margins", &WORDS).value("beta", beta).rows(rows).table()
}
