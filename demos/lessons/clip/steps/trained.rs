//! What the two towers learnt, judged on scenes that they saw and on scenes that they did not.

use concepts::contrastive::{
    ContrastiveError, EMBEDDING, Negatives, Scene, Towers, information, recall, zero_shot,
};

use crate::kit::findings::Findings;
use crate::kit::grid::Grid;
use crate::lessons::clip::WORDS;
use crate::lessons::clip::experiments::scenes::held_out;
use crate::lessons::clip::experiments::sweep::EACH;
use crate::lessons::clip::setup::Setup;
use crate::{named, row};

pub(crate) fn trained(setup: &Setup) -> Result<Findings, ContrastiveError> {
    let mut f = Findings::default();
    let (trained, plan) = (&setup.trained, setup.plan);
    let last = trained.losses.last().copied().unwrap_or_default();
    f.number("steps", plan.steps as f64);
    f.number("d", EMBEDDING as f64);
    f.words("loss", WORDS.get(&format!("losses.{}", setup.loss)));
    f.number("first_loss", trained.losses.first().copied().unwrap_or_default());
    f.number("last_loss", last);
    f.number("tau_end", trained.towers.sharp().scale.recip());
    f.number("guess", (plan.batch as f64).ln());
    let knows = information(plan.batch, last);
    f.note(
        "note_information",
        (!setup.siglip()).then(|| {
            let id = match plan.negatives {
                Negatives::Alike => "note_information.alike",
                Negatives::Random if knows > 0.0 => "note_information.some",
                Negatives::Random => "note_information.none",
            };
            WORDS.with(id, &named![knows, most = (plan.batch as f64).ln()])
        }),
    );
    f.note(
        "note_repeated",
        (trained.repeated > 0.0)
            .then(|| WORDS.with("note_repeated", &named![repeated = trained.repeated, batch = plan.batch])),
    );
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

fn judged(
    towers: &Towers,
    held: bool,
    seed: u64,
) -> Result<Vec<crate::kit::findings::Cell>, ContrastiveError> {
    let judged = zero_shot(towers, &Scene::of(held), EACH, seed)?;
    let [shape, colour, place] = judged.words;
    Ok(row![judged.pictures, shape, colour, place, judged.all])
}
