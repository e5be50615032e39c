//! Questions to the table of published models.

use concepts::budget::{BudgetError, ModelConfig, find, published};

/// A published model's configuration.
pub(super) fn of(name: &str) -> Result<&'static ModelConfig, BudgetError> {
    find(name).map(|model| &model.config)
}

/// Of the published models that belong to a class, the share with a property.
pub(super) fn share(class: impl Fn(&ModelConfig) -> bool, property: impl Fn(&ModelConfig) -> bool) -> f64 {
    let members: Vec<&ModelConfig> =
        published().iter().map(|model| &model.config).filter(|model| class(model)).collect();
    let with = members.iter().filter(|model| property(model)).count();
    with as f64 / members.len() as f64
}
