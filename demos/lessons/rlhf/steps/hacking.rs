//! Reward hacking, and what helps.

use concepts::preference::{PreferenceError, expected};

use super::stages::{DIGIT, SHOWN};
use crate::kit::findings::{Findings, Table};
use crate::kit::grid::Grid;
use crate::kit::text::Text;
use crate::lessons::rlhf::WORDS;
use crate::lessons::rlhf::experiments::pipeline::Pipeline;
use crate::lessons::rlhf::experiments::proxy::{MEMBERS, at, best_price, remedies};
use crate::lessons::rlhf::setup::Setup;
use crate::{named, row};

/// Hardly any price: where the true reward ends.
const LOWEST: f64 = 0.01;

pub(crate) fn hacking(setup: &Setup) -> Result<Findings, PreferenceError> {
    let p = &setup.pipeline;
    let mut f = Findings::default();
    f.number("members", MEMBERS as f64);
    f.table("overprice", overprice(setup)?);
    f.words("overprice_said", overpriced(p)?);
    f.words("stopping_said", stopping(p));
    let table = table_of_remedies(&mut f, setup)?;
    f.table("remedies", table);
    Ok(f)
}

fn overprice(setup: &Setup) -> Result<Table, PreferenceError> {
    let p = &setup.pipeline;
    let mut grid = Grid::new("overprice", &WORDS);
    let of_tuned = p.seen[0];
    let mut all = vec![10.0, 2.0, 1.0, 0.5, 0.2, 0.1, 0.02];
    if !all.contains(&setup.beta) {
        all.push(setup.beta);
        all.sort_by(|a, b| b.total_cmp(a));
    }
    for beta in all {
        let [kl, proxy, gold] = at(p, &p.proxy, beta)?;
        // A fitted reward has no zero of its own, so that of the fine-tuned model is taken.
        grid = grid.row(row![beta, kl, proxy - of_tuned[1], gold - of_tuned[2], gold]);
    }
    Ok(grid.table())
}

/// The price at which the true reward is highest, and where it ends with hardly any.
fn overpriced(p: &Pipeline) -> Result<Text, PreferenceError> {
    let (beta, most) = best_price(p, &p.proxy)?;
    let (last, [_, _, end]) = (LOWEST, at(p, &p.proxy, LOWEST)?);
    let before = p.seen[0][2];
    // A gain that two decimals do not show is none.
    let id = match most {
        _ if most < before + DIGIT => "overprice_said.none",
        _ if most < end + DIGIT => "overprice_said.free",
        _ => "overprice_said",
    };
    Ok(WORDS.with(id, &named![beta, most, last, end, before]))
}

/// The step at which the true reward was highest.
fn stopping(p: &Pipeline) -> Text {
    let (step, best) = p
        .seen
        .iter()
        .map(|s| s[2])
        .enumerate()
        .fold((0, f64::NEG_INFINITY), |best, (i, gold)| if gold > best.1 { (i, gold) } else { best });
    let end = p.seen[p.seen.len() - 1][2];
    let id = match step {
        0 => "stopping_said.never",
        _ if best - end > SHOWN => "stopping_said",
        _ => "stopping_said.end",
    };
    WORDS.with(id, &named![step, best, end])
}

fn table_of_remedies(f: &mut Findings, setup: &Setup) -> Result<Table, PreferenceError> {
    let p = &setup.pipeline;
    let mut grid = Grid::new("remedies", &WORDS).value("beta", setup.beta).value("members", MEMBERS);
    for (id, proxy) in remedies(p, setup.noise, setup.beta, setup.seed)? {
        let [kl, _, gold] = at(p, &proxy, setup.beta)?;
        // The price of this run may lie between those that are tried.
        let best = best_price(p, &proxy)?.1.max(gold);
        grid = grid.said(id, row![gold, kl, best]);
        let named = match id {
            "plain" => Some(["plain", "plain_best"]),
            "fresh" => Some(["fresh", "fresh_best"]),
            _ => None,
        };
        if let Some([here, at_best]) = named {
            f.number(here, gold);
            f.number(at_best, best);
        }
    }
    let [kl, _, gold] = at(p, &p.gold, setup.beta)?;
    let best = expected(&concepts::preference::optimum(&p.reference(), &p.gold, 0.01)?.policy, &p.gold);
    Ok(grid.said("gold", row![gold, kl, best]).table())
}
