//! C3, C8, C13: what the families are trained on.

use concepts::architecture::{Example, MlmRates, clm_targets, mlm_mask, span_corruption};
use concepts::attention::Mask;
use concepts::numerics::rng;
use concepts::numerics::statistics::proportion_interval;

use crate::kit::case::{Case, Checked};
use crate::kit::claim::Degree::Qualified;
use crate::lessons::architectures::experiments::objectives::{
    MASK, SEEN_TEXT, TEXT, TEXTS, answers_seen, asked_for_the_next, copied, lost, masked, tokens,
};

/// C3: encoders are pre-trained by masked language modelling
pub(crate) fn masked_tokens(c: &mut Case) -> Checked {
    /// Standard errors of the intervals.
    const ERRORS: f64 = 4.0;
    let all_hidden = MlmRates { mask: 1.0, random: 0.0, ..MlmRates::default() };
    let (as_bert, all_hidden) = (masked(MlmRates::default(), c.seed)?, masked(all_hidden, c.seed)?);
    c.as_written(|t| {
        let really = as_bert.hidden as f64 / as_bert.selected as f64;
        t.exactly("only-masked", really, 1.0).over(as_bert.selected).drawn();
    });
    c.corrected(Qualified, as_bert, |t, m| {
        let asked = m.selected as f64 / (TEXT * TEXTS) as f64;
        t.near("asked", asked, 0.15, 0.5 / TEXT as f64).over(TEXT * TEXTS).drawn();
        for (id, count, target) in [("hidden", m.hidden, 0.8), ("kept", m.kept, 0.1)] {
            let interval = proportion_interval(count, m.selected, ERRORS);
            let share = count as f64 / m.selected as f64;
            t.near(id, share, target, 0.02).within(interval).over(m.selected).drawn();
        }
    })
    .control("all-hidden", all_hidden);
    Ok(())
}

/// C8: decoders are pre-trained to predict the next token
pub(crate) fn next_token(c: &mut Case) -> Checked {
    let (tokens, seed) = (tokens(), c.seed);
    // The shift forgotten: each position is asked for its own token.
    let unshifted = Example { inputs: tokens.clone(), targets: tokens.iter().copied().map(Some).collect() };
    let mut rng = rng(c.seed, "Q5 C8");
    let masked = mlm_mask(&tokens, MASK - 1, MASK, MlmRates::default(), &mut rng)?.losses() as f64;
    let seen = |mask| answers_seen(1, mask, seed);
    c.value("n", SEEN_TEXT);
    c.holds((&clm_targets(&tokens)?, seen(Mask::Causal)?), |t, (example, seen): (&Example, f64)| {
        t.exactly("next", asked_for_the_next(example) as f64, (TEXT - 1) as f64).over(TEXT);
        t.exactly("copied", copied(example), 0.0).over(TEXT);
        t.exactly("seen", seen, 0.0).over(SEEN_TEXT).drawn();
        t.at_least("losses", example.losses() as f64 / masked, 6.0).over(TEXT).drawn();
    })
    .control("unshifted", (&unshifted, answers_seen(0, Mask::Causal, seed)?))
    .control("both-ways", (&clm_targets(&tokens)?, seen(Mask::None)?));
    Ok(())
}

/// C13: encoder–decoders are pre-trained by denoising
pub(crate) fn spans(c: &mut Case) -> Checked {
    let seed = c.seed;
    // T5's own example is 568 tokens long.
    let world = |mean_span: f64| -> Result<_, concepts::architecture::ArchitectureError> {
        let of = |length: usize| span_corruption(length, 0.15, mean_span);
        Ok((of(568)?, of(TEXT)?, lost(mean_span, seed)?))
    };
    c.holds(world(3.0)?, |t, (long, short, lost)| {
        t.exactly("read", long.encoder_length() as f64, 512.0);
        t.exactly("said", long.target_length() as f64, 114.0);
        t.exactly("taken-out", short.noise_tokens() as f64, 77.0);
        t.exactly("spans", short.spans() as f64, 26.0);
        t.exactly("lost", lost as f64, 0.0).over(TEXT).drawn();
    })
    .control("single", world(1.0)?);
    Ok(())
}
