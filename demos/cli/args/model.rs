//! A model to open.

use std::path::PathBuf;

use demos::kit::knob::Values;
use demos::kit::lesson::Setting;

use super::{Common, ModelRequest};
use crate::cli::options::FIGURES;
use crate::cli::{Failure, refusal};

/// One file or folder, and what to do with it.
pub(super) fn request(
    names: &[&str],
    knobs: Values,
    flags: &Values,
    common: Common,
) -> Result<ModelRequest, Failure> {
    let [path] = names else { return Err(refusal::one_model(names.len(), common.lang)) };
    Ok(ModelRequest {
        path: PathBuf::from(path),
        setting: Setting { values: knobs, seed: common.seed },
        figures: FIGURES.of(flags).map(PathBuf::from),
        common,
    })
}
