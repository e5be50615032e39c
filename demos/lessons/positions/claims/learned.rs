//! C10, C11, C13: the learned table, and who uses it.

use concepts::numerics::rng;
use concepts::position::{LearnedTable, PositionError, sinusoidal_table};

use crate::kit::case::{Case, Checked};
use crate::kit::claim::Degree::Qualified;
use crate::lessons::positions::experiments::sinusoid::USUAL_BASE;
use crate::lessons::positions::published::{GPT_NAMED, LEARNED, Learned, Positions};

/// C10: no positions beyond its length
pub(crate) fn ends_at_max_len(c: &mut Case) -> Checked {
    const LEN: usize = 512;
    const D: usize = 16;
    const PLACES: [usize; 2] = [LEN - 1, LEN];
    let learned = LearnedTable::random(LEN, D, 0.02, &mut rng(c.seed, "Q2 C10"))?;
    let longer = sinusoidal_table(LEN + 1, D, USUAL_BASE)?;
    let refused = |defined: bool| if defined { 0.0 } else { 1.0 };
    c.value("len", LEN).value("last", LEN - 1);
    c.holds(PLACES.map(|place| learned.row(place).is_ok()), |t, [last, beyond]| {
        t.exactly("within", refused(last), 0.0);
        t.exactly("beyond", refused(beyond), 1.0);
    })
    .control("sinusoidal", PLACES.map(|place| longer.row(place).iter().all(|x| x.is_finite())));
    Ok(())
}

/// C11: extra parameters
pub(crate) fn extra_parameters(c: &mut Case) -> Checked {
    let seed = c.seed;
    let [bert, gpt_2, _] = &LEARNED;
    let learned = |model: &Learned| -> Result<f64, PositionError> {
        let table = LearnedTable::random(model.len, model.width, 0.02, &mut rng(seed, "Q2 C11"))?;
        Ok(table.parameters() as f64)
    };
    let size = |model: &Learned| (model.len * model.width) as f64;
    c.holds([learned(bert)?, learned(gpt_2)?], |t, parameters| {
        t.exactly("bert", parameters[0], size(bert));
        t.exactly("gpt-2", parameters[1], size(gpt_2));
    })
    .control("sinusoidal", [0.0, 0.0]);
    Ok(())
}

/// C13: the GPT series
pub(crate) fn gpt_series(c: &mut Case) -> Checked {
    let named = |how| GPT_NAMED.iter().filter(move |model| model.positions == how).map(|model| model.name);
    let among = |series: &[&str], how| named(how).filter(|name| series.contains(name)).count() as f64;
    let rotary: Vec<&str> = named(Positions::Rotary).collect();
    let [gpt_j, neox] = rotary[..] else { return Err("two models of the list use RoPE".into()) };
    let everyone = rotary.len();
    c.as_written(|t| {
        t.exactly("not-learned", everyone as f64, 0.0);
    });
    c.value("n", everyone).value("first", gpt_j).value("second", neox);
    c.corrected(Qualified, vec!["GPT-1", "GPT-2", "GPT-3"], |t, series| {
        t.exactly("not-learned", among(&series, Positions::Rotary), 0.0);
        t.exactly("learned", among(&series, Positions::Learned), 3.0);
        t.exactly("unpublished", named(Positions::Unknown).count() as f64, 1.0);
    })
    .control("gpt-j", GPT_NAMED.iter().map(|model| model.name).filter(|name| *name != neox).collect())
    .control("nobody", Vec::new());
    Ok(())
}
