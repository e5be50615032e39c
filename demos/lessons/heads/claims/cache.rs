//! C4, C7, C8, C12: the cache, and what reading it costs.

use concepts::attention::{AttentionError, LatentAttention, LatentSizes, MultiHead, NoPositions};
use concepts::budget::{Dtype, cache_bytes, decode_flops};
use concepts::numerics::tolerance::EXACT_F64;
use concepts::numerics::{normal, rng};

use crate::kit::claim::{Claim, Control, Correction, Degree, Measure, Test};
use crate::kit::measure::{COUNTED, ROUNDING};
use crate::kit::text::{Text, text};
use crate::lessons::heads::experiments::sharing::{
    Copies, HEADS, N, cached_elements, counted_step, layer, written_out,
};
use crate::lessons::heads::published::of;

/// Elements that a layer with these key/value heads caches for all tokens.
fn cached(kv_heads: usize, seed: u64) -> f64 {
    cached_elements(&layer(kv_heads, seed), seed)
}

/// The same for a layer that writes its shared heads out in full: the sharing is lost.
fn cached_in_full(kv_heads: usize, seed: u64) -> f64 {
    cached_elements(&layer(kv_heads, seed).and_then(|layer| written_out(&layer, Copies::Repeated)), seed)
}

fn ratio(what: Text, value: f64, target: f64) -> Measure {
    Measure::near(what, value, target, 0.0, COUNTED).over(N)
}

fn in_full() -> Text {
    text("the shared heads copied into the cache, one a query head", "缓存里仍给每个 query 头存一份副本")
}

/// C4
pub(super) fn mha_caches_most(seed: u64) -> Claim {
    let test = |cached: fn(usize, u64) -> f64| {
        let of = |kv_heads: usize| cached(kv_heads, seed) / cached(HEADS, seed);
        Test(vec![
            ratio(
                text("cache of 4 key/value heads over that of 8", "4 个 KV 头的缓存 / 8 个 KV 头"),
                of(4),
                0.5,
            ),
            ratio(text("of 2 over 8", "2 个 / 8 个"), of(2), 0.25),
            ratio(text("of 1 over 8", "1 个 / 8 个"), of(1), 0.125),
        ])
    };
    Claim::holds(
        "LLM-Q4-C4",
        text(
            "MHA takes the most memory: the keys and values of every head are cached.",
            "MHA 显存占用最大：要缓存所有头的 K/V。",
        ),
        test(cached),
        vec![Control::new(in_full(), test(cached_in_full))],
    )
}

/// Elements a token of a cache that so many tokens filled.
fn cached_a_token(fill: &dyn Fn(u64) -> Result<usize, AttentionError>, seed: u64) -> f64 {
    fill(seed).map_or(f64::NAN, |elements| elements as f64 / N as f64)
}

/// What a latent layer caches for all tokens: the widths of the cache are those of DeepSeek-V2, a latent of
/// 512 and a rotary key of 64; the rest is small.
fn latent_cache(seed: u64) -> Result<usize, AttentionError> {
    let sizes =
        LatentSizes { d_model: 16, heads: 2, d_nope: 8, d_rope: 64, d_v: 8, kv_lora: 512, q_lora: None };
    let mut rng = rng(seed, "a latent layer");
    let layer = LatentAttention::random(sizes, &mut rng)?;
    let (x, mut cache) = (normal((N, 16), 1.0, &mut rng), layer.new_cache());
    x.rows().into_iter().try_for_each(|token| layer.step(token, &mut cache, &NoPositions).map(drop))?;
    Ok(cache.elements())
}

/// C7
pub(super) fn mqa_caches_least(seed: u64) -> Claim {
    let one_head = cached_a_token(
        &|seed| {
            let layer = MultiHead::random(2 * 128, 2, 1, &mut rng(seed, "one head of 128"))?;
            let (x, mut cache) =
                (normal((N, 2 * 128), 1.0, &mut rng(seed, "wide tokens")), layer.new_cache());
            x.rows().into_iter().try_for_each(|token| layer.step(token, &mut cache).map(drop))?;
            Ok(cache.elements())
        },
        seed,
    );
    let latent = cached_a_token(&latent_cache, seed);
    let test = |cached: fn(usize, u64) -> f64| {
        let smallest = [1, 2, 4, HEADS].iter().map(|&g| cached(g, seed)).fold(f64::INFINITY, f64::min);
        Test(vec![
            ratio(
                text("smallest cache over that of MQA", "最小的缓存 / MQA 的缓存"),
                smallest / cached(1, seed),
                1.0,
            ),
            ratio(
                text("MQA over MHA, 8 heads", "MQA / MHA，8 个头"),
                cached(1, seed) / cached(HEADS, seed),
                0.125,
            ),
            ratio(
                text(
                    "latent attention of DeepSeek-V2 over one head of 128, elements a token and layer",
                    "DeepSeek-V2 的 MLA / 一个 128 维的头（每层每 token 的元素数）",
                ),
                latent / one_head,
                576.0 / 256.0,
            ),
        ])
    };
    Claim::holds(
        "LLM-Q4-C7",
        text(
            "MQA takes the least memory: one copy a layer is cached.",
            "MQA 显存占用最小：KV cache 每层只存一份。",
        ),
        test(cached),
        vec![Control::new(in_full(), test(cached_in_full))],
    )
}

/// C12
pub(super) fn table_of_heads(seed: u64) -> Claim {
    let test = |cached: fn(usize, u64) -> f64| {
        let sizes = [1, 2, 4, HEADS].map(|kv_heads| cached(kv_heads, seed));
        let rising = sizes.windows(2).filter(|pair| pair[1] > pair[0]).count();
        Test(vec![
            ratio(
                text(
                    "steps from 1 over 2 and 4 to 8 heads in which the cache grows",
                    "从 1、2、4 到 8 个 KV 头，缓存变大的步数",
                ),
                rising as f64,
                3.0,
            ),
            ratio(text("GQA with 2 groups over MQA", "2 组 GQA / MQA"), sizes[1] / sizes[0], 2.0),
            ratio(text("MHA over GQA with 2 groups", "MHA / 2 组 GQA"), sizes[3] / sizes[1], 4.0),
        ])
    };
    Claim::holds(
        "LLM-Q4-C12",
        text(
            "Key/value heads: H in MHA, 1 in MQA, G between in GQA; cache largest, smallest, medium.",
            "K/V 头数：MHA 为 H，MQA 为 1，GQA 为 G（1<G<H）；KV cache 依次最大、最小、中等。",
        ),
        test(cached),
        vec![Control::new(in_full(), test(cached_in_full))],
    )
}

/// Operations a byte of cache in a step of LLaMA-2 70B.
fn of_llama() -> f64 {
    let calculated = of("llama-2-70b").and_then(|model| {
        let (flops, bytes) = (decode_flops(model, 4096)?, cache_bytes(model, Dtype::Bf16, 4096, 1)?);
        Ok(flops.attention as f64 / bytes as f64)
    });
    calculated.unwrap_or(f64::NAN)
}

/// C8
pub(super) fn mqa_is_faster(seed: u64) -> Claim {
    /// Bytes of a number in bf16.
    const BYTES: f64 = 2.0;
    let operations = |kv_heads: usize| counted_step(kv_heads, seed).0;
    let layouts = [HEADS, 2, 1];
    let off = layouts.iter().map(|&g| counted_step(g, seed).1).fold(0.0, f64::max);
    let test = |cached: &dyn Fn(usize) -> f64| {
        let intensity = |kv_heads: usize| {
            Measure::near(
                Text::new(
                    format!("decoding, {HEADS} query heads on {kv_heads}: operations a byte of cache, H/G"),
                    format!("解码，{HEADS} 个 query 头配 {kv_heads} 个 KV 头：每字节缓存对应的运算次数 H/G"),
                ),
                operations(kv_heads) / (BYTES * cached(kv_heads)),
                (HEADS / kv_heads) as f64,
                0.0,
                COUNTED,
            )
            .over(N)
        };
        let counted = Measure::at_most(
            text(
                "what was counted computes the layers' own heads: difference",
                "用计过数的这些运算算出的头，与该层自己的头之差",
            ),
            off,
            EXACT_F64,
            ROUNDING,
        );
        let calculated = Measure::near(
            text(
                "the same by the calculators for LLaMA-2 70B, 64 heads on 8, bf16",
                "LLaMA-2 70B 按公式计算（64 个头配 8 个，bf16）：同上",
            ),
            of_llama(),
            8.0,
            0.0,
            COUNTED,
        );
        let others = [calculated, counted.over(HEADS * N).drawn(seed)];
        Test(layouts.into_iter().map(intensity).chain(others).collect())
    };
    Claim::corrected(
        "LLM-Q4-C8",
        text("MQA is fast at inference, because its cache is small.", "MQA 推理速度快，因为 KV cache 小。"),
        Test(vec![Measure::at_most(
            text(
                "faster throughout would mean less to compute: operations of a step, MQA over MHA",
                "若处处更快，计算就该更少：一步的运算次数，MQA/MHA",
            ),
            operations(1) / operations(HEADS),
            0.99,
            COUNTED,
        )]),
        Correction {
            degree: Degree::Qualified,
            counterexample: Text::new(
                format!(
                    "a step of {HEADS} query heads over {N} keys takes {} operations with either layout: no multiplication is saved, and prefill, which computes, hardly gains",
                    operations(1)
                ),
                format!(
                    "{HEADS} 个 query 头对 {N} 个 key 解码一步，两种结构都是 {} 次运算：乘法一次没少，受限于计算的 prefill 几乎得不到好处",
                    operations(1)
                ),
            ),
            say: text(
                "Decoding reads the whole cache for one token, so it is bound by memory. Sharing keys and values divides the bytes and leaves the arithmetic alone: intensity goes from 1 to H/G operations a byte, still far below what an accelerator could do. Prefill hardly changes.",
                "解码时，每出一个 token 都要把整个缓存读一遍，瓶颈是访存。共享 K/V 减少的是要读的字节，不是计算：算术强度从 1 提高到 H/G，离加速卡的上限还很远。prefill 几乎没有变化。",
            ),
            test: test(&|kv_heads| cached(kv_heads, seed)),
        },
        vec![Control::new(in_full(), test(&|kv_heads| cached_in_full(kv_heads, seed)))],
    )
}
