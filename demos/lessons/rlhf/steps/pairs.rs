//! Why pairs and not scores; strengths out of comparisons.

use concepts::numerics::{Counted, misses};
use concepts::preference::{
    Comparisons, PreferenceError, Strengths, bits_of_comparison, bits_of_ranking, fit_bradley_terry,
    fit_by_iteration,
};

use crate::kit::findings::{Findings, Table};
use crate::kit::grid::Grid;
use crate::kit::text::Text;
use crate::lessons::rlhf::WORDS;
use crate::lessons::rlhf::experiments::annotators::{ANNOTATORS, EACH, Ordered, compared, own_scales};
use crate::lessons::rlhf::experiments::answers::off;
use crate::lessons::rlhf::prefs::Prefs;
use crate::lessons::rlhf::setup::Setup;
use crate::{named, row};

const SPREADS: [f64; 5] = [0.0, 0.5, 1.0, 2.0, 4.0];
const DRAWS: usize = 200;
/// Shares that differ by less are called alike: a share of so many draws is off by about a hundredth.
const ALIKE: f64 = 0.02;
/// Players that a table shows.
const SHOWN: usize = 15;
/// 95 %.
const SURE: f64 = 1.96;
/// Two methods that differ by more have not both arrived.
const SETTLED: f64 = 1e-6;

pub(crate) fn pairs(setup: &Setup) -> Result<Findings, PreferenceError> {
    let mut f = Findings::default();
    f.number("annotators", ANNOTATORS as f64);
    f.number("scale_draws", DRAWS as f64);
    let table = scales(&mut f, setup);
    f.table("scales", table);
    f.table("bits", bits(setup.noise));
    f.number("nine", bits_of_ranking(9));
    f.number("noise", setup.noise);
    f.formula(
        "f_bt",
        r"P(i \succ j) = \sigma(r_i - r_j),\quad L = -\sum \log \sigma(r_w - r_l),\quad \frac{\partial L}{\partial r_w} = -\sigma(r_l - r_w)",
        "P(i ≻ j) = σ(rᵢ − rⱼ)    L = −Σ ln σ(r_w − r_l)    ∂L/∂r_w = −σ(r_l − r_w)",
    );
    strengths(&mut f, setup)?;
    Ok(f)
}

fn scales(f: &mut Findings, setup: &Setup) -> Table {
    let of = |&spread: &f64| own_scales(spread, DRAWS, setup.noise, setup.seed);
    let found: Vec<_> = SPREADS.iter().map(of).collect();
    f.words("scales_said", WORDS.get(better_way(&found)));
    let rows = found.iter().map(|o| row![o.spread, format!("{:.3}", o.scores), format!("{:.3}", o.pairs)]);
    Grid::new("scales", &WORDS).value("noise", setup.noise).rows(rows).table()
}

/// Which way orders better: where all share one scale, and where the scales lie farthest apart.
fn better_way(found: &[Ordered]) -> &'static str {
    let lead = |o: &Ordered| o.pairs - o.scores;
    match (found.first().map(lead), found.last().map(lead)) {
        (Some(first), Some(last)) if first <= 0.0 && last > ALIKE => "scales_said",
        (_, Some(last)) if last < -ALIKE => "scales_said.none",
        _ => "scales_said.close",
    }
}

fn bits(noise: f64) -> Table {
    let rows = [0.5, 0.6, 0.75, 0.9, 0.99]
        .map(|p| row![p, bits_of_comparison(p), 1.0 - bits_of_comparison(p), through(p, noise)]);
    Grid::new("bits", &WORDS).value("noise", noise).rows(rows).table()
}

/// What is left for the better answer to show: how far the seen share is from a coin, in bits.
fn through(p: f64, noise: f64) -> f64 {
    1.0 - bits_of_comparison((1.0 - noise) * p + noise * (1.0 - p))
}

fn strengths(f: &mut Findings, setup: &Setup) -> Result<(), PreferenceError> {
    let made;
    let comparisons = match &setup.prefs {
        Some(own) => &own.comparisons,
        None => {
            made = compared(setup.noise, setup.seed)?;
            &made
        }
    };
    let own = setup.prefs.as_ref();
    let unused = own.filter(|own| !own.unused.is_empty()).map(|own| Text::list(&own.unused));
    f.note("note_unused", unused.map(|names| WORDS.with("note_unused", &named![names])));
    f.note("note_ties", own.filter(|own| own.ties > 0).map(tied));
    let total = comparisons.total();
    let source = match &setup.prefs {
        Some(_) if setup.noise_given => WORDS.with("source_said.own-noise", &named![total]),
        Some(_) => WORDS.with("source_said.own", &named![total]),
        None => WORDS.with("source_said", &named![total, each = EACH, noise = setup.noise]),
    };
    f.words("source_said", source);
    ranked(f, comparisons, own.is_some())
}

/// What was left out since nobody won.
fn tied(own: &Prefs) -> Text {
    let id = if own.undecided.is_empty() { "note_ties" } else { "note_ties.players" };
    WORDS.with(id, &named![ties = own.ties, names = Text::list(&own.undecided)])
}

/// So many decimals, and no minus in front of 0.
fn rounded(value: f64, decimals: usize) -> String {
    let unit = 10_f64.powi(decimals as i32);
    format!("{:.decimals$}", (value * unit).round() / unit + 0.0)
}

/// Where one strength each cannot say what came out: the pair that it misses by most.
fn misfit(fit: &Strengths, comparisons: &Comparisons) -> Option<Text> {
    let met = fit.met(comparisons);
    let counts: Vec<Counted> = met.iter().map(|met| met.2).collect();
    if !misses(&counts) {
        return None;
    }
    let enough = met.into_iter().filter(|met| met.2.enough());
    let (i, j, c) = enough.max_by(|a, b| a.2.square().total_cmp(&b.2.square()))?;
    let total = c.right + c.wrong;
    // The one who won more than expected first.
    let (one, other, c) = if c.right > total * c.share {
        (i, j, c)
    } else {
        (j, i, Counted { right: c.wrong, wrong: c.right, share: 1.0 - c.share })
    };
    let (won, lost, more, less) = (c.right, c.wrong, total * c.share, total * (1.0 - c.share));
    let (one, other) = (&comparisons.names()[one], &comparisons.names()[other]);
    Some(WORDS.with("note_misfit", &named![one, other, won, lost, more, less]))
}

fn ranked(f: &mut Findings, comparisons: &Comparisons, own: bool) -> Result<(), PreferenceError> {
    let fit = fit_bradley_terry(comparisons)?;
    let misfit = if own { misfit(&fit, comparisons) } else { None };
    let doubtful = misfit.is_some();
    f.note("note_misfit", misfit);
    let names = comparisons.names();
    let n = names.len();
    let (mut won, mut met) = (vec![0.0; n], vec![0.0; n]);
    for (i, j, count) in comparisons.wins() {
        won[i] += count;
        met[i] += count;
        met[j] += count;
    }
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|&a, &b| fit.strengths[b].total_cmp(&fit.strengths[a]));
    let elo = 400.0 / 10.0_f64.ln();
    let row = |(place, &i): (usize, &usize)| {
        let (first, last) = fit.places(i, SURE);
        let (r, error) = (fit.strengths[i], SURE * fit.error(i));
        let places = if first == last { first.to_string() } else { format!("{first}–{last}") };
        row![
            place + 1,
            names[i].as_str(),
            format!("{} / {}", won[i], met[i]),
            rounded(r, 2),
            format!("{} … {}", rounded(r - error, 2), rounded(r + error, 2)),
            rounded(elo * r, 0),
            places
        ]
    };
    let rows: Vec<_> = order.iter().enumerate().take(SHOWN).map(row).collect();
    f.table("ranks", Grid::new("ranks", &WORDS).rows(rows).table());
    let rest = n.saturating_sub(SHOWN);
    f.note("note_rest", (rest > 0).then(|| WORDS.with("note_rest", &named![rest])));
    let unsure = order.windows(2).filter(|pair| {
        let lead = fit.strengths[pair[0]] - fit.strengths[pair[1]];
        lead <= SURE * fit.difference_error(pair[0], pair[1])
    });
    let (unsure, neighbours) = (unsure.count(), n - 1);
    let id = match (unsure, neighbours) {
        _ if doubtful => "unsure_said.doubtful",
        (0, _) => "unsure_said.none",
        (_, 1) => "unsure_said.one",
        _ => "unsure_said",
    };
    let said = WORDS.with(id, &named![unsure, neighbours]);
    f.words("unsure_said", said);
    // A check by another method, where that takes no time.
    let steps = 2_000_000 / (n * n + comparisons.wins().count()).max(100);
    let off = off(&fit.strengths, &fit_by_iteration(comparisons, steps)?);
    let id = if off < SETTLED { "twin_said" } else { "twin_said.slow" };
    f.words("twin_said", WORDS.with(id, &named![off, steps]));
    Ok(())
}
