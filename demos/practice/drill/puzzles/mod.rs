//! The kinds of question, each with numbers drawn anew, its answer by the library, and the mistakes that people make.
//!
//! | file | what it asks for |
//! |---|---|
//! | `memory` | KV cache, weights, training |
//! | `compute` | operations, tokens a second, the optimal split |
//! | `by_hand` | softmax, nucleus, perplexity, an angle of RoPE, exact match |
//! | `merges` | the tokens of a word |
//! | `counting` | experts, the best path of tags, a class out of words |
//! | `rewards` | advantages: GAE of an episode, GRPO of a group |

mod by_hand;
mod compute;
mod counting;
mod memory;
mod merges;
mod rewards;

use rand::Rng;
use rand::seq::IndexedRandom;
use rand_chacha::ChaCha8Rng;

use super::puzzle::PuzzleKind;

/// All kinds.
pub static KINDS: &[&PuzzleKind] = &[
    &memory::KV_CACHE,
    &memory::PARAMETERS,
    &memory::TRAINING,
    &compute::TRAINING_FLOPS,
    &compute::TOKENS_PER_SECOND,
    &compute::OPTIMUM,
    &by_hand::SOFTMAX,
    &by_hand::NUCLEUS,
    &by_hand::PERPLEXITY,
    &by_hand::ANGLE,
    &by_hand::EXACT_MATCH,
    &counting::EXPERTS,
    &counting::BEST_PATH,
    &counting::CLASS,
    &merges::MERGES,
    &rewards::GAE,
    &rewards::GROUP,
];

/// One of a list.
fn one_of<T: Copy>(list: &[T], rng: &mut ChaCha8Rng) -> T {
    *list.choose(rng).expect("a list that is not empty")
}

/// A whole number between two, both included.
fn between(low: usize, high: usize, rng: &mut ChaCha8Rng) -> usize {
    rng.random_range(low..=high)
}
