//! Byte-pair encoding: a corpus by hand, and the fast routines against their readable twins.

mod characters;
mod properties;
mod walk;
