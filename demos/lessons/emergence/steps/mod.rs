//! What the page shows, step by step.
//!
//! | file | what it shows |
//! |---|---|
//! | [`thresholds`] | what was published |
//! | [`series`] | one smooth law, and what a longer answer does |
//! | [`finite`] | what a test of finite size reads |
//! | [`metrics`] | five metrics on the same models |
//! | [`own`] | a person's scores, and the two laws fitted to them |
//! | [`verdict`] | what the scores say: a step, a smooth law, or neither |
//! | [`context`] | learning from examples without any training; what a real small model does |
//! | [`arithmetic`] | the example that is marked wrong |
//! | [`derivations`] | each with the numbers that check it |

pub(crate) mod arithmetic;
pub(crate) mod context;
pub(crate) mod derivations;
pub(crate) mod finite;
pub(crate) mod metrics;
pub(crate) mod own;
pub(crate) mod series;
pub(crate) mod thresholds;
pub(crate) mod verdict;
