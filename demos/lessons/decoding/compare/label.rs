//! What a setting is called.

use concepts::comparison::{Family, Recipe, Record};

use super::assess::Row;
use crate::kit::number::short;
use crate::kit::text::Text;
use crate::lessons::decoding::WORDS;
use crate::named;

/// A family by name.
pub(crate) fn family(family: Family) -> Text {
    WORDS.get(&format!("families.{}", family.word()))
}

/// A row by name: the strategy with its number; a setting of another program as its file has it.
pub(crate) fn row(row: &Row) -> Text {
    if row.human { WORDS.get("families.human") } else { setting(row.family, &row.strategy, &row.settings) }
}

/// A text by the name of its setting.
pub(crate) fn record(record: &Record) -> Text {
    if record.is_human() {
        return WORDS.get("families.human");
    }
    setting(Family::named(&record.strategy), &record.strategy, &record.settings)
}

fn setting(known: Option<Family>, strategy: &str, settings: &[(String, f64)]) -> Text {
    let Some(known) = known else {
        let numbers: Vec<String> =
            settings.iter().map(|(name, value)| format!("{name}={}", short(*value))).collect();
        return Text::same(format!("{strategy} {}", numbers.join(" ")).trim_end().to_string());
    };
    let mut shown = family(known);
    for (name, value) in settings {
        let value = short(*value);
        let part = match name.as_str() {
            "temperature" if known != Family::Temperature => "families.heated",
            "length_penalty" => "families.length",
            _ => "families.value",
        };
        shown = WORDS.with(part, &named![shown, value]);
    }
    shown
}

/// A recipe by name.
pub(crate) fn recipe(recipe: &Recipe) -> Text {
    let mut shown = family(recipe.family);
    for (name, value) in recipe.settings() {
        let value = short(value);
        let heated = name == "temperature" && recipe.family != Family::Temperature;
        shown = WORDS.with(if heated { "families.heated" } else { "families.value" }, &named![shown, value]);
    }
    shown
}
