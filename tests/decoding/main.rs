//! How a token is chosen, from outside: against HF transformers, against exhaustive search, against exact
//! distributions, and on input that is hostile.

mod by_hand;
mod exactness;
mod fast;
mod oracle;
mod properties;
mod search;
