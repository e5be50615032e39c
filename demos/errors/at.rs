//! The flag or the file in front of a refusal.

use std::fmt::Display;

use concepts::budget::BudgetError;

use crate::kit::knob::Refusal;
use crate::kit::text::Lang;

/// What errors of the library begin with if no file is to blame; beside a flag it says nothing new.
const ROOMS: [&str; 8] = [
    "model: ",
    "contrastive: ",
    "preference: ",
    "position: ",
    "emergence: ",
    "decoding: ",
    "decoder: ",
    "regularization: ",
];

/// A result whose refusal is to name its place.
pub trait At<T> {
    /// The same, with the flag or the file in front of the refusal.
    ///
    /// # Errors
    /// The [`Refusal`] of the error, if there is one.
    ///
    /// ```
    /// use concepts::budget::find;
    /// use demos::errors::At;
    /// use demos::kit::text::Lang;
    ///
    /// let refused = find("lama").at("--model").unwrap_err();
    /// assert!(refused.0.get(Lang::En).starts_with("--model: there is no \"lama\""));
    /// assert!(refused.0.get(Lang::Zh).starts_with("--model：没有收录模型“lama”"));
    /// ```
    fn at(self, place: impl Display) -> Result<T, Refusal>;
}

impl<T, E: Into<Refusal>> At<T> for Result<T, E> {
    fn at(self, place: impl Display) -> Result<T, Refusal> {
        self.map_err(|error| {
            let Refusal(said) = error.into();
            let english = said.get(Lang::En);
            let english = ROOMS.iter().find_map(|room| english.strip_prefix(room)).unwrap_or(english);
            Refusal::new(format!("{place}: {english}"), format!("{place}：{}", said.get(Lang::Zh)))
        })
    }
}

/// The refusal of a name that no table has, with the command that shows the table.
pub fn listed(error: BudgetError) -> Refusal {
    let command = match &error {
        BudgetError::UnknownType { .. } => "demo heads --config list",
        BudgetError::UnknownAccelerator { .. } => "demo heads --accelerator list",
        BudgetError::Unknown { .. } | BudgetError::InTable { .. } => "demo heads --model list",
        _ => return error.into(),
    };
    let Refusal(said) = error.into();
    let english = format!("{}; {command} shows all", said.get(Lang::En));
    Refusal::new(english, format!("{}；全部见 {command}", said.get(Lang::Zh)))
}
