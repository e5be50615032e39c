//! The three stages on a small language.

use concepts::preference::{Judged, calibration, calibration_error, comparison_loss, expected};

use crate::kit::findings::{Findings, Table};
use crate::kit::grid::Grid;
use crate::kit::text::{Lang, Text};
use crate::lessons::rlhf::WORDS;
use crate::lessons::rlhf::experiments::pipeline::{
    AGAIN, BATCH, COMPARISONS, DEMONSTRATIONS, Pipeline, WORDS as TOLD,
};
use crate::lessons::rlhf::setup::Setup;
use crate::{named, row};

/// Bins of the calibration.
pub(crate) const BINS: usize = 10;
/// A change of the true reward that is worth a word.
pub(super) const SHOWN: f64 = 0.05;
/// Half of the last digit that is shown.
pub(crate) const DIGIT: f64 = 0.005;

pub(crate) fn stages(setup: &Setup) -> Findings {
    let p = &setup.pipeline;
    let mut f = Findings::default();
    for (id, value) in [
        ("answers", p.language.answers()),
        ("states", p.language.states()),
        ("demonstrations", DEMONSTRATIONS),
        ("comparisons", COMPARISONS),
        ("batch", BATCH),
    ] {
        f.number(id, value as f64);
    }
    f.number("again", AGAIN);
    f.table("stages", table(p));
    f.table("said", most_said(p));
    f.words("hacked_said", hacked(p));
    f.words("dpo_said", directly(setup));
    f.number("true_before", p.seen[0][2]);
    reward_model(&mut f, setup);
    named_pairs(&mut f, p);
    f
}

fn table(p: &Pipeline) -> Table {
    let uniform = concepts::preference::language::TokenPolicy::uniform(&p.language).answers(&p.language);
    let row = |policy: &[f64]| {
        let [gold, proxy, kl, entropy, length] = p.measured(policy);
        row![gold, proxy, kl, entropy, length]
    };
    Grid::new("stages", &WORDS)
        .said("untrained", row(&uniform))
        .said("tuned", row(&p.reference()))
        .said("ppo", row(&p.ppo.answers(&p.language)))
        .said("best", row(&p.best))
        .said("dpo", row(&p.dpo.answers(&p.language)))
        .table()
}

/// An answer, in quotes since it may be empty.
fn quoted(p: &Pipeline, y: usize) -> Text {
    let words: Vec<Text> =
        p.language.words_of(y).iter().map(|&w| WORDS.get(&format!("language.{}", TOLD[w]))).collect();
    let of = |lang| words.iter().map(|word| word.get(lang)).collect::<Vec<_>>().join(" ");
    Text::new(format!("“{}”", of(Lang::En)), format!("“{}”", of(Lang::Zh)))
}

/// The answers that each policy gives most often.
fn most_said(p: &Pipeline) -> Table {
    let of = |policy: &[f64]| {
        let mut order: Vec<usize> = (0..policy.len()).collect();
        order.sort_by(|&a, &b| policy[b].total_cmp(&policy[a]));
        order
            .into_iter()
            .take(4)
            .map(|y| quoted(p, y).map(|said| format!("{said} {:.2}", policy[y])))
            .collect::<Vec<_>>()
    };
    let columns = [of(&p.reference()), of(&p.ppo.answers(&p.language)), of(&p.dpo.answers(&p.language))];
    let rows = (0..4).map(|i| row![columns[0][i].clone(), columns[1][i].clone(), columns[2][i].clone()]);
    Grid::new("said", &WORDS).rows(rows).table()
}

/// What PPO did to the proxy and to the true reward.
fn hacked(p: &Pipeline) -> Text {
    let (first, last) = (p.seen[0], p.seen[p.seen.len() - 1]);
    let (proxy, gold) = (last[1] - first[1], last[2] - first[2]);
    // A change that two decimals hardly show is neither hacking nor a rise, for PPO as for DPO.
    let id = if proxy > 0.0 && gold < -SHOWN {
        "hacked_said"
    } else if proxy > 0.0 && gold > SHOWN {
        "hacked_said.both"
    } else {
        "hacked_said.other"
    };
    let (before, after) = (first[2], last[2]);
    WORDS.with(id, &named![proxy, before, after])
}

/// What DPO did to the true reward. A change that two decimals hardly show is none.
fn directly(setup: &Setup) -> Text {
    let p = &setup.pipeline;
    let (before, after) = (p.seen[0][2], expected(&p.dpo.answers(&p.language), &p.gold));
    let id = match after - before {
        change if change.abs() > SHOWN && setup.noise >= 0.5 => "dpo_said.chance",
        change if change > SHOWN => "dpo_said",
        change if change < -SHOWN => "dpo_said.down",
        _ => "dpo_said.same",
    };
    WORDS.with(id, &named![before, after, comparisons = COMPARISONS])
}

/// Mean loss of predictions.
fn loss(seen: &[(f64, f64)]) -> f64 {
    let of = |&(p, y): &(f64, f64)| {
        let lead = concepts::numerics::logit(p.clamp(1e-12, 1.0 - 1e-12));
        y * comparison_loss(lead) + (1.0 - y) * comparison_loss(-lead)
    };
    seen.iter().map(of).sum::<f64>() / seen.len() as f64
}

fn reward_model(f: &mut Findings, setup: &Setup) {
    let p = &setup.pipeline;
    let mut grid = Grid::new("calibrated", &WORDS);
    for (id, seen) in ["of-tuned", "of-ppo"].into_iter().zip(&setup.held) {
        let right = seen.iter().filter(|(p, y)| (*p > 0.5) == (*y > 0.5)).count() as f64 / seen.len() as f64;
        let error = calibration_error(&calibration(seen, BINS));
        grid = grid.said(id, row![loss(seen), right, error]);
    }
    f.table("calibrated", grid.table());
    for (id, w) in ["weight_fact", "weight_why", "weight_um"].into_iter().zip(&p.weights) {
        f.number(id, *w);
    }
}

/// Answers that no comparison named, and what DPO gives them.
fn named_pairs(f: &mut Findings, p: &Pipeline) {
    let mut met = vec![false; p.language.answers()];
    p.judged.iter().for_each(|j: &Judged| {
        met[j.first] = true;
        met[j.second] = true;
    });
    let mass =
        |policy: &[f64]| -> f64 { policy.iter().zip(&met).filter(|(_, m)| !**m).map(|(p, _)| p).sum() };
    let (before, after) = (mass(&p.reference()), mass(&p.dpo.answers(&p.language)));
    let unnamed = met.iter().filter(|m| !**m).count();
    // Four decimals are shown.
    let id = if after > before + 0.01 * DIGIT { "unnamed_said" } else { "unnamed_said.less" };
    f.words("unnamed_said", WORDS.with(id, &named![unnamed, before, after]));
    let [first, last] = [p.dpo_losses[0], p.dpo_losses[p.dpo_losses.len() - 1]];
    f.number("dpo_first", first);
    f.number("dpo_last", last);
}
