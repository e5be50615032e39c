//! Where sharing keys and values stops paying.

use concepts::budget::{BudgetError, Kind, decode_cost, decode_flops};

use super::setup::Setup;
use super::sizes::with_heads;
use super::speed::{SERVED, WEIGHTS, shared};
use crate::kit::figure::{Axis, Figure, Plot, Series};
use crate::kit::text::{Text, text};

/// Where sharing stops paying: the weights take longer than the cache, or arithmetic longer than memory.
pub(super) fn limits(setup: &Setup) -> Result<Text, BudgetError> {
    let (batch, heads) = (setup.batch.max(SERVED), setup.model.heads as f64);
    let equal = equal_heads(setup, batch)?;
    let [weights_en, weights_zh] = if equal >= heads {
        [
            format!(
                "At batch {batch} even the cache of MHA is read sooner than the weights: sharing hardly pays before batch or context grow"
            ),
            format!("batch {batch} 时，读 MHA 的缓存都比读权重快：batch 或上下文不够大，共享省不了多少时间"),
        ]
    } else if equal < 1.0 {
        [
            format!(
                "At batch {batch} even the cache of one key/value head takes longer than the weights: every step of sharing pays"
            ),
            format!("batch {batch} 时，哪怕只剩一个 KV 头，读缓存也比读权重慢：一路共享到底都划算"),
        ]
    } else {
        [
            format!(
                "At batch {batch} cache and weights take equally long at {equal:.1} key/value heads. Fewer than that and the weights decide: sharing further gains little"
            ),
            format!(
                "batch {batch} 时，KV 头数降到 {equal:.1}，读缓存与读权重耗时相等；再少就由权重决定，继续共享收效甚微"
            ),
        ]
    };
    let [arithmetic_en, arithmetic_zh] = arithmetic(setup)?;
    Ok(Text::new(
        format!("Where sharing stops paying. {weights_en}. {arithmetic_en}"),
        format!("共享到哪里就不再划算：{weights_zh}。{arithmetic_zh}"),
    ))
}

/// The number of key/value heads, not always a whole one, whose cache takes as long to read as the weights;
/// infinite if the weights always take longer.
fn equal_heads(setup: &Setup, batch: u64) -> Result<f64, BudgetError> {
    let heads = setup.model.heads;
    let step = |g| decode_cost(&with_heads(&setup.model, g), WEIGHTS, setup.dtype, setup.context, batch);
    let (one, all) = (step(1)?, step(heads)?);
    // Both are straight lines: weights = base + slope·G, cache = each·G.
    let slope = match heads {
        1 => 0.0,
        _ => all.weight_bytes.saturating_sub(one.weight_bytes) as f64 / (heads - 1) as f64,
    };
    let (base, each) = (one.weight_bytes as f64 - slope, all.cache_bytes as f64 / heads as f64);
    Ok(if each > slope { base / (each - slope) } else { f64::INFINITY })
}

/// How many query heads may share a key/value head before arithmetic takes over, if that is known.
fn group_limit(setup: &Setup) -> Result<Option<f64>, BudgetError> {
    // The intensity is proportional to the heads that share; take one that is alone.
    let own = with_heads(&setup.model, setup.model.heads);
    let flops = decode_flops(&own, setup.context)?.attention as f64;
    let bytes = decode_cost(&own, WEIGHTS, setup.dtype, setup.context, 1)?.cache_bytes as f64;
    Ok(setup.accelerator.ridge().map(|ridge| ridge * bytes / flops))
}

/// The other limit, in words.
fn arithmetic(setup: &Setup) -> Result<[String; 2], BudgetError> {
    let (name, heads, dtype) = (setup.accelerator.name, setup.model.heads, &setup.dtype_name);
    let Some(group) = group_limit(setup)? else {
        return Ok([
            format!("The maker of the {name} prints no arithmetic, so the other limit is not known."),
            format!("{name} 的厂商没有公布算力，另一个限制未知。"),
        ]);
    };
    Ok([
        format!(
            "Arithmetic takes over once {group:.0} query heads share one in {dtype} ({name}); this model has {heads}, so MQA {}.",
            if heads as f64 > group {
                "is beyond that point: its time no longer follows its bytes"
            } else {
                "stays bound by memory"
            }
        ),
        format!(
            "在 {name} 上（缓存 {dtype}），{group:.0} 个 query 头共用一个 KV 头时计算才成为瓶颈；这个模型有 {heads} 个头，MQA {}。",
            if heads as f64 > group {
                "已经越过这一点，耗时不再随字节数下降"
            } else {
                "仍然受限于访存"
            }
        ),
    ])
}

/// The three times of a step against the number of key/value heads.
pub(super) fn floor(setup: &Setup) -> Result<Figure, BudgetError> {
    let batch = setup.batch.max(SERVED);
    let on = setup.accelerator;
    let mut times: [Vec<(f64, f64)>; 3] = Default::default();
    let decoder = setup.model.kind == Kind::Decoder;
    let layouts = shared(&setup.model).into_iter().filter(|(_, model)| decoder && model.latent.is_none());
    for (_, model) in layouts.rev() {
        let step = decode_cost(&model, WEIGHTS, setup.dtype, setup.context, batch)?;
        let g = model.kv_heads as f64;
        times[0].push((g, 1e3 * step.cache_bytes as f64 / on.bandwidth));
        times[1].push((g, 1e3 * step.weight_bytes as f64 / on.bandwidth));
        times[2].extend(step.arithmetic_seconds(on).map(|seconds| (g, 1e3 * seconds)));
    }
    let [cache, weights, arithmetic] = times;
    let name = &setup.model.name;
    let series = vec![
        Series::measured(text("cache", "读缓存"), cache),
        Series::measured(text("weights", "读权重"), weights),
        Series::measured(text("arithmetic", "计算"), arithmetic),
    ];
    Ok(Figure {
        id: "floor",
        title: Text::new(
            format!("{name}: sharing shortens the reading of the cache, little else"),
            format!("{name}：共享只缩短读缓存的时间，别的几乎不变"),
        ),
        description: Text::new(
            format!(
                "Milliseconds of one step of decoding at batch {batch} and {} tokens on an {}, against the number of key/value heads: reading the cache, reading the weights, all arithmetic.",
                setup.context, on.name
            ),
            format!(
                "{}，batch {batch}、{} 个 token 时解码一步的毫秒数随 KV 头数的变化：读缓存、读权重、全部计算。",
                on.name, setup.context
            ),
        ),
        plot: Plot::Lines {
            x: Axis::log(text("key/value heads", "KV 头数")),
            y: Axis::log(Text::new(format!("ms a step, batch {batch}"), format!("每步 ms，batch {batch}"))),
            series: series.into_iter().filter(|series| !series.points.is_empty()).collect(),
            rule: None,
        },
    })
}

#[cfg(test)]
mod tests {
    use concepts::budget::{Dtype, accelerator, find};

    use super::*;

    fn setup(model: &str, on: &str, dtype: (&str, Dtype)) -> Setup {
        let accelerator = accelerator(on).unwrap();
        Setup {
            model: find(model).unwrap().config.clone(),
            own: false,
            unverified: "",
            compared: Vec::new(),
            context: 4096,
            batch: 1,
            dtype: dtype.1,
            dtype_name: dtype.0.into(),
            accelerator,
            memory: accelerator.memory,
            memory_given: false,
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
    fn arithmetic_takes_over_at_the_ridge_times_half_the_bytes_of_a_number() {
        for (dtype, half) in [(BF16, 1.0), (("fp32", Dtype::F32), 2.0), (("fp8", Dtype::Fp8), 0.5)] {
            for on in ["h100", "a100"] {
                let setup = setup("llama-2-70b", on, dtype);
                let wanted = setup.accelerator.ridge().unwrap() * half;
                let group = group_limit(&setup).unwrap().unwrap();
                assert!((group / wanted - 1.0).abs() < 1e-12, "{on}: {group}");
            }
        }
        assert_eq!(group_limit(&setup("llama-2-70b", "m2", BF16)).unwrap(), None);
    }

    #[test]
    fn every_published_decoder_has_its_limits() {
        for row in concepts::budget::published().iter().filter(|row| row.config.kind == Kind::Decoder) {
            let setup = setup(&row.id, "h100", BF16);
            assert!(equal_heads(&setup, 64).unwrap() > 0.0, "{}", row.id);
            assert!(limits(&setup).is_ok() && floor(&setup).is_ok(), "{}", row.id);
        }
    }
}
