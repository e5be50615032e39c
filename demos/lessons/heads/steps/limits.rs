//! How far sharing keys and values pays.

use concepts::budget::{BudgetError, decode_cost};

use super::decoding::SERVED;
use super::layouts::with_heads;
use super::roofline::WEIGHTS;
use crate::kit::text::Text;
use crate::lessons::heads::WORDS;
use crate::lessons::heads::setup::Setup;
use crate::named;

/// How far sharing pays: where the weights take longer than the cache, or arithmetic longer than memory, and what
/// is left to gain from there.
pub(super) fn limits(setup: &Setup) -> Result<Text, BudgetError> {
    if setup.model.attention_layers() == 0 {
        return Ok(WORDS.get("limits.no-attention"));
    }
    let (weights, arithmetic) = (weights(setup)?, arithmetic(setup)?);
    Ok(WORDS.with("limits", &named![weights, arithmetic]))
}

/// The limit that the weights set, or arithmetic if it ends the gain first.
fn weights(setup: &Setup) -> Result<Text, BudgetError> {
    let (batch, heads) = (setup.batch.max(SERVED), setup.model.heads);
    let (equal, computed) = (equal_heads(setup, batch)?, computed_heads(setup, batch)?);
    let gain = |from| gain(setup, batch, from);
    let all = heads as f64;
    Ok(match equal {
        _ if heads == 1 => WORDS.get("limits.single"),
        _ if computed >= all => WORDS.with("limits.computed", &named![batch, gain = gain(all)?]),
        _ if computed > 1.0 => {
            WORDS.with("limits.computed-first", &named![batch, equal = computed, gain = gain(computed)?])
        }
        equal if equal >= all => WORDS.with("limits.weights-first", &named![batch, gain = gain(all)?]),
        equal if equal < 1.0 => WORDS.with("limits.cache-first", &named![batch]),
        equal => WORDS.with("limits.crossing", &named![batch, equal, gain = gain(equal)?]),
    })
}

/// The share of a step that sharing still saves between this number of key/value heads, not always a whole one,
/// and a single one: cache, W_K and W_V.
fn gain(setup: &Setup, batch: u64, from: f64) -> Result<f64, BudgetError> {
    let (heads, on) = (setup.model.heads, setup.accelerator);
    let step = |g| decode_cost(&with_heads(&setup.model, g), WEIGHTS, setup.dtype, setup.context, batch);
    let (one, all) = (step(1)?, step(heads)?);
    // Both times are straight lines in the number of heads.
    let line = |one: f64, all: f64| one + (all - one) * (from - 1.0) / heads.saturating_sub(1).max(1) as f64;
    let read = line(one.memory_seconds(on), all.memory_seconds(on));
    let computed = one.arithmetic_seconds(on).zip(all.arithmetic_seconds(on));
    let slower = computed.map_or(read, |(one, all)| read.max(line(one, all)));
    Ok(1.0 - one.seconds(on) / slower)
}

/// The limit that arithmetic sets.
fn arithmetic(setup: &Setup) -> Result<Text, BudgetError> {
    let (name, heads, dtype) = (setup.accelerator.name, setup.model.heads, setup.dtype_name);
    let Some(group) = group_limit(setup)? else {
        return Ok(WORDS.with("limits.unknown", &named![name]));
    };
    // Heads are whole: of 10.4 the eleventh is beyond.
    let group = group.ceil();
    let id = if heads as f64 >= group { "limits.arithmetic" } else { "limits.memory" };
    Ok(WORDS.with(id, &named![group, dtype, name, heads]))
}

/// The number of key/value heads, not always a whole one, whose cache takes as long to read as the weights;
/// infinite if the weights always take longer.
pub(crate) fn equal_heads(setup: &Setup, batch: u64) -> Result<f64, BudgetError> {
    let heads = setup.model.heads;
    let step = |g| decode_cost(&with_heads(&setup.model, g), WEIGHTS, setup.dtype, setup.context, batch);
    let (one, all) = (step(1)?, step(heads)?);
    // Both are straight lines: weights = base + slope·G, cache = states + each·G.
    let by_head = |one: u64, all: u64| all.saturating_sub(one) as f64 / heads.saturating_sub(1).max(1) as f64;
    let slope = by_head(one.weight_bytes, all.weight_bytes);
    let each = by_head(one.cache_bytes, all.cache_bytes);
    let more = (one.weight_bytes as f64 - slope) - (one.cache_bytes as f64 - each);
    Ok(match each > slope {
        true => more / (each - slope),
        // States alone may take longer than all weights.
        false if more < 0.0 => 0.0,
        false => f64::INFINITY,
    })
}

/// The number of key/value heads, not always a whole one, below which all arithmetic of a step takes longer than
/// all reading; infinite if it does with a head for each query head, 0 if it never does or is not known.
fn computed_heads(setup: &Setup, batch: u64) -> Result<f64, BudgetError> {
    let heads = setup.model.heads;
    // What reading takes beyond arithmetic, in seconds: a straight line.
    let over = |g| -> Result<f64, BudgetError> {
        let model = with_heads(&setup.model, g);
        let step = decode_cost(&model, WEIGHTS, setup.dtype, setup.context, batch)?;
        let on = setup.accelerator;
        Ok(step.memory_seconds(on) - step.arithmetic_seconds(on).unwrap_or(0.0))
    };
    let (one, all) = (over(1)?, over(heads)?);
    if one >= 0.0 {
        return Ok(0.0);
    }
    Ok(if all <= 0.0 { f64::INFINITY } else { 1.0 - one * (heads - 1) as f64 / (all - one) })
}

/// How many query heads may share a key/value head before arithmetic takes over, if that is known.
fn group_limit(setup: &Setup) -> Result<Option<f64>, BudgetError> {
    // A head that is alone does two operations for each number that it reads.
    const MANY: u64 = 1 << 20;
    let bytes = setup.dtype.bytes(MANY)? as f64 / MANY as f64;
    Ok(setup.accelerator.ridge().map(|ridge| ridge * bytes / 2.0))
}

#[cfg(test)]
mod tests {
    use concepts::budget::{Dtype, Kind, ModelConfig, Recurrent, accelerator, find};

    use super::*;

    fn setup(model: &str, on: &str, dtype: (&'static str, Dtype)) -> Setup {
        let accelerator = accelerator(on).unwrap();
        Setup {
            rope: None,
            model: find(model).unwrap().config.clone(),
            title: Text::same(model),
            own: None,
            unverified: "",
            compared: Vec::new(),
            context: 4096,
            batch: 1,
            dtype: dtype.1,
            dtype_name: dtype.0,
            accelerator,
            memory: accelerator.memory(),
            memory_typed: None,
            devices: 8,
            seed: 7,
        }
    }

    const BF16: (&str, Dtype) = ("bf16", Dtype::Bf16);

    #[test]
    fn cache_and_weights_are_equal_where_the_lines_cross() {
        let setup = setup("llama-2-70b", "h100", BF16);
        for batch in [20, 64, 200] {
            let equal = equal_heads(&setup, batch).unwrap();
            // Straight lines through two neighbours: the difference changes its sign there.
            let over = |g: u64| {
                let model = with_heads(&setup.model, g);
                let step = decode_cost(&model, WEIGHTS, setup.dtype, 4096, batch).unwrap();
                step.cache_bytes as f64 - step.weight_bytes as f64
            };
            for g in [1, 2, 4, 8, 16, 32, 64] {
                assert_eq!(over(g) > 0.0, g as f64 > equal, "batch {batch}: {g}, {equal}");
            }
        }
        // One sequence of 64 times 164 MB is far from 137 GB of weights.
        assert!(equal_heads(&setup, 1).unwrap() > 64.0);
    }

    #[test]
    fn states_are_read_with_the_cache_and_leave_the_core_as_it_is() {
        let plain = setup("llama-2-70b", "h100", BF16);
        let states = Recurrent {
            layers: 40,
            beside: false,
            parameters: 1 << 20,
            norms: 0,
            matrix: 1 << 20,
            last_inputs: 0,
        };
        let model = ModelConfig { recurrent: Some(states), ..plain.model.clone() };
        let hybrid = Setup { model, ..plain };
        let equal = equal_heads(&hybrid, 64).unwrap();
        assert!(equal > 1.0 && equal < 64.0, "{equal}");
        for g in [1, 2, 4, 8, 16, 32, 64] {
            let step = decode_cost(&with_heads(&hybrid.model, g), WEIGHTS, hybrid.dtype, 4096, 64).unwrap();
            assert_eq!(step.cache_bytes > step.weight_bytes, g as f64 > equal, "{g}, {equal}");
        }
        assert_eq!(group_limit(&hybrid).unwrap(), hybrid.accelerator.ridge());
    }

    #[test]
    fn below_a_number_of_heads_arithmetic_decides() {
        for (model, on, batch) in [("falcon-40b", "h100", 1000), ("falcon-7b", "h20", 64)] {
            let setup = setup(model, on, ("int8", Dtype::Int8 { group: 64 }));
            let limit = computed_heads(&setup, batch).unwrap();
            assert!(limit > 1.0, "{model}: {limit}");
            for g in (1..=setup.model.heads).filter(|&g| setup.model.heads.is_multiple_of(g)) {
                let model = with_heads(&setup.model, g);
                let step = decode_cost(&model, WEIGHTS, setup.dtype, 4096, batch).unwrap();
                let computes = step.arithmetic_seconds(setup.accelerator).unwrap()
                    > step.memory_seconds(setup.accelerator);
                assert_eq!(computes, (g as f64) < limit, "{}: {g}, {limit}", setup.model.name);
            }
        }
        assert_eq!(computed_heads(&setup("llama-2-70b", "h100", BF16), 64).unwrap(), 0.0);
    }

    #[test]
    fn arithmetic_takes_over_at_the_ridge_times_half_the_bytes_of_a_number() {
        for (dtype, half) in [(BF16, 1.0), (("fp32", Dtype::F32), 2.0), (("fp8", Dtype::Fp8), 0.5)] {
            for on in ["h100", "a100"] {
                let setup = setup("llama-2-70b", on, dtype);
                let wanted = setup.accelerator.ridge().unwrap() * half;
                let group = group_limit(&setup).unwrap().unwrap();
                assert!((group / wanted - 1.0).abs() < 1e-12, "{on}: {group}");
            }
        }
        assert_eq!(group_limit(&setup("llama-2-70b", "m2-ultra", BF16)).unwrap(), None);
    }

    #[test]
    fn what_is_left_to_gain_is_that_of_the_steps_themselves() {
        // A cache that is read faster than the weights is not a cache without weight: a third of the step.
        let cases = [("falcon-7b", "h100", 64), ("llama-2-70b", "h100", 64), ("falcon-40b", "h20", 1000)];
        for (model, on, batch) in cases {
            let setup = Setup { context: 128, ..setup(model, on, BF16) };
            let heads = setup.model.heads;
            for from in (1..=heads).filter(|&g| heads.is_multiple_of(g)) {
                let seconds = |g| {
                    let model = with_heads(&setup.model, g);
                    let step = decode_cost(&model, WEIGHTS, setup.dtype, 128, batch).unwrap();
                    step.seconds(setup.accelerator)
                };
                let (gain, wanted) =
                    (gain(&setup, batch, from as f64).unwrap(), 1.0 - seconds(1) / seconds(from));
                assert!((gain - wanted).abs() < 1e-9, "{model}, {from}: {gain}, {wanted}");
            }
        }
        let falcon = Setup { context: 128, ..setup("falcon-7b", "h100", BF16) };
        assert!(equal_heads(&falcon, 64).unwrap() >= falcon.model.heads as f64);
        assert!((gain(&falcon, 64, falcon.model.heads as f64).unwrap() - 0.344).abs() < 0.001);
    }

    #[test]
    fn every_published_decoder_has_its_limits() {
        for row in concepts::budget::published().iter().filter(|row| row.config.kind == Kind::Decoder) {
            let setup = setup(&row.id, "h100", BF16);
            assert!(equal_heads(&setup, 64).unwrap() > 0.0, "{}", row.id);
            assert!(limits(&setup).is_ok(), "{}", row.id);
        }
    }
}
