//! What the page shows, step by step.
//!
//! | file | what it shows |
//! |---|---|
//! | [`budget`] | the law, and the best split of a budget by each set of constants |
//! | [`models`] | published models and a person's run against the optimum; 6ND and the count |
//! | [`kaplan`] | Kaplan's laws, and what doubling does |
//! | [`serving`] | smaller models trained longer, and serving |
//! | [`fitting`] | a law fitted to runs, a person's or drawn ones |
//! | [`recovery`] | how many runs are needed, and how far a fit reaches |
//! | [`derivations`] | each with the numbers that check it |

pub(crate) mod budget;
pub(crate) mod derivations;
pub(crate) mod fitting;
pub(crate) mod kaplan;
pub(crate) mod models;
pub(crate) mod recovery;
pub(crate) mod serving;
