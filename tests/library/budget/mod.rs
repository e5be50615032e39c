//! What models cost: the published table, and configuration files as people have them.

mod config;
mod families;
mod published;
mod rope;
