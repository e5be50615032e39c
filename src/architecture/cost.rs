//! What a pass costs.

use super::{Architecture, ArchitectureError};

/// Multiply-adds of one pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PassCost {
    /// Of products with weights.
    pub weights: u128,
    /// Of the pairs of tokens that may see each other: scores and weighted sums.
    pub pairs: u128,
}

impl PassCost {
    /// All of them.
    pub fn total(&self) -> u128 {
        self.weights.saturating_add(self.pairs)
    }
}

/// Multiply-adds to pass `n` tokens through a [`Transformer`](super::Transformer) of so many layers a stack.
///
/// A token of an encoder–decoder passes through one of the two stacks only, which is why twice the weights
/// do not cost twice the work. What the encoder made is turned into keys and values once in each layer of
/// the decoder. Pairs that the mask hides are not counted; a kernel that computes them all the same does
/// more.
///
/// # Formula
/// one stack: `L·(12·d²·n + 2·d·p)`, `p` the number of pairs in [`Architecture::reach`]; encoder–decoder
/// with `s` and `t` tokens: `L·(12·d²·(s + t) + 2·d²·t + 2·d²·s + 2·d·p)`
///
/// # Errors
/// [`ArchitectureError`] as [`Architecture::reach`].
///
/// # Reference
/// Raffel et al. 2020 (T5), section 3.2.2: an encoder–decoder of `L + L` layers has about twice the
/// parameters of a decoder of `L` layers, and about its cost.
///
/// # Examples
/// ```
/// use concepts::architecture::{Architecture, pass_cost};
/// let decoder = pass_cost(Architecture::DecoderOnly, 2, 8, 10)?;
/// let both = pass_cost(Architecture::EncoderDecoder { source: 5 }, 2, 8, 10)?;
/// // A sixth more, which is the cross-attention.
/// assert_eq!(both.weights * 6, decoder.weights * 7);
/// # Ok::<(), concepts::architecture::ArchitectureError>(())
/// ```
pub fn pass_cost(
    architecture: Architecture,
    layers: usize,
    d_model: usize,
    n: usize,
) -> Result<PassCost, ArchitectureError> {
    let (l, d) = (layers as u128, d_model as u128);
    let seen = architecture.reach(n)?.iter().filter(|&&seen| seen).count() as u128;
    let target = architecture.target(n)?;
    let (source, target) = ((n - target) as u128, target as u128);
    // Matrices of d², a token each: a block has 4 for attention and 8 for the network. Of the 4 for
    // cross-attention, queries and output belong to the target, keys and values to the source.
    let matrices = match architecture {
        Architecture::EncoderDecoder { .. } => (12 + 2) * source + (12 + 2) * target,
        _ => 12 * target,
    };
    Ok(PassCost { weights: l * d * d * matrices, pairs: l * 2 * d * seen })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::architecture::Transformer;
    use crate::numerics::rng;

    #[test]
    fn one_stack_multiplies_every_token_with_every_weight() {
        let (layers, d, n) = (3, 8, 7);
        for kind in
            [Architecture::EncoderOnly, Architecture::DecoderOnly, Architecture::PrefixLm { prefix: 2 }]
        {
            let model = Transformer::random(kind, layers, d, 2, &mut rng(1, "cost")).unwrap();
            // Two norms a block and one at the end, 2·d numbers each, are not products.
            let products = model.parameters() - (2 * layers + 1) * 2 * d;
            let cost = pass_cost(kind, layers, d, n).unwrap();
            assert_eq!(cost.weights, (products * n) as u128, "{kind:?}");
        }
    }

    #[test]
    fn two_stacks_share_the_tokens_out() {
        let (layers, d, source, target) = (2, 8, 3, 4);
        let kind = Architecture::EncoderDecoder { source };
        let cost = pass_cost(kind, layers, d, source + target).unwrap();
        // Encoder; decoder without cross-attention; its queries and output; its keys and values.
        let by_hand = 12 * source + 12 * target + 2 * target + 2 * source;
        assert_eq!(cost.weights, (layers * d * d * by_hand) as u128);
        let seen = source * source + target * (target + 1) / 2 + target * source;
        assert_eq!(cost.pairs, (layers * 2 * d * seen) as u128);
        assert!(
            pass_cost(kind, layers, d, source).is_err()
                && pass_cost(Architecture::DecoderOnly, 1, 2, 0).is_err()
        );
    }

    #[test]
    fn a_mask_halves_the_pairs() {
        // 512 tokens: 262 144 scores, or 131 328.
        let pairs = |kind| pass_cost(kind, 1, 1, 512).unwrap().pairs / 2;
        assert_eq!((pairs(Architecture::EncoderOnly), pairs(Architecture::DecoderOnly)), (262_144, 131_328));
    }
}
