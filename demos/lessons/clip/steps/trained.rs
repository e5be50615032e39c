//! What the two towers learnt, judged on scenes that they saw and on scenes that they did not.

use concepts::contrastive::{
    ContrastiveError, EMBEDDING, Negatives, Scene, Towers, information, lowest_loss, recall, zero_shot,
};

use crate::kit::findings::Findings;
use crate::kit::grid::Grid;
use crate::kit::text::Text;
use crate::lessons::clip::WORDS;
use crate::lessons::clip::experiments::scenes::{guessing, held_out, least};
use crate::lessons::clip::experiments::sweep::EACH;
use crate::lessons::clip::setup::{SIGLIP_BIAS, Setup};
use crate::{named, row};

/// Half of the last digit that is shown.
const DIGIT: f64 = 0.005;
/// The first batch is confident nonsense if it costs so much more than guessing: less is chance, or not confident.
const WORTH: f64 = 0.5;

pub(crate) fn trained(setup: &Setup) -> Result<Findings, ContrastiveError> {
    let mut f = Findings::default();
    let (trained, plan) = (&setup.trained, setup.plan);
    let last = trained.losses.last().copied().unwrap_or_default();
    let run = if plan.steps == 1 { "run_said.single" } else { "run_said" };
    f.words("run_said", WORDS.with(run, &named![steps = plan.steps]));
    f.number("d", EMBEDDING as f64);
    f.words("loss", WORDS.get(&format!("losses.{}", setup.loss)));
    let first = trained.losses.first().copied().unwrap_or_default();
    let id = if plan.steps == 1 { "losses_said.single" } else { "losses_said" };
    f.words("losses_said", WORDS.with(id, &named![first]));
    f.number("last_loss", last);
    f.words("yardstick_said", yardstick(setup, first));
    f.number("tau_end", trained.towers.sharp().scale.recip());
    f.note("note_floor", below_first_floor(setup, last)?);
    f.note("note_repeated", (trained.repeated > 0.0).then(|| repeated(setup, last)));
    f.note("note_information", (!setup.siglip()).then(|| known(setup, last)));
    let mut grid = Grid::new("judged", &WORDS).value("each", EACH).value("all", Scene::all().len());
    for (id, towers) in [("before", &trained.before), ("after", &trained.towers)] {
        for (end, held) in [("seen", false), ("held", true)] {
            grid = grid.said(&format!("{id}-{end}"), judged(towers, held, setup.seed)?);
        }
    }
    f.table("judged", grid.table());
    let found = |towers: &Towers| recall(held_out(towers, setup.seed)?.view());
    let (before, after) = (found(&trained.before)?, found(&trained.towers)?);
    let grid = Grid::new("recall", &WORDS)
        .value("n", Scene::of(true).len())
        .said("before", row![before.texts_found, before.images_found])
        .said("after", row![after.texts_found, after.images_found]);
    f.table("recall", grid.table());
    Ok(f)
}

/// What the losses are to be compared with.
fn yardstick(setup: &Setup, first: f64) -> Text {
    let guess = guessing(setup.plan.batch, setup.siglip());
    if setup.siglip() {
        let bias = setup.trained.towers.sharp().bias;
        return WORDS.with("yardstick_said.siglip", &named![guess, start = SIGLIP_BIAS, bias]);
    }
    let id = if first > guess + WORTH { "yardstick_said.above" } else { "yardstick_said" };
    WORDS.with(id, &named![guess, temperature = setup.temperature])
}

/// Said where the loss ends below what the temperature of the start allows: only a temperature that moved can do that.
fn below_first_floor(setup: &Setup, last: f64) -> Result<Option<Text>, ContrastiveError> {
    let plan = setup.plan;
    let floor = lowest_loss(plan.batch, plan.sharpness)?.max(least(plan.batch));
    let learnt = setup.trained.towers.sharp().scale.recip();
    let said = || WORDS.with("note_floor", &named![floor, learnt, temperature = setup.temperature]);
    Ok((!setup.siglip() && last < floor - DIGIT).then(said))
}

/// Pairs that count as wrong although they are right; the softmax cannot cost less than they do.
fn repeated(setup: &Setup, last: f64) -> Text {
    let batch = setup.plan.batch;
    let id = if setup.siglip() { "note_repeated" } else { "note_repeated.least" };
    WORDS.with(id, &named![repeated = setup.trained.repeated, batch, least = least(batch), last])
}

/// What the last batch says about mutual information.
fn known(setup: &Setup, last: f64) -> Text {
    let batch = setup.plan.batch;
    let knows = information(batch, last);
    let id = match setup.plan.negatives {
        Negatives::Alike => "note_information.alike",
        Negatives::Random if knows > 0.0 => "note_information.some",
        Negatives::Random => "note_information.none",
    };
    // The picture decides the caption, and scenes come equally often.
    let scenes = Scene::of(false).len();
    WORDS.with(id, &named![knows, most = (batch as f64).ln(), scenes, truth = (scenes as f64).ln()])
}

fn judged(
    towers: &Towers,
    held: bool,
    seed: u64,
) -> Result<Vec<crate::kit::findings::Cell>, ContrastiveError> {
    let judged = zero_shot(towers, &Scene::of(held), EACH, seed)?;
    let [shape, colour, place] = judged.words;
    Ok(row![judged.pictures, shape, colour, place, judged.all])
}
