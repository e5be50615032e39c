//! What is measured, for the page and the claims alike.
//!
//! | file | what it holds |
//! |---|---|
//! | [`chains`] | best paths against every path, and what a word far away changes |
//! | [`tagging`] | taggers on sentences that they were not counted on |
//! | [`sizes`] | how many numbers each model learns |
//! | [`leads`] | which curve is above which, and where that changes |
//! | [`order`] | words in order and out of order, without a label |

pub(crate) mod chains;
pub(crate) mod leads;
pub(crate) mod order;
pub(crate) mod sizes;
pub(crate) mod tagging;
