//! What a setting is called.

use concepts::comparison::{Family, Recipe, Record};

use super::assess::{Row, is_own};
use crate::kit::number::typed;
use crate::kit::text::Text;
use crate::lessons::decoding::WORDS;
use crate::named;

/// A family by name.
pub(crate) fn family(family: Family) -> Text {
    WORDS.get(&format!("families.{}", family.word()))
}

/// A row by name: the strategy with its number; a setting of another program as its file has it.
pub(crate) fn row(row: &Row) -> Text {
    if row.human { people(row.read) } else { setting(row.family, &row.strategy, &row.settings) }
}

/// What people wrote: held-out text, or texts of a person's file.
fn people(read: bool) -> Text {
    WORDS.get(if read { "families.people" } else { "families.human" })
}

/// A text, written here or read from a file, by the name of its setting.
pub(crate) fn record(record: &Record, read: bool) -> Text {
    if record.is_human() {
        return people(read);
    }
    setting(Family::named(&record.strategy), &record.strategy, &record.settings)
}

fn setting(known: Option<Family>, strategy: &str, settings: &[(String, f64)]) -> Text {
    let Some(known) = known else {
        let numbers: Vec<String> =
            settings.iter().map(|(name, value)| format!("{name}={}", typed(*value))).collect();
        return Text::same(format!("{strategy} {}", numbers.join(" ")).trim_end().to_string());
    };
    // The number of the strategy itself comes first, whatever order a file has.
    let mut numbers: Vec<(&str, f64)> =
        settings.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    numbers.sort_by_key(|(name, _)| !is_own(known, name));
    numbers.into_iter().fold(family(known), |shown, (name, value)| part(known, shown, name, value))
}

/// A name with one number more. Of a number that the strategy does not have in this program, its own name is said.
fn part(known: Family, shown: Text, name: &str, value: f64) -> Text {
    let id = match name {
        "temperature" if known != Family::Temperature => "families.heated",
        "length_penalty" => "families.length",
        "target" if known == Family::Mirostat => "families.target",
        name if is_own(known, name) => "families.value",
        _ => "families.further",
    };
    WORDS.with(id, &named![shown, name, value = typed(value)])
}

/// A recipe by name.
pub(crate) fn recipe(recipe: &Recipe) -> Text {
    let named = |shown, (name, value): (&str, f64)| part(recipe.family, shown, name, value);
    recipe.settings().into_iter().fold(family(recipe.family), named)
}
