//! C10, C11: the learned table.

use concepts::budget::{BudgetError, find, parameters};
use concepts::numerics::rng;
use concepts::position::{LearnedTable, sinusoidal_table};

use crate::kit::case::{Case, Checked};
use crate::lessons::positions::experiments::sinusoid::USUAL_BASE;
use crate::lessons::positions::experiments::trained_rows::{ROWS, TRAINED, WIDTH, trained_rows};
use crate::lessons::positions::published::LEARNED;

/// C10: no positions beyond its length
pub(crate) fn ends_at_max_len(c: &mut Case) -> Checked {
    let seed = c.seed;
    let learned = LearnedTable::random(TRAINED, WIDTH, 0.02, &mut rng(seed, "Q2 C10"))?;
    let refused = f64::from(u8::from(learned.row(TRAINED).is_err()));
    let computed = sinusoidal_table(ROWS, WIDTH, USUAL_BASE)?;
    let fixed = computed.outer_iter().filter(|row| row.iter().all(|x| x.is_finite())).count() as f64;
    c.value("len", TRAINED).value("rows", ROWS);
    c.holds((trained_rows(TRAINED, seed)?, refused), |t, (rows, refused)| {
        t.exactly("trained", rows, TRAINED as f64).over(ROWS);
        t.exactly("beyond", refused, 1.0);
    })
    .control("longer", (trained_rows(TRAINED + 1, seed)?, refused))
    .control("sinusoidal", (fixed, 0.0));
    Ok(())
}

/// C11: extra parameters
pub(crate) fn extra_parameters(c: &mut Case) -> Checked {
    let [bert, gpt_2, _] = &LEARNED;
    // All parameters of the model, and those that one more position would add, for each position.
    let of = |name: &str, len: usize| -> Result<_, BudgetError> {
        let mut config = find(name)?.config.clone();
        let all = parameters(&config)?.total() as f64;
        config.learned_positions += 1;
        Ok([all, (parameters(&config)?.total() as f64 - all) * len as f64])
    };
    let right = [of("bert-base", bert.len)?, of("gpt-2-small", gpt_2.len)?];
    c.holds(right, |t, [bert, gpt_2]: [[f64; 2]; 2]| {
        t.exactly("bert-whole", bert[0], 109_482_240.0);
        t.exactly("gpt-2-whole", gpt_2[0], 124_439_808.0);
        t.exactly("bert", bert[1], 393_216.0);
        t.exactly("gpt-2", gpt_2[1], 786_432.0);
    })
    .control("sinusoidal", right.map(|[all, table]| [all - table, 0.0]));
    Ok(())
}
