//! A sample of every variant: the parts of a network.

use concepts::activation::{ActivationError, Size};
use concepts::architecture::{ArchitectureError, words as architecture};
use concepts::attention::{AttentionError, words as attention};
use concepts::contrastive::{self, ContrastiveError};
use concepts::position::{PositionError, words as position};
use concepts::recurrent::{RecurrentError, words as recurrent};

pub(super) fn of_attention() -> Vec<AttentionError> {
    use attention::{Dimension, Operand};
    let shape = |what, left_name, right_name| AttentionError::ShapeMismatch {
        what,
        left_name,
        left: 11,
        right_name,
        right: 13,
    };
    let mut all = vec![
        AttentionError::HeadsDoNotDivide { d_model: 11, heads: 3 },
        AttentionError::KvHeadsDoNotDivide { heads: 11, kv_heads: 3 },
        AttentionError::PoolDoesNotDivide { from: 11, to: 3 },
        AttentionError::FastMemoryTooSmall { needed: 11, available: 7 },
        AttentionError::CausalNeedsKeys { queries: 11, keys: 7 },
        AttentionError::RotaryTooWide { rotary_dim: 22, d_head: 14 },
    ];
    all.extend(Dimension::ALL.iter().map(|&what| AttentionError::Empty { what }));
    all.extend(Dimension::ALL.iter().map(|&what| shape(what, Operand::Q, Operand::K)));
    all.extend(Operand::ALL.iter().map(|&name| shape(Dimension::Rows, name, Operand::Layer)));
    all.extend(Operand::ALL.iter().map(|&name| shape(Dimension::Rows, Operand::Layer, name)));
    all
}

pub(super) fn of_architecture() -> Vec<ArchitectureError> {
    use architecture::{Bounds, Dimension, Objective, Operand, Part, Share};
    let shape = |what, left_name, right_name| ArchitectureError::ShapeMismatch {
        what,
        left_name,
        left: 11,
        right_name,
        right: 13,
    };
    let share = |what, range| ArchitectureError::BadShare { what, value: 1.75, range };
    let mut all = vec![
        ArchitectureError::OneStack,
        ArchitectureError::Memory { has: true },
        ArchitectureError::Memory { has: false },
    ];
    all.extend(of_attention().into_iter().map(ArchitectureError::Attention));
    all.extend(Dimension::ALL.iter().map(|&what| ArchitectureError::Empty { what }));
    all.extend(Dimension::ALL.iter().map(|&what| shape(what, Operand::X, Operand::Model)));
    all.extend(Operand::ALL.iter().map(|&name| shape(Dimension::Tokens, name, name)));
    all.extend(Part::ALL.iter().map(|&what| ArchitectureError::TooFewTokens { what, part: 11, tokens: 7 }));
    all.extend(Share::ALL.iter().map(|&what| share(what, Bounds::Between0And1)));
    all.extend(Bounds::ALL.iter().map(|&range| share(Share::Noise, range)));
    let short = |&objective| ArchitectureError::TooShort { objective, least: 7, tokens: 3 };
    all.extend(Objective::ALL.iter().map(short));
    all
}

pub(super) fn of_position() -> Vec<PositionError> {
    use position::{Dimension, Operand};
    let shape = |what, left_name, right_name| PositionError::ShapeMismatch {
        what,
        left_name,
        left: 11,
        right_name,
        right: 13,
    };
    let mut all = vec![
        PositionError::BadBase { base: 0.5 },
        PositionError::TooLarge { rows: 11, columns: 13, limit: 7 },
        PositionError::BeyondTable { position: 11, len: 7 },
        PositionError::NoSuchHead { head: 11, heads: 7 },
        PositionError::BadBuckets { buckets: 11, max_distance: 7, least: 13, exact: 17 },
        PositionError::RotaryTooWide { rotary_dim: 22, head_dim: 14 },
        PositionError::BadFactor { factor: 0.5 },
        PositionError::BadPairFactor { factor: -0.5 },
        PositionError::BadRamp { alpha: 7.5, beta: 2.5 },
        PositionError::BadFrequency { index: 11, frequency: f64::NAN },
    ];
    all.extend(Dimension::ALL.iter().map(|&what| PositionError::Empty { what }));
    all.extend(Dimension::ALL.iter().map(|&what| PositionError::OddDimension { what, size: 11 }));
    all.extend(Dimension::ALL.iter().map(|&what| shape(what, Operand::X, Operand::Table)));
    all.extend(Operand::ALL.iter().map(|&name| shape(Dimension::Tokens, name, name)));
    all
}

pub(super) fn of_recurrent() -> Vec<RecurrentError> {
    use recurrent::Dimension;
    let mut all = vec![RecurrentError::NoSuchTime { time: 11, last: 7 }];
    all.extend(Dimension::ALL.iter().map(|&what| RecurrentError::Empty { what }));
    let shape = |&what| RecurrentError::ShapeMismatch { what, actual: 11, expected: 7 };
    all.extend(Dimension::ALL.iter().map(shape));
    all
}

pub(super) fn of_activation() -> Vec<ActivationError> {
    let zero = Size::ALL.iter().map(|&what| ActivationError::Zero { what });
    let others = [
        ActivationError::Lengths { left: 11, right: 7 },
        ActivationError::TooMany { active: 11, experts: 7 },
        ActivationError::Empty,
        ActivationError::NotFinite { entry: 11, value: f64::NAN },
    ];
    zero.chain(others).collect()
}

pub(super) fn of_contrastive() -> Vec<ContrastiveError> {
    use contrastive::{Side, Size};
    let mut all = vec![
        ContrastiveError::TooFewPairs { pairs: 1 },
        ContrastiveError::Unpaired { images: 11, texts: 7 },
        ContrastiveError::Widths { images: 11, texts: 7 },
        ContrastiveError::Temperature { value: -3.5 },
        ContrastiveError::Overflow,
    ];
    let number = |&side| ContrastiveError::NotFinite { side, row: 11, column: 7, value: f64::NAN };
    all.extend(Side::ALL.iter().map(number));
    all.extend(Side::ALL.iter().map(|&side| ContrastiveError::NoDirection { side, row: 11 }));
    all.extend(Size::ALL.iter().map(|&what| ContrastiveError::Zero { what }));
    all
}
