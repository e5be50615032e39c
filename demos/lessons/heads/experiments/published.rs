//! Questions to the table of published models.

use concepts::budget::{BudgetError, ModelConfig, find, published};

/// A published model's configuration.
pub(crate) fn of(name: &str) -> Result<&'static ModelConfig, BudgetError> {
    find(name).map(|model| &model.config)
}

/// Query heads per key/value head.
pub(crate) fn group(model: &ModelConfig) -> f64 {
    model.heads as f64 / model.kv_heads as f64
}

/// The published models of a class.
pub(crate) fn members(class: impl Fn(&ModelConfig) -> bool) -> Vec<&'static ModelConfig> {
    published().iter().map(|model| &model.config).filter(|model| class(model)).collect()
}

/// Of some models, the share with a property.
pub(crate) fn share(models: &[&ModelConfig], property: impl Fn(&ModelConfig) -> bool) -> f64 {
    models.iter().filter(|model| property(model)).count() as f64 / models.len() as f64
}

/// The smallest and the largest group of query heads among some models.
pub(crate) fn groups(models: &[&ModelConfig]) -> (f64, f64) {
    let groups = || models.iter().map(|model| group(model));
    (groups().fold(f64::INFINITY, f64::min), groups().fold(0.0, f64::max))
}
