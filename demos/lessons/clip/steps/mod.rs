//! What the page shows, section by section.

pub(crate) mod batches;
pub(crate) mod fusion;
pub(crate) mod loss;
pub(crate) mod modality;
pub(crate) mod own;
pub(crate) mod trained;
