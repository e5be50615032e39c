//! C11, C13, C14: cross-attention and one stream.

use concepts::contrastive::{Fusion, Sizes, fusion_cost};

use crate::kit::case::{Case, Checked};
use crate::kit::claim::Degree::Qualified;

/// Has the language model cross-attention layers of its own? Flamingo and BLIP-2, as their papers say.
const CROSS_ATTENDS: [f64; 2] = [1.0, 0.0];
/// Do both kinds of tokens run through one stack? BEiT-3 and CoCa, as their papers say.
const ONE_STACK: [f64; 2] = [1.0, 0.0];

/// C11: cross-attention into the language model: Flamingo, BLIP-2
pub(crate) fn cross_attention_models(c: &mut Case) -> Checked {
    two_models(c, CROSS_ATTENDS);
    Ok(())
}

/// C13: one transformer over both: BEiT-3, CoCa
pub(crate) fn one_stack_models(c: &mut Case) -> Checked {
    two_models(c, ONE_STACK);
    Ok(())
}

/// The sentence names two models for one way; the first has it, the second has not.
fn two_models(c: &mut Case, published: [f64; 2]) {
    c.as_written(|t| {
        t.exactly("both", published.iter().sum(), 2.0).over(2);
    });
    c.corrected(Qualified, published, |t, [first, second]: [f64; 2]| {
        t.exactly("first", first, 1.0);
        t.exactly("second", second, 0.0);
    })
    .control("exchanged", [published[1], published[0]]);
}

/// C14: cross-attention has large compute
pub(crate) fn large_compute(c: &mut Case) -> Checked {
    const SIZES: Sizes = Sizes { text: 64, image: 256, width: 4096, layers: 32, queries: 32 };
    const MANY: usize = 10_000;
    // Matching all images with all texts: each encoded once and compared, or every pair through the model.
    let dearer = |count: usize, sizes: Sizes| -> Result<f64, Box<dyn std::error::Error + Send + Sync>> {
        let alone = |tokens| {
            fusion_cost(Fusion::Joined, Sizes { text: tokens, ..sizes }).map(|cost| cost.text_alone as f64)
        };
        let (n, image, text) = (count as f64, alone(sizes.image)?, alone(sizes.text)?);
        let pair = fusion_cost(Fusion::Cross, sizes)?.with_image as f64;
        Ok((n * image + n * n * pair) / (n * (image + text) + n * n * sizes.width as f64))
    };
    let cross = fusion_cost(Fusion::Cross, SIZES)?;
    let joined = fusion_cost(Fusion::Joined, SIZES)?;
    c.value("many", MANY).value("text", SIZES.text).value("image", SIZES.image);
    c.value("width", SIZES.width).value("layers", SIZES.layers);
    c.value("ratio", joined.with_image as f64 / cross.with_image as f64);
    c.holds((MANY, SIZES), |t, (count, sizes): (usize, Sizes)| {
        t.at_least("dearer", dearer(count, sizes).unwrap_or(f64::NAN), 100.0);
        let with = |way| fusion_cost(way, sizes).map_or(f64::NAN, |cost| cost.with_image as f64);
        t.at_least("joined", with(Fusion::Joined) / with(Fusion::Cross), 1.0);
    })
    .control("one-pair", (1, SIZES))
    .control("one-token", (MANY, Sizes { image: 1, ..SIZES }));
    Ok(())
}
