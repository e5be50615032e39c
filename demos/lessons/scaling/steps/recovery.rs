//! How many runs are needed, and how far a fit reaches.

use concepts::scaling::HOFFMANN;

use crate::kit::findings::Findings;
use crate::kit::grid::Grid;
use crate::kit::knob::Refusal;
use crate::kit::text::{Lang, Text};
use crate::lessons::scaling::WORDS;
use crate::lessons::scaling::experiments::extrapolation::{self, Extrapolation, FAR, SEEN};
use crate::lessons::scaling::experiments::recovery::{COUNTS, LABORATORIES, Recovered, recovered};
use crate::lessons::scaling::setup::{Setup, TRUTH};
use crate::{named, row};

/// The optimum counts as found within this factor.
const FOUND: f64 = 1.25;

pub(crate) fn recovery(setup: &Setup) -> Result<(Findings, Vec<Recovered>), Refusal> {
    let mut f = Findings::default();
    let all = COUNTS.map(|runs| recovered(&TRUTH, &HOFFMANN, runs, setup.noise, setup.seed));
    let rows = all.iter().map(|r| row![r.runs, r.n[0], r.n[1], r.n[2], r.alpha[0], r.alpha[2]]);
    f.table("recovered", Grid::new("recovered", &WORDS).value("noise", setup.noise).rows(rows).table());
    let enough = (0..all.len()).find(|&i| all[i..].iter().all(|r| r.misses() <= FOUND));
    let (found, most) = (FOUND, COUNTS[COUNTS.len() - 1]);
    f.words(
        "enough",
        match enough {
            Some(i) => WORDS.with("enough", &named![runs = all[i].runs, found]),
            None => WORDS.with("enough.never", &named![most, found]),
        },
    );
    let undrawable = |r: &&Recovered| !r.n.iter().all(|n| n.is_finite() && *n > 0.0);
    let missing: Vec<String> = all.iter().filter(undrawable).map(|r| r.runs.to_string()).collect();
    let missing = Text::new(missing.join(", "), missing.join("、"));
    let some = !missing.get(Lang::En).is_empty();
    f.note("not_drawn", some.then(|| WORDS.with("not_drawn", &named![missing])));
    f.number("laboratories", LABORATORIES as f64);
    f.number("drawn_noise", setup.noise);
    let far = Extrapolation::new(&setup.law, extrapolation::NOISE, setup.seed, "Q6 C16");
    f.number("far", FAR);
    f.number("far_points", far.points.len() as f64);
    f.number("far_noise", extrapolation::NOISE);
    f.number("seen_from", SEEN[0]);
    f.number("seen_to", SEEN[1]);
    f.number("far_true", far.truth);
    f.number("far_right", far.right.at(FAR));
    f.number("far_pure", far.pure.at(FAR));
    f.number("far_missed", (far.truth - far.pure.at(FAR)).abs());
    Ok((f, all.to_vec()))
}
