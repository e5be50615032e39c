//! C4, C13: several heads.

use concepts::attention::MultiHead;
use concepts::numerics::tolerance::EXACT_F64;
use concepts::numerics::{normal, rng};
use ndarray::Array2;

use crate::kit::case::{Case, Checked};
use crate::kit::claim::Degree::Qualified;
use crate::lessons::attention::experiments::several_heads::{
    D, HEADS, N, Structure, full_width, structure, twins,
};
use crate::lessons::attention::experiments::shared_heads::{Sharing, one_matrix, sharing};

/// C4: different subspaces
pub(crate) fn heads_see_subspaces(c: &mut Case) -> Checked {
    let mut rng = rng(c.seed, "C4");
    let x = normal((N, D), 1.0, &mut rng);
    let w: [Array2<f64>; 4] = std::array::from_fn(|_| normal((D, D), 1.0 / (D as f64).sqrt(), &mut rng));
    let layer = |heads: usize| {
        let [q, k, v, o] = w.clone();
        MultiHead::from_weights(heads, heads, q, k, v, o)
    };
    let twins = twins(&w, &x)?;
    let in_order: Vec<usize> = (0..HEADS).collect();
    let shifted: Vec<usize> = (0..HEADS).map(|h| (h + 1) % HEADS).collect();
    c.as_written(|t| {
        t.at_least("twins", twins, 1e-3).over(N * N).drawn();
    });
    c.value("same", twins).value("d", D).value("h", HEADS);
    let four = layer(HEADS)?;
    c.corrected(Qualified, structure(&four, &x, &in_order)?, |t, layer: Structure| {
        t.at_most("sum", layer.sum_error, EXACT_F64).over(N * D).drawn();
        t.exactly("parameters", layer.parameters, 1.0);
        t.exactly("rank", layer.rank, (D / HEADS) as f64).over(N).drawn();
    })
    .control("shifted", structure(&four, &x, &shifted)?)
    .control("one", structure(&layer(1)?, &x, &[0])?)
    .control("wide", structure(&full_width(&mut rng)?, &x, &in_order)?);
    Ok(())
}

/// C13: MQA shares K/V and lowers memory
pub(crate) fn shared_keys_and_values(c: &mut Case) -> Checked {
    const HEADS: usize = 8;
    const TOKENS: usize = 64;
    let mut weights = rng(c.seed, "C13");
    let mut layer = |kv_heads| MultiHead::random(D, HEADS, kv_heads, &mut weights);
    let (mqa, mha) = (layer(1)?, layer(HEADS)?);
    let x = normal((TOKENS, D), 1.0, &mut rng(c.seed, "C13 tokens"));
    let own = sharing(&mha, &x)?;
    let right = sharing(&mqa, &x)?;
    c.value("with_scores", right.with_scores / own.with_scores);
    c.holds(right, |t, layer: Sharing| {
        let eighth = 1.0 / HEADS as f64;
        t.exactly("cache", layer.cached / own.cached, eighth).over(TOKENS);
        t.exactly("projections", layer.projections / own.projections, eighth);
        // Q and the output as before, K and V an eighth.
        t.exactly("training", layer.trained / own.trained, (2.0 + 2.0 * eighth) / 4.0).over(TOKENS);
        t.at_most("elsewhere", layer.elsewhere, EXACT_F64).over(HEADS * TOKENS * TOKENS).drawn();
        t.at_least("two-matrices", layer.keys_from_values, 0.1).drawn();
    })
    .control("own", own)
    .control("one-matrix", sharing(&one_matrix(&mqa)?, &x)?);
    Ok(())
}
