//! C5, C8, C24, C25: strategies beside each other, by the benchmark of `--compare` in small.

use concepts::comparison::{Family, Measure, Recipe};
use concepts::decoding::Filter;
use concepts::evaluation::Interval;
use concepts::numerics::tolerance::EXACT_F64;
use concepts::tasks::{Addition, Compared, Decoder, ModularSum, Translation};

use crate::kit::case::{Case, Checked, Takes};
use crate::kit::claim::Degree::Qualified;
use crate::kit::knob::Refusal;
use crate::lessons::decoding::compare::open::styled;
use crate::lessons::decoding::compare::study::{PROMPTS, Study, sweeps};
use crate::lessons::decoding::compare::tasks::{BEAMS, COLD, P, SOLVERS, VOTES, compared};
use crate::lessons::decoding::experiments::distributions::{entropy, geometric};
use crate::lessons::decoding::experiments::truncation::{top_k, top_p};

/// Prompts of each solver.
const ASKED: usize = 40;
/// Of short answers there can be more.
const ASKED_AT_ONCE: usize = 100;
/// Of accuracies and scores, below this nothing is worth a word.
const MORE: f64 = 0.01;
/// Vocabulary of the distributions that are formulas.
const VOCAB: usize = 1000;
/// Tokens of a text; a loop needs more before it shows.
const TOKENS: usize = 60;
const TO_LOOP: usize = 120;
/// Shares of the model's entropy at which cuts are compared.
const LEVELS: [f64; 2] = [0.8, 0.55];

fn nucleus() -> Recipe {
    Recipe::new(Family::TopP, P)
}

fn beam() -> Recipe {
    Recipe::new(Family::Beam, BEAMS as f64)
}

/// The difference with its sides exchanged.
fn reversed(of: Interval) -> Interval {
    Interval { estimate: -of.estimate, low: -of.high, high: -of.low }
}

fn ends(of: Interval) -> (f64, f64) {
    (of.low, of.high)
}

/// Strategies on two kinds of worked sums.
fn sums(decoders: &[Decoder], seed: u64) -> Result<[Vec<Compared>; 2], Refusal> {
    let modular = ModularSum { terms: 3, modulus: 7, worked: true };
    Ok([
        compared(&Addition { digits: 2, worked: true }, decoders, ASKED, seed)?,
        compared(&modular, decoders, ASKED, seed)?,
    ])
}

/// How much nearer to people greedy writes than one draw, in the languages of several seeds.
fn open_ended(seed: u64) -> Result<Interval, Refusal> {
    let gain = |seed: u64| -> Result<f64, Refusal> {
        let [greedy, drawn] = [vec![Filter::Temperature(0.0)], Vec::new()].map(|all| styled(all, seed));
        Ok(drawn?.total_variation - greedy?.total_variation)
    };
    let gains: Vec<f64> = (0..SOLVERS).map(|i| gain(seed.wrapping_add(i))).collect::<Result<_, Refusal>>()?;
    let [low, high] = [f64::min, f64::max].map(|end| gains.iter().copied().reduce(end).unwrap_or(f64::NAN));
    Ok(Interval { estimate: gains.iter().sum::<f64>() / gains.len() as f64, low, high })
}

/// C5: greedy suits code and mathematics
pub(crate) fn right_answers(c: &mut Case) -> Checked {
    let decoders =
        [Decoder::temperature(1.0), Decoder::vote(VOTES, COLD), Decoder::beam(1), Decoder::beam(VOTES)];
    let rows = sums(&decoders, c.seed)?;
    let beside = |place: usize| rows.each_ref().map(|rows| reversed(rows[place].gain));
    let mean = |place: usize| rows.iter().map(|rows| rows[place].accuracy.estimate).sum::<f64>() / 2.0;
    let asked = SOLVERS as usize * ASKED;
    c.value("drawn", mean(0)).value("voted", mean(1)).value("greedy", mean(2)).value("votes", VOTES);
    c.value("searched", rows[1][3].accuracy.estimate).value("alone", rows[1][2].accuracy.estimate);
    c.value("together", rows[1][1].accuracy.estimate);
    let open = open_ended(c.seed)?;
    let [_, better] = beside(1);
    c.as_written(|t| {
        t.at_least("best", better.estimate, 0.0).within(ends(better)).over(asked).drawn();
    });
    c.corrected(Qualified, beside(0), |t, [worked, modular]| {
        t.at_least("worked", worked.estimate, MORE).within(ends(worked)).over(asked).drawn();
        t.at_least("modular", modular.estimate, MORE).within(ends(modular)).over(asked).drawn();
    })
    .control("voted", beside(1))
    .control("open", [open, open]);
    Ok(())
}

/// A search beside greedy where there are right texts, and beside draws where there are none.
#[derive(Clone, Copy)]
struct Searched {
    score: Interval,
    alike: Interval,
    loops: Interval,
}

/// C8: better text, but conservative
pub(crate) fn searched(c: &mut Case) -> Checked {
    let translation = Translation { concepts: 3, free: 0.6 };
    let rows = compared(&translation, &[Decoder::beam(BEAMS), Decoder::beam(1)], ASKED, c.seed)?;
    let study = Study::new(&[nucleus(), beam()], TO_LOOP, c.seed)?;
    let of = |row: &Compared, recipe: Recipe| Searched {
        score: row.score_gain,
        alike: study.difference(recipe, nucleus(), Measure::SelfBleu),
        loops: study.beside_people(recipe, Measure::Loops),
    };
    let asked = SOLVERS as usize * ASKED;
    let right = of(&rows[0], beam());
    c.value("beams", BEAMS).value("score", rows[0].score.estimate).value("alone", rows[1].score.estimate);
    c.value("loops", study.mean(beam(), Measure::Loops).estimate);
    c.as_written(|t| {
        t.at_least("translated", right.score.estimate, MORE).within(ends(right.score)).over(asked).drawn();
        t.at_most("better", right.loops.estimate, MORE).within(ends(right.loops)).over(PROMPTS);
    });
    c.corrected(Qualified, right, |t, world| {
        t.at_least("translated", world.score.estimate, MORE).within(ends(world.score)).over(asked).drawn();
        t.at_least("alike", world.alike.estimate, 0.25).within(ends(world.alike)).over(PROMPTS).drawn();
        t.at_least("looping", world.loops.estimate, MORE).within(ends(world.loops)).over(PROMPTS);
    })
    .control("one", of(&rows[1], beam()))
    .control("drawn", of(&rows[0], nucleus()));
    Ok(())
}

/// C24: more diversity than top-k
pub(crate) fn more_diverse(c: &mut Case) -> Checked {
    const K: usize = 50;
    let gain = |ratio: f64, k: usize| {
        let p = geometric(ratio, VOCAB);
        entropy(&top_p(&p, P).q) - entropy(&top_k(&p, k).q)
    };
    let study = Study::new(&sweeps(&[Family::TopP, Family::TopK]), TOKENS, c.seed)?;
    let both = [Family::TopP, Family::TopK];
    let matched = LEVELS.map(|level| study.equally_strong(both, level, Measure::SelfBleu));
    let strict = Recipe::new(Family::TopP, 0.3);
    let apart = study.difference(strict, Recipe::new(Family::TopK, 10.0), Measure::SelfBleu);
    c.value("steep", gain(0.5, K)).value("middle", gain(0.9, K)).value("flat", gain(0.99, K));
    c.as_written(|t| {
        t.at_least("steep-50", gain(0.5, K), 0.0);
    });
    c.corrected(Qualified, (K, matched), |t, (k, alike)| {
        t.at_least("flat", gain(0.99, k), 0.1);
        t.at_most("steep", gain(0.5, k), -0.1);
        same(t, ["loosely", "strictly"], alike, 0.1);
    })
    .control("few", (3, matched))
    .control("unequal", (K, [apart, apart]));
    Ok(())
}

/// Differences that are shown to be small.
fn same(t: &mut Takes, ids: [&'static str; 2], alike: [Interval; 2], margin: f64) {
    for (id, of) in ids.into_iter().zip(alike) {
        t.near(id, of.estimate, 0.0, margin).within(ends(of)).over(PROMPTS).drawn();
    }
}

/// What a rating is made of.
#[derive(Clone, Copy)]
struct Rated {
    right: Interval,
    open: Interval,
    cuts: [Interval; 2],
    rows: [f64; 2],
}

/// C25: quality and speed, rated
pub(crate) fn rated(c: &mut Case) -> Checked {
    let strategies = [Decoder::cut(1.0, Filter::TopP(P)), Decoder::beam(1)];
    let at_once = compared(&Addition { digits: 2, worked: false }, &strategies, ASKED_AT_ONCE, c.seed)?;
    let contrastive = Recipe::new(Family::Contrastive, 0.6);
    let mut recipes = sweeps(&[Family::TopP, Family::TopK]);
    recipes.extend([beam(), contrastive]);
    let study = Study::new(&recipes, TOKENS, c.seed)?;
    let both = [Family::TopP, Family::TopK];
    let rows = |recipe| study.mean(recipe, Measure::Calls).estimate;
    let strict =
        study.difference(Recipe::new(Family::TopP, 0.3), Recipe::new(Family::TopK, 10.0), Measure::Judge);
    let asked = SOLVERS as usize * ASKED_AT_ONCE;
    let open = reversed(open_ended(c.seed)?);
    let world = Rated {
        right: reversed(at_once[0].gain),
        open,
        cuts: LEVELS.map(|level| study.equally_strong(both, level, Measure::Judge)),
        rows: [beam(), nucleus()].map(rows),
    };
    // The first step has one prefix.
    let of_a_beam = (1 + BEAMS * (TOKENS - 1)) as f64 / TOKENS as f64;
    c.value("beams", BEAMS).value("greedy", at_once[1].accuracy.estimate);
    c.value("drawn", at_once[0].accuracy.estimate);
    c.as_written(|t| {
        let higher = reversed(world.right);
        t.at_least("higher", higher.estimate, 0.0).within(ends(higher)).over(asked).drawn();
    });
    c.corrected(Qualified, world, |t, of| {
        t.at_least("right", of.right.estimate, MORE).within(ends(of.right)).over(asked).drawn();
        t.at_least("open", of.open.estimate, MORE).within(ends(of.open)).over(SOLVERS as usize).drawn();
        same(t, ["loosely", "strictly"], of.cuts, 0.2);
        t.near("beam-rows", of.rows[0], of_a_beam, EXACT_F64).over(TOKENS);
        t.near("draw-rows", of.rows[1], 1.0, EXACT_F64).over(TOKENS);
    })
    .control("one-scale", Rated { open: reversed(open), ..world })
    .control("unequal", Rated { cuts: [strict, strict], ..world })
    .control("contrastive", Rated { rows: [rows(beam()), rows(contrastive)], ..world });
    Ok(())
}
