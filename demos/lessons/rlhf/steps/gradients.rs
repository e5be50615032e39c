//! Baselines, PPO's clip, advantages.

use concepts::preference::language::{advantages_of, exact_values, token_rewards};
use concepts::preference::{
    Spread, clipped, gae, gae_by_returns, gae_by_sum, group_advantages, leave_one_out, only_clipped,
};

use crate::kit::findings::{Findings, Table};
use crate::kit::grid::Grid;
use crate::kit::number::without_rounding;
use crate::lessons::rlhf::WORDS;
use crate::lessons::rlhf::experiments::answers::{REFERENCE, REWARDS, off};
use crate::lessons::rlhf::setup::Setup;
use crate::row;

pub(crate) fn gradients(setup: &Setup) -> Findings {
    let mut f = Findings::default();
    f.formula(
        "f_score",
        r"\nabla E_\pi[R] = E_\pi[(R - b)\,\nabla \log \pi(y)]",
        "∇E_π[R] = E_π[(R − b)·∇ln π(y)]",
    );
    f.table("baselines", baselines());
    f.number("group", setup.group as f64);
    f.number("share", 1.0 - 1.0 / setup.group as f64);
    f.table("groups", groups(setup.group));
    let one_of_eight = [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0];
    f.number("wrong_population", group_advantages(&one_of_eight, Spread::Population, 0.0)[7]);
    f.number("wrong_sample", group_advantages(&one_of_eight, Spread::Sample, 0.0)[7]);
    f.formula(
        "f_clip",
        r"L = \min\bigl(\rho A,\ \mathrm{clip}(\rho, 1-\varepsilon, 1+\varepsilon)\,A\bigr),\quad \rho = \pi / \pi_{\text{old}}",
        "L = min(ρA, clip(ρ, 1−ε, 1+ε)·A)    ρ = π/π_old",
    );
    f.number("epsilon", setup.epsilon);
    f.table("clip", clip(setup.epsilon));
    f.formula(
        "f_gae",
        r"\delta_t = r_t + \gamma V_{t+1} - V_t,\quad A_t = \delta_t + \gamma\lambda A_{t+1} = \sum_k (\gamma\lambda)^k \delta_{t+k}",
        "δₜ = rₜ + γVₜ₊₁ − Vₜ    Aₜ = δₜ + γλAₜ₊₁ = Σₖ (γλ)ᵏ δₜ₊ₖ",
    );
    let (rewards, values) = ([-0.1, -0.05, -0.2, 1.0], [0.3, 0.5, 0.2, 0.6, 0.0]);
    let by = [gae, gae_by_sum, gae_by_returns].map(|way| way(&rewards, &values, 1.0, 0.95));
    let rows = (0..4).map(|t| row![t + 1, rewards[t], values[t], by[0][t], by[1][t], by[2][t]]);
    f.table("three_ways", Grid::new("three_ways", &WORDS).rows(rows).table());
    f.number("ways_off", off(&by[0], &by[1]).max(off(&by[0], &by[2])));
    f.table("lambdas", lambdas(setup));
    f
}

/// All groups of this size, each with its probability.
fn every_group(size: usize) -> Vec<(f64, Vec<usize>)> {
    let mut all = vec![(1.0, Vec::new())];
    for _ in 0..size {
        let longer = |(p, group): &(f64, Vec<usize>)| {
            let (p, group) = (*p, group.clone());
            (0..REFERENCE.len())
                .map(move |y| (p * REFERENCE[y], group.iter().copied().chain([y]).collect()))
                .collect::<Vec<_>>()
        };
        all = all.iter().flat_map(longer).collect();
    }
    all
}

/// The gradient's mean by the logit of the last answer, and its variance, over all groups of a size.
pub(crate) fn of_groups(size: usize, baseline: impl Fn(&[f64]) -> Vec<f64>) -> (f64, f64) {
    let last = REFERENCE.len() - 1;
    let (mut mean, mut square) = (0.0, 0.0);
    for (p, group) in every_group(size) {
        let rewards: Vec<f64> = group.iter().map(|&y| REWARDS[y]).collect();
        let score = |y: usize| if y == last { 1.0 - REFERENCE[last] } else { -REFERENCE[last] };
        let all = baseline(&rewards);
        let g: f64 = group.iter().zip(&all).map(|(&y, a)| a * score(y)).sum::<f64>() / size as f64;
        mean += p * g;
        square += p * g * g;
    }
    (mean, square - mean * mean)
}

/// The gradient's mean that is right, by the same logit.
pub(crate) fn exact_gradient() -> f64 {
    let value: f64 = REFERENCE.iter().zip(&REWARDS).map(|(p, r)| p * r).sum();
    let last = REFERENCE.len() - 1;
    REFERENCE[last] * (REWARDS[last] - value)
}

/// A reward that lies two above the others' zero, as rewards may: the gradient is the same, the noise is not.
const SHIFT: f64 = 2.0;

fn baselines() -> Table {
    let exact = exact_gradient();
    let share = |mean: f64| without_rounding(mean / exact);
    let mut grid = Grid::new("baselines", &WORDS).value("shift", SHIFT);
    for size in [2, 3, 4] {
        let none = of_groups(size, |r| r.iter().map(|r| r + SHIFT).collect());
        let mean = of_groups(size, |r| group_advantages(r, Spread::One, 0.0));
        let others = of_groups(size, leave_one_out);
        grid = grid.row(row![
            size,
            share(none.0),
            share(mean.0),
            share(others.0),
            none.1.sqrt(),
            mean.1.sqrt(),
            others.1.sqrt()
        ]);
    }
    grid.table()
}

fn groups(size: usize) -> Table {
    let mut counts = vec![1, size / 4, size / 2, size - 1];
    counts.retain(|&count| count > 0);
    counts.sort_unstable();
    counts.dedup();
    let rows = counts.into_iter().map(|right| {
        let rewards: Vec<f64> = (0..size).map(|i| f64::from(u8::from(i < right))).collect();
        let of = |spread| {
            let all = group_advantages(&rewards, spread, 0.0);
            (all[0], all[size - 1])
        };
        let (population, sample) = (of(Spread::Population), of(Spread::Sample));
        row![right, population.0, population.1, sample.0, sample.1]
    });
    Grid::new("groups", &WORDS).value("group", size).rows(rows).table()
}

fn clip(epsilon: f64) -> Table {
    let ratios = [0.75 * (1.0 - epsilon), 1.0, 1.25 * (1.0 + epsilon)];
    let mut grid = Grid::new("clip", &WORDS).value("epsilon", epsilon);
    for advantage in [1.0, -1.0] {
        for ratio in ratios {
            let (right, only) = (clipped(ratio, advantage, epsilon), only_clipped(ratio, advantage, epsilon));
            let id = match (right.slope == 0.0, only.slope == right.slope) {
                (true, _) => "enough",
                (false, true) => "inside",
                (false, false) => "back",
            };
            let why = grid.word(id);
            grid = grid.row(row![advantage, ratio, right.value, right.slope, only.slope, why]);
        }
    }
    grid.table()
}

/// The first token: by how much "fact" leads "um" on average, and how much its advantage spreads, over all answers
/// that begin so. A difference of two tokens does not see what a critic says of the beginning.
fn lambdas(setup: &Setup) -> Table {
    let p = &setup.pipeline;
    let (policy, all) = (&p.tuned, p.reference());
    let exact = exact_values(&p.language, policy, policy, &p.gold, setup.beta);
    let none = vec![0.0; exact.len()];
    let moments = |values: &[f64], lambda: f64, word: usize| {
        let (mut mass, mut mean, mut square) = (0.0, 0.0, 0.0);
        for y in (0..p.language.answers()).filter(|&y| p.language.words_of(y).first() == Some(&word)) {
            let rewards = token_rewards(&p.language, policy, policy, y, p.gold[y], setup.beta);
            let a = advantages_of(&p.language, y, &rewards, values, lambda)[0];
            mass += all[y];
            mean += all[y] * a;
            square += all[y] * a * a;
        }
        let mean = mean / mass;
        (mean, (square / mass - mean * mean).max(0.0).sqrt())
    };
    let of = |values: &[f64], lambda: f64| {
        let (fact, um) = (moments(values, lambda, 0), moments(values, lambda, 2));
        (fact.0 - um.0, fact.1)
    };
    let rows = [0.0, 0.5, 0.95, 1.0].map(|lambda| {
        let (right, wrong) = (of(&exact, lambda), of(&none, lambda));
        row![lambda, right.0, right.1, wrong.0, wrong.1]
    });
    Grid::new("lambdas", &WORDS).rows(rows).table()
}
